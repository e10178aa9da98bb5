"""Two plain ways of looking for made-up work, as spreadsheets do it: fixed thresholds, and z-scores over everybody."""

import numpy as np
from numpy.typing import NDArray

from aoxanh.oversight.anomaly import People, Work
from aoxanh.oversight.anomaly.signs import NIGHT_BEGINS, NIGHT_ENDS
from aoxanh.oversight.anomaly.work import Floats, local, person_days

MOST_A_DAY, MOST_MINUTES, MOST_AT_NIGHT, MOST_COUNTED, MOST_ROUND, MOST_SMOOTH = 20, 480, 0.5, 500, 0.9, 0.9
TOO_MANY_SIGMAS = 3.0


def by_fixed_thresholds(work: Work, people: People) -> NDArray[np.bool_]:
    """Flag whoever passes a limit that anybody would write down: 20 sessions or 8 hours in a day, half at night, 500 files at once, 9 in 10 round or smooth."""
    figures = _figures(work, len(people))
    limits = (MOST_A_DAY, MOST_MINUTES, MOST_AT_NIGHT, MOST_COUNTED, MOST_ROUND, MOST_SMOOTH)
    passed = [figure > limit for figure, limit in zip(figures, limits, strict=True)]
    found: NDArray[np.bool_] = np.any(passed, axis=0)
    return found


def by_z_scores(work: Work, people: People) -> NDArray[np.bool_]:
    """Flag whoever is three standard deviations above the mean of all in any figure."""
    working = np.zeros(len(people), bool)
    working[work.volunteer] = True
    found = np.zeros(len(people), bool)
    for figure in _figures(work, len(people)):
        mean, deviation = figure[working].mean(), figure[working].std()
        found |= working & (figure > mean + TOO_MANY_SIGMAS * deviation)
    return found


def _figures(work: Work, count: int) -> tuple[Floats, ...]:
    """Return most sessions and most minutes in a day, shares at night, largest count, shares of round minutes and of smooth help."""
    days, who = person_days(work), work.volunteer
    total = np.maximum(1, np.bincount(who, minlength=count))
    helps = np.maximum(1, np.bincount(who, work.helped, count))
    clock = local(work.saved)
    night = (clock >= NIGHT_BEGINS) | (clock < NIGHT_ENDS)
    most = [np.zeros(count, np.int64) for _ in range(3)]
    np.maximum.at(most[0], days.volunteer, days.size)
    np.maximum.at(most[1], days.volunteer, days.total(days.rows.minutes))
    np.maximum.at(most[2], who, work.quantity)
    round_minutes = work.helped & (work.minutes % 5 == 0)
    return (
        most[0].astype(np.float64),
        most[1].astype(np.float64),
        np.bincount(who, night, count) / total,
        most[2].astype(np.float64),
        np.bincount(who, round_minutes, count) / helps,
        np.bincount(who, work.smooth, count) / helps,
    )
