"""Visits: a supervisor's plan of a week with its reasons, what visits showed, and moving, announcing or dropping one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import supervision_queries as queries
from aoxanh.oversight.actions import visits
from aoxanh.oversight.models import Visit
from aoxanh.oversight.periods import read_day
from aoxanh.oversight.supervision.checklist import checklist
from aoxanh.oversight.supervision.planning import this_monday
from aoxanh.oversight.supervision_errors import UnfitVisit
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached, require
from aoxanh.places import queries as places
from aoxanh.training.watched import NEEDS_WORK, NOT_SEEN

SHOWN = 50


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show the person's own plan of this and the coming weeks."""
    return render(request, "supervision/visits.html", _page(_planner(request)))


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a week anew."""
    actor, given = _planner(request), request.POST
    try:
        number = given.get("half_days", "").strip()
        if not (number.isascii() and number.isdigit() and len(number) <= 3):
            raise UnfitVisit(field="half_days", reason=_("the number of half days is not between 1 and 10"))
        base = places.place_by_code(given["base"]) if given.get("base") else None
        rows = visits.plan_week(
            monday=read_day(given.get("monday", ""), "monday"), half_days=int(number), base=base, by=actor
        )
    except DomainError as refusal:
        return _refused(request, actor, refusal)
    messages.success(request, _("Planned: {n} visits.").format(n=len(rows)))
    return redirect("visits")


@require_POST
def change(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Move a visit, announce it, or drop it."""
    actor, given = _planner(request), request.POST
    try:
        if given.get("step") == "drop":
            visits.drop_visit(visit_id=visit_id, by=actor)
        else:
            day, half = read_day(given.get("day", ""), "day"), given.get("half", "")
            visits.change_visit(
                visit_id=visit_id, day=day, half=half, announced="announced" in given, by=actor
            )
    except DomainError as refusal:
        return _refused(request, actor, refusal)
    messages.success(request, _("Noted; thank you."))
    return redirect("visits")


@require_safe
@never_cache
def of_place(request: HttpRequest, code: str) -> HttpResponse:
    """Show what visits to a commune, or to those of a province, showed."""
    place, actor = places.place_by_code(code), _actor(request)
    require(actor, Permission.VISIT_READ, place)
    rows = queries.visits_visible_to(actor, place)[:SHOWN]
    page = {"place": place, "visits": [shown(row) for row in rows]}
    return render(request, "supervision/place.html", page)


def shown(visit: Visit) -> dict[str, Any]:
    """Return a visit with its points in words: how many were right of those seen, and which were not."""
    version = checklist().of(visit.version) if visit.version else None
    language = get_language() or "vi"
    marks = [(point, visit.marks.get(point.id, NOT_SEEN)) for point in version.points] if version else []
    return {
        "visit": visit,
        "seen": sum(mark != NOT_SEEN for _point, mark in marks),
        "right": sum(mark not in (NOT_SEEN, NEEDS_WORK) for _point, mark in marks),
        "wrong": [point.within(language) for point, mark in marks if mark == NEEDS_WORK],
    }


def _page(actor: Actor) -> dict[str, Any]:
    monday = this_monday()
    rows = queries.own_visits(actor, monday, monday + timedelta(weeks=visits.WEEKS_AHEAD))
    reached = places_reached(actor, Permission.VISIT_PLAN)
    return {
        "visits": [shown(row) for row in rows],
        "mondays": [monday + timedelta(weeks=number) for number in range(3)],
        "halves": Visit.Half.choices,
        "communes": places.communes_below(reached),
        "most_halves": range(1, visits.MOST_HALVES + 1),
        "today": clock.today(),
    }


def _refused(request: HttpRequest, actor: Actor, refusal: DomainError) -> HttpResponse:
    if refusal.status == 404:
        raise refusal
    page = _page(actor) | {"refusal": refusal}
    return render(request, "supervision/visits.html", page, status=refusal.status)


def _planner(request: HttpRequest) -> Actor:
    """Return the person, who must plan visits somewhere. Raises NotAllowed."""
    actor = _actor(request)
    for code in places_reached(actor, Permission.VISIT_PLAN) or ["VN"]:
        require(actor, Permission.VISIT_PLAN, places.place_by_code(code))
    return actor


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
