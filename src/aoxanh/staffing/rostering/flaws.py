"""From rows as people write them to a clean problem, naming every flaw with its rows and a remedy; nothing stops the roster."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aoxanh.staffing.allocation.problem import GROUPS, KINDS
from aoxanh.staffing.rostering.problem import (
    ANY_HALF,
    HALVES,
    POLICE,
    SORTS,
    Absence,
    Member,
    Problem,
    Settings,
    Shift,
    Taken,
    Wish,
)
from aoxanh.staffing.rostering.rules import may_take

NAMED = 10  # rows named in a flaw; the rest are counted
MOST_HALVES, MOST_KM, MOST_SEATS, LONGEST_ABSENCE = 14, 1000, 200, 400

SENTENCES = {
    "member_without_id": ("People without an id were left out", "Give each person an id."),
    "member_twice": ("People listed more than once; the first row counts", "Delete the other rows."),
    "certificate_unknown": ("Certificates of unknown skill groups were ignored", "Use 1, 2 or 3."),
    "number_out_of_range": ("Numbers out of range count as the nearest that can be", "Correct the number."),
    "shift_without_id": ("Shifts without an id were left out", "Give each shift an id."),
    "shift_twice": ("Shifts listed more than once; the first row counts", "Delete the other rows."),
    "shift_unknown_half": ("Shifts whose half or kind is unknown were left out", f"Use {' or '.join(HALVES)}, and one of {', '.join(SORTS)}."),
    "seat_unknown": ("Seats of unknown kinds were ignored", f"Use one of {', '.join(KINDS)}."),
    "lone_shift": ("Shifts outdoors for one person were raised to two: nobody goes alone", "Want two, or a pair with the police."),
    "row_unknown": ("Absences or wishes that name nobody of the team, no half, or a wrong span were left out", "Correct or delete them."),
    "pin_unknown": ("Hand edits that name an unknown person, shift or seat were left out", "Correct or delete them."),
    "pin_against_rule": ("Hand edits that break a hard rule were left out", "Choose another person or shift."),
}  # fmt: skip


@dataclass(frozen=True)
class Flaw:
    """One kind of flaw: what is wrong with which rows, how many there are, what to do."""

    code: str
    rows: tuple[str, ...]
    count: int

    def __str__(self) -> str:
        message, remedy = SENTENCES[self.code]
        more = f" and {self.count - len(self.rows)} more" if self.count > len(self.rows) else ""
        return f"{message}: {', '.join(self.rows)}{more}. {remedy}"


@dataclass(frozen=True)
class Rows:
    """A team's tables as they were written."""

    members: Iterable[Member]
    shifts: Iterable[Shift]
    absences: Iterable[Absence] = ()
    wishes: Iterable[Wish] = ()
    pins: Iterable[Taken] = ()


class Found:
    """Collects rows by flaw."""

    def __init__(self) -> None:
        self.rows: dict[str, list[str]] = defaultdict(list)

    def add(self, code: str, row: str) -> None:
        self.rows[code].append(row)

    def within(self, number: int, most: int, row: str) -> int:
        if not 0 <= number <= most:
            self.add("number_out_of_range", row)
        return min(max(number, 0), most)

    def flaws(self) -> list[Flaw]:
        return [
            Flaw(code, tuple(self.rows[code][:NAMED]), len(self.rows[code]))
            for code in SENTENCES
            if code in self.rows
        ]


def check(rows: Rows, settings: Settings | None = None) -> tuple[Problem, list[Flaw]]:
    """Return the problem that can be rostered and what is wrong with the rows."""
    found = Found()
    members = {member.id: member for member in _members(rows.members, found)}
    shifts = {shift.id: shift for shift in _shifts(rows.shifts, found)}
    problem = Problem(
        tuple(members.values()),
        tuple(sorted(shifts.values(), key=lambda shift: (shift.slot, shift.id))),
        tuple(each for each in rows.absences if _absence(each, members, found)),
        tuple(each for each in rows.wishes if _wish(each, members, found)),
        settings=settings or Settings(),
    )
    return replace(problem, pins=_pins(problem, rows.pins, found)), found.flaws()


def _members(rows: Iterable[Member], found: Found) -> Iterable[Member]:
    seen: set[str] = set()
    for row in rows:
        if not row.id:
            found.add("member_without_id", "(no id)")
        elif row.id in seen:
            found.add("member_twice", row.id)
        else:
            seen.add(row.id)
            if set(row.certificates) - set(GROUPS):
                found.add("certificate_unknown", row.id)
            yield replace(
                row,
                halves=found.within(row.halves, ANY_HALF, row.id),
                most=found.within(row.most, MOST_HALVES, row.id),
                wished=found.within(row.wished, MOST_HALVES, row.id),
                reach=found.within(row.reach, MOST_KM, row.id),
                week_km=found.within(row.week_km, 7 * MOST_KM, row.id),
            )


def _shifts(rows: Iterable[Shift], found: Found) -> Iterable[Shift]:
    seen: set[str] = set()
    for row in rows:
        if not row.id:
            found.add("shift_without_id", f"{row.day} {row.half}")
        elif row.id in seen:
            found.add("shift_twice", row.id)
        elif row.half not in HALVES or row.kind not in SORTS:
            found.add("shift_unknown_half", row.id)
        else:
            seen.add(row.id)
            yield replace(row, seats=_seats(row, found), km=found.within(row.km, MOST_KM, row.id))


def _seats(row: Shift, found: Found) -> dict[str, int]:
    for seat in row.seats.keys() - set(KINDS):
        found.add("seat_unknown", f"{row.id} {seat}")
    seats = {
        seat: found.within(row.seats[seat], MOST_SEATS, f"{row.id} {seat}")
        for seat in KINDS
        if seat in row.seats
    }
    if row.outdoors and not seats.get(POLICE) and sum(seats.values()) == 1:
        found.add("lone_shift", row.id)
        return {seat: 2 * wanted for seat, wanted in seats.items()}
    return seats


def _absence(row: Absence, members: dict[str, Member], found: Found) -> bool:
    span = (row.last - row.first).days
    fine = row.member in members and 0 <= span <= LONGEST_ABSENCE and row.half in {"", *HALVES}
    if not fine:
        found.add("row_unknown", f"{row.member or '(nobody)'} {row.first}")
    return fine


def _wish(row: Wish, members: dict[str, Member], found: Found) -> bool:
    fine = row.member in members and row.half in {"", *HALVES} and row.weekday in {None, *range(7)}
    if not fine:
        found.add("row_unknown", f"{row.member or '(nobody)'} {row.day or row.weekday}")
    return fine


def _pins(problem: Problem, rows: Iterable[Taken], found: Found) -> tuple[Taken, ...]:
    held: list[Taken] = []
    known = []
    for row in dict.fromkeys(rows):
        if row.member in problem.member and row.shift in problem.shift:
            known.append(row)
        else:
            found.add("pin_unknown", f"{row.member} {row.shift} {row.seat}")
    for row in sorted(known, key=lambda each: not problem.member[each.member].adult):
        broken = may_take(problem, held, row.member, row.shift, row.seat)
        if broken is None:
            held.append(row)
        elif broken.rule == "seat_unknown":
            found.add("pin_unknown", f"{row.member} {row.shift} {row.seat}")
        else:
            found.add("pin_against_rule", f"{row.member} {row.shift} {row.seat} ({broken})")
    return tuple(sorted(held))
