"""Campaigns with planted effects for `bench evidence`: real communes, invented weeks, adoption as it happens.

Nothing here is made to suit an estimator: chances move on the logit scale while effects are points; provinces and communes have
shocks that last for weeks; work swings, and stops at Tết; adoption falls into the middle of a period; who adopts depends on how a
commune did before.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aoxanh.initiatives.evidence.panel import NEVER, Floats, Ints, Panel
from aoxanh.staffing.allocation.instance import Place

WEEKS, PERIOD = 52, 4
PROVINCES = 4
FIRST, LAST = 22, 40  # weeks in which communes adopt
TET = (31, 32)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is planted: points by week since adoption and by whether a place is hard to reach; and how adopters come about."""

    key: str
    effect: Callable[[Floats, Floats], Floats]
    adopters: tuple[int, int] = (10, 26)
    by_level: float = 0.0
    by_trend: float = 0.0
    by_dip: float = 0.0


@dataclass(frozen=True, slots=True)
class Campaign:
    """One drawn campaign and the truth: by commune and period, by how many points its share was moved."""

    panel: Panel
    moved: Floats


def _nothing(since: Floats, _hard: Floats) -> Floats:
    return np.zeros_like(since)


def _constant(since: Floats, _hard: Floats) -> Floats:
    return np.full_like(since, 8.0)


def _fading(since: Floats, _hard: Floats) -> Floats:
    return 14.0 * 0.5 ** (since / 8)


def _by_place(since: Floats, hard: Floats) -> Floats:
    return np.where(hard > 0, 14.0, 3.0) + 0 * since


SCENARIOS = (
    Scenario("zero", _nothing),
    Scenario("zero_selected", _nothing, by_level=-0.7, by_trend=0.5),
    Scenario("zero_few", _nothing, adopters=(6, 8)),
    Scenario("zero_after_dip", _nothing, by_dip=-0.8),
    Scenario("constant", _constant),
    Scenario("constant_selected", _constant, by_level=-0.7, by_trend=0.5),
    Scenario("fading", _fading),
    Scenario("by_place", _by_place, by_level=-0.4),
)


def draw(scenario: Scenario, nation: list[Place], rng: np.random.Generator) -> Campaign:
    """Draw one campaign in some provinces."""
    codes = rng.choice(sorted({place.province for place in nation}), PROVINCES, replace=False).tolist()
    places = [place for place in nation if place.province in codes]
    number = len(places)
    home = np.array([codes.index(place.province) for place in places])
    ward = np.array([place.town for place in places], float)
    hard = np.array([place.border or place.remote or place.island for place in places], float)
    level = rng.normal(0.3, 0.45, number) + 0.25 * ward - 0.35 * hard
    trend = rng.normal(0, 0.25, number)
    time = np.arange(WEEKS) / WEEKS
    chance = level[:, None] + trend[:, None] * time + 0.15 * np.sin(2 * np.pi * time)
    chance = chance + _lasting(rng, PROVINCES, 0.15, 0.9)[home] + _lasting(rng, number, 0.25, 0.8)
    share = 1 / (1 + np.exp(-chance))
    work = _work(rng, number, ward)
    began = _adoptions(scenario, rng, home, level, trend, share)
    since = np.arange(WEEKS)[None, :] - began[:, None]
    planted = np.where(
        (began >= 0)[:, None] & (since >= 0), scenario.effect(np.maximum(since, 0.0), hard[:, None]), 0
    )
    moved = np.clip(share + planted / 100, 0.01, 0.99) - np.clip(share, 0.01, 0.99)
    finished = rng.binomial(work, np.clip(share, 0.01, 0.99) + moved)
    cases = _by_period(work.astype(float))
    with np.errstate(invalid="ignore"):
        truth = 100 * _by_period(work * moved) / cases
    panel = Panel(
        units=tuple(place.code for place in places),
        provinces=tuple(place.province for place in places),
        numerator=_by_period(finished.astype(float)),
        denominator=cases,
        adopted=np.where(began >= 0, began // PERIOD, NEVER),
        traits=np.column_stack([ward, hard]),
        names=("ward", "hard"),
        kinds=tuple("hard" if each else "easy" for each in hard),
    )
    return Campaign(panel, truth)


def _work(rng: np.random.Generator, number: int, ward: Floats) -> Ints:
    """Return sessions by commune and week: from a few to hundreds, swinging for weeks, hardly any at Tết."""
    usual = rng.lognormal(2.7, 0.7, number) * (1 + 0.6 * ward)
    swing = np.exp(_lasting(rng, number, 0.3, 0.7)) * rng.gamma(6, 1 / 6, (number, WEEKS))
    swing[:, TET] *= 0.15
    return np.asarray(rng.poisson(usual[:, None] * swing), np.int64)


def _adoptions(
    scenario: Scenario, rng: np.random.Generator, home: Ints, level: Floats, trend: Floats, share: Floats
) -> Ints:
    """Return the week in which each commune began, or NEVER; the draw leans on level, trend and the weeks just before.

    Word of an initiative spreads within a province, so some provinces have most of the adopters.
    """
    recent = share[:, FIRST - 8 : FIRST].mean(axis=1) - share[:, : FIRST - 8].mean(axis=1)
    leaning = scenario.by_level * _z(level) + scenario.by_trend * _z(trend) + scenario.by_dip * _z(recent)
    leaning = leaning + rng.normal(0, 1, PROVINCES)[home]
    order = np.argsort(-(leaning + rng.gumbel(size=len(level))))
    began = np.full(len(level), NEVER, np.int64)
    wanted = int(rng.integers(scenario.adopters[0], scenario.adopters[1] + 1))
    # After a dip the commune acts at once; otherwise dates are spread over months.
    last = FIRST + 4 if scenario.by_dip else LAST
    began[order[:wanted]] = rng.integers(FIRST, last, wanted)
    return began


def _lasting(rng: np.random.Generator, number: int, spread: float, memory: float) -> Floats:
    """Return shocks that fade with the weeks."""
    noise = rng.normal(0, spread, (number, WEEKS))
    found = np.empty_like(noise)
    found[:, 0] = noise[:, 0]
    for week in range(1, WEEKS):
        found[:, week] = memory * found[:, week - 1] + np.sqrt(1 - memory**2) * noise[:, week]
    return found


def _by_period(weeks: Floats) -> Floats:
    return np.asarray(weeks.reshape(len(weeks), WEEKS // PERIOD, PERIOD).sum(axis=2), float)


def _z(values: Floats) -> Floats:
    return np.asarray((values - values.mean()) / values.std(), float)
