"""What is read off the group-time effects: the effect itself, its course, and two questions about the time before."""

from collections import defaultdict

import numpy as np

from aoxanh.initiatives.evidence.fit import Fit, Weights

HORIZON = 6  # periods after adoption that the effect is the mean of
BASE = 3  # periods before adoption that it is compared with
SHOWN_BEFORE = 6
FAKE = 2  # the made-up date lies so many periods before the true one


def _cohorts(fit: Fit) -> dict[int, list[int]]:
    periods: dict[int, list[int]] = defaultdict(list)
    for cohort, period in sorted(fit.cells):
        periods[cohort].append(period)
    return periods


def after(fit: Fit, horizon: int = HORIZON, base: int = BASE) -> Weights:
    """Return the mean of the periods from adoption on, against the mean of the last `base` periods before it.

    With a base of 1 this is the library's own aggregation by group.
    """
    told = {g: [t for t in periods if g <= t < g + horizon] for g, periods in _cohorts(fit).items()}
    return {
        g: {**_base(fit, g, base), **dict.fromkeys(periods, 1 / len(periods))}
        for g, periods in told.items()
        if periods
    }


def at(fit: Fit, relative: int, base: int = BASE) -> Weights:
    """Return the effect so many periods after adoption (0 is the first) against the same base."""
    weights: dict[int, dict[int, float]] = {}
    for g in _cohorts(fit):
        if relative != -1 and (g, g + relative) not in fit.cells:
            continue
        weights[g] = _base(fit, g, base)
        if relative != -1:  # the library's own base is nothing by definition
            weights[g][g + relative] = weights[g].get(g + relative, 0.0) + 1
    return {g: told for g, told in weights.items() if told}


def _base(fit: Fit, cohort: int, base: int) -> dict[int, float]:
    """Return the weights that take the mean of the last periods before adoption off; a single month jumps too much."""
    before = [t for t in range(cohort - base, cohort - 1) if (cohort, t) in fit.cells]
    return dict.fromkeys(before, -1 / (len(before) + 1))


def slope_before(fit: Fit) -> Weights:
    """Return by how much adopters drifted apart from the comparison in each period before they began."""
    weights = {}
    for g, periods in _cohorts(fit).items():
        before = [t for t in periods if g - SHOWN_BEFORE <= t < g - 1]
        if len(before) < 2:
            continue
        time = np.array([*before, g - 1], float) - np.mean([*before, g - 1])
        weights[g] = dict(zip(before, (time[:-1] / (time @ time)).tolist(), strict=True))
    return weights


def fake_date(fit: Fit) -> Weights:
    """Return the effect of an adoption that did not take place yet: the last periods before, against the one before those."""
    weights = {}
    for g in _cohorts(fit):
        base, seen = g - 1 - FAKE, [g - 1 - step for step in range(1, FAKE)]
        if all((g, t) in fit.cells for t in [base, *seen]):
            weights[g] = {base: -1.0, **dict.fromkeys(seen, 1 / FAKE)}  # the true base counts as 0
    return weights
