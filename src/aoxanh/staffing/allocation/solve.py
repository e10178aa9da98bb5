"""Making a plan: every province by itself, then help between provinces, whole people, and a bound over all of it."""

from dataclasses import replace

import numpy as np

from aoxanh.staffing.allocation.abroad import SHY, Help
from aoxanh.staffing.allocation.bound import Bound, upper_bound
from aoxanh.staffing.allocation.classes import Ground, group
from aoxanh.staffing.allocation.crew import Crew, Progress
from aoxanh.staffing.allocation.model import no_prices
from aoxanh.staffing.allocation.needs import Prices, mean, of_places
from aoxanh.staffing.allocation.offers import Guests, unpack
from aoxanh.staffing.allocation.persons import persons
from aoxanh.staffing.allocation.plan import Plan, Start
from aoxanh.staffing.allocation.problem import Flags, Ints, Problem
from aoxanh.staffing.allocation.province import CLOSE, ROUGH, Flow, Lent, Solved, Task
from aoxanh.staffing.allocation.value import points, settled_points


def solve(
    problem: Problem, *, workers: int = 2, progress: Progress | None = None, start: Start | None = None
) -> Plan:
    """Return a plan with the proof of how far it can be from the best (`gap_pct`); the same problem gives the same plan.

    `workers` processes share the provinces; 0 works in this process. `progress` hears a step, how many are done, of how many.
    `start` is what an earlier plan of the same campaign left.
    """
    ground, of = group(problem)
    with Crew(ground, workers, progress) as crew:
        nation = _Nation(ground, crew, start or Start())
        if start is None:
            nation.alone()
            nation.help()
        flows = nation.finish(CLOSE if start is None else ROUGH)
    bound, prices = nation.proof()
    where, kind = persons(problem, ground, of, flows)
    return Plan(
        problem, ground, of, where, kind, points(problem, where, kind), bound.total + settled_points(problem),
        prices, bound, nation.start(prices),
    )  # fmt: skip


class _Nation:
    """The provinces as solved so far, the nation's prices, and who helps where."""

    def __init__(self, ground: Ground, crew: Crew, start: Start) -> None:
        self.ground, self.crew = ground, crew
        self.home = ground.communes.province[ground.classes.home]
        sizes = np.bincount(self.home, minlength=len(ground.communes.provinces))
        wanting = np.unique(ground.communes.province[_wants_people(ground)])
        self.order = [int(p) for p in wanting[np.argsort(-sizes[wanting], kind="stable")]]
        self.pairs = {p: start.pairs(ground, p) for p in self.order}
        self.basis = {p: start.basis[p] for p in self.order if p in start.basis}
        self.prices = start.prices.copy() if start.prices else no_prices(ground)
        self.earlier: Prices | None = self.prices.copy() if start.prices else None
        self.done: dict[int, tuple[Lent, Solved]] = {}
        self.abroad = Help(ground, *start.hosts(ground))
        for province in self.order if start.prices else ():
            self.abroad.see(province, self.prices)

    def alone(self) -> None:
        """Solve every province by itself, the largest first."""
        self._solve([self._task(province, Guests.none()) for province in self.order])

    def help(self) -> None:
        """Let short provinces bid for people of others, a few times over; what these are worth at home is told anew once."""
        for number, shy in enumerate(SHY):
            *short, lenders = self.abroad.turns(self.order)
            for turn in short:
                bids = {province: self.abroad.bids(province, turn, shy) for province in turn}
                self._solve([self._task(p, *bid) for p, bid in bids.items() if len(bid[0].who)])
            if len(self.abroad.who):
                self.earlier = self.prices.copy()
            if number == 0:
                self._solve([self._task(p, Guests.none()) for p in lenders if len(self.abroad.away(p)[0])])

    def finish(self, close: float) -> list[Flow]:
        """Return whole people: first for those who have guests, so that the others know exactly who is left."""
        flows: list[Flow] = []
        for turn in self.abroad.turns(self.order):
            tasks = [self._task(province, *self.abroad.staying(province)) for province in turn]
            tasks = [replace(task, last=True, close=close) for task in tasks]
            if close < ROUGH:
                tasks = [replace(task, prices=None) for task in tasks]
            flows += [each.flow for each in self._solve(tasks)]
        return flows

    def proof(self) -> tuple[Bound, Prices]:
        """Return the bound that proves most.

        Where a place has more than one fair price, the last bids go to and fro between them; the bound of the mean is never above
        the mean of the bounds, and mostly well below each of them.
        """
        candidates = [self.prices]
        if self.earlier is not None:
            candidates.append(mean([self.prices, self.earlier]))
        bounds = [(upper_bound(self.ground, prices), prices) for prices in candidates]
        return min(bounds, key=lambda each: each[0].total)

    def start(self, prices: Prices) -> Start:
        """Return what the next plan begins with."""
        key, guests = self.ground.classes.key, np.flatnonzero(self.abroad.host >= 0)
        return Start(self.basis, prices, (key[guests], self.abroad.host[guests], self.abroad.lent[guests]))

    def _task(self, province: int, guests: Guests, invited: Ints | None = None) -> Task:
        """Return the task of a province as it stands now, from where its program ended."""
        pairs = self.pairs[province]
        who = unpack(pairs)[0]
        pairs = pairs[(self.home[who] == province) | np.isin(who, guests.who)]
        if invited is not None:
            pairs = np.union1d(pairs, invited)
        basis, where = self.basis.get(province), np.flatnonzero(self.ground.communes.province == province)
        prices = of_places(self.prices, where) if basis is not None else None
        return Task(province, pairs, guests, self.abroad.away(province), basis, prices)

    def _answered(self, task: Task) -> bool:
        """Tell whether a province would be asked what it has answered last."""
        if task.province not in self.done:
            return False
        lent, solved = self.done[task.province]
        return solved.answers(task, lent)

    def _solve(self, tasks: list[Task]) -> list[Solved]:
        """Return the answers to the tasks that are new, and take note of all."""
        known = {task.province: self.done[task.province][1] for task in tasks if self._answered(task)}
        for province, solved in known.items():
            self.abroad.settle(province, solved.guests, solved.taken)
        fresh = [task for task in tasks if task.province not in known]
        answers = self.crew.solve(fresh)
        for task, solved in zip(fresh, answers, strict=True):
            province = solved.province
            self.done[province] = task.lent, solved
            self.pairs[province], self.basis[province] = solved.pairs, solved.basis
            solved.price(self.prices, np.flatnonzero(self.ground.communes.province == province))
            self.abroad.settle(province, solved.guests, solved.taken)
            self.abroad.see(province, self.prices)
        return answers


def _wants_people(ground: Ground) -> Flags:
    """Tell which communes want anybody at all."""
    communes = ground.communes
    wanted = communes.needs.sum(axis=1) + communes.speakers.sum(axis=1) + communes.leaders + communes.shifts
    return np.asarray(wanted > 0, dtype=np.bool_)
