"""Rates of many units drawn towards what is common among them, the more so the less is known of each.

A share is beta-binomial, a rate gamma-Poisson. How much units truly differ is not known either: it is weighed by the marginal
likelihood over a grid (C. N. Morris, Parametric empirical Bayes inference, 1983, on why a point estimate alone gives intervals
that are too narrow), and the mixture is told by its mean and by the quantiles of the beta or gamma of the same mean and variance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln
from scipy.stats import beta, gamma

Numbers = NDArray[np.float64]
_MEANS = 41
_SPREADS = 31
_KEPT = 1e-6
# How much units may differ: from hardly at all to as different as can be, in even steps of the logarithm.
_LEAST_OF_PRIOR, _MOST_OF_PRIOR = 0.5, 20_000.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A unit's rate as best it can be told, between `low` and `high`; `weight` is how much of it is the unit's own count."""

    value: float
    low: float
    high: float
    weight: float


@dataclass(frozen=True, slots=True)
class Shrunken:
    """The estimates, in the order of the counts; the rate common to all; and parameters (a, b) of each unit's posterior."""

    estimates: list[Estimate]
    common: float
    posteriors: list[tuple[float, float]]


def shares(hits: Sequence[float], totals: Sequence[float], level: float = 0.95) -> Shrunken:
    """Return each unit's share. A unit with nothing counted gets the common share and all its uncertainty.

    Raises ValueError unless there is a unit and 0 <= hits <= totals everywhere.
    """
    won, of = _checked(hits, totals, level)
    if np.any(won > of):
        raise ValueError("hits cannot be more than totals")
    pooled = (won.sum() + 0.5) / (of.sum() + 1)
    means, sizes = _grid(np.linspace(-1, 1, _MEANS), _share_step(pooled, won, of))
    means = 1 / (1 + np.exp(-(np.log(pooled / (1 - pooled)) + means)))
    a, b = means * sizes, (1 - means) * sizes
    fit = betaln(a[:, None] + won, b[:, None] + of - won) - betaln(a, b)[:, None]
    weights = _weights(fit.sum(axis=1) + _flat_on_variance(sizes))
    keep = weights > _KEPT
    a, b, weights = a[keep], b[keep], weights[keep] / weights[keep].sum()
    after_a, after_b = a[:, None] + won, b[:, None] + of - won
    mean = after_a / (after_a + after_b)
    variance = mean * (1 - mean) / (after_a + after_b + 1)
    middle, spread = _mixed(weights, mean, variance)
    strength = middle * (1 - middle) / spread - 1
    own = weights @ (of / ((a + b)[:, None] + of))
    posteriors = [(float(x), float(y)) for x, y in zip(middle * strength, (1 - middle) * strength, strict=True)]  # fmt: skip
    low, high = (beta.ppf(q, middle * strength, (1 - middle) * strength) for q in _tails(level))
    return Shrunken(_told(middle, low, high, own), float(weights @ (a / (a + b))), posteriors)


def rates(counts: Sequence[float], exposures: Sequence[float], level: float = 0.95) -> Shrunken:
    """Return each unit's rate of events for one unit of exposure (sessions for each volunteer day, say).

    Raises ValueError unless there is a unit, nothing is negative, and events have an exposure.
    """
    events, exposed = _checked(counts, exposures, level)
    if np.any((exposed == 0) & (events > 0)):
        raise ValueError("events need an exposure")
    total = exposed.sum() or 1.0
    pooled = (events.sum() + 0.5) / total
    means, sizes = _grid(np.linspace(-1, 1, _MEANS), _rate_step(pooled, events, exposed))
    means = pooled * np.exp(means)
    # `sizes` are events that the prior is worth, so that shares and rates have the same grid.
    a, b = sizes, sizes / means
    fit = (
        gammaln(a[:, None] + events)
        - gammaln(a)[:, None]
        + (a * np.log(b))[:, None]
        - (a[:, None] + events) * np.log(b[:, None] + exposed)
    )
    weights = _weights(fit.sum(axis=1) + _flat_on_variance(sizes))
    keep = weights > _KEPT
    a, b, weights = a[keep], b[keep], weights[keep] / weights[keep].sum()
    after_a, after_b = a[:, None] + events, b[:, None] + exposed
    mean, variance = after_a / after_b, after_a / after_b**2
    middle, spread = _mixed(weights, mean, variance)
    shape, scale = middle**2 / spread, spread / middle
    own = weights @ (exposed / (b[:, None] + exposed))
    low, high = (gamma.ppf(q, shape, scale=scale) for q in _tails(level))
    posteriors = [(float(x), float(1 / y)) for x, y in zip(shape, scale, strict=True)]
    return Shrunken(_told(middle, low, high, own), float(weights @ (a / b)), posteriors)


