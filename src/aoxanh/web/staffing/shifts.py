"""A volunteer's own shifts: what is next, empty places to take, swaps, absences, wishes, hours, and the calendar's address."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import scope
from aoxanh.people import queries as people
from aoxanh.people.errors import NotAllowed
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing import shift_queries as queries
from aoxanh.staffing.models import ShiftAssignment, Wish
from aoxanh.staffing.roster_queries import hours_of
from aoxanh.staffing.rostering.feed import calendar
from aoxanh.staffing.rostering.problem import Shift as FeedShift
from aoxanh.staffing.rostering_words import SEATS
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.staffing.roster_forms import DAYS, AbsenceForm, WishForm, is_served
from aoxanh.web.staffing.roster_grid import clock_words
from aoxanh.web.staffing.rosters import have_mended

SHOWN_OPEN = 20
HOURS_DAYS = 28
FEED_DAYS = 90


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show the person their own shifts and everything they can settle about them."""
    return _page(request)


@require_POST
def absence(request: HttpRequest) -> HttpResponse:
    """Say when one cannot come; seats on those days become free and the leader gets a proposal."""
    form = AbsenceForm(request.POST)
    _signs_up(request)
    if form.is_valid():
        try:
            touched = actions.record_own_absence(facts=form.facts(), by=actor_of(request))
        except NotAllowed:
            raise
        except DomainError as error:
            show_refusal(form, error)
        else:
            have_mended(touched)
            return redirect("shifts")
    return _page(request, absence_form=form)


