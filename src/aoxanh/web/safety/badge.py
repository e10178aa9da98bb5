"""The page behind a badge's QR: genuine or not, who that is, on duty or not, and what nobody with a badge may ask for."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aoxanh.kernel import clock
from aoxanh.kernel.scope import Scope, scope
from aoxanh.people import badge_queries as badges
from aoxanh.people.badge_queries import Shown
from aoxanh.safety import queries as safety
from aoxanh.staffing import duty_queries as staffing
from aoxanh.web.safety.limits import Limit
from aoxanh.web.safety.public import for_citizens

LOOKS = Limit(most=120, seconds=60)
# A citizen may think it over for a day; what the page knew of the badge travels with the form, signed, since the badge itself dies in minutes.
REMEMBER_SECONDS = 86_400
_SALT = "aoxanh.safety.badge"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the report's form remembers of a badge."""

    verdict: str
    commune: str = ""
    team: str = ""
    about: str = ""


@require_safe
@for_citizens(LOOKS)
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a badge stands for; the answer is the same for a machine and a citizen, and nobody is counted."""
    shown = badges.look_at(token, settings.SECRET_KEY)
    page: dict[str, Any] = {"shown": shown, "verdict": str(shown.verdict), "seen": remember(shown)}
    if shown.is_good and shown.commune is not None and shown.volunteer_id is not None:
        # The citizen reaches nothing; the page looks into the one commune that the badge itself names.
        with scope(Scope(communes=frozenset({shown.commune.code}))):
            page["duty"] = staffing.duty_of(shown.volunteer_id, clock.now())
        page["contact"] = safety.police_contact(shown.commune)
    return render(request, "safety/badge.html", page)


def remember(shown: Shown) -> str:
    """Return what the report's form carries of a badge: signed, and good for a day."""
    team = shown.team
    facts = [
        str(shown.verdict),
        team.commune_id if team else "",
        str(team.id) if team else "",
        str(shown.volunteer_id or ""),
    ]
    return signing.dumps(facts, salt=_SALT, compress=True)


def remembered(carried: str) -> Seen | None:
    """Return what a form carried; None for what is missing, altered or older than a day."""
    try:
        facts = signing.loads(carried, salt=_SALT, max_age=REMEMBER_SECONDS)
    except signing.BadSignature:
        return None
    return Seen(*facts)
