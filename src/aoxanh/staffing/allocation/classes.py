"""People who are equal in everything the plan looks at form one class; the plan is made for classes and told to persons after.

`Ground` is all that the model, the bound and the explanations read: communes, classes, what the hand edits already settled.
"""

from dataclasses import dataclass, replace

import numpy as np

from aoxanh.staffing.allocation.problem import (
    LEVELS,
    NOWHERE,
    Communes,
    Flags,
    Ints,
    Problem,
    Settings,
    may_serve,
)
from aoxanh.staffing.allocation.roads import short_provinces

BITS = np.array([1, 2, 4, 8, 16])


@dataclass(frozen=True)
class Classes:
    """Columns by class. `key` is the same for equal people in any plan of the same campaign."""

    key: Ints
    count: Ints
    home: Ints
    level: Ints  # technology * LEVELS + communication
    posts: Ints  # bit k is kind k
    tongue: Ints
    shifts: Ints
    reach: Ints
    leads: Ints
    abroad: Ints
    noes: Ints

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True)
class Kept:
    """How many of a class served where in the last plan; they earn `stay` for serving there again."""

    who: Ints
    where: Ints
    count: Ints


@dataclass(frozen=True)
class Ground:
    """What a plan is made on. `filled`, `spoken`, `led` and `covered` are what pinned people bring already."""

    communes: Communes
    classes: Classes
    kept: Kept
    tongues: Flags
    noes: list[frozenset[tuple[int, int]]]
    settings: Settings
    short: Ints
    filled: Ints
    spoken: Ints
    led: Ints
    covered: Ints

    def with_count(self, count: Ints) -> "Ground":
        """Return the same ground with other numbers of people in the classes."""
        return replace(self, classes=replace(self.classes, count=count))


def group(problem: Problem) -> tuple[Ground, Ints]:
    """Return the ground and the class of each person; -1 for those who are pinned or said no altogether."""
    people, free = problem.people, problem.people.available.copy()
    free[problem.pins[:, 0]] = False
    reach = np.where(people.adult, people.reach, np.minimum(people.reach, problem.settings.minor_km))
    posts = may_serve(people.certificates, people.adult) @ BITS
    columns = {
        "home": people.home,
        "level": people.technology * LEVELS + people.communication,
        "posts": posts,
        "tongue": people.tongue,
        "shifts": people.shifts,
        "reach": reach,
        "leads": (people.leads & people.adult).astype(np.int64),
        "abroad": (people.abroad & people.adult).astype(np.int64),
        "noes": people.noes,
    }
    who = np.flatnonzero(free)
    key = _pack([column[who] for column in columns.values()])
    keys, first, inverse, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    of = np.full(len(people), NOWHERE)
    of[who] = inverse
    classes = Classes(keys, count, **{name: column[who][first] for name, column in columns.items()})
    return _ground(problem, classes, _kept(problem, of)), of


def _pack(columns: list[Ints]) -> Ints:
    """Fold columns into one key each; the widths are fixed so that the same person has the same key in the next plan."""
    widths = (1 << 13, 9, 32, 1 << 9, 1 << 6, 1 << 10, 2, 2, 1 << 14)
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column, width in zip(columns, widths, strict=True):
        if len(column) and int(column.max()) >= width:
            raise ValueError(f"{int(column.max())} does not fit into {width}")
        key = key * width + column
    return key


def _kept(problem: Problem, of: Ints) -> Kept:
    people = problem.people
    who = np.flatnonzero((of >= 0) & (people.last >= 0))
    size = np.int64(len(problem.communes))
    pairs, count = np.unique(of[who] * size + people.last[who], return_counts=True)
    return Kept(pairs // size, pairs % size, count)


def _ground(problem: Problem, classes: Classes, kept: Kept) -> Ground:
    communes, people, pins = problem.communes, problem.people, problem.pins
    filled = np.zeros_like(communes.needs)
    np.add.at(filled, (pins[:, 1], pins[:, 2]), 1)
    spoken = np.zeros_like(communes.speakers)
    np.add.at(spoken, pins[:, 1], problem.tongues[people.tongue[pins[:, 0]]].astype(np.int64))
    led = np.bincount(pins[:, 1], (people.leads & people.adult)[pins[:, 0]], minlength=len(communes))
    covered = np.bincount(pins[:, 1], people.shifts[pins[:, 0]], minlength=len(communes))
    short = short_provinces(communes, people.home[people.available])
    return Ground(
        communes, classes, kept, problem.tongues, problem.noes, problem.settings, short,
        filled, spoken, led.astype(np.int64), covered.astype(np.int64),
    )  # fmt: skip
