"""A team's tables as plain CSV text; the columns are told in docs/develop/rostering.md."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from aoxanh.staffing.allocation.tables import Row, UnreadableTable, rows
from aoxanh.staffing.rostering.problem import ANY_HALF, HALVES, Absence, Member, Problem, Shift, Taken, Wish

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_members(file: TextIO) -> Iterator[tuple[str, Member]]:
    """Yield team and member of each row; the team is empty where the table has no such column."""
    for row in rows(file, ("id",)):
        yield row.text("team"), Member(
            row.text("id"), _groups(row), row.words("languages"), row.flag("adult", default=True),
            row.flag("leads"), row.flag("experienced"), _halves(row), row.number_of("most", 6),
            row.number_of("wished", 3), row.number_of("reach", 40), row.number_of("week_km", 160),
        )  # fmt: skip


def read_shifts(file: TextIO) -> Iterator[tuple[str, Shift]]:
    """Yield team and shift of each row."""
    for row in rows(file, ("id", "day", "half", "seats")):
        yield row.text("team"), Shift(
            row.text("id"), _day(row, "day"), row.text("half"), row.text("kind") or "duty", row.amounts("seats"),
            row.flag("leader", default=True), row.text("language"), row.text("place"), row.number_of("km"),
            row.flag("hot"),
        )  # fmt: skip


def read_absences(file: TextIO) -> Iterator[Absence]:
    """Yield absences: member, first, last (the first day again if empty), half."""
    for row in rows(file, ("member", "first")):
        first = _day(row, "first")
        last = _day(row, "last") if row.text("last") else first
        yield Absence(row.text("member"), first, last, row.text("half"))


def read_wishes(file: TextIO) -> Iterator[Wish]:
    """Yield wishes: member, likes (yes or no), day or weekday, half."""
    for row in rows(file, ("member", "likes")):
        day = _day(row, "day") if row.text("day") else None
        weekday = _weekday(row, "weekday", row.text("weekday")) if row.text("weekday") else None
        yield Wish(row.text("member"), row.flag("likes"), day, weekday, row.text("half"))


def read_roster(file: TextIO) -> Iterator[Taken]:
    """Yield who holds which seat."""
    for row in rows(file, ("shift", "member", "seat")):
        yield Taken(row.text("shift"), row.text("member"), row.text("seat"))


def write_roster(rosters: Iterable[tuple[str, Problem, Iterable[Taken]]], file: TextIO) -> None:
    """Write who holds which seat, by team and day."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(("team", "day", "half", "shift", "member", "seat"))
    for team, problem, roster in rosters:
        for taken in sorted(roster, key=lambda each, problem=problem: (problem.shift[each.shift].slot, each)):  # type: ignore[misc]
            shift = problem.shift[taken.shift]
            out.writerow(
                map(_safe, (team, shift.day.isoformat(), shift.half, shift.id, taken.member, taken.seat))
            )


def _safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _groups(row: Row) -> tuple[int, ...]:
    words = row.words("certificates")
    if all(word.isdecimal() for word in words):
        return tuple(map(int, words))
    raise UnreadableTable(
        f"row {row.number}, column certificates: write the numbers of skill groups, like 1;2"
    )


def _halves(row: Row) -> int:
    """Read "mon;wed-am;sat-pm"; an empty cell means every half day."""
    words = row.words("halves")
    bits = 0
    for word in words:
        name, _, half = word.partition("-")
        if half not in {"", *HALVES}:
            raise UnreadableTable(f"row {row.number}, column halves: write {name}, {name}-am or {name}-pm")
        day = _weekday(row, "halves", name)
        bits |= sum(1 << (2 * day + number) for number, each in enumerate(HALVES) if half in {"", each})
    return bits if words else ANY_HALF


def _weekday(row: Row, column: str, name: str) -> int:
    if name.lower() in WEEKDAYS:
        return WEEKDAYS.index(name.lower())
    raise UnreadableTable(
        f"row {row.number}, column {column}: {name!r} is no weekday; use {', '.join(WEEKDAYS)}"
    )


def _day(row: Row, column: str) -> date:
    try:
        return date.fromisoformat(row.text(column))
    except ValueError:
        raise UnreadableTable(
            f"row {row.number}, column {column}: {row.text(column)!r} is no date like 2026-06-01"
        ) from None
