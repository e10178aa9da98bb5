"""From the rows of a team's weeks to the engine's problem, where people are numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from aoxanh.kernel import clock
from aoxanh.people import consent_queries as consents
from aoxanh.people import queries as people
from aoxanh.people.models import Membership, Volunteer
from aoxanh.staffing.models import Absence, CheckIn, Roster, Shift, ShiftAssignment, Wish
from aoxanh.staffing.rostering import problem as engine
from aoxanh.staffing.rostering.flaws import Rows, check
from aoxanh.training import queries as training

EXPERIENCED_AFTER = timedelta(days=30)
GOOD = 2
CONVERSATION = 2
MOST_HALF_DAYS = 6
# Rest and days in a row look across the edges of the weeks, no farther than this.
EDGE = timedelta(days=6)


@dataclass(frozen=True)
class Prepared:
    """The engine's problem of a roster, the seats held now, whom each number stands for, and what was wrong with the rows."""

    problem: engine.Problem
    held: tuple[engine.Taken, ...]
    volunteers: dict[str, Volunteer]
    flaws: list[list[str | int]]

    def number_of(self, volunteer_id: UUID | None) -> str:
        """Return the number of a person, "" for somebody who is not in the team."""
        return next((number for number, one in self.volunteers.items() if one.id == volunteer_id), "")

    def taken(self, shift_id: UUID, volunteer_id: UUID | None, seat: str) -> engine.Taken:
        return engine.Taken(str(shift_id), self.number_of(volunteer_id), seat)


def prepare(roster: Roster) -> Prepared:
    """Return what the engine needs to know of a roster as its rows are now."""
    memberships = _latest(people.members_between(roster.team_id, roster.first_day, roster.last_day))
    numbers = {each.volunteer_id: f"m{place:03d}" for place, each in enumerate(memberships, start=1)}
    shifts = list(shifts_of(roster))
    rows = list(seats_of(roster))
    came = set(CheckIn.objects.filter(shift__in=shifts).values_list("shift_id", "volunteer_id"))
    elsewhere = list(_elsewhere(roster, numbers, {shift.id for shift in shifts}))
    edge, edge_pins = _edges(elsewhere, numbers, roster)
    problem, flaws = check(
        Rows(
            _members(roster, memberships, numbers),
            [*map(_shift, shifts), *edge],
            [*_absences(roster, memberships, numbers), *_busy(elsewhere, numbers, roster)],
            _wishes(roster, numbers),
            [
                *_taken(
                    (row for row in rows if row.pinned or (row.shift_id, row.volunteer_id) in came), numbers
                ),
                *edge_pins,
            ],
        )
    )
    told: list[list[str | int]] = [[flaw.code, flaw.count] for flaw in flaws]
    if silent := sum(not member.halves for member in problem.members):
        told.append(["no_hours", silent])
    held = (*_taken(rows, numbers), *(pin for pin in problem.pins if pin.shift.startswith(_EDGE)))
    return Prepared(problem, held, {numbers[each.volunteer_id]: each.volunteer for each in memberships}, told)


def shifts_of(roster: Roster) -> "QuerySet[Shift]":
    """Return the shifts of a roster; one that mends another shares the other's until it takes its place."""
    own = roster.mends_id if roster.mends_id and roster.published_at is None else roster.id
    return Shift.objects.filter(roster=own).order_by("day", "half", "kind", "id")


def seats_of(roster: Roster) -> "QuerySet[ShiftAssignment]":
    """Return who holds which seat of a roster now."""
    rows = ShiftAssignment.objects.filter(roster=roster).exclude(state=ShiftAssignment.State.AWAY)
    return rows.order_by("day", "half", "id")


_EDGE = "edge:"


def is_edge(shift: str) -> bool:
    """Tell whether a shift of the problem lies outside the roster and only stands at its edge."""
    return shift.startswith(_EDGE)


def _latest(memberships: Iterable[Membership]) -> list[Membership]:
    """Return one membership a person: the last one of these weeks."""
    return list({each.volunteer_id: each for each in memberships}.values())


