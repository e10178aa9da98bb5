"""Which class is offered which commune: the near ones and the neediest at first, later every one that would pay.

Offering all of them would make the program several times larger; `bound` prices those that were left out.
"""

from dataclasses import dataclass

import numpy as np

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.problem import Flags, Ints
from aoxanh.staffing.allocation.roads import FAR, kilometres
from aoxanh.staffing.allocation.worth import add_stay, allowed, posts_left, useful, way, worth

NEAR = 3  # places offered at first; all others are priced afterwards and offered if they would pay
NEEDIEST = 4
MARGIN = 20.0  # points: so far prices move when little changes; what pays all the same is offered later


@dataclass(frozen=True)
class Offers:
    """One row for each (class, commune): what going costs, which posts are open there, how many served there last."""

    who: Ints
    where: Ints
    cost: Ints
    posts: Ints
    kept: Ints


@dataclass(frozen=True)
class Guests:
    """People of other provinces who may help here. `fee` is what leaving home forgoes, for each of them."""

    who: Ints
    count: Ints
    fee: Ints

    @classmethod
    def none(cls) -> "Guests":
        empty = np.zeros(0, dtype=np.int64)
        return cls(empty, empty, empty)


def pack(who: Ints, where: Ints) -> Ints:
    """Return one number for each pair of class and commune."""
    return np.asarray(who * np.int64(1 << 20) + where, dtype=np.int64)


def unpack(pairs: Ints) -> tuple[Ints, Ints]:
    """Return classes and communes of packed pairs."""
    return pairs >> 20, pairs & ((1 << 20) - 1)


def first_offers(ground: Ground, province: int, *, near: int = NEAR, neediest: int = NEEDIEST) -> Ints:
    """Return pairs for the people of a province: home, the last place, near communes, and the neediest within reach."""
    where = np.flatnonzero(ground.communes.province == province)
    who = np.flatnonzero(
        (ground.communes.province[ground.classes.home] == province) & (ground.classes.count > 0)
    )
    homes = np.searchsorted(where, ground.classes.home[who])
    km = kilometres(ground.communes, where, where, ground.settings)
    pick = (_near(km, near) | _needy(ground, where, neediest)[None, :]) & (km < FAR) | np.eye(
        len(where), dtype=np.bool_
    )
    open_ = pick[homes] & allowed(ground, who[:, None], where, km[homes])
    row, column = np.nonzero(open_)
    kept = np.isin(ground.kept.who, who) & (ground.communes.province[ground.kept.where] == province)
    last = pack(ground.kept.who[kept], ground.kept.where[kept])
    return np.unique(np.concatenate([pack(who[row], where[column]), last]))


def likely_offers(ground: Ground, province: int, prices: Prices) -> Ints:
    """Return pairs for the people of a province: their last place, and those about as good as their best at earlier prices."""
    where = np.flatnonzero(ground.communes.province == province)
    who = np.flatnonzero(
        (ground.communes.province[ground.classes.home] == province) & (ground.classes.count > 0)
    )
    if not len(who) or not len(where):
        return np.zeros(0, dtype=np.int64)
    value = worth(ground, prices, who, where)
    add_stay(ground, who, where, value)
    likely = (value >= value.max(axis=1, keepdims=True) - MARGIN) & (value > -np.inf)
    row, column = np.nonzero(likely)
    last = np.isin(ground.kept.who, who) & np.isin(ground.kept.where, where)
    return np.union1d(pack(who[row], where[column]), pack(ground.kept.who[last], ground.kept.where[last]))


def _near(km: Ints, near: int) -> Flags:
    rank = np.argsort(np.argsort(km, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(rank <= near, dtype=np.bool_)


def _needy(ground: Ground, where: Ints, neediest: int) -> Flags:
    communes, settings = ground.communes, ground.settings
    lives = np.bincount(ground.classes.home, ground.classes.count, minlength=len(communes))[where]
    need = (communes.needs[where] - ground.filled[where]).sum(axis=1)
    lack = (need - lives) / np.maximum(1, need) * np.where(communes.priority[where], settings.priority, 1.0)
    needy = np.zeros(len(where), dtype=np.bool_)
    needy[np.argsort(-lack, kind="stable")[:neediest]] = True
    return needy


def offers(ground: Ground, pairs: Ints) -> Offers:
    """Price the pairs; those that may not be, by reach or because people said no, are left out."""
    who, where = unpack(pairs)
    homes, row = np.unique(ground.classes.home[who], return_inverse=True)
    places, column = np.unique(where, return_inverse=True)
    km = kilometres(ground.communes, homes, places, ground.settings)[row, column]
    posts = ground.classes.posts[who].copy()
    for index in np.flatnonzero(ground.classes.noes[who]):
        posts[index] = posts_left(ground, int(who[index]), int(where[index]))
    fine = allowed(ground, who, where, km) & (posts > 0) & (ground.classes.count[who] > 0)
    price = way(ground, who, where, km) - useful(ground, places)[ground.classes.tongue[who], column]
    kept = _kept(ground, pairs)
    return Offers(who[fine], where[fine], price[fine], posts[fine], kept[fine])


def _kept(ground: Ground, pairs: Ints) -> Ints:
    """Return how many of each pair stay if they serve there again; never more than the class has now."""
    code = pack(ground.kept.who, ground.kept.where)
    at = np.minimum(np.searchsorted(code, pairs), max(len(code) - 1, 0))
    if not len(code):
        return np.zeros(len(pairs), dtype=np.int64)
    found = np.where(code[at] == pairs, ground.kept.count[at], 0)
    return np.minimum(found, ground.classes.count[unpack(pairs)[0]])
