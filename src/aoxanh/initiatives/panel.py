"""The daily rollup as the panel that the evidence engine reads, no further than the reader may see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from aoxanh.desk import series
from aoxanh.initiatives.evidence.panel import NEVER, Floats, Panel
from aoxanh.initiatives.indicators import Measure
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place, Trait

DAYS = 28  # four weeks: every period has the same weekdays
MOST_PERIODS = 39
HARD_TRAITS = (Trait.Key.BORDER, Trait.Key.ISLAND, Trait.Key.REMOTE)


@dataclass(frozen=True, slots=True)
class Course:
    """Which communes adopted when, who of them was first with the claim, and how many periods are read back from the last day."""

    adopted: Mapping[str, date]
    last: date
    periods: int = 13
    pilots: Collection[str] = ()

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.periods * DAYS - 1)


def panel_for(measure: Measure, course: Course, by: Actor) -> Panel:
    """Return the panel of every commune whose board the actor may read; an empty one for an actor who may read none.

    An adopter outside the reach is not in it. One that began before the first period is, so that the engine leaves it out
    instead of taking it for one that never adopted. Raises ValueError for more periods than are ever read.
    """
    if not 1 <= course.periods <= MOST_PERIODS:
        raise ValueError("a panel has between one and so many periods")
    communes = list(places.communes_below(places_reached(by, Permission.BOARD_READ)))
    codes = tuple(commune.code for commune in communes)
    columns = (measure.numerator, measure.denominator)
    sums = series.sums_by_period(codes, columns, course.first, course.periods, DAYS)
    counts = np.zeros((2, len(codes), course.periods))
    row = {code: number for number, code in enumerate(codes)}
    for (code, period), told in sums.items():
        counts[:, row[code], period] = told
    traits = traits_of(communes)
    return Panel(
        units=codes,
        provinces=tuple(str(commune.parent_id) for commune in communes),
        numerator=counts[0],
        denominator=counts[1],
        adopted=np.array([_period(course, code) for code in codes], np.int64),
        traits=traits,
        names=("ward", "hard"),
        kinds=tuple("hard" if each else "easy" for each in traits[:, 1]),
        pilot=np.array([code in course.pilots for code in codes], np.bool_)
        if course.pilots
        else np.zeros(0, np.bool_),
    )


def traits_of(communes: Sequence[Place]) -> Floats:
    """Return whether each commune is a ward, and whether it is hard to reach."""
    hard = set().union(*(places.codes_with_trait(trait) for trait in HARD_TRAITS))
    told = [(commune.kind == Place.Kind.WARD, commune.code in hard) for commune in communes]
    return np.array(told, np.float64).reshape(-1, 2)


def _period(course: Course, code: str) -> int:
    """Return the period in which a commune adopted, 0 for one that had before; NEVER where it did not, or not yet."""
    began = course.adopted.get(code)
    if began is None or began > course.last:
        return NEVER
    return max(0, (began - course.first).days // DAYS)
