"""A plan: who serves where, the prices that prove it, and what is missing."""

from dataclasses import dataclass, field

import numpy as np

from aoxanh.staffing.allocation.bound import Bound
from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.highs import Basis
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.offers import Guests, first_offers, pack, unpack
from aoxanh.staffing.allocation.problem import Flags, Ints, Problem


@dataclass(frozen=True)
class Start:
    """What a later plan of the same campaign begins with, by province: the offers (keys of classes, communes) and the basis."""

    keys: dict[int, Ints] = field(default_factory=dict)
    where: dict[int, Ints] = field(default_factory=dict)
    basis: dict[int, Basis] = field(default_factory=dict)
    guests: dict[int, Guests] = field(default_factory=dict)  # `who` holds keys
    lent: tuple[Ints, Ints] | None = None  # keys, people

    def pairs(self, ground: Ground, province: int) -> Ints:
        """Return the offers in the numbers of another ground; classes that did not exist then get first offers."""
        if province not in self.keys:
            return first_offers(ground, province)
        at, same = self.number(ground, self.keys[province])
        old = pack(at[same], self.where[province][same])
        fresh = first_offers(ground, province)
        return np.union1d(old, fresh[~np.isin(unpack(fresh)[0], at[same])])

    def welcome(self, ground: Ground, province: int) -> Guests:
        """Return the guests of the last plan who still exist."""
        if province not in self.guests:
            return Guests.none()
        old = self.guests[province]
        at, same = self.number(ground, old.who)
        return Guests(at[same], ground.classes.count[at[same]], old.fee[same])

    def away(self, ground: Ground) -> Ints:
        """Return how many of each class were lent to another province."""
        lent = np.zeros(len(ground.classes), dtype=np.int64)
        if self.lent is not None:
            at, same = self.number(ground, self.lent[0])
            lent[at[same]] = np.minimum(self.lent[1][same], ground.classes.count[at[same]])
        return lent

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
