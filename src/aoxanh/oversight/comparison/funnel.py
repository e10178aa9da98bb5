"""The funnel: within which limits chance alone would leave a unit of a size, if it were like all others.

Limits are exact (binomial or Poisson, interpolated as in D. J. Spiegelhalter, Funnel plots for comparing institutional
performance, 2005) and widened by the square root of the over-dispersion that the units show, never narrowed. Nobody is told by
a limit that they are good or bad: outside it, chance is a poor explanation, and a question is worth asking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from scipy.stats import binom, poisson

# Two standard deviations and three, as funnels are drawn.
WARNING, ACTION = 0.95, 0.998
# A tenth of the units at either end may be what is looked for, so they do not tell how much units differ by nature.
_WINSOR = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper limit of a unit of a size."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """The rate common to all units and by how much units vary more than chance would make them (1: not at all)."""

    target: float
    dispersion: float
    is_share: bool

    def limits(self, size: float, level: float = WARNING) -> Limits:
        """Return the limits at a size (a total of sessions; for rates, an exposure). Raises ValueError below a size of 1."""
        if (self.is_share and size < 1) or size <= 0:
            raise ValueError("a funnel begins at a size of 1")
        if self.target == 0 or (self.is_share and self.target == 1):
            return Limits(self.target, self.target)
        tail, widen = (1 - level) / 2, sqrt(self.dispersion)
        low, high = (self._exact(size, q) for q in (tail, 1 - tail))
        top = 1.0 if self.is_share else np.inf
        return Limits(
            max(0.0, self.target + (low - self.target) * widen),
            float(min(top, self.target + (high - self.target) * widen)),
        )

    def position(self, value: float, size: float) -> int:
        """Return -2 or +2 beyond the outer limits, -1 or +1 beyond the inner ones, else 0."""
        for level, far in ((ACTION, 2), (WARNING, 1)):
            limits = self.limits(size, level)
            if value < limits.low - 1e-12:
                return -far
            if value > limits.high + 1e-12:
                return far
        return 0

    def _exact(self, size: float, q: float) -> float:
        """Return the rate at the q-quantile: the least count that reaches it, less the part of its step that is not needed."""
        if self.is_share:
            law = binom(ceil(size), self.target)
            size = ceil(size)
        else:
            law = poisson(self.target * size)
        count = float(law.ppf(q))
        reached, before = float(law.cdf(count)), float(law.cdf(count - 1))
        step = (reached - q) / (reached - before) if reached > before else 0.0
        return max(0.0, count - step) / size


def share_funnel(hits: Sequence[float], totals: Sequence[float]) -> Funnel:
    """Return the funnel of shares; units with nothing counted say nothing. Raises ValueError when all are so."""
    won, of = np.asarray(hits, float), np.asarray(totals, float)
    if not of.sum() > 0 or np.any(won > of) or np.any(won < 0):
        raise ValueError("a funnel needs counts, and hits within their totals")
    used = of > 0
    target = float(won.sum() / of.sum())
    error = np.sqrt(target * (1 - target) / of[used])
    return Funnel(target, _dispersion(won[used] / of[used], target, error), is_share=True)


def rate_funnel(counts: Sequence[float], exposures: Sequence[float]) -> Funnel:
    """Return the funnel of rates of events for one unit of exposure. Raises ValueError where nothing was exposed."""
    events, exposed = np.asarray(counts, float), np.asarray(exposures, float)
    if not exposed.sum() > 0 or np.any(events < 0) or np.any(exposed < 0):
        raise ValueError("a funnel needs an exposure")
    used = exposed > 0
    target = float(events.sum() / exposed.sum())
    return Funnel(
        target,
        _dispersion(events[used] / exposed[used], target, np.sqrt(target / exposed[used])),
        is_share=False,
    )


def _dispersion(values: "np.ndarray[tuple[int], np.dtype[np.float64]]", target: float, error: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:  # fmt: skip
    """Return the mean square of the winsorised z-scores, or 1 where that is no more than chance makes of it."""
    if values.size < 2 or not np.all(error > 0):
        return 1.0
    scores = (values - target) / error
    low, high = np.quantile(scores, [_WINSOR, 1 - _WINSOR])
    found = float(np.mean(np.clip(scores, low, high) ** 2))
    # Spiegelhalter's rule: below this, chance alone would do it.
    return found if found > 1 + 2 * sqrt(2 / values.size) else 1.0
