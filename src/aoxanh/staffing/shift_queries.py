"""Reads of a volunteer's own shifts: what is next, what is open to sign up for, whom to swap with, what was served."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Account
from aoxanh.people.permissions import TABLE, Permission
from aoxanh.staffing.models import (
    Absence,
    CalendarFeed,
    CheckIn,
    Half,
    Roster,
    Shift,
    ShiftAssignment,
    Swap,
    Wish,
)
from aoxanh.staffing.patterns import usual_week
from aoxanh.staffing.roster_problem import prepare
from aoxanh.staffing.rostering.rules import may_swap, may_take

PHONE_DAYS_BACK = 2
PHONE_DAYS_AHEAD = 14
FEED_DAYS_BACK = 30
EVERY_HALF = (1 << 14) - 1


@dataclass(frozen=True)
class OpenSeat:
    """A seat that the volunteer may take within the rules."""

    shift: Shift
    seat: str


@dataclass(frozen=True)
class Partner:
    """Somebody who may take over a seat; with `wanted`, in exchange for that shift of theirs."""

    volunteer_id: UUID
    name: str
    wanted: Shift | None


def may_sign_up(actor: Actor) -> bool:
    """Tell whether the actor is a volunteer who looks after their own shifts, wherever they serve."""
    own = any(TABLE.get((Permission.ROSTER_SIGN_UP, grant.role)) for grant in actor.grants)
    return actor.volunteer_id is not None and own


def own_seats(actor: Actor, first: date, last: date) -> "QuerySet[ShiftAssignment]":
    """Return the seats the actor holds on published rosters between two days, in order."""
    rows = ShiftAssignment.objects.filter(
        holds=True, volunteer=actor.volunteer_id, volunteer__isnull=False, day__range=(first, last)
    )
    return rows.select_related("shift__roster__team__commune__parent").order_by("day", "half")


def coming_seats(actor: Actor) -> "list[ShiftAssignment]":
    """Return the seats the actor holds from today on."""
    return list(own_seats(actor, clock.today(), clock.today() + timedelta(days=60)))


def seats_for_phone(actor: Actor) -> "list[ShiftAssignment]":
    """Return the seats the actor's phone should know: two days back, two weeks ahead."""
    today = clock.today()
    return list(
        own_seats(actor, today - timedelta(days=PHONE_DAYS_BACK), today + timedelta(days=PHONE_DAYS_AHEAD))
    )


def own_seat(actor: Actor, shift_id: UUID) -> ShiftAssignment:
    """Return the seat the actor holds on a shift of a published roster. Raises NotAllowed."""
    row = own_seats(actor, date.min, date.max).filter(shift=shift_id).first()
    if row is None:
        raise NotAllowed
    return row


def own_rosters(actor: Actor) -> "list[Roster]":
    """Return the published rosters of the actor's teams that are not over."""
    rows = Roster.objects.filter(
        team__in=actor.teams, state=Roster.State.PUBLISHED, last_day__gte=clock.today()
    )
    return list(rows.select_related("team__commune").order_by("first_day", "id"))


def open_seats(actor: Actor) -> list[OpenSeat]:
    """Return the empty seats of the actor's teams that they may take within the rules, the next first."""
    found: list[OpenSeat] = []
    today = clock.today()
    for roster in own_rosters(actor):
        prepared = prepare(roster)
        number = prepared.number_of(actor.volunteer_id)
        shifts = {str(shift.id): shift for shift in Shift.objects.filter(roster=roster, day__gte=today)}
        for shift in prepared.problem.shifts:
            row = shifts.get(shift.id)
            if row is not None and number:
                found += [
                    OpenSeat(row, seat)
                    for seat in shift.seats
                    if not may_take(prepared.problem, prepared.held, number, shift.id, seat)
                ]
    return found


