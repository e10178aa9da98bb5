"""An instance in the terms of the published format: staff, shift types, requests and cover over a horizon that starts on a Monday."""

from dataclasses import dataclass
from functools import cached_property

OFF = ""


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A kind of shift; those in `bars` cannot be worked on the day after it."""

    id: str
    minutes: int
    bars: frozenset[str]


@dataclass(frozen=True, slots=True)
class Employee:
    """One person with the limits of their contract."""

    id: str
    most_shifts: dict[str, int]
    most_minutes: int
    least_minutes: int
    most_row: int
    least_row: int
    least_off: int
    most_weekends: int
    days_off: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Cover:
    """How many are wanted on a shift of a day, and what each one below and above costs."""

    day: int
    shift: str
    wanted: int
    under: int
    over: int


Roster = dict[str, list[str]]  # the shift of each day by person, OFF for none


@dataclass(frozen=True)
class Instance:
    """`on` and `off` are the weights of requests to work, or not to work, a shift: by person, day and shift."""

    days: int
    shifts: dict[str, ShiftType]
    staff: dict[str, Employee]
    on: dict[tuple[str, int, str], int]
    off: dict[tuple[str, int, str], int]
    cover: tuple[Cover, ...]

    @cached_property
    def weekends(self) -> list[tuple[int, ...]]:
        """The days of each weekend within the horizon."""
        pairs = [(monday + 5, monday + 6) for monday in range(0, self.days, 7)]
        return [tuple(day for day in pair if day < self.days) for pair in pairs if pair[0] < self.days]

    @cached_property
    def asked(self) -> int:
        """The weight of all requests to work: what is paid if none is met."""
        return sum(self.on.values())

    def wish(self, person: str, day: int, shift: str) -> int:
        """Return what working this shift costs, or saves if negative."""
        return self.off.get((person, day, shift), 0) - self.on.get((person, day, shift), 0)
