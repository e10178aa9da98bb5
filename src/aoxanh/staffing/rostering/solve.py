"""From a problem to a roster with its bound: the hand's roster as a hint, then CP-SAT with one worker, which makes it repeatable."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from aoxanh.staffing.rostering.greedy import by_hand
from aoxanh.staffing.rostering.measures import price
from aoxanh.staffing.rostering.problem import Problem, Taken


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search, in the solver's deterministic seconds (about three seconds of CPU each), and from which seed."""

    most: float = 3.0
    seed: int = 1


@dataclass(frozen=True)
class Roster:
    """Who holds which seat, what it costs, and the least that any roster of this problem can cost."""

    problem: Problem
    taken: tuple[Taken, ...]
    prices: dict[str, int]
    bound: int

    @property
    def objective(self) -> int:
        return sum(self.prices.values())

    @property
    def gap_pct(self) -> float:
        """How far from the best the roster can be at most, in percent of its cost."""
        return 100.0 * (self.objective - self.bound) / max(1, self.objective)

    @property
    def optimal(self) -> bool:
        return self.objective <= self.bound


def solve(problem: Problem, effort: Effort | None = None) -> Roster:
    """Return the best roster found and the bound that proves it; the same problem and effort give the same roster."""
    return search(problem, by_hand(problem), None, effort or Effort())


def search(
    problem: Problem, start: tuple[Taken, ...], before: Iterable[Taken] | None, effort: Effort
) -> Roster:
    """Search from a roster that keeps the rules; `before` is the published one, from which changes cost.

    The problem is a clean one: pins that contradict the rules are a ValueError.
    """
    # Here, so that web servers, which solve nothing, do not carry it.
    from ortools.sat.python import cp_model

    from aoxanh.staffing.rostering.model import Model

    published = None if before is None else list(before)
    model = Model(problem, published)
    held = set(start)
    for taken, variable in model.seats.items():
        model.cp.add_hint(variable, taken in held)
    solver = cp_model.CpSolver()
    settings = solver.parameters
    # The linear relaxation with all cuts is nearly whole here: it closes the gap that search alone leaves open.
    settings.linearization_level = 2
    settings.num_workers = 1
    settings.random_seed = effort.seed
    settings.max_deterministic_time = effort.most
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        raise ValueError("pins break a hard rule; flaws.check leaves such pins out")
    rosters = [start]
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        rosters.append(
            tuple(sorted(taken for taken, variable in model.seats.items() if solver.boolean_value(variable)))
        )
    best = min(rosters, key=lambda each: sum(price(problem, each, published).values()))
    bound = max(0, math.ceil(solver.best_objective_bound - 1e-6))
    return Roster(problem, best, price(problem, best, published), bound)
