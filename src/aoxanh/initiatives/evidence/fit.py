"""Callaway and Sant'Anna's estimator of diff-diff, and intervals that stay honest where only a handful of communes adopted.

The library's standard error takes an adopter's deviation from its own cohort, which is nothing at all in a cohort of one:
with fourteen adopters begun in eight different months its intervals are far too narrow. So the group-time effects are the library's,
but the variance is that of the adopters' own effects over all cohorts, plus what the comparison communes add, with Student's t.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aoxanh.initiatives.evidence.comparison import Design
from aoxanh.initiatives.evidence.panel import Floats

LEVEL = 0.95
Weights = Mapping[int, Mapping[int, float]]
"""By cohort (period of adoption), how much each period counts."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval, the p-value of nothing at all, and how many adopters it rests on."""

    value: float
    low: float
    high: float
    p: float
    adopters: int
    error: float = 0.0
    freedom: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One group-time effect: each adopter's own part and what every comparison commune adds to its error."""

    adopters: NDArray[np.int64]
    effects: Floats
    others: NDArray[np.int64]
    influence: Floats


@dataclass(frozen=True, slots=True)
class Fit:
    """All group-time effects of one design, by (period of adoption, period)."""

    design: Design
    cells: Mapping[tuple[int, int], Cell]
    result: Any

    def average(self, weights: Weights, among: NDArray[np.bool_] | None = None) -> Interval | None:
        """Return the adopters' mean of their periods' weighted effects; None with fewer than two adopters.

        `among` narrows the adopters, by row of the panel.
        """
        panel, trust = self.design.panel, self.design.weights
        number = len(panel.units)
        own, counted, shared = np.zeros(number), np.zeros(number, np.bool_), np.zeros(number)
        for cohort, periods in weights.items():
            rows = self._rows(cohort, periods, among)
            for period in periods if len(rows) else ():
                cell = self.cells[cohort, period]
                own[cell.adopters] += periods[period] * cell.effects
                shared[cell.others] += periods[period] * trust[rows].sum() * cell.influence
            counted[rows] = True
        if counted.sum() < 2:
            return None
        total = trust[counted].sum()
        value = float((trust * own)[counted].sum() / total)
        return self._interval(
            value, np.where(counted, trust * (own - value), 0) / total, shared / total, counted
        )

    def _rows(
        self, cohort: int, periods: Mapping[int, float], among: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        if not periods or any((cohort, period) not in self.cells for period in periods):
            return np.zeros(0, np.int64)
        rows = self.cells[cohort, next(iter(periods))].adopters
        return rows if among is None else rows[among[rows]]

    def _interval(self, value: float, own: Floats, shared: Floats, counted: NDArray[np.bool_]) -> Interval:
        from scipy.stats import t

        number, never = int(counted.sum()), ~self.design.panel.adopters
        free = max(1, int(never.sum()) - self.design.columns.shape[1] - 1)
        parts = own + shared
        of_adopters = float((parts[~never] ** 2).sum()) * number / (number - 1)
        of_others = float((parts[never] ** 2).sum()) * int(never.sum()) / free
        error = float(np.sqrt(of_adopters + of_others))
        if error == 0:
            return Interval(value, value, value, 1.0 if value == 0 else 0.0, number, 0.0, number - 1)
        freedom = (of_adopters + of_others) ** 2 / (of_adopters**2 / (number - 1) + of_others**2 / free)
        reach = float(t.ppf((1 + LEVEL) / 2, freedom)) * error
        p = float(2 * t.sf(abs(value) / error, freedom))
        return Interval(value, value - reach, value + reach, p, number, error, freedom)


def fit(design: Design, per: int, *, against: str = "not_yet_treated") -> Fit:
    """Estimate every group-time effect, against communes that have not adopted yet (or "never_treated" ones only).

    The counterfactual is a regression on the matched communes. The library's propensity score would need ten adopters in each cohort for
    each column (it says so itself); matching does its part here.
    """
    from diff_diff import CallawaySantAnna, SurveyDesign
    from pandas import DataFrame

    panel = design.panel
    number, periods = panel.numerator.shape
    names = [f"x{column}" for column in range(design.columns.shape[1])]
    table = DataFrame(
        {
            "unit": np.repeat(np.arange(number), periods),
            "time": np.tile(np.arange(1, periods + 1), number),
            "rate": panel.rates(per).ravel(),
            "first": np.repeat(panel.adopted + 1, periods),  # 0 says never
            "trust": np.repeat(design.weights, periods),
            **{name: np.repeat(design.columns[:, column], periods) for column, name in enumerate(names)},
        }
    )
    estimator = CallawaySantAnna(
        control_group=against,
        estimation_method="reg",
        base_period="universal",
        rank_deficient_action="silent",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cells without a comparison are told as NaN, and left out below
        found = estimator.fit(
            table,
            "rate",
            "unit",
            "time",
            "first",
            covariates=names or None,
            survey_design=SurveyDesign(weights="trust"),
        )
    return Fit(design, dict(_cells(found, design.weights)), found)


def _cells(found: Any, trust: Floats) -> Any:
    """Yield the cells. An influence is that of the cohort's weighted mean, which gives each adopter's own effect back."""
    for (cohort, period), told in found.group_time_effects.items():
        pieces = found._aggregation_kit.influence.get((cohort, period))  # noqa: SLF001 - told nowhere else
        if pieces is None or told.get("is_reference") or not np.isfinite(told["effect"]):
            continue
        rows = np.asarray(pieces["treated_idx"], np.int64)
        share = trust[rows] / trust[rows].sum()
        effects = told["effect"] + np.asarray(pieces["treated_inf"], float) / share
        key = int(cohort) - 1, int(period) - 1
        yield (
            key,
            Cell(
                rows,
                effects,
                np.asarray(pieces["control_idx"], np.int64),
                np.asarray(pieces["control_inf"], float),
            ),
        )
