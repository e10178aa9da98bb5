"""Reads the published text format: sections of comma-separated lines, # for comments."""

from collections.abc import Iterable
from dataclasses import replace

from aoxanh.staffing.rostering.public.instance import Cover, Employee, Instance, ShiftType

NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER")
KNOWN = (*NEEDED, "SECTION_DAYS_OFF", "SECTION_SHIFT_ON_REQUESTS", "SECTION_SHIFT_OFF_REQUESTS")
MOST_DAYS, MOST_STAFF, MOST_SHIFTS = 400, 1000, 100


class UnreadableInstance(Exception):
    """The text is no instance in this format; the message names the line and what it should be."""


class _Line:
    """One line of a section with its number and cells."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.cells = [cell.strip() for cell in text.split(",")]

    def refuse(self, why: str) -> UnreadableInstance:
        return UnreadableInstance(f"line {self.number}: {why}")

    def whole(self, at: int, least: int = 0) -> int:
        return self.number_in(self.text(at), least)

    def number_in(self, text: str, least: int = 0) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) < least:
            raise self.refuse(f"{text!r} is not a whole number of {least} or more")
        return int(text)

    def text(self, at: int) -> str:
        if at >= len(self.cells):
            raise self.refuse(f"has {len(self.cells)} values, {at + 1} or more are needed")
        return self.cells[at]


def read(text: str) -> Instance:
    """Return the instance that the text tells of; refuse what cannot be understood, by line."""
    sections = _sections(text.splitlines())
    missing = [name for name in NEEDED if not sections.get(name)]
    if missing:
        raise UnreadableInstance(f"{missing[0]} is missing or empty")
    days = sections["SECTION_HORIZON"][0].whole(0, 1)
    if days > MOST_DAYS:
        raise sections["SECTION_HORIZON"][0].refuse(f"more than {MOST_DAYS} days")
    shifts = _shifts(sections["SECTION_SHIFTS"])
    staff = _staff(sections["SECTION_STAFF"], shifts)
    names = _Names(days, shifts, staff)
    for line in sections.get("SECTION_DAYS_OFF", []):
        person = names.person(line, 0)
        free = frozenset(names.day(line, at) for at in range(1, len(line.cells)))
        staff[person] = replace(staff[person], days_off=staff[person].days_off | free)
    return Instance(
        days, shifts, staff,
        names.requests(sections.get("SECTION_SHIFT_ON_REQUESTS", [])),
        names.requests(sections.get("SECTION_SHIFT_OFF_REQUESTS", [])),
        names.cover(sections["SECTION_COVER"]),
    )  # fmt: skip


def _sections(lines: Iterable[str]) -> dict[str, list[_Line]]:
    found: dict[str, list[_Line]] = {}
    section = None
    for number, raw in enumerate(lines, start=1):
        text = raw.strip().lstrip("\ufeff")
        if not text or text.startswith("#"):
            continue
        if text.startswith("SECTION_"):
            if text not in KNOWN:
                raise UnreadableInstance(f"line {number}: unknown section {text}")
            section = found.setdefault(text, [])
        elif section is None:
            raise UnreadableInstance(f"line {number}: stands before the first SECTION_")
        else:
            section.append(_Line(number, text))
    return found


def _shifts(lines: list[_Line]) -> dict[str, ShiftType]:
    found: dict[str, ShiftType] = {}
    for line in lines[:MOST_SHIFTS]:
        bars = frozenset(filter(None, line.cells[2].split("|"))) if len(line.cells) > 2 else frozenset()
        found[line.text(0)] = ShiftType(line.text(0), line.whole(1, 1), bars)
    for line in lines:
        unknown = found[line.text(0)].bars - found.keys() if line.text(0) in found else {line.text(0)}
        if unknown:
            raise line.refuse(f"unknown shift {min(unknown)}")
    return found


def _staff(lines: list[_Line], shifts: dict[str, ShiftType]) -> dict[str, Employee]:
    found: dict[str, Employee] = {}
    for line in lines:
        most = dict.fromkeys(shifts, MOST_DAYS)
        for pair in filter(None, line.text(1).split("|")):
            shift, _, number = pair.partition("=")
            if shift not in shifts:
                raise line.refuse(f"unknown shift {shift}")
            most[shift] = line.number_in(number)
        if line.text(0) in found or len(found) == MOST_STAFF:
            raise line.refuse(f"{line.text(0)} stands here twice, or the staff is larger than {MOST_STAFF}")
        found[line.text(0)] = Employee(
            line.text(0), most, line.whole(2), line.whole(3), line.whole(4), line.whole(5), line.whole(6), line.whole(7)
        )  # fmt: skip
    return found


class _Names:
    """Looks names up and refuses those that are unknown."""

    def __init__(self, days: int, shifts: dict[str, ShiftType], staff: dict[str, Employee]) -> None:
        self.days, self.shifts, self.staff = days, shifts, staff

    def person(self, line: _Line, at: int) -> str:
        if line.text(at) not in self.staff:
            raise line.refuse(f"unknown employee {line.text(at)}")
        return line.text(at)

    def shift(self, line: _Line, at: int) -> str:
        if line.text(at) not in self.shifts:
            raise line.refuse(f"unknown shift {line.text(at)}")
        return line.text(at)

    def day(self, line: _Line, at: int) -> int:
        if line.whole(at) >= self.days:
            raise line.refuse(f"day {line.text(at)} is after the horizon of {self.days} days")
        return line.whole(at)

    def requests(self, lines: list[_Line]) -> dict[tuple[str, int, str], int]:
        found: dict[tuple[str, int, str], int] = {}
        for line in lines:
            key = self.person(line, 0), self.day(line, 1), self.shift(line, 2)
            found[key] = found.get(key, 0) + line.whole(3)
        return found

    def cover(self, lines: list[_Line]) -> tuple[Cover, ...]:
        return tuple(
            Cover(self.day(line, 0), self.shift(line, 1), line.whole(2), line.whole(3), line.whole(4))
            for line in lines
        )
