"""What one single copy changed: the commune's change beside that of communes like it, ranked among changes where nothing was done.

One commune has no spread of its own, so its interval is taken from placebos: every comparison commune of the province is put in its place,
and the interval is as wide as their changes are. It holds whatever the changes are distributed like, as long as the copy is
one of the province's communes like any other; that is the randomisation test of conformal inference, turned around.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from aoxanh.initiatives.evidence.fit import LEVEL
from aoxanh.initiatives.evidence.panel import Floats, Indicator, PanelUnfit

NEIGHBOURS = 8  # communes that a commune is compared with
FEWEST_OTHERS = 19  # with fewer placebos, no rank among them is as rare as one in twenty
FEWEST_CASES = (
    30  # in the time before and in the time since: a share of fewer jumps by more than anything worth finding
)
BASE = 3  # periods before the copy that it is compared with
READ_BEFORE = 6  # periods before it that are worth reading: likes are sought by the earlier course, too
CASES_PER_COLUMN = 5
STILL = 1e-6


class Lack(StrEnum):
    """Why nothing can be said of a copy."""

    TOO_EARLY = "too_early"
    FEW_BEFORE = "few_before"
    FEW_SINCE = "few_since"
    FEW_COMPARISONS = "few_comparisons"
    COPIED_BEFORE = "copied_before"
    NOTHING_MOVES = "nothing_moves"


class Verdict(StrEnum):
    """What can be said of one copy at most: nothing here is ever proven, as one commune is no experiment."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True)
class Copy:
    """Counts by commune and period of one province; row 0 is the commune that copied, the others never did.

    Periods are counted from the copy's first day, so that `began` is the first that lies wholly after it.
    """

    numerator: Floats
    denominator: Floats
    traits: Floats
    began: int

    def __post_init__(self) -> None:
        if self.numerator.shape != self.denominator.shape or self.numerator.ndim != 2:
            raise PanelUnfit("numerator and denominator must be two tables of the same shape")
        if not len(self.numerator) or len(self.traits) != len(self.numerator):
            raise PanelUnfit("every commune needs one row in every table")
        if not 1 <= self.began <= self.numerator.shape[1]:
            raise PanelUnfit("a copy needs a period before it")


@dataclass(frozen=True, slots=True)
class CopyEvidence:
    """What is known of one copy and one indicator; `placebos` changes lie behind the interval and the p-value."""

    indicator: Indicator
    verdict: Verdict
    lack: Lack | None = None
    cases: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    alike: int = 0
    placebos: int = 0


def judge(copy: Copy, indicator: Indicator) -> CopyEvidence:
    """Return how the commune's change since it copied differs from that of its likes over the same days."""
    before, since = slice(max(0, copy.began - BASE), copy.began), slice(copy.began, None)
    cases = np.minimum(copy.denominator[:, before].sum(axis=1), copy.denominator[:, since].sum(axis=1))
    told = int(copy.denominator[0, since].sum())
    usable = cases >= FEWEST_CASES
    lack = _lack(copy, usable, before)
    if lack is not None:
        return CopyEvidence(indicator, Verdict.TOO_LITTLE, lack, cases=told)
    chosen = Copy(copy.numerator[usable], copy.denominator[usable], copy.traits[usable], copy.began)
    gaps, few, alike = _gaps(chosen, indicator.per)
    if np.abs(gaps[1:]).max() < STILL:  # without any spread among the others there is nothing to rank against
        return CopyEvidence(indicator, Verdict.TOO_LITTLE, Lack.NOTHING_MOVES, cases=told)
    return _ranked(indicator, gaps, _errors(gaps, few), told, alike)


def _lack(copy: Copy, usable: NDArray[np.bool_], before: slice) -> Lack | None:
    if copy.began == copy.numerator.shape[1]:
        return Lack.TOO_EARLY
    if not usable[0]:
        enough = copy.denominator[0, before].sum() >= FEWEST_CASES
        return Lack.FEW_SINCE if enough else Lack.FEW_BEFORE
    return Lack.FEW_COMPARISONS if usable[1:].sum() < FEWEST_OTHERS else None


