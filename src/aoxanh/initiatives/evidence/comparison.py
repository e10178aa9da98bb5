"""Which communes an initiative's adopters are compared with: near in traits, size and prior course, of the same province first."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aoxanh.initiatives.evidence.panel import Floats, Panel

NEIGHBOURS = 12  # comparison communes sought for each adopter
FEWEST_AT_HOME = 4  # fewer in the own province and its own course cannot be told from the adopters'
CASES_PER_COLUMN = 5


@dataclass(frozen=True, slots=True)
class Design:
    """The communes compared, the columns that are held equal, and each commune's weight.

    `is_local` tells whether every adopter has comparison communes in its own province, so that what befell a province as a
    whole falls out.
    """

    panel: Panel
    columns: Floats
    weights: Floats
    is_local: bool


def design(panel: Panel, per: int) -> Design:
    """Choose comparison communes and columns; the panel must be `readable`."""
    course = _prior_course(panel, per)
    features = np.column_stack([panel.traits, np.log1p(panel.denominator.mean(axis=1)), course])
    chosen, is_local = _neighbours(panel, _standardised(features))
    found = panel.kept(chosen | panel.adopters)
    rows = chosen | panel.adopters
    columns = _columns(found, features[rows], is_local=is_local)
    return Design(found, columns, _weights(found, per), is_local)


def unmatched(panel: Panel, per: int) -> Design:
    """Return all communes of the adopters' provinces, held equal in province, traits and size but not in their prior course.

    For questions about the time before: communes chosen for a like course in it would answer them as wished.
    """
    homes = {code for code, adopts in zip(panel.provinces, panel.adopters, strict=True) if adopts}
    here = panel.kept(np.array([code in homes for code in panel.provinces]))
    is_local = min(Counter(_of_never(here)).get(code, 0) for code in homes) >= FEWEST_AT_HOME
    found = here if is_local else panel
    features = np.column_stack([found.traits, np.log1p(found.denominator.mean(axis=1))])
    return Design(found, _columns(found, features, is_local=is_local), _weights(found, per), is_local)


def _of_never(panel: Panel) -> list[str]:
    return [code for code, adopts in zip(panel.provinces, panel.adopters, strict=True) if not adopts]


def _prior_course(panel: Panel, per: int) -> Floats:
    """Return level and slope of each commune before anybody adopted; the slope only where three periods show one."""
    first = int(panel.adopted[panel.adopters].min(initial=panel.periods))
    before = slice(0, first)
    level = per * panel.numerator[:, before].sum(axis=1) / panel.denominator[:, before].sum(axis=1)
    if first < 3:
        return np.asarray(level[:, None], float)
    time = np.arange(first) - (first - 1) / 2
    slope = panel.rates(per)[:, before] @ time / (time @ time)
    return np.column_stack([level, slope])


def _standardised(features: Floats) -> Floats:
    spread = features.std(axis=0)
    return np.asarray((features - features.mean(axis=0)) / np.where(spread > 0, spread, 1), float)


def _neighbours(panel: Panel, features: Floats) -> tuple[NDArray[np.bool_], bool]:
    """Mark the nearest communes that never adopted, of the adopter's province where it has enough of them."""
    provinces = np.array(panel.provinces)
    never = ~panel.adopters
    chosen = np.zeros(len(panel.units), np.bool_)
    is_local = True
    for adopter in np.flatnonzero(panel.adopters):
        pool = np.flatnonzero(never & (provinces == provinces[adopter]))
        if len(pool) < FEWEST_AT_HOME:
            pool, is_local = np.flatnonzero(never), False
        far = ((features[pool] - features[adopter]) ** 2).sum(axis=1)
        chosen[pool[np.argsort(far, kind="stable")[:NEIGHBOURS]]] = True
    return chosen, is_local


def _columns(panel: Panel, features: Floats, *, is_local: bool) -> Floats:
    """Return what the regression holds equal: the province's own course first, then prior course, size and traits as room allows."""
    provinces = sorted(set(panel.provinces))[1:] if is_local else []
    dummies = [(np.array(panel.provinces) == code).astype(float) for code in provinces]
    room = int((~panel.adopters).sum()) // CASES_PER_COLUMN - len(dummies)
    # The prior course stands last among the features and matters most.
    ordered = [features[:, column] for column in reversed(range(features.shape[1]))]
    told_apart = [column for column in ordered if np.ptp(column[~panel.adopters]) > 0]
    return np.column_stack([*dummies, *told_apart[: max(0, room)], np.zeros(len(panel.units))])[:, :-1]


def _weights(panel: Panel, per: int) -> Floats:
    """Return how far to trust each commune's rates: less where few cases make them jump, and never more than fourfold apart.

    The noise that few cases explain is taken off the changes from period to period; what is left is common to all communes.
    """
    steps = np.diff(panel.rates(per), axis=1)
    own = steps.var(axis=1) / 2
    few = (1 / panel.denominator).mean(axis=1)
    spread = few - few.mean()
    slope = max(0.0, float(spread @ (own - own.mean()) / max(float(spread @ spread), 1e-12)))
    common = max(float(own.mean() - slope * few.mean()), 0.05 * float(own.mean()), 1e-9)
    weights = 1 / (common + slope * few)
    weights = np.clip(weights / np.median(weights), 0.5, 2.0)
    return np.asarray(weights / weights.mean(), float)
