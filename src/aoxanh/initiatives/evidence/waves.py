"""Copying in waves whose order is drawn by lot, so that those still waiting are a fair comparison for those who began."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from aoxanh.initiatives.evidence.grade import FEWEST_ADOPTERS, FEWEST_AFTER
from aoxanh.initiatives.evidence.panel import Floats

MOST_WAVES = 8


class Misfit(StrEnum):
    """Why waves cannot be drawn so."""

    NUMBER_OF_WAVES = "number_of_waves"
    TOO_FEW_PLACES = "too_few_places"
    NOBODY_WAITS = "nobody_waits"
    OVER_CAPACITY = "over_capacity"
    TOO_CLOSE = "too_close"


class WavesUnfit(ValueError):
    """The waves asked for leave nothing fair to compare, or cannot be carried out; `bound` is the limit that was missed."""

    def __init__(self, misfit: Misfit, bound: int) -> None:
        super().__init__(f"{misfit}: {bound}")
        self.misfit = misfit
        self.bound = bound


@dataclass(frozen=True, slots=True)
class Wish:
    """How the coordinator wants it: so many waves so many periods apart, at most `capacity` communes in each (0: no limit).

    `waiting` communes are left to the end and begin only after the last wave was measured.
    """

    waves: int
    waiting: int
    apart: int = 3
    capacity: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """One trait: its mean in each wave and among those waiting, and the largest difference in standard deviations."""

    name: str
    means: tuple[float, ...]
    worst: float


@dataclass(frozen=True, slots=True)
class Waves:
    """The order drawn: for each commune its wave from 0, `len(sizes) - 1` being those who wait; the seed draws it again."""

    seed: int
    units: tuple[str, ...]
    wave: tuple[int, ...]
    sizes: tuple[int, ...]
    starts: tuple[int, ...]
    balance: tuple[Balance, ...]


def draw(
    units: Sequence[str],
    strata: Sequence[str],
    wish: Wish,
    seed: int,
    traits: tuple[Sequence[str], Floats] | None = None,
) -> Waves:
    """Draw by lot who begins when, evenly within each stratum (such as province and kind of place).

    The same communes in any order and the same seed give the same draw. Raises WavesUnfit.
    """
    if len(units) != len(strata) or len(set(units)) != len(units):
        raise ValueError("every commune needs one stratum, and may stand in the list once")
    sizes = _sizes(len(units), wish)
    rng = np.random.default_rng(seed)
    order = _in_strata(units, strata, rng)
    places = _places(sizes, rng)
    wave = [0] * len(units)
    for row, place in zip(order, places, strict=True):
        wave[row] = place
    return Waves(
        seed=seed,
        units=tuple(units),
        wave=tuple(wave),
        sizes=sizes,
        starts=tuple(number * wish.apart for number in range(wish.waves)),
        balance=_balance(traits, np.array(wave), len(sizes)) if traits else (),
    )


def _sizes(number: int, wish: Wish) -> tuple[int, ...]:
    """Return how many communes begin in each wave and how many wait, or say what is amiss."""
    if not 1 <= wish.waves <= MOST_WAVES:
        raise WavesUnfit(Misfit.NUMBER_OF_WAVES, MOST_WAVES)
    if wish.apart < FEWEST_AFTER:
        raise WavesUnfit(Misfit.TOO_CLOSE, FEWEST_AFTER)
    if wish.waiting < FEWEST_ADOPTERS:
        raise WavesUnfit(Misfit.NOBODY_WAITS, FEWEST_ADOPTERS)
    smallest = FEWEST_ADOPTERS * wish.waves + wish.waiting
    if number < smallest:
        raise WavesUnfit(Misfit.TOO_FEW_PLACES, smallest)
    begin, more = divmod(number - wish.waiting, wish.waves)
    if wish.capacity and begin + bool(more) > wish.capacity:
        raise WavesUnfit(Misfit.OVER_CAPACITY, wish.capacity * wish.waves + wish.waiting)
    return (*(begin + (wave < more) for wave in range(wish.waves)), wish.waiting)


def _in_strata(units: Sequence[str], strata: Sequence[str], rng: np.random.Generator) -> list[int]:
    """Return the rows stratum after stratum, each shuffled; by code first, so that the list's own order does not matter."""
    rows = sorted(range(len(units)), key=lambda row: units[row])
    shuffled = [rows[place] for place in rng.permutation(len(rows)).tolist()]
    names = sorted(set(strata))
    rank = {names[place]: number for number, place in enumerate(rng.permutation(len(names)).tolist())}
    return sorted(shuffled, key=lambda row: rank[strata[row]])


def _places(sizes: Sequence[int], rng: np.random.Generator) -> list[int]:
    """Return the waves in a row in which each comes around evenly, ties by lot: every stretch of it is a fair draw."""
    total = sum(sizes)
    due = [((turn + rng.random()) / size, wave) for wave, size in enumerate(sizes) for turn in range(size)]
    found = [wave for _, wave in sorted(due)]
    turn = int(rng.integers(total))
    return found[turn:] + found[:turn]


def _balance(
    traits: tuple[Sequence[str], Floats], wave: "np.ndarray[tuple[int], np.dtype[np.int64]]", groups: int
) -> tuple[Balance, ...]:
    names, values = traits
    spread = values.std(axis=0)
    told = []
    for column, name in enumerate(names):
        means = [float(values[wave == group, column].mean()) for group in range(groups)]
        apart = (max(means) - min(means)) / float(spread[column]) if spread[column] > 0 else 0.0
        told.append(Balance(name, tuple(means), apart))
    return tuple(told)
