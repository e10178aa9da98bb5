"""What volunteers settle among themselves within the rules: signing up for an empty seat, handing one on, exchanging two."""

from uuid import UUID

from django.db import IntegrityError, transaction

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.staffing.actions.days import own_volunteer
from aoxanh.staffing.actions.seats import Place, held_seat, name_of, note_seat, refusal, take_place
from aoxanh.staffing.models import Half, Roster, Shift, ShiftAssignment, Swap
from aoxanh.staffing.roster_errors import (
    AlreadyAsked,
    DoubleBooked,
    NotOnShift,
    RosterNotOpen,
    ShiftOver,
    SwapSettled,
)
from aoxanh.staffing.roster_problem import Prepared, prepare
from aoxanh.staffing.rostering.problem import Taken
from aoxanh.staffing.rostering.rules import may_leave, may_swap, may_take
from aoxanh.staffing.shift_queries import own_seat, swap_for


@transaction.atomic
def sign_up(*, shift_id: UUID, seat: str, by: Actor) -> ShiftAssignment:
    """Take an empty seat on a published shift of one's own team.

    Raises AgainstRule with the rule's words, DoubleBooked, ShiftOver or RosterNotOpen.
    """
    volunteer_id = own_volunteer(by)
    shift = Shift.objects.select_related("roster__team__commune").filter(id=shift_id).first()
    if shift is None or shift.roster.team_id not in by.teams:
        raise NotAllowed
    roster = _published(shift, by)
    row = take_place(
        prepare(roster), roster, shift, Place(volunteer_id, seat, state=ShiftAssignment.State.SIGNED_UP)
    )
    note_seat(row, by, "staffing.seat.signed_up")
    return row


@transaction.atomic
def propose_swap(*, shift_id: UUID, taker_id: UUID, by: Actor, wanted_id: UUID | None = None) -> Swap:
    """Ask somebody of the team to take over a seat, or to exchange it for a shift of theirs; the rules are asked now and again.

    Raises AgainstRule, MayNotLeave, NotOnShift, AlreadyAsked or ShiftOver.
    """
    seat = own_seat(by, shift_id)
    own_volunteer(by)
    roster = _published(seat.shift, by)
    wanted = _wanted(roster, wanted_id)
    prepared = prepare(roster)
    _check(prepared, roster, seat, taker_id, wanted)
    try:
        with transaction.atomic():
            swap = Swap.objects.create(
                commune_id=roster.commune_id,
                shift=seat.shift,
                giver_id=seat.volunteer_id,
                taker_id=taker_id,
                wanted=wanted,
            )
    except IntegrityError as error:
        raise AlreadyAsked from error
    note_seat(seat, by, "staffing.swap.proposed", swap=str(swap.id), taker=str(taker_id))
    return swap


@transaction.atomic
def accept_swap(*, swap_id: UUID, by: Actor) -> Swap:
    """Say yes to a question: the seats change hands at once, if every rule still allows it.

    Raises SwapSettled, AgainstRule, MayNotLeave, DoubleBooked, ShiftOver or NotAllowed.
    """
    swap = swap_for(by, swap_id)
    if swap.taker_id != own_volunteer(by):
        raise NotAllowed
    roster = _published(swap.shift, by)
    swap = _open(swap)
    try:
        given = held_seat(roster, swap.shift, swap.giver_id)
    except NotOnShift:
        raise SwapSettled from None
    prepared = prepare(roster)
    _check(prepared, roster, given, swap.taker_id, swap.wanted)
    _hand_over(prepared, roster, given, swap)
    note_seat(given, by, "staffing.swap.accepted", swap=str(swap.id), giver=str(swap.giver_id))
    return _settle(swap, Swap.State.ACCEPTED)


@transaction.atomic
def refuse_swap(*, swap_id: UUID, by: Actor) -> Swap:
    """Say no, or, for who asked, take the question back. Raises SwapSettled or NotAllowed."""
    swap = _open(swap_for(by, swap_id))
    asked = swap.taker_id == own_volunteer(by)
    return _settle(swap, Swap.State.REFUSED if asked else Swap.State.WITHDRAWN)


