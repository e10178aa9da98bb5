"""Where an initiative would help next: communes most like those where it worked, that would gain most, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from aoxanh.initiatives.evidence.estimate import Evidence
from aoxanh.initiatives.evidence.fit import Interval
from aoxanh.initiatives.evidence.panel import Floats, Ints

NEAREST = 3  # adopters that a commune's likeness is taken from
UNLIKE = 0.2  # less alike than this, and nothing is promised


class Reason(StrEnum):
    """Why a commune is offered, or what speaks against it."""

    ALIKE = "alike"  # value: likeness 0 to 1; other: the nearest adopter
    KIND = "kind"  # value: effect in such places; other: the kind
    BEHIND = "behind"  # value: its level; beside: the usual level
    NEAR_CEILING = "near_ceiling"  # value: its level; beside: the ceiling
    BUSY = "busy"  # value: cases in a period; beside: the usual number
    SAME_PROVINCE = "same_province"  # value: adopters there


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason with its numbers; `other` names a commune or kind where the reason has one."""

    reason: Reason
    value: float
    beside: float = 0.0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Nation:
    """The communes that could copy: level of the indicator now, cases in a period, traits, and which adopted already.

    `ceiling` is the highest level there can be, such as 100 of 100; None where there is none.
    """

    units: tuple[str, ...]
    provinces: tuple[str, ...]
    kinds: tuple[str, ...]
    level: Floats
    cases: Floats
    traits: Floats
    adopted: NDArray[np.bool_]
    ceiling: float | None = 100.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune that would gain: points and cases in a period, each with a 95 % interval, and the grounds."""

    unit: str
    likeness: float
    points: float
    points_low: float
    points_high: float
    gain: float
    gain_low: float
    gain_high: float
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """What is expected of a kind of place before looking at the single commune."""

    value: float
    error: float


def candidates(nation: Nation, evidence: Evidence, most: int = 100) -> list[Candidate]:
    """Return the communes that would gain most in cases, best first; empty where the evidence shows no effect to copy.

    A kind's own effect counts as far as it is known and is drawn to the effect everywhere for the rest; what a commune can gain is
    bounded by what it lacks; places unlike every adopter are promised less.
    """
    effect = evidence.effect
    sign = 1 if evidence.indicator.higher_is_better else -1
    adopters = np.flatnonzero(nation.adopted)
    if effect is None or sign * effect.value <= 0 or not len(adopters):
        return []
    beliefs = shrunken(effect, evidence.kinds)
    likeness, nearest = _likeness(nation, adopters)
    room = _room(nation, adopters, sign)
    told = [beliefs.get(kind, beliefs[""]) for kind in nation.kinds]
    scale = likeness * room
    points = np.array([belief.value for belief in told]) * scale
    # An unlike place may differ by as much as the whole effect; that doubt is added to the error of the estimate.
    doubt = (1 - likeness) * abs(effect.value) / 2
    error = np.sqrt((np.array([belief.error for belief in told]) * room) ** 2 + doubt**2)
    per_case = nation.cases / evidence.indicator.per
    open_to = ~nation.adopted & (likeness >= UNLIKE) & (sign * points > 0)
    rows = np.flatnonzero(open_to)
    usual = _Usual(nation)
    order = rows[np.lexsort((rows, -sign * (points * per_case)[rows]))][:most]
    return [
        Candidate(
            unit=nation.units[row],
            likeness=float(likeness[row]),
            points=float(points[row]),
            points_low=float(points[row] - 1.96 * error[row]),
            points_high=float(points[row] + 1.96 * error[row]),
            gain=float(points[row] * per_case[row]),
            gain_low=float((points[row] - 1.96 * error[row]) * per_case[row]),
            gain_high=float((points[row] + 1.96 * error[row]) * per_case[row]),
            grounds=usual.grounds(row, float(likeness[row]), int(nearest[row]), told[row], sign),
        )
        for row in order.tolist()
    ]


def shrunken(effect: Interval, kinds: Sequence[tuple[str, Interval]]) -> dict[str, Belief]:
    """Return what to expect of each kind, "" for kinds nothing is known of.

    The spread between kinds beyond their own errors is that of DerSimonian and Laird (1986); without any, every kind gets the
    effect of all.
    """
    between = _between([told for _, told in kinds])
    found = {"": Belief(effect.value, float(np.sqrt(effect.error**2 + between)))}
    for kind, told in kinds:
        own, shared = (1 / told.error**2 if told.error else 0.0), (1 / between if between else np.inf)
        weight = own / (own + shared) if np.isfinite(shared) else 0.0
        value = weight * told.value + (1 - weight) * effect.value
        error = float(np.sqrt(weight * told.error**2 + (1 - weight) ** 2 * effect.error**2))
        found[kind] = Belief(float(value), error)
    return found


def _between(kinds: Sequence[Interval]) -> float:
    """Return the variance between kinds that their own errors do not explain."""
    known = [told for told in kinds if told.error > 0]
    if len(known) < 2:
        return 0.0
    weights = np.array([1 / told.error**2 for told in known])
    values = np.array([told.value for told in known])
    middle = float(weights @ values / weights.sum())
    excess = float(weights @ (values - middle) ** 2) - (len(known) - 1)
    return max(0.0, excess / float(weights.sum() - (weights**2).sum() / weights.sum()))


def _likeness(nation: Nation, adopters: Ints) -> tuple[Floats, Ints]:
    """Return how alike each commune is to its nearest adopters, 1 for the same, and the row of the nearest one."""
    from scipy.spatial import KDTree

    features = np.column_stack([nation.traits, nation.level, np.log1p(nation.cases)])
    spread = features.std(axis=0)
    features = (features - features.mean(axis=0)) / np.where(spread > 0, spread, 1)
    nearest = min(NEAREST, len(adopters))
    far, which = KDTree(features[adopters]).query(features, k=[*range(1, nearest + 1)])
    alike = np.exp(-(far.mean(axis=1) ** 2) / (2 * features.shape[1]))
    return np.asarray(alike, float), np.asarray(adopters[which[:, 0]], np.int64)


def _room(nation: Nation, adopters: Ints, sign: int) -> Floats:
    """Return what a commune lacks beside what adopters lacked, at most 1: nobody is promised more than was seen."""
    if nation.ceiling is None:
        return np.ones(len(nation.units))
    lacks = nation.ceiling - nation.level if sign > 0 else nation.level
    usual = float(lacks[adopters].mean())
    return np.clip(lacks / usual, 0.0, 1.0) if usual > 0 else np.ones(len(nation.units))


class _Usual:
    """What is usual in the nation, looked up once, and a commune's grounds beside it."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.level = float(np.median(nation.level))
        self.cases = float(np.median(nation.cases))
        self.there = Counter(
            code for code, adopted in zip(nation.provinces, nation.adopted.tolist(), strict=True) if adopted
        )

    def grounds(
        self, row: int, likeness: float, nearest: int, belief: Belief, sign: int
    ) -> tuple[Ground, ...]:
        nation = self.nation
        level, cases = float(nation.level[row]), float(nation.cases[row])
        there = self.there[nation.provinces[row]]
        found = [
            Ground(Reason.ALIKE, likeness, other=nation.units[nearest]),
            Ground(Reason.KIND, belief.value, other=nation.kinds[row]),
        ]
        if sign * (self.level - level) > 0:
            found.append(Ground(Reason.BEHIND, level, self.level))
        if nation.ceiling is not None and sign > 0 and level > 0.9 * nation.ceiling:
            found.append(Ground(Reason.NEAR_CEILING, level, nation.ceiling))
        if cases > 1.5 * self.cases:
            found.append(Ground(Reason.BUSY, cases, self.cases))
        if there:
            found.append(Ground(Reason.SAME_PROVINCE, float(there)))
        return tuple(found)
