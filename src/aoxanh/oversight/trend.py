"""How some days stand beside the same days of the weeks before: a Sunday is set beside Sundays, and the answer has an interval.

A week has a rhythm of its own, since service centres are closed at weekends; beside the days just before, every Monday would be a rise.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS, LEAST_WEEKS, MOST_DAYS = 8, 4, 7
# Student's t, 97.5 %, by the number of weeks less one.
_T = {3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365}


@dataclass(frozen=True, slots=True)
class Usual:
    """What was counted, what is usual on such days, and between which counts 95 of 100 such weeks would lie."""

    now: int
    usual: float
    low: float
    high: float
    weeks: int

    @property
    def side(self) -> str:
        """Return "above" or "below" where the count lies outside the interval, else "within"."""
        return "above" if self.now > self.high else "below" if self.now < self.low else "within"


def usual(counts: Mapping[date, int], first: date, last: date, began: date) -> Usual | None:
    """Return how the days from first to last stand; None for more than a week, or where too few weeks lie before.

    `counts` has the days with something; days from `began` on that it lacks had nothing.
    """
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if not 0 < len(days) <= MOST_DAYS:
        return None
    weeks = [week for week in range(1, WEEKS + 1) if first - timedelta(weeks=week) >= began]
    totals = [sum(counts.get(day - timedelta(weeks=week), 0) for day in days) for week in weeks]
    if len(totals) < LEAST_WEEKS or not any(totals):
        return None
    mean = sum(totals) / len(totals)
    spread = math.sqrt(sum((total - mean) ** 2 for total in totals) / (len(totals) - 1))
    half = _T[len(totals) - 1] * spread * math.sqrt(1 + 1 / len(totals))
    now = sum(counts.get(day, 0) for day in days)
    return Usual(now, mean, max(0.0, mean - half), mean + half, len(totals))
