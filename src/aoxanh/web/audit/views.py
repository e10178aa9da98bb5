"""The auditor's page."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.audit.checks import last_check
from aoxanh.audit.queries import entries_in
from aoxanh.audit.verify import Break, verify
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight.periods import read_day
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.errors import UnknownPlace
from aoxanh.places.models import Place
from aoxanh.web.audit.lines import lines_of, place_name
from aoxanh.web.audit.meanings import ACTIONS, REASONS, choices
from aoxanh.web.place_choice import PlaceChoice, chosen_place

FILTERS = ("place", "action", "day")


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List what was done and read, newest first; `?check` also walks the chain of the chosen place there and then."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    choice = _choice(actor, request.GET.get("place", ""))
    action = request.GET.get("action", "")
    action = action if action in ACTIONS else ""
    page: dict[str, Any] = {
        "choice": choice,
        "action": action,
        "actions": choices(),
        "day": "",
        "is_later_page": "after" in request.GET,
    }
    day = None
    try:
        day = read_day(request.GET["day"], "day") if request.GET.get("day") else None
    except DomainError as refusal:
        page["refusal"] = refusal
    page["day"] = day
    found = entries_in(_chains(actor, choice), action=action, day=day, after=request.GET.get("after", ""))
    page["lines"] = lines_of(found.entries)
    page["more"] = _query(request, after=found.next) if found.next else ""
    page["first_page"], page["check"] = _query(request), _query(request, check="1")
    page |= _checked(choice) if choice.place and "check" in request.GET else {}
    page |= _checked_at_night(actor)
    return render(request, "audit/index.html", page)


def _choice(actor: Actor, code: str) -> PlaceChoice:
    """Return the chosen place and the choices; absent for who has no audit to read there."""
    if places_reached(actor, Permission.AUDIT_READ) == []:
        raise Http404
    try:
        choice = chosen_place(actor, Permission.AUDIT_READ, code)
    except UnknownPlace as unknown:
        raise Http404 from unknown
    if choice.place and not may(actor, Permission.AUDIT_READ, choice.place):
        raise Http404
    return choice


def _chains(actor: Actor, choice: PlaceChoice) -> list[str] | None:
    """Return the chains to read: of the chosen place and below it, or of all the actor reaches (None: the nation)."""
    if choice.place is None:
        reached = places_reached(actor, Permission.AUDIT_READ)
        return None if reached is None else [*reached, *places.communes_within(reached)]
    if choice.place.level == Place.Level.PROVINCE:
        return [choice.place.code, *places.communes_within([choice.place.code])]
    return [choice.place.code]


def _checked(choice: PlaceChoice) -> dict[str, Any]:
    seen = verify(choice.code)
    return {"seen": seen, "breaks": _in_words(seen.breaks)}


def _checked_at_night(actor: Actor) -> dict[str, Any]:
    """Return the nightly walk over all chains, for those who reach the whole nation."""
    if places_reached(actor, Permission.AUDIT_READ) is not None:
        return {}
    check = last_check()
    return {"sees_all": True, "last": check, "last_breaks": _in_words(check.breaks) if check else []}


def _in_words(breaks: list[Break]) -> list[dict[str, Any]]:
    return [
        {"place": place_name(found.chain), "number": found.number, "reason": REASONS[found.reason]}
        for found in breaks
    ]


def _query(request: HttpRequest, **changes: str) -> str:
    kept = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    return urlencode(kept | changes)
