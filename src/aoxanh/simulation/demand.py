"""When people come: weekdays, month ends, closed days, the first weeks, market days, and the seasons of the year.

Each factor is relative to an ordinary Wednesday at a service centre. What is taken from public reports and what is invented
is told in docs/develop/simulation.md.
"""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from aoxanh.desk.partitions import FIRST_MONTH

COUNTRY_DESK, TOWN_DESK, MOBILE = range(3)
PATTERNS = 3
WEEKDAYS = (
    (1.20, 1.10, 1.00, 0.95, 1.10, 0.40, 0.03),
    (1.25, 1.10, 1.00, 1.00, 1.10, 0.65, 0.04),
    (0.70, 0.70, 0.75, 0.70, 0.80, 1.20, 0.90),
)
MARKET_DAY = 2.4
MONTH_END_FROM, MONTH_END = 26, 1.3
CLOSED = (0.02, 0.02, 0.30)
FIRST_WEEKS, FIRST_WEEKS_FADE = 1.6, 16.0
PEAK_ENDS, AFTER_PEAK = date(2025, 8, 31), 0.6
SCHOOL, BEFORE_TET, YOUTH_MONTH = 1.2, 1.25, 1.15
NEW_YEARS_OF_THE_MOON = (date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13))
_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))
_HUNG_KINGS = (date(2026, 4, 26), date(2027, 4, 16), date(2028, 4, 4), date(2029, 4, 23))


def is_closed(day: date) -> bool:
    """Tell whether service centres are shut all day: Sundays and public holidays."""
    near_tet = any(-3 <= (day - tet).days <= 5 for tet in NEW_YEARS_OF_THE_MOON)
    return day.weekday() == 6 or (day.month, day.day) in _HOLIDAYS or near_tet or day in _HUNG_KINGS


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