@require_POST
def withdraw_absence(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Take back an absence."""
    actions.withdraw_absence(absence_id=absence_id, by=actor_of(request))
    return redirect("shifts")


@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Wish for a weekday, or wish not to have it."""
    _signs_up(request)
    form = WishForm(request.POST, served=queries.halves_served(actor_of(request)))
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.make_wish(
                likes=told["likes"] == "yes", weekday=told["weekday"], half=told["half"], by=actor_of(request)
            )
        except NotAllowed:
            raise
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("shifts")
    return _page(request, wish_form=form)


@require_POST
def drop_wish(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """Take back a wish."""
    actions.drop_wish(wish_id=wish_id, by=actor_of(request))
    return redirect("shifts")


@require_POST
def sign_up(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Take an empty place."""
    try:
        actions.sign_up(shift_id=shift_id, seat=request.POST.get("seat", ""), by=actor_of(request))
    except NotAllowed:
        raise
    except DomainError as error:
        return _page(request, error=error)
    return redirect("shifts")


@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Show who could take over a shift or exchange it; ask one of them."""
    actor = actor_of(request)
    _signs_up(request)
    seat = queries.own_seat(actor, shift_id)
    error: DomainError | None = None
    if request.method == "POST":
        taker, _colon, wanted = request.POST.get("whom", "").partition(":")
        try:
            actions.propose_swap(
                shift_id=shift_id, taker_id=_id(taker), wanted_id=_id(wanted) if wanted else None, by=actor
            )
        except NotAllowed:
            raise
        except DomainError as refusal:
            error = refusal
        else:
            return redirect("shifts")
    partners = queries.partners(actor, seat) if seat.day >= clock.today() else []
    page = {
        "seat": _seat(seat), "takers": [one for one in partners if one.wanted is None],
        "exchanges": [one for one in partners if one.wanted is not None], "error": error,
    }  # fmt: skip
    return render(request, "rosters/swap.html", page, status=error.status if error else 200)


@require_POST
def answer(request: HttpRequest, swap_id: UUID) -> HttpResponse:
    """Say yes or no to a question, or take one's own back."""
    act = actions.accept_swap if request.POST.get("answer") == "yes" else actions.refuse_swap
    try:
        act(swap_id=swap_id, by=actor_of(request))
    except NotAllowed:
        raise
    except DomainError as error:
        return _page(request, error=error)
    return redirect("shifts")


@require_POST
def feed_address(request: HttpRequest) -> HttpResponse:
    """Make a new address for the person's calendar, shown once, or end it."""
    if request.POST.get("verb") == "end":
        actions.end_feed_address(by=actor_of(request))
        return redirect("shifts")
    token = actions.make_feed_address(by=actor_of(request))
    return _page(request, address=request.build_absolute_uri(reverse("calendar", args=[token])))


@login_not_required
@require_safe
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar the shifts of whoever the secret address belongs to, and nothing of anybody else."""
    account = queries.feed_owner(token)
    if account is None:
        raise Http404
    actor = people.actor_of(account)
    with scope(actor.scope):
        today = clock.today()
        seats = list(
            queries.own_seats(
                actor, today - timedelta(days=queries.FEED_DAYS_BACK), today + timedelta(days=FEED_DAYS)
            )
        )
    stamp = max((row.shift.roster.published_at or clock.now() for row in seats), default=None)
    body = calendar(_("My shifts (Áo Xanh)"), [_event(row) for row in seats], stamp or clock.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=900"
    response["Content-Disposition"] = 'inline; filename="aoxanh.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _event(row: ShiftAssignment) -> tuple[FeedShift, str, str]:
    shift, commune = row.shift, row.shift.roster.team.commune
    summary = f"{shift.get_kind_display().capitalize()}: {SEATS.get(row.seat, row.seat)}"
    place = f"{shift.place}, {commune.address}" if shift.place else commune.address
    return FeedShift(str(shift.id), shift.day, shift.half, shift.kind), summary, place


def _page(
    request: HttpRequest,
    *,
    error: DomainError | None = None,
    address: str = "",
    absence_form: forms.Form | None = None,
    wish_form: forms.Form | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    _signs_up(request)
    coming = queries.coming_seats(actor)
    came = queries.check_ins_of(actor, [row.shift_id for row in coming])
    today = clock.today()
    halves, minutes = (
        hours_of([actor.volunteer_id], today - timedelta(days=HOURS_DAYS), today).get(
            actor.volunteer_id, (0, 0)
        )
        if actor.volunteer_id
        else (0, 0)
    )
    swaps, served = queries.swaps_of(actor), queries.halves_served(actor)
    page: dict[str, Any] = {
        "coming": [_seat(row) | {"came": came.get(row.shift_id)} for row in coming],
        "open_seats": [(one.shift, one.seat, SEATS[one.seat]) for one in queries.open_seats(actor)[:SHOWN_OPEN]],
        "asked": [one for one in swaps if one.taker_id == actor.volunteer_id], "asking": [one for one in swaps if one.giver_id == actor.volunteer_id],
        "absences": queries.absences_of(actor), "wishes": [_wish(one, served) for one in queries.wishes_of(actor)],
        "absence_form": absence_form or AbsenceForm(), "wish_form": wish_form or WishForm(served=served),
        "halves": halves, "hours": clock_words(minutes), "has_feed": queries.has_feed(actor), "address": address, "error": error,
    }  # fmt: skip
    return render(request, "rosters/mine.html", page, status=error.status if error else 200)


def _wish(one: Wish, served: int) -> tuple[Wish, Any, bool]:
    """Return a wish with its day in words, and whether it can come true at all."""
    if one.day is not None:
        return one, one.day, is_served(served, one.day.weekday(), one.half)
    weekday = one.weekday or 0
    return one, DAYS[weekday], is_served(served, weekday, one.half)


def _seat(row: ShiftAssignment) -> dict[str, Any]:
    return {
        "row": row,
        "shift": row.shift,
        "seat": SEATS.get(row.seat, row.seat),
        "day": DAYS[row.day.weekday()],
        "team": row.shift.roster.team,
    }


def _signs_up(request: HttpRequest) -> None:
    if not queries.may_sign_up(actor_of(request)):
        raise NotAllowed


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotAllowed from None
