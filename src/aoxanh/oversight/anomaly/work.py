"""What the engine looks at: recorded work as columns, who recorded it, and the days that are not like others."""

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HOUR = 3_600_000
VIETNAM_OFFSET = 7 * HOUR
DAY = 24 * HOUR
DESK = 0
"""The mode of work at the desk of a service centre; other modes are any other numbers."""


@dataclass(frozen=True)
class Work:
    """One entry for each piece of work as it stands after corrections.

    `volunteer`, `commune`, `device` (-1 when not known) and `kind` are numbers of the caller's own; `day` counts days and
    `saved` milliseconds since 1970 (UTC). `content` is a number that two pieces of work share only if they say the same in
    everything but their clocks. `helped` is help given to somebody (the rest is counted work with a `quantity`, else 0), `smooth` help that was
    finished with nothing in the way.
    """

    volunteer: Ints
    commune: Ints
    device: Ints
    day: Ints
    saved: Ints
    kind: Ints
    mode: Ints
    content: Ints
    minutes: Ints
    quantity: Ints
    helped: Flags
    smooth: Flags

    def __post_init__(self) -> None:
        """Raise ValueError for columns of different lengths."""
        if len({len(getattr(self, column.name)) for column in fields(self)}) != 1:
            raise ValueError("the columns of work must have one length")

    def __len__(self) -> int:
        return len(self.volunteer)

    def take(self, order: NDArray[np.intp]) -> "Work":
        """Return the rows at some positions."""
        return Work(**{column.name: getattr(self, column.name)[order] for column in fields(self)})


@dataclass(frozen=True)
class People:
    """Each volunteer's kind of peers (place type and post) and team, and, where citizens were asked, how many and how many said yes."""

    group: Ints
    team: Ints
    asked: Ints | None = None
    confirmed: Ints | None = None

    def __len__(self) -> int:
        return len(self.group)


@dataclass(frozen=True)
class Calendar:
    """Days, counted from 1970, on which centres are shut, and those on which reports close."""

    closed: frozenset[int] = field(default_factory=frozenset)
    closing: frozenset[int] = field(default_factory=frozenset)


def local(saved: Ints) -> Ints:
    """Return the millisecond of the Vietnam day at which each was saved."""
    return (saved + VIETNAM_OFFSET) % DAY


@dataclass(frozen=True)
class PersonDays:
    """Work ordered by person, day and clock, with where each person-day begins."""

    rows: Work
    start: NDArray[np.intp]
    volunteer: Ints
    day: Ints
    size: Ints
    number: NDArray[np.intp]

    def total(self, values: NDArray[np.generic]) -> Ints:
        """Add a column up for each person-day."""
        return np.add.reduceat(values.astype(np.int64), self.start)


def person_days(work: Work) -> PersonDays:
    """Order the work and find the person-days; there must be some work."""
    rows = work.take(np.lexsort((work.saved, work.day, work.volunteer)))
    new = np.ones(len(rows), bool)
    new[1:] = (rows.volunteer[1:] != rows.volunteer[:-1]) | (rows.day[1:] != rows.day[:-1])
    start = np.flatnonzero(new)
    size = np.diff(np.append(start, len(rows)))
    return PersonDays(rows, start, rows.volunteer[start], rows.day[start], size, np.cumsum(new) - 1)
