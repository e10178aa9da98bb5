"""Changing a roster by hand, with the rules asked each time: who sits where, and which shifts there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.places import queries as places
from aoxanh.privacy.queries import check_text
from aoxanh.staffing.actions.rosters import LONGEST_PLACE, locked
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.models import Half, Roster, Shift, ShiftAssignment
from aoxanh.staffing.patterns import FARTHEST_KM, MOST_SEATS
from aoxanh.staffing.roster_errors import (
    AgainstRule,
    DoubleBooked,
    MayNotLeave,
    NotOnShift,
    RosterNotOpen,
    ShiftHeld,
    ShiftOver,
    UnfitShift,
)
from aoxanh.staffing.roster_problem import Prepared, prepare, seats_of, shifts_of
from aoxanh.staffing.roster_queries import shift_in
from aoxanh.staffing.rostering.rules import Broken, may_leave, may_take
from aoxanh.staffing.rostering_words import RULES

MOST_SHIFTS = 400


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """What a shift is: when, where, how many people by kind of seat, and what must be there."""

    day: date
    half: str
    kind: str
    seats: Mapping[str, int]
    leader: bool = True
    language: str = ""
    place: str = ""
    km: int = 0
    hot: bool = False


@transaction.atomic
def give_seat(*, roster: Roster, shift_id: UUID, volunteer_id: UUID, seat: str, by: Actor) -> ShiftAssignment:
    """Put somebody on a shift by hand; a new draft leaves them there.

    Raises AgainstRule with the rule's words, DoubleBooked, ShiftOver or RosterNotOpen.
    """
    roster, shift = open_roster(roster, shift_id, by)
    prepared = prepare(roster)
    row = take_place(prepared, roster, shift, Place(volunteer_id, seat, pinned=True))
    note_seat(row, by, "staffing.seat.given")
    return row


@transaction.atomic
def take_seat(*, roster: Roster, shift_id: UUID, volunteer_id: UUID, by: Actor) -> None:
    """Take somebody off a shift by hand. Raises MayNotLeave, NotOnShift, ShiftOver or RosterNotOpen."""
    roster, shift = open_roster(roster, shift_id, by)
    row = held_seat(roster, shift, volunteer_id)
    prepared = prepare(roster)
    refuse_leaving(prepared, row)
    row.delete()
    row.id = row.pk
    note_seat(row, by, "staffing.seat.taken")


@transaction.atomic
def add_shift(*, roster: Roster, facts: ShiftFacts, by: Actor) -> Shift:
    """Add a shift to a draft or a published roster. Raises UnfitShift, ShiftOver, RosterNotOpen or PersonalData."""
    roster = _open(roster, by)
    if shifts_of(roster).count() >= MOST_SHIFTS:
        raise UnfitShift(reason=_("the roster has too many shifts"))
    owner = roster.mends_id if roster.mends_id and roster.published_at is None else roster.id
    shift = Shift(roster_id=owner, commune_id=roster.commune_id)
    _tell(shift, facts, roster)
    shift.save()
    _note_shift(roster, shift, by, "staffing.shift.added")
    return shift


@transaction.atomic
def change_shift(*, roster: Roster, shift_id: UUID, facts: ShiftFacts, by: Actor) -> Shift:
    """Change a shift's place, seats and needs; its day and half stay while people hold seats on it.

    Raises ShiftHeld, UnfitShift, ShiftOver, RosterNotOpen or PersonalData.
    """
    roster, shift = open_roster(roster, shift_id, by)
    held = ShiftAssignment.objects.filter(shift=shift).exclude(state=ShiftAssignment.State.AWAY).exists()
    if held and (facts.day, facts.half) != (shift.day, shift.half):
        raise ShiftHeld(field="day")
    _tell(shift, facts, roster)
    shift.save()
    _note_shift(roster, shift, by, "staffing.shift.changed")
    return shift


@transaction.atomic
def drop_shift(*, roster: Roster, shift_id: UUID, by: Actor) -> None:
    """Remove a shift that nobody is on. Raises ShiftHeld, ShiftOver or RosterNotOpen."""
    roster, shift = open_roster(roster, shift_id, by)
    if ShiftAssignment.objects.filter(shift=shift).exclude(state=ShiftAssignment.State.AWAY).exists():
        raise ShiftHeld
    _note_shift(roster, shift, by, "staffing.shift.dropped")
    shift.delete()


@dataclass(frozen=True, slots=True)
class Place:
    """The seat that somebody should have, and how it came about."""

    volunteer_id: UUID
    seat: str
    state: str = ShiftAssignment.State.PLANNED
    pinned: bool = False


def take_place(prepared: Prepared, roster: Roster, shift: Shift, place: Place) -> ShiftAssignment:
    """Store a seat if the engine's rules allow it, in the caller's transaction. Raises AgainstRule or DoubleBooked."""
    number = prepared.number_of(place.volunteer_id)
    broken = may_take(prepared.problem, prepared.held, number, str(shift.id), place.seat)
    if broken:
        raise refusal(prepared, place.volunteer_id, broken)
    values = {
        "commune_id": roster.commune_id, "day": shift.day, "half": shift.half, "seat": place.seat,
        "state": place.state, "pinned": place.pinned, "holds": roster.state == Roster.State.PUBLISHED,
    }  # fmt: skip
    try:
        with transaction.atomic():
            row, _made = ShiftAssignment.objects.update_or_create(
                roster=roster, shift=shift, volunteer_id=place.volunteer_id, defaults=values
            )
    except IntegrityError as error:
        # Held on a roster that this person's reach does not show.
        raise DoubleBooked(
            who=name_of(prepared, place.volunteer_id),
            day=shift.day.strftime("%d/%m/%Y"),
            half=Half(shift.half).label,
        ) from error
    return row


def refuse_leaving(prepared: Prepared, row: ShiftAssignment) -> None:
    """Raise MayNotLeave when somebody under age would stay behind without an adult."""
    broken = may_leave(
        prepared.problem, prepared.held, prepared.taken(row.shift_id, row.volunteer_id, row.seat)
    )
    if broken:
        raise MayNotLeave(who=name_of(prepared, row.volunteer_id), why=RULES[broken.rule], rule=broken.rule)


def refusal(prepared: Prepared, volunteer_id: UUID, broken: Broken) -> AgainstRule:
    """Return the refusal that tells a broken rule in words."""
    return AgainstRule(who=name_of(prepared, volunteer_id), why=RULES[broken.rule], rule=broken.rule)


def name_of(prepared: Prepared, volunteer_id: UUID) -> str:
    """Return the name of somebody of the team."""
    return next((one.full_name for one in prepared.volunteers.values() if one.id == volunteer_id), "—")


def held_seat(roster: Roster, shift: Shift, volunteer_id: UUID) -> ShiftAssignment:
    """Return the seat somebody holds on a shift. Raises NotOnShift."""
    row = seats_of(roster).filter(shift=shift, volunteer=volunteer_id).first()
    if row is None:
        raise NotOnShift
    return row


def open_roster(roster: Roster, shift_id: UUID, by: Actor) -> tuple[Roster, Shift]:
    """Return the locked roster and one of its shifts that is not over. Raises RosterNotOpen, ShiftOver or NotAllowed."""
    roster = _open(roster, by)
    shift = shift_in(roster, shift_id)
    if shift.day < clock.today():
        raise ShiftOver
    return roster, shift


def _open(roster: Roster, by: Actor) -> Roster:
    roster = locked(roster, by)
    if not roster.is_open:
        raise RosterNotOpen(state=roster.get_state_display())
    return roster


def _tell(shift: Shift, facts: ShiftFacts, roster: Roster) -> None:
    if facts.day < clock.today():
        raise ShiftOver(field="day")
    if not roster.first_day <= facts.day <= roster.last_day:
        raise UnfitShift(field="day", reason=_("the day is outside the roster's weeks"))
    if facts.half not in Half.values or facts.kind not in Shift.Kind.values:
        raise UnfitShift(field="kind", reason=_("this is not one of the choices"))
    seats = {kind: facts.seats[kind] for kind in KINDS if facts.seats.get(kind)}
    if set(facts.seats) - set(KINDS) or not seats or not all(0 < seats[kind] <= MOST_SEATS for kind in seats):
        raise UnfitShift(field="seats", reason=_("it needs between 1 and 60 people of each kind it has"))
    if facts.language and facts.language not in places.known_languages():
        raise UnfitShift(field="language", reason=_("the language is not in the list"))
    if not 0 <= facts.km <= FARTHEST_KM:
        raise UnfitShift(field="km", reason=_("the way is at most 200 km"))
    place = check_text(facts.place.strip(), "place")
    if len(place) > LONGEST_PLACE:
        raise UnfitShift(field="place", reason=_("the place's name is too long"))
    shift.day, shift.half, shift.kind, shift.seats = facts.day, facts.half, facts.kind, seats
    shift.leader, shift.language, shift.place = facts.leader, facts.language, place
    shift.km, shift.hot = facts.km, facts.hot


def note_seat(row: ShiftAssignment, by: Actor, action: str, **details: object) -> None:
    """Record in the audit who got or left which seat."""
    audit.record(
        chain=row.commune_id,
        actor=str(by),
        action=action,
        subject=f"shift:{row.shift_id}",
        details={"volunteer": str(row.volunteer_id), "seat": row.seat, "day": row.day, "half": row.half, **details},
    )  # fmt: skip


def _note_shift(roster: Roster, shift: Shift, by: Actor, action: str) -> None:
    audit.record(
        chain=roster.commune_id,
        actor=str(by),
        action=action,
        subject=f"shift:{shift.id}",
        details={"roster": str(roster.id), "day": shift.day, "half": shift.half, "kind": shift.kind},
    )
