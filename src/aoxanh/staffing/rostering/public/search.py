"""Searching for a good roster with a proof of how good: whole personal rosters first, then groups of people and windows of days anew."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from aoxanh.staffing.rostering.public.columns import Columns
from aoxanh.staffing.rostering.public.instance import OFF, Instance, Roster
from aoxanh.staffing.rostering.public.model import Model
from aoxanh.staffing.rostering.public.verify import cost

ANSWERED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
PRICE_SHARE, DIVE_SHARE = (
    0.4,
    0.7,
)  # of the time: until when columns are priced for all, and a dive may price more
TURNS = 5  # each person's best days again while all others stand
MOST_BYTES = 1_500_000_000  # of one person's walk; what needs more is refused
ROUND, EASY = 0.4, 0.12  # the solver's deterministic seconds for a window of days, and what is easy
WORTH = 0.3  # deterministic seconds in one of CPU, where no round has told
HINTED = 0.4  # of rounds
SMALL, AROUND_SHARE = 2_000, 0.5  # people by days by shifts that can be looked through as a whole, and when
BRANCH_SHARE = 0.03  # of the time, for choosing among the columns of a group


class Unstaffable(Exception):
    """There are no days that keep somebody's own limits; the message names them."""


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
        # Deterministic and CPU seconds of the windows so far, to know what one is worth on this machine.
        self.effort = self.window_s = 0.0
        self.columns = Columns(instance)

    @property
    def spent(self) -> float:
        return time.process_time() - self.started

    def run(self) -> Answer:
        if self.columns.pricing.bytes_each > MOST_BYTES:
            raise Unstaffable("the limits of one person over this horizon are too many to look through")
        first = self._everybody_in_turn()
        self._by_columns()
        size = len(self.roster) * self.instance.days * len(self.instance.shifts)
        self._around(self._over(AROUND_SHARE if size <= SMALL else 1.0))
        if self.best > self.columns.bound and not self._over(1.0)():
            self._prove()
        return Answer(
            self.roster, self.best, first, min(self.columns.bound, self.best), self.spent, self.rounds
        )

    def _everybody_in_turn(self) -> int:
        """Give each person the best days that the others leave, until nobody gains; return what the first turn cost."""
        turns = []
        for _ in range(TURNS):
            for person in self.random.permutation(len(self.columns.names)).tolist():
                line = self.columns.cheapest_beside(self.roster, person)
                if not line:
                    name = self.columns.names[person]
                    raise Unstaffable(f"no days of {name} keep all their limits; ease one of them")
                self.roster |= self.columns.roster({person: line})
            turns.append(cost(self.instance, self.roster))
            if self._over(PRICE_SHARE)() or turns[-2:] == [turns[-1]] * 2:
                break
        self.best = turns[-1]
        return turns[0]

    def _by_columns(self) -> None:
        relaxed = self.columns.generate(self._over(PRICE_SHARE))
        if self.best > self.columns.bound:
            self._take(self.columns.dive(relaxed, self._over(DIVE_SHARE)))

    def _around(self, until: Callable[[], bool]) -> None:
        """Free some people or days, settle them anew, grow what was settled with ease and shrink what was not."""
        kinds: list[Callable[[int], bool]] = [self._people, self._days]
        sizes, most = [8.0, 3.0], [len(self.roster), self.instance.days]
        while not until() and self.best > self.columns.bound:
            kind = self.rounds % len(kinds)
            self.rounds += 1
            easy = kinds[kind](min(most[kind], round(sizes[kind])))
            sizes[kind] = min(max(2.0, sizes[kind] * (1.1 if easy else 0.85)), most[kind])

    def _people(self, size: int) -> bool:
        """Choose the days of some people anew, for the whole horizon."""
        free = set(self.random.choice(len(self.roster), size, replace=False).tolist())
        seconds = min(max(1.0, BRANCH_SHARE * self.seconds), max(0.1, self.seconds - self.spent))
        found = self.columns.anew(self.roster, self.best, free, self._over(1.0), seconds)
        if found.roster:
            self._take(found.roster)
        return found.sure

    def _days(self, size: int) -> bool:
        """Free everybody for some days in a row."""
        first = int(self.random.integers(0, self.instance.days - size + 1))
        model = Model(self.instance, self.roster, self.roster, range(first, first + size))
        # Without a hint the solver comes back with another roster of the same cost, and the search does not stand still.
        if self.random.random() < HINTED:
            model.hint()
        solver, begun = self._solver(min(ROUND, self._affordable())), self.spent
        status = solver.solve(model.cp)
        effort = solver.response_proto.deterministic_time
        self.effort, self.window_s = self.effort + effort, self.window_s + self.spent - begun
        if status in ANSWERED:
            self._take(model.found(solver))
        return status == cp_model.OPTIMAL and effort < EASY

    def _prove(self) -> None:
        """Look through a small instance as a whole: there the bound of the columns can be far off."""
        model = Model(self.instance, self.roster, self.roster)
        model.hint()
        solver = self._solver(self._affordable())
        if solver.solve(model.cp) in ANSWERED:
            self._take(model.found(solver))
        self.columns.bound = max(self.columns.bound, math.ceil(solver.best_objective_bound - 1e-6))

    def _affordable(self) -> float:
        """Return the deterministic seconds that fit into the rest of the time."""
        left = max(0.01, self.seconds - self.spent)
        return left * (self.effort / self.window_s if self.effort else WORTH)

    def _solver(self, effort: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = int(self.random.integers(1, 1 << 30))
        solver.parameters.max_deterministic_time = effort
        # All cuts: without them, trials ended much dearer in the same time.
        solver.parameters.linearization_level = 2
        return solver

    def _over(self, share: float) -> Callable[[], bool]:
        return lambda: self.spent >= share * self.seconds

    def _take(self, roster: Roster) -> None:
        found = cost(self.instance, roster)
        if found <= self.best:
            self.roster, self.best = roster, found
