"""When people come: weekdays, month ends, closed days, the first weeks, market days, and the seasons of the year.

Each factor is relative to an ordinary Wednesday at a service centre. What is taken from public reports and what is invented
is told in docs/develop/simulation.md.
"""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from aoxanh.desk.partitions import FIRST_MONTH
from aoxanh.oversight.closed_days import NEW_YEARS_OF_THE_MOON, is_closed

__all__ = ["COUNTRY_DESK", "MOBILE", "TOWN_DESK", "day_factors", "days_between", "is_closed"]

COUNTRY_DESK, TOWN_DESK, MOBILE = range(3)
PATTERNS = 3
WEEKDAYS = (
    (1.20, 1.10, 1.00, 0.95, 1.10, 0.40, 0.03),
    (1.25, 1.10, 1.00, 1.00, 1.10, 0.65, 0.04),
    (0.50, 0.50, 0.55, 0.50, 0.60, 0.90, 0.40),
)
MARKET_DAY = 2.4
MONTH_END_FROM, MONTH_END = 26, 1.3
CLOSED = (0.02, 0.02, 0.30)
FIRST_WEEKS, FIRST_WEEKS_FADE = 1.6, 16.0
PEAK_ENDS, AFTER_PEAK = date(2025, 8, 31), 0.6
SCHOOL, BEFORE_TET, YOUTH_MONTH = 1.2, 1.25, 1.15


def day_factors(days: list[date]) -> NDArray[np.float64]:
    """Return the factor of each [pattern * 7 + market weekday, day]."""
    rows = [
        [_factor(day, pattern, market) for day in days] for pattern in range(PATTERNS) for market in range(7)
    ]
    return np.array(rows)


def days_between(first: date, last: date) -> list[date]:
    """Return every day from the first to the last."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _factor(day: date, pattern: int, market: int) -> float:
    factor = WEEKDAYS[pattern][day.weekday()] * _season(day)
    if day.day >= MONTH_END_FROM:
        factor *= MONTH_END
    if pattern == MOBILE and day.weekday() == market:
        factor *= MARKET_DAY
    if is_closed(day) and day.weekday() != 6:
        factor *= CLOSED[pattern]
    return factor


def _season(day: date) -> float:
    since = (day - FIRST_MONTH).days
    factor = (1.0 if day <= PEAK_ENDS else AFTER_PEAK) + FIRST_WEEKS * float(
        np.exp(-since / FIRST_WEEKS_FADE)
    )
    if (8, 20) <= (day.month, day.day) <= (9, 20):
        factor *= SCHOOL
    if any(5 <= (tet - day).days <= 25 for tet in NEW_YEARS_OF_THE_MOON):
        factor *= BEFORE_TET
    return factor * (YOUTH_MONTH if day.month == 3 else 1.0)
