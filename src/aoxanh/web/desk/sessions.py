"""The page of recorded work: volunteers see their own, leaders their team's, officers their place's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.desk import actions
from aoxanh.desk import queries as desk
from aoxanh.desk.errors import PlaceNeeded
from aoxanh.desk.queries import RecordedWork, WorkWanted
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission
from aoxanh.web.desk.cards import work_cards
from aoxanh.web.desk.choice import chosen_days, query_of
from aoxanh.web.place_choice import chosen_place

SHOWN = 25
CONTESTED = "contested"


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show the work of some days, the latest first; an officer's reading goes into the audit."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    query = request.GET.dict()
    period, refusal = chosen_days(query)
    choice = chosen_place(actor, Permission.SESSION_READ, query.get("place", ""))
    page: dict[str, Any] = {"period": period, "refusal": refusal, "choice": choice}
    page |= {"contested_only": query.get("show") == CONTESTED, "is_later_page": "after" in query}
    wanted = WorkWanted(
        period.first, period.last, choice.place, query.get("after", ""), page["contested_only"]
    )
    try:
        works, bookmark = desk.work_visible_to(actor, wanted, SHOWN)
    except PlaceNeeded as asked:
        return render(request, "desk/sessions.html", page | {"asked": asked})
    actions.note_reading(what="desk.session", count=len(works), by=actor, place=choice.place)
    page |= {"cards": work_cards(actor, works), "counts": _counts(works)}
    page["more"] = query_of(query, after=bookmark) if bookmark else ""
    return render(request, "desk/sessions.html", page)


def _counts(works: list[RecordedWork]) -> dict[str, int]:
    """Return what stands on the page: pieces of work, and how many of them were corrected, withdrawn or contested."""
    return {
        "all": len(works),
        "corrected": sum(1 for work in works if work.earlier and not work.shown.withdrawn),
        "withdrawn": sum(1 for work in works if work.shown.withdrawn),
        "contested": sum(1 for work in works if work.is_contested),
    }
