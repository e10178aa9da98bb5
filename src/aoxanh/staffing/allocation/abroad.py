"""Help between provinces: who is worth more in a province that is short than at home, at the prices of both."""

import numpy as np

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.offers import Guests, pack
from aoxanh.staffing.allocation.problem import Floats, Ints
from aoxanh.staffing.allocation.worth import worth

OFFERED = 6
SETTLED = 1e9  # points: guests stay guests
SLACK = 60.0  # points that a place may still lack: prices move when people come


def helpers(ground: Ground) -> Ints:
    """Return the classes that may help elsewhere: willing adults of provinces that are not short themselves."""
    home = ground.communes.province[ground.classes.home]
    willing = (ground.classes.abroad == 1) & (ground.short[home] == 0) & (ground.classes.count > 0)
    return np.flatnonzero(willing)


def invitations(ground: Ground, prices: Prices, each: Floats, taken: Ints) -> dict[int, tuple[Guests, Ints]]:
    """Return for each short province the guests to offer its program, and where; a class is invited to one province only.

    `each` is what one of a class is worth at home, staying counted, `taken` the province that has them as guests already.
    """
    who = helpers(ground)
    best, at = np.full(len(who), -np.inf), np.full(len(who), -1)
    value = {}
    for province in np.flatnonzero(ground.short).tolist():
        where = np.flatnonzero(ground.communes.province == province)
        if not len(where) or not len(who):
            continue
        value[province] = worth(ground, prices, who, where)
        gain = value[province].max(axis=1) - each[who]
        gain[taken[who] == province] = SETTLED
        at[gain > best], best = province, np.maximum(gain, best)
    invited = {}
    for province, worths in value.items():
        mine = np.flatnonzero((at == province) & (best > -SLACK))
        if len(mine):
            where = np.flatnonzero(ground.communes.province == province)
            invited[province] = _invite(ground, who[mine], where, worths[mine], each)
    return invited


def _invite(ground: Ground, who: Ints, where: Ints, value: Floats, each: Floats) -> tuple[Guests, Ints]:
    order = np.argsort(-value, axis=1, kind="stable")[:, :OFFERED]
    row, column = np.repeat(np.arange(len(who)), order.shape[1]), order.ravel()
    real = value[row, column] > -np.inf
    fee = np.rint(each[who]).astype(np.int64)
    guests = Guests(who, ground.classes.count[who], fee)
    return guests, pack(who[row[real]], where[column[real]])
