"""An upper bound on every plan, from prices alone.

Any prices give a valid bound, whoever found them: each person is worth at most their best place at these prices, and each
place at most what its worth exceeds its price. It ranges over every commune within reach and over help between provinces,
also those never offered to the solver, so nothing that the solver claims has to be believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.needs import Prices, steps, want_price, wants
from aoxanh.staffing.allocation.problem import Floats, Ints
from aoxanh.staffing.allocation.worth import worth

CHUNK = 1 << 18  # pairs of class and commune looked at together


@dataclass(frozen=True)
class Bound:
    """`total` bounds every plan for free people; `each` is what one more person of a class would be worth.

    `settled` counts staying as well, for classes whose people served somewhere last.
    """

    total: float
    each: Floats
    settled: Floats


def upper_bound(ground: Ground, prices: Prices) -> Bound:
    """Return the bound that these prices prove."""
    each = np.zeros(len(ground.classes))
    stay = StayBonus(ground)
    for who, where in blocks(ground):
        value = worth(ground, prices, who, where)
        each[who] = np.maximum(each[who], value.max(axis=1))
        stay.see(who, where, value)
    settled = each.copy()
    np.maximum.at(settled, ground.kept.who, stay.there + stay.bonus)
    total = float(each @ ground.classes.count) + stay.total(each) + places(ground, prices)
    return Bound(total, each, settled)


def blocks(ground: Ground) -> Iterator[tuple[Ints, Ints]]:
    """Yield classes with communes they might go to, covering every allowed pair once, in bounded pieces."""
    classes, communes = ground.classes, ground.communes
    home = communes.province[classes.home]
    helpers = (classes.abroad == 1) & (ground.short[home] == 0)
    for province in range(len(communes.provinces)):
        where = np.flatnonzero(communes.province == province)
        if not len(where):
            continue
        step = max(1, CHUNK // len(where))
        groups = [np.flatnonzero(home == province)]
        if ground.short[province]:
            groups.append(np.flatnonzero(helpers & (home != province)))
        for who in groups:
            for start in range(0, len(who), step):
                yield who[start : start + step], where


class StayBonus:
    """Adds up what staying may earn: those who served there last are worth their class' best or their old place plus the bonus."""

    def __init__(self, ground: Ground) -> None:
        self.kept, self.bonus = ground.kept, ground.settings.stay
        self.size = np.int64(len(ground.communes))
        self.code = ground.kept.who * self.size + ground.kept.where
        self.there = np.full(len(self.code), -np.inf)

    def see(self, who: Ints, where: Ints, value: Floats) -> None:
        """Note the worth of old places that lie in this block."""
        first, last = np.searchsorted(self.kept.who, [who[0], who[-1] + 1]) if len(who) else (0, 0)
        row = np.searchsorted(who, self.kept.who[first:last])
        column = np.searchsorted(where, self.kept.where[first:last])
        inside = (row < len(who)) & (column < len(where))
        inside[inside] &= (who[row[inside]] == self.kept.who[first:last][inside]) & (
            where[column[inside]] == self.kept.where[first:last][inside]
        )
        self.there[first:last][inside] = value[row[inside], column[inside]]

    def total(self, each: Floats) -> float:
        more = np.maximum(0, self.there + self.bonus - each[self.kept.who])
        return float(more @ self.kept.count)


def places(ground: Ground, prices: Prices) -> float:
    """Return the bound's other half: what places and side requirements are worth above their prices."""
    open_, want = steps(ground), wants(ground)
    above = np.maximum(0, open_.worth - prices.post[..., None])
    price = want_price(want, prices)
    missing = np.minimum(price, want.penalty)
    return float((above * open_.places).sum() - missing @ want.wanted)