def _gaps(copy: Copy, per: int) -> tuple[Floats, Floats, int]:
    """Return each commune's change beside that of its nearest likes, what few cases add to its doubt, and how many likes it has.

    The copy's own row is nobody's like. What likes differ in is allowed for by a regression over the comparison communes
    (Abadie and Imbens, 2011), each commune left out of its own line, as the copy is.
    """
    before, since = slice(max(0, copy.began - BASE), copy.began), slice(copy.began, None)
    cases_before, cases_since = (
        copy.denominator[:, before].sum(axis=1),
        copy.denominator[:, since].sum(axis=1),
    )
    level = per * copy.numerator[:, before].sum(axis=1) / cases_before
    change = per * copy.numerator[:, since].sum(axis=1) / cases_since - level
    features = _features(copy, level, per)
    left = _left(features, change)
    likes = _likes(features)
    few = 1 / cases_before + 1 / cases_since
    number = likes.shape[1]
    return left - left[likes].mean(axis=1), few + few[likes].sum(axis=1) / number**2, number


def _features(copy: Copy, level: Floats, per: int) -> Floats:
    """Return what likes are sought by, each column on the scale of the comparison communes; what matters most stands first."""
    columns = [level, np.log1p(copy.denominator[:, : copy.began].mean(axis=1)), *copy.traits.T]
    if copy.began > BASE:
        earlier = slice(0, copy.began - BASE)
        cases = copy.denominator[:, earlier].sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            course = per * copy.numerator[:, earlier].sum(axis=1) / cases
        columns.insert(1, np.where(cases >= FEWEST_CASES, course, level))
    table = np.column_stack(columns)
    spread = table[1:].std(axis=0)
    return np.asarray((table - table[1:].mean(axis=0))[:, spread > 0] / spread[spread > 0], float)


def _left(features: Floats, change: Floats) -> Floats:
    """Return what a regression over the comparison communes leaves of each change, that of every commune from a line without it."""
    room = max(1, (len(change) - 1) // CASES_PER_COLUMN)
    line = np.column_stack([np.ones(len(change)), features[:, :room]])
    inverse = np.linalg.pinv(line[1:].T @ line[1:])
    left = change - line @ (inverse @ (line[1:].T @ change[1:]))
    leverage = np.einsum("ij,jk,ik->i", line, inverse, line)
    leverage[0] = 0.0  # it is in no line as it is
    return np.asarray(left / np.maximum(1 - leverage, 0.1), float)


def _likes(features: Floats) -> NDArray[np.int64]:
    far = ((features[:, None, :] - features[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(far, np.inf)
    far[:, 0] = np.inf
    return np.asarray(np.argsort(far, axis=1, kind="stable")[:, :NEIGHBOURS], np.int64)


def _errors(gaps: Floats, few: Floats) -> Floats:
    """Return how far each gap jumps by itself: what all communes have in common, and more where cases are few."""
    own, spread = gaps[1:] ** 2, few[1:] - few[1:].mean()
    slope = max(0.0, float(spread @ (own - own.mean()) / max(float(spread @ spread), 1e-12)))
    common = max(float(own.mean() - slope * few[1:].mean()), 0.1 * float(own.mean()), 1e-12)
    return np.asarray(np.sqrt(common + slope * few), float)


def _ranked(indicator: Indicator, gaps: Floats, errors: Floats, cases: int, alike: int) -> CopyEvidence:
    placebos: Floats = np.sort(np.abs(gaps[1:] / errors[1:]))
    number = len(placebos)
    value, reach = float(gaps[0]), float(placebos[int(np.ceil(LEVEL * (number + 1))) - 1] * errors[0])
    stronger = int((placebos >= abs(value) / errors[0]).sum())
    low, high = value - reach, value + reach
    better, worse = (low > 0, high < 0) if indicator.higher_is_better else (high < 0, low > 0)
    verdict = Verdict.BETTER if better else Verdict.WORSE if worse else Verdict.UNCLEAR
    p = (1 + stronger) / (1 + number)
    return CopyEvidence(indicator, verdict, None, cases, value, low, high, p, alike, number)
