"""Column generation: personal rosters are added while any could pay, then one of each person is settled by diving and by branching.

What the prices prove holds for every roster: each person's cheapest days at any prices of cover, and what those prices pay in all.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from aoxanh.staffing.rostering.public.instance import OFF, Instance, Roster
from aoxanh.staffing.rostering.public.master import Master, Relaxed
from aoxanh.staffing.rostering.public.pricing import REST, Floats, Line, Pricing

PAYS = 1e-6
SURE, LIKELY, AT_ONCE = (
    0.999,
    0.75,
    0.1,
)  # of a column: settled anyway, settled with others, share of people then
SOFTEN = 0.5  # how much of the best prices so far goes into those that are asked next
PASSES = 12  # of pricing, between two steps of a dive or for a few people anew
ONE = 0.999  # costs are whole: a roster that is better is better by one


@dataclass(frozen=True, slots=True)
class Answer:
    """A roster, if one was found; `sure` when none is better with the columns that are known."""

    roster: Roster | None
    sure: bool


class Columns:
    """One instance with its columns so far; `bound` is proven whenever it is read, `closed` when no column is missing."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.pricing = instance, Pricing(instance)
        self.names = self.pricing.names
        self.everybody = set(range(len(self.names)))
        self.master = Master(instance, self.pricing.wish)
        self.bound = 0
        self.closed = False
        self._covers = np.array([(cover.wanted, cover.under, cover.over) for cover in instance.cover]).T
        self._best: tuple[float, Floats] | None = None

    def cheapest_beside(self, roster: Roster, person: int) -> Line:
        """Return the best days of one person while all others stand, and add them; nothing if no days are lawful."""
        here = self._counted(roster, self.names[person])
        price = self.pricing.wish.copy()
        for cover, (day, shift) in zip(self.instance.cover, self.master.cells, strict=True):
            price[person, day, shift] += cover.over if here[day, shift] >= cover.wanted else -cover.under
        _, line = self.pricing.best(price, {person})[person]
        if line:
            self.master.add(person, line)
        return line

    def generate(self, until: Callable[[], bool]) -> Relaxed:
        """Add columns until none pays or `until` says so; the bound rises with the prices."""
        while True:
            relaxed = self.master.solve()
            if until():
                return relaxed
            softened = replace(relaxed, cover=self._softened(relaxed.cover))
            if not self._add(softened, relaxed, self.everybody) and not self._add(
                relaxed, relaxed, self.everybody
            ):
                self.closed = True
                return relaxed

    def dive(self, relaxed: Relaxed, until: Callable[[], bool]) -> Roster:
        """Settle people step by step, those surest first, with new columns for the others in between."""
        settled: dict[int, Line] = {}
        while len(settled) < len(self.names):
            for column in self._surest(relaxed, settled):
                person, line = self.master.columns[column]
                settled[person] = line
                self.master.settle(column)
            relaxed = self._grown(self.everybody - settled.keys(), until)
        self.master.free()
        return self.roster(settled)

    def anew(
        self, roster: Roster, cost: int, free: set[int], until: Callable[[], bool], seconds: float
    ) -> Answer:
        """Find better days for some people together while the others stand; tell whether there are none at their columns."""
        begin = [self._column(person, self._line(roster[name])) for person, name in enumerate(self.names)]
        for person in self.everybody - free:
            self.master.settle(begin[person])
        relaxed = self._grown(free, until)
        answer = Answer(None, sure=True)
        if cost - self.instance.asked - relaxed.cost > ONE:
            answer = self._branched(relaxed, begin, cost, seconds)
        self.master.free()
        return answer

    def _branched(self, relaxed: Relaxed, begin: list[int], cost: int, seconds: float) -> Answer:
        """Choose among the columns that a better roster could have, by their reduced costs."""
        own, room, start = (
            self.master.prices(relaxed.cover),
            cost - self.instance.asked - relaxed.cost,
            set(begin),
        )
        keep = [
            at for at, (person, line) in enumerate(self.master.columns)
            if at in start or _paid(own[person], line) - relaxed.person[person] < room
        ]  # fmt: skip
        chosen, sure = self.master.whole(keep, begin, seconds)
        return Answer(self.roster(dict(self.master.columns[column] for column in chosen)), sure=sure)

    def _grown(self, who: set[int], until: Callable[[], bool]) -> Relaxed:
        """Add columns for some people for a while."""
        relaxed = self.master.solve()
        for _ in range(PASSES):
            if not who or until() or not self._add(relaxed, relaxed, who):
                break
            relaxed = self.master.solve()
        return relaxed

    def roster(self, lines: dict[int, Line]) -> Roster:
        """Return a roster in the format's own words."""
        return {
            self.names[person]: [OFF if shift == REST else self.pricing.shifts[shift] for shift in line]
            for person, line in sorted(lines.items())
        }

    def _softened(self, cover: Floats) -> Floats:
        """Return prices between the program's own, which jump about, and those with the best bound so far."""
        return cover if self._best is None else SOFTEN * self._best[1] + (1 - SOFTEN) * cover

    def _add(self, asked: Relaxed, relaxed: Relaxed, who: set[int]) -> int:
        """Add each person's cheapest days at the prices asked, if they pay at the program's own; return how many were new."""
        _, under, over = self._covers
        cover = np.clip(asked.cover, -over, under)
        answers = self.pricing.best(self.master.prices(cover), who)
        if who == self.everybody:
            self._prove(cover, sum(cost for cost, _ in answers.values()))
        own = self.master.prices(relaxed.cover)
        return sum(
            self.master.add(person, line)
            for person, (_, line) in answers.items()
            if _paid(own[person], line) < relaxed.person[person] - PAYS
        )

    def _prove(self, cover: Floats, cheapest: float) -> None:
        """No roster costs less than everybody's cheapest days and what the prices pay: for any prices within the weights of cover."""
        proven = self.instance.asked + float(cover @ self._covers[0]) + cheapest
        self.bound = max(self.bound, math.ceil(proven - PAYS))
        if self._best is None or proven > self._best[0]:
            self._best = proven, cover

    def _surest(self, relaxed: Relaxed, settled: dict[int, Line]) -> list[int]:
        surest: dict[int, tuple[float, int]] = {}
        for column, (person, _) in enumerate(self.master.columns):
            if person not in settled:
                surest[person] = max(surest.get(person, (-1.0, -1)), (float(relaxed.value[column]), column))
        ranked = sorted(surest.values(), reverse=True)
        most = max(1, round(AT_ONCE * len(self.names)))
        return [
            column
            for at, (value, column) in enumerate(ranked)
            if at == 0 or value > SURE or (at < most and value > LIKELY)
        ]

    def _line(self, days: list[str]) -> Line:
        return tuple(REST if shift == OFF else self.pricing.shifts.index(shift) for shift in days)

    def _column(self, person: int, line: Line) -> int:
        self.master.add(person, line)
        return self.master.number(person, line)

    def _counted(self, roster: Roster, without: str) -> Floats:
        here = np.zeros(self.pricing.wish.shape[1:])
        for name, days in roster.items():
            if name != without:
                for day, shift in enumerate(self._line(days)):
                    if shift != REST:
                        here[day, shift] += 1
        return here


def _paid(prices: Floats, line: Line) -> float:
    """Return what days cost at one person's prices (days, shifts)."""
    return float(sum(prices[day, shift] for day, shift in enumerate(line) if shift != REST))
