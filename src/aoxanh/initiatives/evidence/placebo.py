"""Comparison communes put in the adopters' place: what the estimate shows where nothing was done."""

from dataclasses import dataclass, replace

import numpy as np

from aoxanh.initiatives.evidence import contrasts
from aoxanh.initiatives.evidence.comparison import design
from aoxanh.initiatives.evidence.fit import LEVEL, Interval, fit
from aoxanh.initiatives.evidence.panel import NEVER, Floats, Indicator, Ints, Panel

TOLERATED = 1.1  # placebo effects may jump so much more than their errors say before the interval is widened
FEWEST_DRAWS = 20


@dataclass(frozen=True, slots=True)
class Placebo:
    """`p` is the share of placebos at least as strong as the effect; `widening` how much further they jump than their errors say."""

    draws: int
    p: float
    alarms: float
    widening: float


def placebo(panel: Panel, indicator: Indicator, effect: Interval, draws: int, seed: int) -> Placebo | None:
    """Repeat the estimate with as many communes that never adopted, of the same provinces and from the same dates.

    None where the comparison communes are too few to stand in for the adopters.
    """
    rng = np.random.default_rng(seed)
    never = panel.kept(~panel.adopters)
    found: list[Interval] = []
    for _ in range(draws):
        began = _drawn(panel, never, rng)
        if began is None:
            return None
        fake = fit(design(replace(never, adopted=began, pilot=never.pilot[:0]), indicator.per), indicator.per)
        told = fake.average(contrasts.after(fake))
        if told is not None and told.error > 0:
            found.append(told)
    return _read(found, effect) if len(found) >= FEWEST_DRAWS else None


def _drawn(panel: Panel, never: Panel, rng: np.random.Generator) -> Ints | None:
    """Give every adopter's date to a commune of its province that never adopted; None where at most half would be left over."""
    began = np.full(len(never.units), NEVER, np.int64)
    provinces = np.array(never.provinces)
    adopters = np.flatnonzero(panel.adopters)
    for code in sorted({panel.provinces[row] for row in adopters}):
        dates = [int(panel.adopted[row]) for row in adopters if panel.provinces[row] == code]
        pool = np.flatnonzero(provinces == code)
        if 2 * len(dates) > len(pool):
            return None
        began[rng.permutation(pool)[: len(dates)]] = dates
    return began


def _read(found: list[Interval], effect: Interval) -> Placebo:
    values: Floats = np.array([told.value for told in found])
    ratios: Floats = np.array([told.value / told.error for told in found])
    freedom = float(np.median([told.freedom for told in found]))
    expected = freedom / (freedom - 2) if freedom > 2 else 3.0
    jumps = float(np.sqrt((ratios**2).mean() / expected))
    return Placebo(
        draws=len(found),
        p=float((1 + (np.abs(values) >= abs(effect.value)).sum()) / (1 + len(found))),
        alarms=float(np.mean([told.p < 1 - LEVEL for told in found])),
        widening=jumps if jumps > TOLERATED else 1.0,
    )


def widened(effect: Interval, told: Placebo | None) -> Interval:
    """Return the interval as wide as the placebos show that it must be."""
    if told is None or told.widening <= 1:
        return effect
    from scipy.stats import t

    error = effect.error * told.widening
    reach = float(t.ppf((1 + LEVEL) / 2, effect.freedom)) * error
    p = float(2 * t.sf(abs(effect.value) / error, effect.freedom))
    return replace(effect, low=effect.value - reach, high=effect.value + reach, p=p, error=error)
