"""Large-neighbourhood search on top of CP-SAT: everybody's best answer in turn, then groups of people and windows of days anew."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from aoxanh.staffing.rostering.public.instance import OFF, Instance, Roster
from aoxanh.staffing.rostering.public.model import Model
from aoxanh.staffing.rostering.public.verify import cost

ANSWERED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
BOUND_SHARE = 0.25  # of the time, for proving and polishing the whole at the end
# In the solver's deterministic seconds, about three of CPU each: for one person's days, for a round, and what is easy.
SURE, ROUND, EASY = 10.0, 0.4, 0.12
WORTH = 0.3  # deterministic seconds in one of CPU, where no round has told
HINTED = 0.4  # of rounds


class Unstaffable(Exception):
    """No days were found that keep somebody's own limits; the message names them and says whether there are any."""


@dataclass(frozen=True)
class Answer:
    """A roster, what it costs, the least that any can cost, and what everybody's best answer in turn cost at `first`."""

    roster: Roster
    objective: int
    first: int
    bound: int
    cpu_s: float
    rounds: int


class Search:
    """One run with a budget of CPU seconds of this process."""

    def __init__(self, instance: Instance, seconds: float, seed: int = 1) -> None:
        self.instance, self.seconds = instance, seconds
        self.random = np.random.default_rng(seed)
        self.started = time.process_time()
        self.roster: Roster = {name: [OFF] * instance.days for name in instance.staff}
        self.rounds = 0
        self.effort = 0.0  # deterministic seconds so far, to know what one is worth on this machine

    @property
    def spent(self) -> float:
        return time.process_time() - self.started

    def run(self) -> Answer:
        self._everybody_in_turn()
        first = self.best = cost(self.instance, self.roster)
        self._around()
        bound = self._prove()
        return Answer(self.roster, self.best, first, min(bound, self.best), self.spent, self.rounds)

    def _everybody_in_turn(self) -> None:
        """Give each person the best days that those before them leave; all hard rules are about one person alone."""
        for name in self.random.permutation(sorted(self.instance.staff)).tolist():
            solver = self._solver(SURE)
            model = Model(self.instance, self.roster, [name])
            status = solver.solve(model.cp)
            if status == cp_model.INFEASIBLE:
                raise Unstaffable(f"no days of {name} keep all their limits; ease one of them")
            if status not in ANSWERED:
                raise Unstaffable(f"no days of {name} that keep all their limits were found in time")
            self.roster = model.found(solver)

    def _around(self) -> None:
        """Free some people or days, solve that, grow what was solved with ease and shrink what was not."""
        kinds: list[Callable[[float], Model]] = [self._people, self._days]
        sizes, most = [3.0, 3.0], [len(self.roster), self.instance.days]
        while self.spent < (1 - BOUND_SHARE) * self.seconds and self.best:
            kind = int(self.random.integers(len(kinds)))
            model = kinds[kind](sizes[kind])
            # Without a hint the solver comes back with another roster of the same cost, and the search does not stand still.
            if self.random.random() < HINTED:
                model.hint()
            solver = self._solver(ROUND)
            status = solver.solve(model.cp)
            self.rounds += 1
            effort = solver.response_proto.deterministic_time
            self.effort += effort
            easy = status == cp_model.OPTIMAL and effort < EASY
            sizes[kind] = min(max(2.0, sizes[kind] * (1.05 if easy else 0.93)), most[kind])
            if status in ANSWERED:
                self._take(model.found(solver))

    def _solver(self, effort: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = int(self.random.integers(1, 1 << 30))
        solver.parameters.max_deterministic_time = effort
        # All cuts: without them, trials ended much dearer in the same time.
        solver.parameters.linearization_level = 2
        return solver

    def _people(self, size: float) -> Model:
        """Free some people for the whole horizon."""
        names = sorted(self.roster)
        return Model(
            self.instance,
            self.roster,
            self.random.choice(names, min(len(names), round(size)), replace=False).tolist(),
        )

    def _days(self, size: float) -> Model:
        length = min(self.instance.days, round(size))
        first = int(self.random.integers(0, self.instance.days - length + 1))
        return Model(self.instance, self.roster, self.roster, range(first, first + length))

    def _take(self, roster: Roster) -> None:
        found = cost(self.instance, roster)
        if found <= self.best:
            self.roster, self.best = roster, found

    def _prove(self) -> int:
        model = Model(self.instance, self.roster, self.roster)
        model.hint()
        left = max(1.0, self.seconds - self.spent)
        solver = self._solver(left * (self.effort / self.spent if self.rounds else WORTH))
        if solver.solve(model.cp) in ANSWERED:
            self._take(model.found(solver))
        return max(0, math.ceil(solver.best_objective_bound - 1e-6))
