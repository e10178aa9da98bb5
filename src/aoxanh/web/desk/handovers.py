"""The page of hand-overs: what waits for an official, and what was done when a citizen comes back with a return code."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.desk import actions
from aoxanh.desk import queries as desk
from aoxanh.desk.errors import HandoverAlreadyTaken, UnknownReturnCode
from aoxanh.desk.models import Handover
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission
from aoxanh.web.desk.cards import handover_cards, work_cards
from aoxanh.web.desk.choice import query_of
from aoxanh.web.place_choice import PlaceChoice, chosen_place

SHOWN = 25
STATES = {
    "waiting": gettext_lazy("Waiting"),
    "taken": gettext_lazy("Taken on"),
    "settled": gettext_lazy("Settled"),
    "withdrawn": gettext_lazy("Taken back"),
    "all": gettext_lazy("All"),
}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show the hand-overs of one state in the person's reach, and what a return code stands for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    query = request.GET.dict()
    state = query.get("state", "") if query.get("state") in STATES else "waiting"
    choice = chosen_place(actor, Permission.HANDOVER_READ, query.get("place", ""))
    rows = list(
        desk.handovers_in(
            actor,
            state="" if state == "all" else state,
            place=choice.place,
            after=_id(query.get("after", "")),
        )[: SHOWN + 1]
    )
    page: dict[str, Any] = {
        "state": state,
        "states": _states(actor, choice, query),
        "choice": choice,
        "handovers": handover_cards(actor, rows[:SHOWN]),
        "more": query_of(query, after=str(rows[SHOWN - 1].id)) if len(rows) > SHOWN else "",
        "is_later_page": "after" in query,
        "back": request.get_full_path(),
        **_found(actor, query.get("code", "")),
    }
    return render(request, "desk/handovers.html", page)


@require_POST
def take(request: HttpRequest, commune: str, day: str, id_: UUID) -> HttpResponse:
    """Put the official's name on a waiting hand-over."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    handover = _handover(actor, commune, day, id_)
    try:
        actions.take_handover(handover=handover, by=actor)
    except HandoverAlreadyTaken as refusal:
        messages.warning(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("You took it on. Settle it once it is dealt with."))
    return _back(request)


@require_POST
def settle(request: HttpRequest, commune: str, day: str, id_: UUID) -> HttpResponse:
    """Say that the hand-over was dealt with."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    handover = _handover(actor, commune, day, id_)
    try:
        actions.settle_handover(handover=handover, by=actor)
    except HandoverAlreadyTaken as refusal:
        messages.warning(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("Settled; thank you."))
    return _back(request)


def _handover(actor: Actor, commune: str, day: str, id_: UUID) -> Handover:
    try:
        found = desk.handover_visible_to(actor, commune, date.fromisoformat(day), id_)
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()})
    return redirect(target if safe else reverse("handovers"))


def _states(actor: Actor, choice: PlaceChoice, query: dict[str, str]) -> list[dict[str, Any]]:
    """Return the states as links, with how many hand-overs of the chosen place are in each."""
    counts = desk.handover_counts(actor, choice.place)
    counts["all"] = sum(counts.values())
    return [
        {"key": key, "name": name, "count": counts.get(key, 0), "query": query_of(query, state=key)}
        for key, name in STATES.items()
    ]


def _found(actor: Actor, code: str) -> dict[str, Any]:
    """Return what a return code stands for; looking it up goes into the audit, found or not."""
    if not code.strip():
        return {"code": ""}
    try:
        works = desk.work_with_return_code(actor, code)
    except UnknownReturnCode as refusal:
        actions.note_reading(what="desk.return_code", count=0, by=actor)
        return {"code": code, "refusal": refusal}
    actions.note_reading(what="desk.return_code", count=len(works), by=actor)
    return {"code": code, "found": work_cards(actor, works)}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
