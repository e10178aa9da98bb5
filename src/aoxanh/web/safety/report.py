"""The page on which anybody reports a fraud: without JavaScript, account, cookie or name."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from aoxanh.kernel.errors import DomainError
from aoxanh.people import queries as people
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.safety import actions
from aoxanh.safety import queries as safety
from aoxanh.safety.actions import ReportFacts
from aoxanh.safety.errors import TooManyReports
from aoxanh.safety.models import ScamReport
from aoxanh.web.safety.badge import Seen, remembered
from aoxanh.web.safety.limits import Limit
from aoxanh.web.safety.public import for_citizens

ASKS = Limit(most=60, seconds=60)
TOLD = Limit(most=20, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
@for_citizens(ASKS)
def tell(request: HttpRequest) -> HttpResponse:
    """Show the form, with the commune known from a badge or chosen in two steps, and take the report."""
    given = request.POST if request.method == "POST" else request.GET
    seen = remembered(given.get("seen", "")) if given.get("seen") else None
    commune = _commune(seen.commune if seen and seen.commune else given.get("commune", ""))
    page = {
        "kinds": ScamReport.Kind.choices,
        "chosen": given.get("kind", ""),
        "text": given.get("text", "")[:1000],
        "seen": given.get("seen", "") if seen else "",
        "commune": commune,
        "known": bool(seen and seen.commune),
        **_choices(given.get("province", ""), commune),
    }
    if request.method != "POST":
        return render(request, "safety/report.html", page)
    if request.POST.get("website"):
        # A field that people do not see: whatever fills it in is thanked, and nothing is kept.
        return render(request, "safety/thanks.html", {"commune": commune})
    return _taken(request, page, commune, seen)


def _taken(
    request: HttpRequest, page: dict[str, Any], commune: Place | None, seen: Seen | None
) -> HttpResponse:
    if commune is None:
        return render(request, "safety/report.html", page | {"lacks_place": True}, status=400)
    if not TOLD.takes(request):
        return render(request, "safety/report.html", page | {"refusal": TooManyReports()}, status=429)
    team = people.team_with_id(UUID(seen.team)) if seen and seen.team else None
    facts = ReportFacts(
        commune=commune,
        kind=request.POST.get("kind", ""),
        text=request.POST.get("text", ""),
        team=team,
        about=UUID(seen.about) if seen and seen.about else None,
        badge=seen.verdict if seen else "",
    )
    try:
        report = actions.tell_report(facts=facts)
    except DomainError as refusal:
        return render(request, "safety/report.html", page | {"refusal": refusal}, status=refusal.status)
    told = {"commune": commune, "contact": safety.police_contact(commune), "report": report}
    return render(request, "safety/thanks.html", told)


def _commune(code: str) -> Place | None:
    return (
        next((place for place in places.communes_below([code]) if place.code == code), None) if code else None
    )


def _choices(province: str, commune: Place | None) -> dict[str, Any]:
    """Return what the two lists of the form offer: provinces, then the communes of the chosen one."""
    chosen = str(commune.parent_id) if commune else province
    known = [place for place in places.provinces() if place.code == chosen]
    return {
        "provinces": places.provinces(),
        "province": known[0] if known else None,
        "communes": places.communes_in(known[0].code) if known else [],
    }