def _checked(hits: Sequence[float], totals: Sequence[float], level: float) -> tuple[Numbers, Numbers]:
    won, of = np.asarray(hits, float), np.asarray(totals, float)
    if not won.size or won.shape != of.shape or not 0 < level < 1:
        raise ValueError("rates need as many counts as totals, one at least, and a level between 0 and 1")
    if not (np.all(np.isfinite(won)) and np.all(np.isfinite(of))) or np.any(won < 0) or np.any(of < 0):
        raise ValueError("counts and totals are finite and not negative")
    return won, of


def _grid(steps: Numbers, reach: float) -> tuple[Numbers, Numbers]:
    """Return (shift of the mean, size of the prior) of every point of the grid."""
    sizes = np.exp(np.linspace(np.log(_LEAST_OF_PRIOR), np.log(_MOST_OF_PRIOR), _SPREADS))
    shift, size = np.meshgrid(steps * reach, sizes, indexing="ij")
    return shift.ravel(), size.ravel()


def _share_step(pooled: float, won: Numbers, of: Numbers) -> float:
    """Return how far from the pooled share, on the logit scale, the common share may lie: five standard errors of a careful kind."""
    used = of > 0
    crude = won[used] / of[used] if used.any() else np.array([pooled])
    spread = crude.var() + pooled * (1 - pooled) / max(1.0, _middling(of))
    return float(min(6.0, 0.05 + 5 * np.sqrt(spread / max(1, crude.size)) / (pooled * (1 - pooled))))


def _rate_step(pooled: float, events: Numbers, exposed: Numbers) -> float:
    used = exposed > 0
    crude = events[used] / exposed[used] if used.any() else np.array([pooled])
    spread = crude.var() + pooled / max(1e-9, _middling(exposed))
    return float(min(6.0, 0.05 + 5 * np.sqrt(spread / max(1, crude.size)) / pooled))


def _middling(of: Numbers) -> float:
    used = of[of > 0]
    return float(np.median(used)) if used.size else 1.0


def _flat_on_variance(sizes: Numbers) -> Numbers:
    """Return the log weight beforehand, on a grid even in log(size), that makes the variance between units uniform.

    It is what gives intervals that hold for whatever the true spread is (R. Tang and C. Morris, 2011).
    """
    told: Numbers = np.log(sizes / (sizes + 1) ** 2)
    return told


def _weights(fit: Numbers) -> Numbers:
    raised: Numbers = np.exp(fit - fit.max())
    weights: Numbers = raised / raised.sum()
    return weights


def _mixed(weights: Numbers, mean: Numbers, variance: Numbers) -> tuple[Numbers, Numbers]:
    middle = weights @ mean
    return middle, weights @ (variance + mean**2) - middle**2


def _tails(level: float) -> tuple[float, float]:
    return (1 - level) / 2, (1 + level) / 2


def _told(middle: Numbers, low: Numbers, high: Numbers, own: Numbers) -> list[Estimate]:
    return [
        Estimate(float(m), float(lo), float(hi), float(w))
        for m, lo, hi, w in zip(middle, low, high, own, strict=True)
    ]