def partners(actor: Actor, seat: ShiftAssignment) -> list[Partner]:
    """Return who of the team may take over a seat of the actor's, and who may exchange it for which shift of theirs."""
    roster = seat.shift.roster
    prepared = prepare(roster)
    mine = prepared.taken(seat.shift_id, actor.volunteer_id, seat.seat)
    shifts = {str(shift.id): shift for shift in Shift.objects.filter(roster=roster)}
    rest = [taken for taken in prepared.held if taken != mine]
    found = [
        Partner(one.id, one.full_name, None)
        for number, one in prepared.volunteers.items()
        if number != mine.member and not may_take(prepared.problem, rest, number, mine.shift, mine.seat)
    ]
    for taken in prepared.held:
        shift = shifts.get(taken.shift)
        if (
            shift is None
            or shift.day < clock.today()
            or taken.member == mine.member
            or taken.shift == mine.shift
        ):
            continue
        if not may_swap(prepared.problem, prepared.held, mine, taken):
            one = prepared.volunteers[taken.member]
            found.append(Partner(one.id, one.full_name, shift))
    return found


def swaps_of(actor: Actor) -> "list[Swap]":
    """Return the open questions that the actor asked or is asked, newest first."""
    rows = Swap.objects.filter(
        Q(giver=actor.volunteer_id) | Q(taker=actor.volunteer_id), state=Swap.State.PROPOSED, shift__day__gte=clock.today()
    )  # fmt: skip
    if actor.volunteer_id is None:
        return []
    return list(rows.select_related("shift", "wanted", "giver", "taker").order_by("-made_at"))


def swap_for(actor: Actor, swap_id: UUID) -> Swap:
    """Return a question that the actor asked or is asked. Raises NotAllowed."""
    rows = Swap.objects.filter(Q(giver=actor.volunteer_id) | Q(taker=actor.volunteer_id), id=swap_id)
    swap = rows.select_related("shift__roster__team__commune", "wanted").first()
    if swap is None or actor.volunteer_id is None:
        raise NotAllowed
    return swap


def wishes_of(actor: Actor) -> "list[Wish]":
    """Return the actor's own wishes that are not past."""
    rows = Wish.objects.filter(Q(day=None) | Q(day__gte=clock.today()), volunteer=actor.volunteer_id)
    return list(rows.order_by("weekday", "day", "half")) if actor.volunteer_id else []


def halves_served(actor: Actor) -> int:
    """Return on which half days of a week the actor's teams serve, in 14 bits, Monday morning first; all of them for who is in no team.

    A team serves when its commune's centre is open, on its mobile days, and whenever a published roster has a shift.
    """
    teams = [team for team in map(people.team_with_id, sorted(actor.teams)) if team is not None]
    if not teams:
        return EVERY_HALF
    served = 0
    for team in teams:
        week = usual_week(team)
        served |= week.duty | week.mobile
    rows = Shift.objects.filter(roster__in=own_rosters(actor), day__gte=clock.today())
    for day, half in rows.values_list("day", "half").distinct():
        served |= 1 << 2 * day.weekday() + (half == Half.PM)
    return served or EVERY_HALF


def absences_of(actor: Actor) -> "list[Absence]":
    """Return the actor's own absences that are not over."""
    rows = Absence.objects.filter(last_day__gte=clock.today(), volunteer=actor.volunteer_id)
    return list(rows.order_by("first_day")) if actor.volunteer_id else []


def check_ins_of(actor: Actor, shift_ids: Collection[UUID]) -> dict[UUID, CheckIn]:
    """Return the actor's own check-ins by shift."""
    rows = CheckIn.objects.filter(shift__in=shift_ids, volunteer=actor.volunteer_id)
    return {row.shift_id: row for row in rows} if actor.volunteer_id else {}


def has_feed(actor: Actor) -> bool:
    """Tell whether the actor's calendar has an address."""
    return (
        actor.volunteer_id is not None and CalendarFeed.objects.filter(volunteer=actor.volunteer_id).exists()
    )


def feed_digest(token: str) -> str:
    """Return the hash under which the secret of an address is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_owner(token: str) -> Account | None:
    """Return whose calendar an address is for; None for an address that does not hold (any more)."""
    feed = CalendarFeed.objects.filter(
        token_hash=feed_digest(token), volunteer__is_active=True, volunteer__account__is_active=True
    )
    row = feed.select_related("volunteer__account").first()
    return row.volunteer.account if row else None
