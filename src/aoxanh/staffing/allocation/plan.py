"""A plan: who serves where, the prices that prove it, and what is missing."""

from dataclasses import dataclass, field

import numpy as np

from aoxanh.staffing.allocation.bound import Bound
from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.highs import Basis
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.offers import first_offers, likely_offers
from aoxanh.staffing.allocation.problem import NOWHERE, Flags, Ints, Problem


@dataclass(frozen=True)
class Start:
    """What a later plan of the same campaign begins with: the bases of the provinces, the prices, and who helped where."""

    basis: dict[int, Basis] = field(default_factory=dict)
    prices: Prices | None = None
    guests: tuple[Ints, Ints, Ints] | None = None  # keys of classes, the province that has them, how many

    def pairs(self, ground: Ground, province: int) -> Ints:
        """Return the offers to begin with."""
        if self.prices is None:
            return first_offers(ground, province)
        return likely_offers(ground, province, self.prices)

    def hosts(self, ground: Ground) -> tuple[Ints, Ints]:
        """Return which province had people of a class as guests, -1 for none, and how many of them."""
        host = np.full(len(ground.classes), NOWHERE)
        lent = np.zeros(len(ground.classes), dtype=np.int64)
        if self.guests is not None:
            keys, province, people = self.guests
            at, same = self.number(ground, keys)
            host[at[same]] = province[same]
            lent[at[same]] = np.minimum(people[same], ground.classes.count[at[same]])
        return host, lent

    @staticmethod
    def number(ground: Ground, keys: Ints) -> tuple[Ints, Flags]:
        """Return the numbers of classes by key, and which of them exist."""
        now = ground.classes.key
        at = np.minimum(np.searchsorted(now, keys), max(len(now) - 1, 0))
        return at, now[at] == keys if len(now) else np.zeros(len(at), dtype=np.bool_)


@dataclass(frozen=True)
class Plan:
    """`where` and `kind` are by person, -1 for nowhere; `value` and `bound` are points: no plan is worth more than `bound`."""

    problem: Problem
    ground: Ground
    of: Ints
    where: Ints
    kind: Ints
    value: int
    bound: float
    prices: Prices
    each: Bound
    start: Start

    @property
    def gap_pct(self) -> float:
        """Return how far the plan can be from the best one, in per cent of the bound."""
        return 100 * max(0.0, self.bound - self.value) / max(1.0, abs(self.bound))
