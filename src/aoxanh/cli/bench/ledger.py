"""bench ledger: does the 95 % interval of the confirmed share, and that of blind checks, hold the truth in 95 of 100 simulated units.

A unit has team days of differing size. On each, citizens answer at a rate of its own and by channels that differ in weight; an answer
is the citizen's own with the probability that its weight says. The truth is the unit's long-run share of genuine confirmations,
which no single period shows. Checks are drawn without putting back from sessions of which a known number is right. The baseline
is Wald's interval of the same weighted share.
"""

from itertools import product
from math import sqrt

import numpy as np

from aoxanh.cli.bench import Report
from aoxanh.desk.channels import TERMS, Channel
from aoxanh.oversight.ledger.counts import Counts
from aoxanh.oversight.ledger.estimate import confirmed_share, passed_share

LEVEL, Z = 0.95, 1.96
TIMES = 1_000
# Team days of a unit, and mean sessions of one.
UNITS = {"small": (5, 6.0), "middle": (15, 8.0), "large": (120, 12.0)}
RATES = (0.2, 0.45, 0.7)
# Correlation of answers within a team day.
CORRELATIONS = (0.02, 0.08)
MIXES = ((1.0, 0.0, 0.0, 0.0), (0.6, 0.2, 0.15, 0.05))
CHANNELS = (Channel.QR, Channel.BUTTON, Channel.SLIP, Channel.CALLBACK)
# Sessions of a unit, how many of them are right, and how many are checked.
CHECKS = ((60, 48, 20), (300, 195, 40), (2_000, 1_700, 100))
WEIGHTS = {channel.value: TERMS[channel].weight for channel in CHANNELS}


def measure(*, seed: int, size: float) -> Report:
    """Return how far the coverage of both intervals is from 95 points, as a whole and in the worst kind of unit."""
    times = max(20, round(TIMES * size))
    report = Report(goals={"coverage_error_points": ("<=", 1)})
    ours: dict[str, list[float]] = {}
    wald: list[float] = []
    for number, (name, rate, correlation, mix) in enumerate(product(UNITS, RATES, CORRELATIONS, MIXES)):
        random = np.random.default_rng((seed, number))
        held, plain = _coverage(random, UNITS[name], (rate, correlation), np.array(mix), times)
        ours.setdefault(name, []).append(held)
        wald.append(plain)
    every = [held for part in ours.values() for held in part]
    report.figures["coverage_pct"] = 100 * float(np.mean(every))
    report.figures["coverage_error_points"] = abs(100 * float(np.mean(every)) - 100 * LEVEL)
    for name, part in ours.items():
        report.figures[f"coverage_{name}_pct"] = 100 * float(np.mean(part))
    report.figures["coverage_lowest_pct"] = 100 * min(every)
    report.figures["coverage_checks_pct"] = 100 * _checks_coverage(np.random.default_rng((seed, 99)), times)
    report.baselines["wald_coverage_pct"] = 100 * float(np.mean(wald))
    report.baselines["wald_error_points"] = abs(100 * float(np.mean(wald)) - 100 * LEVEL)
    report.size = {"units": times * len(every), "kinds_of_unit": len(every)}
    return report


def _coverage(
    random: np.random.Generator,
    unit: tuple[int, float],
    answers: tuple[float, float],
    mix: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    times: int,
) -> tuple[float, float]:
    """Return how often our interval, and Wald's, held the long-run share of genuine confirmations."""
    rate, correlation = answers
    genuine = np.array([WEIGHTS[channel.value] for channel in CHANNELS]) / 100
    truth = rate * float(mix @ genuine)
    days, mean = unit
    ours = wald = 0
    for _ in range(times):
        asked = random.poisson(mean - 1, days) + 1
        spread = (1 - correlation) / correlation
        daily = random.beta(rate * spread, (1 - rate) * spread, days)
        said = random.multinomial(random.binomial(asked, daily), mix)
        counts = _counts(asked, said)
        held = confirmed_share(counts, WEIGHTS)
        ours += held.low <= truth <= held.high
        value = held.value or 0.0
        wald += abs(value - truth) <= Z * sqrt(value * (1 - value) / counts.asked)
    return ours / times, wald / times


def _counts(
    asked: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    said: "np.ndarray[tuple[int, int], np.dtype[np.int64]]",
) -> Counts:
    credit = said @ np.array([WEIGHTS[channel.value] for channel in CHANNELS])
    return Counts(
        reported=int(asked.sum()),
        asked=int(asked.sum()),
        said={channel.value: int(number) for channel, number in zip(CHANNELS, said.sum(0), strict=True)},
        team_days=len(asked),
        squares=(int(asked @ asked), int(credit @ asked), int(credit @ credit)),
    )


def _checks_coverage(random: np.random.Generator, times: int) -> float:
    """Return how often the interval of blind checks held the share of right sessions among all of the unit's."""
    held = 0
    for population, right, drawn in CHECKS:
        for passed in random.hypergeometric(right, population - right, drawn, times).tolist():
            found = passed_share(Counts(reported=population, passed=passed, failed=drawn - passed))
            held += found.low <= right / population <= found.high
    return held / (times * len(CHECKS))
