"""Help between provinces: who is worth more in a province that is short than at home or elsewhere, at the prices of all.

Provinces are planned in turns. A province bids for people at home, or with another province, at what they are worth there, and
its program takes those whom it values more. Two provinces of the same turn do not bid for the same people.
"""

import numpy as np

from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.offers import Guests, pack, unpack
from aoxanh.staffing.allocation.problem import NOWHERE, Floats, Ints
from aoxanh.staffing.allocation.worth import add_stay, worth

OFFERED = 6
SLACK = 60.0  # points that a place may still lack: prices move when people come
HALVES = 2
SHY = (0.5, 0.3, 0.1, 0.0, 0.0)  # from one round of bids to the next


class Help:
    """Who may help, what each is worth in each province at the latest prices, and who is where."""

    def __init__(self, ground: Ground, host: Ints, lent: Ints) -> None:
        """`host` is the province that has people of a class, -1 for none, and `lent` how many of them."""
        self.ground, self.host, self.lent = ground, host, lent
        self.home = ground.communes.province[ground.classes.home]
        willing = (ground.classes.abroad == 1) & (ground.short[self.home] == 0) & (ground.classes.count > 0)
        self.who = np.flatnonzero(willing)
        self.value: Floats = np.full((len(self.who), len(ground.communes.provinces)), -np.inf)
        self.value[np.arange(len(self.who)), self.home[self.who]] = 0.0
        self.pairs: dict[int, Ints] = {}

    def turns(self, provinces: list[int]) -> list[list[int]]:
        """Return the provinces in turns: the short ones by halves, then those that lend."""
        short = [p for p in provinces if self.ground.short[p]]
        lenders = [p for p in provinces if not self.ground.short[p]]
        return [short[number::HALVES] for number in range(HALVES)] + [lenders]

    def see(self, province: int, prices: Prices) -> None:
        """Take note of a province's prices."""
        mine = self.home[self.who] == province
        rows = np.flatnonzero(mine if not self.ground.short[province] else ~mine)
        where = np.flatnonzero(self.ground.communes.province == province)
        if not len(rows) or not len(where):
            return
        who = self.who[rows]
        value = worth(self.ground, prices, who, where)
        add_stay(self.ground, who, where, value)
        self.value[rows, province] = np.maximum(value.max(axis=1), 0.0 if mine.any() else -np.inf)
        order = np.argsort(-value, axis=1, kind="stable")[:, :OFFERED]
        row, column = np.repeat(np.arange(len(who)), order.shape[1]), order.ravel()
        real = value[row, column] > -np.inf
        self.pairs[province] = pack(who[row[real]], where[column[real]])

    def staying(self, province: int) -> tuple[Guests, Ints]:
        """Return the guests that a province has, and where it needs them; they stay if they are worth more there than at home."""
        who = self.who[self.host[self.who] == province]
        fee = self.value[np.searchsorted(self.who, who), self.home[who]]
        return self._guests(who, fee), self._places(province, who)

    def bids(self, province: int, turn: list[int], shy: float) -> tuple[Guests, Ints]:
        """Return whom a province may have as guests, and where it would need them.

        `shy` is how far a bid goes from what people are worth where they are to what others might pay: those have to take in
        guests themselves before it is known what they really would.
        """
        row, host = np.arange(len(self.who)), self.host[self.who]
        elsewhere = np.where((host < 0) | (host == province), self.home[self.who], host)
        fee, mine = self.value[row, elsewhere], self.value[:, province]
        others = np.where(np.arange(self.value.shape[1]) == province, -np.inf, self.value).max(
            axis=1, initial=0.0
        )
        fee = fee + shy * np.maximum(0, others - fee)
        best = np.array(turn)[self.value[:, turn].argmax(axis=1)]
        free = ~np.isin(host, turn) & (best == province) & (mine > fee - SLACK)
        here = ((host == province) | free) & (mine > -np.inf)
        return self._guests(self.who[here], fee[here]), self._places(province, self.who[here])

    def _places(self, province: int, who: Ints) -> Ints:
        pairs = self.pairs.get(province, np.zeros(0, dtype=np.int64))
        return np.asarray(pairs[np.isin(unpack(pairs)[0], who)], dtype=np.int64)

    def _guests(self, who: Ints, fee: Floats) -> Guests:
        return Guests(who, self.ground.classes.count[who], np.rint(fee).astype(np.int64))

    def settle(self, province: int, guests: Guests, taken: Ints) -> None:
        """Take note of whom a province took; whom it had and did not take is at home again."""
        came = guests.who[taken > 0]
        left = guests.who[(taken == 0) & (self.host[guests.who] == province)]
        self.host[came], self.lent[came] = province, taken[taken > 0]
        self.host[left], self.lent[left] = NOWHERE, 0

    def away(self, province: int) -> tuple[Ints, Ints]:
        """Return the classes of a province that are lent away, and how many of each."""
        who = np.flatnonzero((self.home == province) & (self.lent > 0))
        return who, self.lent[who]
