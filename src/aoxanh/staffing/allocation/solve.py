"""Making a plan: every province by itself, then help between provinces, whole people, and a bound over all of it."""

from dataclasses import replace

import numpy as np

from aoxanh.staffing.allocation.abroad import invitations
from aoxanh.staffing.allocation.bound import upper_bound
from aoxanh.staffing.allocation.classes import Ground, group
from aoxanh.staffing.allocation.crew import Crew, Progress
from aoxanh.staffing.allocation.model import no_prices
from aoxanh.staffing.allocation.offers import Guests, unpack
from aoxanh.staffing.allocation.persons import persons
from aoxanh.staffing.allocation.plan import Plan, Start
from aoxanh.staffing.allocation.problem import NOWHERE, Flags, Ints, Problem
from aoxanh.staffing.allocation.province import Flow, Solved, Task
from aoxanh.staffing.allocation.value import points, settled_points

HELP_ROUNDS = 3
HALF = 0.5


def solve(
    problem: Problem, *, workers: int = 2, progress: Progress | None = None, start: Start | None = None
) -> Plan:
    """Return a plan with the proof of how far it can be from the best (`gap_pct`); the same problem gives the same plan.

    `workers` processes share the provinces; 0 works in this process. `progress` hears a step, how many are done, of how many.
    `start` is what an earlier plan of the same campaign left.
    """
    ground, of = group(problem)
    with Crew(ground, workers, progress) as crew:
        nation = _Nation(ground, crew)
        nation.solve_all(start or Start())
        if start is None:
            nation.help()
        flows = nation.finish()
    where, kind = persons(problem, ground, of, flows)
    bound = upper_bound(ground, nation.prices)
    return Plan(
        problem, ground, of, where, kind, points(problem, where, kind), bound.total + settled_points(problem),
        nation.prices, bound, nation.start(),
    )  # fmt: skip


class _Nation:
    """The provinces as solved so far, the nation's prices, and how many of each class are lent to another province."""

    def __init__(self, ground: Ground, crew: Crew) -> None:
        self.ground, self.crew = ground, crew
        self.solved: dict[int, Solved] = {}
        self.prices = no_prices(ground)
        self.lent: Ints = np.zeros(len(ground.classes), dtype=np.int64)
        self.home = ground.communes.province[ground.classes.home]
        sizes = np.bincount(self.home, minlength=len(ground.communes.provinces))
        wanting = np.unique(self.ground.communes.province[_wants_people(ground)])
        self.order = [int(p) for p in wanting[np.argsort(-sizes[wanting], kind="stable")]]

    def solve_all(self, start: Start) -> None:
        """Solve every province by itself, the largest first; with a start, who was lent stays lent."""
        self.lent = start.away(self.ground)
        tasks = []
        for p in self.order:
            away = np.flatnonzero((self.home == p) & (self.lent > 0))
            lent = (away, self.lent[away])
            tasks.append(
                Task(p, start.pairs(self.ground, p), start.welcome(self.ground, p), lent, start.basis.get(p))
            )
        self._solve(tasks)

    def help(self) -> None:
        """Let short provinces choose among willing people of others at what these forgo at home, a few times over.

        Whoever a province takes stays with it; the others may be wanted elsewhere.
        """
        alone = replace(self.ground, short=np.zeros_like(self.ground.short))
        each = upper_bound(alone, self.prices).settled
        for number in range(HELP_ROUNDS):
            invited = invitations(self.ground, self.prices, each, self._taken())
            if not invited:
                return
            self._solve([
                replace(self._again(province), pairs=np.union1d(self._native(province), pairs), guests=guests, near=number > 0)
                for province, (guests, pairs) in invited.items()
            ])  # fmt: skip

    def _taken(self) -> Ints:
        """Return for each class the province that takes its people as guests, -1 for none."""
        taken = np.full(len(self.home), NOWHERE)
        for province, solved in self.solved.items():
            taken[solved.task.guests.who[solved.taken > HALF]] = province
        return taken

    def finish(self) -> list[Flow]:
        """Round the provinces that were helped first, so that the others know exactly who is left."""
        helped = [p for p in self.order if len(self.solved[p].task.guests.who)]
        flows = self.crew.finish([self.solved[p] for p in helped])
        before, self.lent = self.lent, np.zeros_like(self.lent)
        for province, flow in zip(helped, flows, strict=True):
            guest = self.home[flow.who] != province
            np.add.at(self.lent, flow.who[guest], flow.count[guest])
        self._solve(self._lenders(before))
        return flows + self.crew.finish([self.solved[p] for p in self.order if p not in set(helped)])

    def start(self) -> Start:
        """Return what the next plan begins with."""
        key, pairs = self.ground.classes.key, {p: unpack(self.solved[p].pairs) for p in self.order}
        guests = {p: self.solved[p].task.guests for p in self.order}
        away = np.flatnonzero(self.lent)
        return Start(
            {p: key[who] for p, (who, _) in pairs.items()}, {p: where for p, (_, where) in pairs.items()},
            {p: self.solved[p].linear.basis for p in self.order},
            {p: Guests(key[each.who], each.count, each.fee) for p, each in guests.items() if len(each.who)},
            (key[away], self.lent[away]),
        )  # fmt: skip

    def _native(self, province: int) -> Ints:
        pairs = self.solved[province].pairs
        return np.asarray(pairs[self.home[unpack(pairs)[0]] == province], dtype=np.int64)

    def _lenders(self, before: Ints) -> list[Task]:
        changed = {int(province) for province in np.unique(self.home[self.lent != before])}
        return [self._again(province) for province in self.order if province in changed]

    def _again(self, province: int) -> Task:
        """Return the task of a province as it stands now, from where its program ended."""
        away = np.flatnonzero((self.home == province) & (self.lent > 0))
        old = self.solved[province]
        return Task(province, old.pairs, old.task.guests, (away, self.lent[away]), old.linear.basis)

    def _solve(self, tasks: list[Task]) -> None:
        for solved in self.crew.solve(tasks):
            self.solved[solved.task.province] = solved
            solved.price(self.prices, np.flatnonzero(self.ground.communes.province == solved.task.province))


def _wants_people(ground: Ground) -> Flags:
    """Tell which communes want anybody at all."""
    communes = ground.communes
    wanted = communes.needs.sum(axis=1) + communes.speakers.sum(axis=1) + communes.leaders + communes.shifts
    return np.asarray(wanted > 0, dtype=np.bool_)
