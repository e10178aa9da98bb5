"""The leader's page of one shift: who is on it, who could be and why others could not, and what the shift is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people.errors import NotAllowed
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing import roster_queries as queries
from aoxanh.staffing.models import Roster
from aoxanh.staffing.rostering_words import RULES, SEATS
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.staffing.roster_forms import ShiftForm
from aoxanh.web.staffing.roster_grid import cards_of


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Add a shift to a roster."""
    actor, roster = actor_of(request), _editable(request, roster_id)
    start = {
        "day": max(roster.first_day, clock.today()),
        "leader": True,
        "seats_outreach": 2,
        "kind": "mobile",
    }
    form = ShiftForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            shift = actions.add_shift(roster=roster, facts=form.facts(), by=actor)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("roster_shift", roster_id=roster.id, shift_id=shift.id)
    return render(request, "rosters/shift_form.html", {"roster": roster, "form": form})


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, roster_id: UUID, shift_id: UUID) -> HttpResponse:
    """Show a shift; change what it is."""
    if request.method == "GET":
        return _page(request, queries.roster_for(actor_of(request), roster_id), shift_id)
    roster = _editable(request, roster_id)
    form = ShiftForm(request.POST)
    if form.is_valid():
        try:
            actions.change_shift(roster=roster, shift_id=shift_id, facts=form.facts(), by=actor_of(request))
        except NotAllowed:
            raise
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("roster_shift", roster_id=roster_id, shift_id=shift_id)
    return _page(request, roster, shift_id, form=form)


@require_POST
def seat(request: HttpRequest, roster_id: UUID, shift_id: UUID) -> HttpResponse:
    """Put somebody on a shift, or take them off."""
    actor, roster = actor_of(request), _editable(request, roster_id)
    kind, _colon, who = request.POST.get("who", "").rpartition(":")
    try:
        volunteer_id = UUID(who)
    except ValueError:
        raise NotAllowed from None
    try:
        if request.POST.get("verb") == "take":
            actions.take_seat(roster=roster, shift_id=shift_id, volunteer_id=volunteer_id, by=actor)
        else:
            actions.give_seat(
                roster=roster, shift_id=shift_id, volunteer_id=volunteer_id, seat=kind, by=actor
            )
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, queries.roster_for(actor, roster_id), shift_id, error=error)
    return redirect("roster_shift", roster_id=roster_id, shift_id=shift_id)


@require_POST
def drop(request: HttpRequest, roster_id: UUID, shift_id: UUID) -> HttpResponse:
    """Remove a shift that nobody is on."""
    actor, roster = actor_of(request), _editable(request, roster_id)
    try:
        actions.drop_shift(roster=roster, shift_id=shift_id, by=actor)
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(request, roster, shift_id, error=error)
    return redirect("roster", roster_id=roster_id)


def _editable(request: HttpRequest, roster_id: UUID) -> Roster:
    roster = queries.roster_for(actor_of(request), roster_id)
    if not queries.may_edit(actor_of(request), roster.team):
        raise NotAllowed
    return roster


def _page(
    request: HttpRequest,
    roster: Roster,
    shift_id: UUID,
    *,
    form: ShiftForm | None = None,
    error: DomainError | None = None,
) -> HttpResponse:
    shift = queries.shift_in(roster, shift_id)
    prepared, found = queries.candidates(roster, shift)
    (card,) = cards_of(roster, [shift], prepared)
    open_now = (
        queries.may_edit(actor_of(request), roster.team) and roster.is_open and shift.day >= clock.today()
    )
    able = [(one, SEATS[one.seat]) for one in found if not one.rule]
    unable = [
        (one.name, SEATS[one.seat], RULES[one.rule]) for one in found if one.rule and one.rule != "seat_full"
    ]
    page = {
        "roster": roster, "card": card, "shift": shift, "able": able, "unable": unable, "editable": open_now,
        "form": (form or ShiftForm(shift=shift)) if open_now else None, "error": error, "open": form is not None,
    }  # fmt: skip
    return render(request, "rosters/shift.html", page, status=error.status if error else 200)