def _published(shift: Shift, by: Actor) -> Roster:
    """Return the locked roster that a shift belongs to, published and of one of the actor's teams."""
    roster = (
        Roster.objects.select_for_update(of=("self",)).select_related("team__commune").get(id=shift.roster_id)
    )
    require(
        by, Permission.ROSTER_SIGN_UP, roster.team.commune, team_id=roster.team_id, owner_id=by.volunteer_id
    )
    if roster.state != Roster.State.PUBLISHED:
        raise RosterNotOpen(state=roster.get_state_display())
    if shift.day < clock.today():
        raise ShiftOver
    return roster


def _wanted(roster: Roster, wanted_id: UUID | None) -> Shift | None:
    if wanted_id is None:
        return None
    wanted = Shift.objects.filter(id=wanted_id, roster=roster).first()
    if wanted is None:
        raise NotAllowed
    if wanted.day < clock.today():
        raise ShiftOver
    return wanted


def _open(swap: Swap) -> Swap:
    row = Swap.objects.select_for_update(of=("self",)).select_related("shift", "wanted").get(id=swap.id)
    if row.state != Swap.State.PROPOSED:
        raise SwapSettled
    return row


def _settle(swap: Swap, state: Swap.State) -> Swap:
    swap.state, swap.settled_at = state, clock.now()
    swap.save(update_fields=["state", "settled_at"])
    return swap


def _check(
    prepared: Prepared, roster: Roster, given: ShiftAssignment, taker_id: UUID, wanted: Shift | None
) -> None:
    """Ask the engine whether the seats may change hands."""
    if not prepared.number_of(taker_id) or taker_id == given.volunteer_id:
        raise NotAllowed
    mine = prepared.taken(given.shift_id, given.volunteer_id, given.seat)
    if wanted is not None:
        theirs = _seat_on(prepared, roster, wanted, taker_id)
        broken = may_swap(prepared.problem, prepared.held, mine, theirs)
        if broken:
            raise refusal(prepared, taker_id, broken)
        return
    rest = [taken for taken in prepared.held if taken != mine]
    taker = prepared.number_of(taker_id)
    broken = may_take(prepared.problem, rest, taker, mine.shift, mine.seat)
    if broken:
        raise refusal(prepared, taker_id, broken)
    after = [*rest, Taken(mine.shift, taker, mine.seat), mine]
    if may_leave(prepared.problem, after, mine):
        raise refusal(prepared, taker_id, may_leave(prepared.problem, after, mine))  # type: ignore[arg-type]


def _seat_on(prepared: Prepared, roster: Roster, shift: Shift, volunteer_id: UUID) -> Taken:
    row = held_seat(roster, shift, volunteer_id)
    return prepared.taken(row.shift_id, row.volunteer_id, row.seat)


def _hand_over(prepared: Prepared, roster: Roster, given: ShiftAssignment, swap: Swap) -> None:
    """Write the new holders; both seats stand free for a moment so that neither meets the other in one half day."""
    theirs = held_seat(roster, swap.wanted, swap.taker_id) if swap.wanted else None
    rows = [(given, swap.taker_id), *([(theirs, swap.giver_id)] if theirs else [])]
    ShiftAssignment.objects.filter(id__in=[row.id for row, _new in rows]).update(holds=False)
    ShiftAssignment.objects.filter(
        state=ShiftAssignment.State.AWAY, shift__in=[row.shift_id for row, _new in rows],
        volunteer__in=[swap.giver_id, swap.taker_id], roster=roster,
    ).delete()  # fmt: skip
    try:
        with transaction.atomic():
            for row, new in rows:
                row.volunteer_id, row.state, row.holds, row.pinned = (
                    new,
                    ShiftAssignment.State.SWAPPED,
                    True,
                    False,
                )
                row.save(update_fields=["volunteer", "state", "holds", "pinned"])
    except IntegrityError as error:
        raise DoubleBooked(
            who=name_of(prepared, swap.taker_id),
            day=given.day.strftime("%d/%m/%Y"),
            half=Half(given.half).label,
        ) from error
