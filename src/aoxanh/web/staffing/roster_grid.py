"""A week of a roster laid out by day and half for its page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from aoxanh.places import queries as places
from aoxanh.staffing import roster_queries as queries
from aoxanh.staffing.models import CheckIn, Half, Roster, Shift, ShiftAssignment
from aoxanh.staffing.roster_problem import Prepared
from aoxanh.staffing.rostering_words import SEATS
from aoxanh.web.staffing.roster_forms import DAYS


@dataclass(frozen=True)
class Seat:
    """Somebody on a shift."""

    row: ShiftAssignment
    kind: Any
    came: CheckIn | None


@dataclass(frozen=True)
class Card:
    """A shift with who is on it, what it lacks, and the speaker it wants."""

    shift: Shift
    seats: list[Seat]
    lacks: list[tuple[Any, int]]
    gaps: list[str]
    language: str = ""


@dataclass(frozen=True)
class Day:
    """A day with the shifts of its halves."""

    day: date
    name: Any
    halves: list[tuple[Any, list[Card]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(cards for _half, cards in self.halves)


def week_of(roster: Roster, number: int, prepared: Prepared) -> tuple[int, int, list[Day]]:
    """Return which week is shown (from 0), how many there are, and its days."""
    weeks = ((roster.last_day - roster.first_day).days + 1) // 7
    number = min(max(number, 0), weeks - 1)
    monday = roster.first_day + timedelta(weeks=number)
    shifts = queries.shifts_between(roster, monday, monday + timedelta(days=6))
    cards = cards_of(roster, shifts, prepared)
    days = []
    for offset in range(7):
        day = monday + timedelta(days=offset)
        halves = [
            (half.label, [card for card in cards if (card.shift.day, card.shift.half) == (day, half)])
            for half in Half
        ]
        days.append(Day(day, DAYS[offset], halves))
    return number, weeks, days


def cards_of(roster: Roster, shifts: list[Shift], prepared: Prepared) -> list[Card]:
    """Return shifts as cards."""
    on_shift = queries.seats_by_shift(roster)
    came = queries.arrivals_of(shifts)
    languages = language_words(shift.language for shift in shifts)
    return [
        Card(
            shift,
            [Seat(row, SEATS.get(row.seat, row.seat), came.get((shift.id, row.volunteer_id))) for row in on_shift.get(shift.id, [])],
            [(SEATS[seat], count) for seat, count in queries.lacks(shift, on_shift.get(shift.id, [])).items()],
            queries.gaps(prepared, shift),
            languages.get(shift.language, ""),
        )
        for shift in shifts
    ]  # fmt: skip


def language_words(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of languages in the reader's language."""
    from django.utils.translation import get_language

    rows = places.language_names({code for code in codes if code})
    return {code: row.name_en if get_language() == "en" else row.name_vi for code, row in rows.items()}


def hours_rows(roster: Roster, prepared: Prepared) -> list[tuple[str, int, int, str]]:
    """Return for each member: name, half days on this roster, half days come to, hours worked."""
    ids: list[UUID] = [one.id for one in prepared.volunteers.values()]
    worked = queries.hours_of(ids, roster.first_day, roster.last_day)
    planned: dict[UUID, int] = {}
    for rows in queries.seats_by_shift(roster).values():
        for row in rows:
            if row.state != ShiftAssignment.State.AWAY:
                planned[row.volunteer_id] = planned.get(row.volunteer_id, 0) + 1
    return [
        (
            one.full_name,
            planned.get(one.id, 0),
            worked.get(one.id, (0, 0))[0],
            clock_words(worked.get(one.id, (0, 0))[1]),
        )
        for one in prepared.volunteers.values()
    ]


def clock_words(minutes: int) -> str:
    """Return minutes as hours and minutes, 3:05."""
    return f"{minutes // 60}:{minutes % 60:02d}"
