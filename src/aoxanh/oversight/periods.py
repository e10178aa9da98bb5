"""The periods a board can show, and the equal one before that it is compared with."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from aoxanh.oversight.errors import UnfitPeriod, UnreadableDay

# The campaign began with the two-level local government on this day.
CAMPAIGN_BEGAN = date(2025, 7, 1)
LONGEST_DAYS = 1100
NAMES = ("today", "7days", "month", "last_month", "all", "custom")
DEFAULT = "7days"
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date
    name: str = "custom"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period | None":
        """The period of equal length that ends the day before; None when it would begin before the campaign."""
        first = self.first - timedelta(days=self.days)
        return Period(first, self.first - timedelta(days=1)) if first >= CAMPAIGN_BEGAN else None


def named_period(name: str, today: date) -> Period:
    """Return one of the ready-made periods as of a day; the default for a name that is none."""
    month = today.replace(day=1)
    ready = {
        "today": (today, today),
        "7days": (today - timedelta(days=6), today),
        "month": (month, today),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
        "all": (CAMPAIGN_BEGAN, today),
    }
    chosen = name if name in ready else DEFAULT
    return Period(*ready[chosen], name=chosen)


def custom_period(first: date, last: date) -> Period:
    """Return a period of one's own. Raises UnfitPeriod when it runs backwards or is too long."""
    if last < first or (last - first).days >= LONGEST_DAYS:
        raise UnfitPeriod(limit=LONGEST_DAYS, field="to")
    return Period(first, last)


def read_day(text: str, field: str = "") -> date:
    """Read a day as people type it (5/8/2025) or as machines do (2025-08-05). Raises UnreadableDay."""
    text = text.strip()
    if match := _VIETNAMESE.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise UnreadableDay(text=text[:20], field=field)
    try:
        return _within_reason(date(year, month, day))
    except ValueError:
        raise UnreadableDay(text=text[:20], field=field) from None


def _within_reason(day: date) -> date:
    """Keep far-off years out of date arithmetic, which would overflow on them."""
    if not 2000 <= day.year <= 2100:
        raise ValueError
    return day
