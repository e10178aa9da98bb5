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


class Unstaffable(Exception):
    """Somebody's own limits cannot be kept by any days at all; the message names them."""


@dataclass(frozen=True)
class Answer:
    """A roster, what it costs, and the least that any can cost."""

    roster: Roster
    objective: int
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

    @property
    def spent(self) -> float:
        return time.process_time() - self.started

    def run(self) -> Answer:
        self._everybody_in_turn()
        self.best = cost(self.instance, self.roster)
        self._around()
        bound = self._prove()
        return Answer(self.roster, self.best, min(bound, self.best), self.spent, self.rounds)

    def _everybody_in_turn(self) -> None:
        """Give each person the best days that those before them leave; all hard rules are about one person alone."""
        for name in self.random.permutation(sorted(self.instance.staff)).tolist():
            solver = _solver(self.seconds / 10, int(self.random.integers(1, 1 << 30)))
            model = Model(self.instance, self.roster, [name])
            if solver.solve(model.cp) not in ANSWERED:
                raise Unstaffable(f"no days of {name} keep all their limits; ease one of them")
            self.roster = model.found(solver)

    def _around(self) -> None:
        """Free some people or days, solve that, grow what was solved to the end and shrink what was not."""
        sizes = [float(min(4, len(self.roster))), 4.0]
        kinds: list[Callable[[float], Model]] = [self._people, self._days]
        while self.spent < (1 - BOUND_SHARE) * self.seconds and self.best:
            kind = int(self.random.random() < 0.4)
            model = kinds[kind](sizes[kind])
            model.hint()
            left = (1 - BOUND_SHARE) * self.seconds - self.spent
            solver = _solver(min(6.0, max(0.5, left)), int(self.random.integers(1, 1 << 30)))
            status = solver.solve(model.cp)
            self.rounds += 1
            sizes[kind] *= 1.03 if status == cp_model.OPTIMAL and solver.wall_time < 2.0 else 0.93
            sizes[kind] = min(max(2.0, sizes[kind]), (len(self.roster), self.instance.days)[kind])
            if status in ANSWERED:
                self._take(model.found(solver))

    def _people(self, size: float) -> Model:
        """Free people who could stand in for each other where cover is short or over, and some by chance."""
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
        solver = _solver(max(1.0, self.seconds - self.spent), 1)
        solver.parameters.linearization_level = 2
        if solver.solve(model.cp) in ANSWERED:
            self._take(model.found(solver))
        return max(0, math.ceil(solver.best_objective_bound - 1e-6))


def _solver(seconds: float, seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = seconds
    return solver
