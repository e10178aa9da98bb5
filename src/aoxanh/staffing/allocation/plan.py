"""A plan: who serves where, the prices that prove it, and what is missing."""

from dataclasses import dataclass, field

from aoxanh.staffing.allocation.bound import Bound
from aoxanh.staffing.allocation.classes import Ground
from aoxanh.staffing.allocation.highs import Basis
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.problem import Ints, Problem


@dataclass(frozen=True)
class Start:
    """What a later replan starts from, by province: the pairs that were offered and the basis."""

    pairs: dict[int, Ints] = field(default_factory=dict)
    basis: dict[int, Basis] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """`where` and `kind` are by person, -1 for nowhere; `value` and `bound` are points: no plan is worth more than `bound`."""

    problem: Problem
    ground: Ground
    of: Ints
    where: Ints
    kind: Ints
    value: int
    bound: float
    prices: Prices
    each: Bound
    start: Start

    @property
    def gap_pct(self) -> float:
        """Return how far the plan can be from the best one, in per cent of the bound."""
        return 100 * max(0.0, self.bound - self.value) / max(1.0, abs(self.bound))