def _members(
    roster: Roster, memberships: list[Membership], numbers: dict[UUID, str]
) -> Iterator[engine.Member]:
    ids = [each.volunteer_id for each in memberships]
    group_number = {group.code: group.number for group in training.skill_groups()}
    today = clock.today()
    # Past days cannot be changed any more, so whoever was certified since the first day counts for the rest.
    first = training.groups_held(ids, min(max(roster.first_day, today), roster.last_day))
    last = training.groups_held(ids, roster.last_day)
    barred = consents.without_consent(ids, today)
    for each in memberships:
        one = each.volunteer
        held = first.get(one.id, frozenset()) & last.get(one.id, frozenset())
        served = roster.first_day - each.valid_from >= EXPERIENCED_AFTER
        adult = one.adult_on is None or one.adult_on <= roster.first_day
        yield engine.Member(
            id=numbers[one.id],
            certificates=tuple(sorted(group_number[code] for code in held)),
            languages=tuple(
                sorted(
                    skill.language_id
                    for skill in one.language_skills.all()
                    if skill.level >= CONVERSATION
                )
            ),
            adult=adult,
            leads=each.position != Membership.Position.MEMBER,
            experienced=served and one.technology >= GOOD and one.communication >= GOOD,
            halves=one.availability,
            most=MOST_HALF_DAYS if adult else consents.MINOR_HALF_DAYS,
            barred_from=today if one.id in barred else None,
            barred_to=one.adult_on if one.id in barred else None,
        )  # fmt: skip


def _shift(row: Shift) -> engine.Shift:
    return engine.Shift(
        str(row.id), row.day, row.half, row.kind, dict(row.seats), row.leader, row.language, row.place, row.km, row.hot
    )  # fmt: skip


def _taken(rows: Iterable[ShiftAssignment], numbers: dict[UUID, str]) -> Iterator[engine.Taken]:
    for row in rows:
        if row.volunteer_id in numbers:
            yield engine.Taken(str(row.shift_id), numbers[row.volunteer_id], row.seat)


def _absences(
    roster: Roster, memberships: list[Membership], numbers: dict[UUID, str]
) -> Iterator[engine.Absence]:
    rows = Absence.objects.filter(
        volunteer__in=numbers, first_day__lte=roster.last_day, last_day__gte=roster.first_day
    )
    for row in rows.order_by("first_day", "id"):
        first, last = max(row.first_day, roster.first_day), min(row.last_day, roster.last_day)
        yield engine.Absence(numbers[row.volunteer_id], first, last, row.half)
    for each in memberships:
        number, day = numbers[each.volunteer_id], timedelta(days=1)
        if each.valid_from > roster.first_day:
            yield engine.Absence(number, roster.first_day, each.valid_from - day)
        if each.valid_to is not None and each.valid_to <= roster.last_day:
            yield engine.Absence(number, each.valid_to, roster.last_day)


def _wishes(roster: Roster, numbers: dict[UUID, str]) -> Iterator[engine.Wish]:
    rows = Wish.objects.filter(volunteer__in=numbers).order_by("volunteer", "id")
    for row in rows:
        if row.day is None or roster.first_day <= row.day <= roster.last_day:
            yield engine.Wish(numbers[row.volunteer_id], row.likes, row.day, row.weekday, row.half)


def _elsewhere(
    roster: Roster, numbers: dict[UUID, str], own: set[UUID]
) -> Iterator[tuple[ShiftAssignment, Shift]]:
    """Yield published seats of the same people on other rosters, in these weeks and at their edges."""
    rows = ShiftAssignment.objects.filter(
        holds=True,
        volunteer__in=numbers,
        day__range=(roster.first_day - EDGE, roster.last_day + EDGE),
    )
    for row in rows.select_related("shift").order_by("day", "half", "id"):
        if row.shift_id not in own:
            yield row, row.shift


def _busy(
    elsewhere: list[tuple[ShiftAssignment, Shift]], numbers: dict[UUID, str], roster: Roster
) -> Iterator[engine.Absence]:
    for row, _shift_of_it in elsewhere:
        if _inside(row.day, roster):
            yield engine.Absence(numbers[row.volunteer_id], row.day, row.day, row.half)


def _edges(
    elsewhere: list[tuple[ShiftAssignment, Shift]], numbers: dict[UUID, str], roster: Roster
) -> tuple[list[engine.Shift], list[engine.Taken]]:
    """Return the shifts just before and after the weeks, with exactly the seats that are held there, and those seats."""
    outside = [(row, shift) for row, shift in elsewhere if not _inside(row.day, roster)]
    taken = [
        engine.Taken(f"{_EDGE}{row.shift_id}", numbers[row.volunteer_id], row.seat) for row, _ in outside
    ]
    seats: dict[str, Counter[str]] = {}
    for each in taken:
        seats.setdefault(each.shift, Counter())[each.seat] += 1
    shifts = {f"{_EDGE}{shift.id}": shift for _row, shift in outside}
    plain = {"kind": "duty", "leader": False, "language": "", "hot": False}
    return [
        replace(_shift(shift), id=name, seats=dict(seats[name]), **plain)  # type: ignore[arg-type]
        for name, shift in shifts.items()
    ], taken


def _inside(day: date, roster: Roster) -> bool:
    return roster.first_day <= day <= roster.last_day
