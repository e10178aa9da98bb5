"""Having a roster drafted, publishing it, mending a published one with few changes, and letting go of a draft."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.consent_queries import without_consent
from aoxanh.people.models import Team
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.privacy.queries import check_text
from aoxanh.staffing import roster_inputs as inputs
from aoxanh.staffing.models import Roster, RosterMember, RosterRun, Shift, ShiftAssignment, Swap
from aoxanh.staffing.patterns import Pattern, shifts_of
from aoxanh.staffing.roster_errors import (
    DoubleBooked,
    NobodyToRoster,
    RosterChanged,
    RosterNotOpen,
    RosterOverlaps,
    ShiftOver,
    UnfitRoster,
)
from aoxanh.staffing.roster_problem import Prepared, is_edge, prepare, seats_of
from aoxanh.staffing.roster_queries import who_is_booked
from aoxanh.staffing.rostering.solve import Effort
from aoxanh.staffing.rostering.solve import Roster as Solved

MOST_WEEKS = 4
MOST_WEEKS_AHEAD = 26
LONGEST_PLACE = 80
# Deterministic seconds of the search for each week, about three seconds of CPU each; small teams are proven long before.
SEARCH_A_WEEK = 1.0
MOST_ATTEMPTS = 3
AT_WORK = (Roster.State.WAITING, Roster.State.DRAFTING)
SILENT = timedelta(minutes=10)


@transaction.atomic
def order_roster(
    *, team: Team, first_day: date, weeks: int, pattern: Pattern, by: Actor, run: RosterRun | None = None
) -> Roster:
    """Lay out a team's shifts of some weeks from a Monday on, for the worker to draft who is on which.

    Days that are past get none. Raises UnfitRoster, NobodyToRoster, RosterOverlaps, or PersonalData for the place's name.
    """
    require(by, Permission.ROSTER_EDIT, team.commune, team_id=team.id)
    today = clock.today()
    fit_weeks(first_day, weeks)
    if not pattern.is_fit():
        raise UnfitRoster(field="seats", reason=_("no shift has a seat, or a number is out of range"))
    if pattern.language and pattern.language not in places.known_languages():
        raise UnfitRoster(field="language", reason=_("the language is not in the list"))
    if len(check_text(pattern.place, "place")) > LONGEST_PLACE:
        raise UnfitRoster(field="place", reason=_("the place's name is too long"))
    last_day = first_day + timedelta(days=7 * weeks - 1)
    if not people.members_between(team.id, first_day, last_day):
        raise NobodyToRoster
    if _overlapping(team.id, first_day, last_day).exists():
        raise RosterOverlaps(field="first_day")
    roster = Roster.objects.create(
        team=team, commune_id=team.commune_id, first_day=first_day, last_day=last_day, run=run
    )
    shifts = list(shifts_of(pattern, first_day, last_day, today))
    if not shifts:
        raise UnfitRoster(field="first_day", reason=_("all its shifts lie in the past"))
    for shift in shifts:
        shift.roster, shift.commune_id = roster, team.commune_id
    Shift.objects.bulk_create(shifts)
    _record(roster, by, "staffing.roster.ordered", shifts=len(shifts))
    return roster


@transaction.atomic
def order_again(*, roster: Roster, by: Actor) -> Roster:
    """Have a draft, or one that was given up, computed again; seats set by hand stay. Raises RosterNotOpen."""
    roster = locked(roster, by)
    if roster.state not in (Roster.State.DRAFT, Roster.State.FAILED):
        raise RosterNotOpen(state=roster.get_state_display())
    _enter(roster, Roster.State.WAITING)
    _record(roster, by, "staffing.roster.ordered_again")
    return roster


@transaction.atomic
def order_mend(*, roster: Roster, by: Actor) -> Roster:
    """Have a published roster mended with few changes from today on; returns the draft that the worker will fill.

    A draft that mends it already is computed anew. Raises RosterNotOpen or ShiftOver.
    """
    roster = locked(roster, by)
    if roster.state != Roster.State.PUBLISHED:
        raise RosterNotOpen(state=roster.get_state_display())
    if roster.last_day < clock.today():
        raise ShiftOver
    unfinished = (Roster.State.WAITING, Roster.State.DRAFTING, Roster.State.DRAFT)
    draft = roster.mended_by.select_for_update().filter(state__in=unfinished).first()
    if draft is None:
        draft = Roster.objects.create(
            team_id=roster.team_id, commune_id=roster.commune_id, first_day=roster.first_day,
            last_day=roster.last_day, mends=roster,
        )  # fmt: skip
    else:
        draft.assignments.all().delete()
        _enter(draft, Roster.State.WAITING)
    _record(draft, by, "staffing.roster.mend_ordered", mends=str(roster.id))
    return draft


def draft_roster(*, roster_id: UUID, by: Actor) -> Roster | None:
    """Compute a roster that waits and store its seats; the search itself holds no transaction open.

    Idempotent: called again after it was cut off, it begins anew; called for a roster that does not wait, it does nothing.
    Whatever is published stays as it is. What ends in an error, or was cut off three times, is given up, so that nobody waits for it.
    """
    if not _begun(roster_id):
        return None
    try:
        return _drafted(roster_id, by)
    except (OperationalError, InterfaceError):
        # The database is away: the roster is taken up again when it is back.
        raise
    except Exception:
        give_up(roster_id=roster_id)
        raise


def give_up(*, roster_id: UUID) -> None:
    """Mark a roster whose draft cannot be made; its leader may order it again or let go of it."""
    with whole_nation():
        Roster.objects.filter(id=roster_id, state__in=AT_WORK).update(state=Roster.State.FAILED)


def silent_rosters() -> list[UUID]:
    """Return the rosters at work of which nothing was heard for long, and count them as heard of now."""
    rows = Roster.objects.filter(state__in=AT_WORK, touched_at__lt=clock.now() - SILENT)
    return [
        id_
        for id_, seen in rows.values_list("id", "touched_at")
        if Roster.objects.filter(id=id_, touched_at=seen).update(touched_at=clock.now())
    ]


def _begun(roster_id: UUID) -> bool:
    """Count one more beginning; what was begun too often is given up."""
    with whole_nation():
        roster = Roster.objects.select_for_update().filter(id=roster_id, state__in=AT_WORK).first()
        if roster is None:
            return False
        tried = roster.attempts >= MOST_ATTEMPTS
        roster.state = Roster.State.FAILED if tried else Roster.State.DRAFTING
        roster.attempts, roster.touched_at = roster.attempts + 1, clock.now()
        roster.save(update_fields=["state", "attempts", "touched_at"])
        return not tried


def _drafted(roster_id: UUID, by: Actor) -> Roster:
    with whole_nation():
        prepared, order = _order(Roster.objects.get(id=roster_id))
    solved = order.carry_out()
    with whole_nation():
        roster = Roster.objects.select_for_update().get(id=roster_id)
        if roster.state != Roster.State.DRAFTING:
            return roster
        _store(roster, prepared, order, solved)
        _record(roster, by, "staffing.roster.drafted", objective=solved.objective, bound=solved.bound)
    return roster


def recompute(*, roster: Roster) -> bool:
    """Compute a draft again from the inputs it was kept with; tell whether every seat comes out the same."""
    content = inputs.unpack(bytes(roster.inputs or b""))
    if inputs.digest(content) != roster.inputs_sha256:
        return False
    solved = inputs.from_json(content).carry_out()
    return inputs.digest_of(solved.taken) == roster.outcome_sha256


@transaction.atomic
def publish_roster(*, roster: Roster, by: Actor) -> Roster:
    """Make a draft the roster that holds; one that it mends is replaced, shifts and all.

    Raises RosterNotOpen, RosterOverlaps, RosterChanged or DoubleBooked; then everything stays as it was.
    """
    roster = locked(roster, by)
    if roster.state != Roster.State.DRAFT:
        raise RosterNotOpen(state=roster.get_state_display())
    if roster.last_day < clock.today():
        raise ShiftOver
    if roster.mends_id:
        _replace(roster, roster.mends_id)
    elif _overlapping(roster.team_id, roster.first_day, roster.last_day).exists():
        raise RosterOverlaps
    roster.published_at = clock.now()
    roster.state = Roster.State.PUBLISHED
    try:
        with transaction.atomic():
            roster.save(update_fields=["state", "published_at"])
            release_without_consent(roster)
            seats = seats_of(roster).order_by().update(holds=True)
    except IntegrityError as error:
        raise _refusal(roster, error) from error
    _record(roster, by, "staffing.roster.published", seats=seats)
    return roster


@transaction.atomic
def discard_roster(*, roster: Roster, by: Actor) -> Roster:
    """Let go of a draft. Raises RosterNotOpen for one that was published."""
    roster = locked(roster, by)
    if roster.state not in (*AT_WORK, Roster.State.DRAFT, Roster.State.FAILED):
        raise RosterNotOpen(state=roster.get_state_display())
    _enter(roster, Roster.State.DISCARDED)
    roster.assignments.all().delete()
    _record(roster, by, "staffing.roster.discarded")
    return roster


def release_without_consent(roster: Roster) -> None:
    """Leave the seats of minors empty whose guardian took the consent back after the draft was made."""
    today = clock.today()
    rows = seats_of(roster).order_by().filter(day__gte=today)
    barred = without_consent(list(rows.values_list("volunteer_id", flat=True)), today)
    rows.filter(volunteer__in=barred).update(state=ShiftAssignment.State.AWAY, pinned=False)


def locked(roster: Roster, by: Actor) -> Roster:
    """Return the roster, locked, for somebody who may change it. Raises NotAllowed."""
    row = Roster.objects.select_for_update(of=("self",)).select_related("team__commune").get(id=roster.id)
    require(by, Permission.ROSTER_EDIT, row.team.commune, team_id=row.team_id)
    return row


def fit_weeks(first_day: date, weeks: int) -> None:
    """Raise UnfitRoster unless the weeks begin on a Monday, this week or later, and are one to four."""
    today = clock.today()
    this_monday = today - timedelta(days=today.weekday())
    if first_day.weekday() != 0:
        raise UnfitRoster(field="first_day", reason=_("it must begin on a Monday"))
    if not this_monday <= first_day <= this_monday + timedelta(weeks=MOST_WEEKS_AHEAD):
        raise UnfitRoster(field="first_day", reason=_("it must begin this week or within half a year"))
    if not 1 <= weeks <= MOST_WEEKS:
        raise UnfitRoster(field="weeks", reason=_("it must have one to four weeks"))


def _overlapping(team_id: UUID, first_day: date, last_day: date) -> "QuerySet[Roster]":
    return Roster.objects.filter(
        team=team_id, state=Roster.State.PUBLISHED, first_day__lte=last_day, last_day__gte=first_day
    )


def _enter(roster: Roster, state: Roster.State) -> None:
    roster.state = state
    if state == Roster.State.WAITING:
        roster.attempts, roster.touched_at = 0, clock.now()
    roster.save(update_fields=["state", "attempts", "touched_at"])


def _order(roster: Roster) -> tuple[Prepared, inputs.Order]:
    weeks = ((roster.last_day - roster.first_day).days + 1) // 7
    effort = Effort(most=SEARCH_A_WEEK * weeks)
    if roster.mends is None:
        prepared = prepare(roster)
        return prepared, inputs.Order(prepared.problem, effort)
    # The published seats are where the mend begins: what was set by hand there, and who has come already, stays.
    base = prepare(roster.mends)
    return base, inputs.Order(base.problem, effort, tuple(sorted(base.held)), clock.today())


def _store(roster: Roster, prepared: Prepared, order: inputs.Order, solved: Solved) -> None:
    content = inputs.to_json(order)
    roster.inputs, roster.inputs_sha256 = inputs.pack(content), inputs.digest(content)
    roster.outcome_sha256 = inputs.digest_of(solved.taken)
    roster.objective, roster.bound, roster.flaws = solved.objective, solved.bound, prepared.flaws
    roster.base_sha256 = _seats_digest(roster.mends) if roster.mends else ""
    roster.state = Roster.State.DRAFT
    roster.save()
    roster.members.all().delete()
    RosterMember.objects.bulk_create(
        RosterMember(roster=roster, number=int(number[1:]), volunteer=one)
        for number, one in prepared.volunteers.items()
    )
    _keep_seats(roster, prepared, solved)


def _keep_seats(roster: Roster, prepared: Prepared, solved: Solved) -> None:
    """Store the seats of the draft; what was set by hand and still stands stays marked so, what was agreed keeps its word."""
    before = {(row.shift_id, row.volunteer_id): row for row in seats_of(roster.mends or roster)}
    roster.assignments.all().delete()
    rows = []
    for taken in solved.taken:
        if is_edge(taken.shift):
            continue
        shift, volunteer = prepared.problem.shift[taken.shift], prepared.volunteers[taken.member]
        known = before.get((UUID(taken.shift), volunteer.id))
        rows.append(
            ShiftAssignment(
                roster=roster, shift_id=UUID(taken.shift), commune_id=roster.commune_id, volunteer=volunteer,
                day=shift.day, half=shift.half, seat=taken.seat,
                state=known.state if known else ShiftAssignment.State.PLANNED,
                pinned=known is not None and known.pinned and known.seat == taken.seat,
            )
        )  # fmt: skip
    ShiftAssignment.objects.bulk_create(rows)


def _replace(roster: Roster, mended_id: UUID) -> None:
    """Let the roster that is mended make room: its shifts go over, its seats hold no longer, open questions lapse."""
    base = Roster.objects.select_for_update().get(id=mended_id)
    if base.state != Roster.State.PUBLISHED or _seats_digest(base) != roster.base_sha256:
        raise RosterChanged
    seats_of(base).order_by().update(holds=False)
    _enter(base, Roster.State.SUPERSEDED)
    Swap.objects.filter(shift__roster=base, state=Swap.State.PROPOSED).update(
        state=Swap.State.WITHDRAWN, settled_at=clock.now()
    )
    Shift.objects.filter(roster=base).update(roster=roster)


def _seats_digest(roster: Roster) -> str:
    rows = seats_of(roster).values_list("shift_id", "volunteer_id", "seat")
    return inputs.digest("\n".join(sorted(f"{shift} {one} {seat}" for shift, one, seat in rows)).encode())


def _refusal(roster: Roster, error: IntegrityError) -> RosterOverlaps | DoubleBooked:
    if "roster_one_published" in str(error):
        return RosterOverlaps()
    return who_is_booked(roster)


def _record(roster: Roster, by: Actor, action: str, **details: object) -> None:
    audit.record(
        chain=roster.commune_id,
        actor=str(by),
        action=action,
        subject=f"roster:{roster.id}",
        details={"team": str(roster.team_id), "first_day": roster.first_day, **details},
    )
