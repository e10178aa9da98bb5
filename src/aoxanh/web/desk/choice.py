"""What a reader of the desk's pages chose: the days, and how a choice is kept in an address."""

from collections.abc import Mapping
from urllib.parse import urlencode

from aoxanh.desk.errors import TooManyDays
from aoxanh.desk.queries import MOST_DAYS
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight.periods import Period, custom_period, named_period, read_day
from aoxanh.web import numbers


def chosen_days(query: Mapping[str, str]) -> tuple[Period, DomainError | None]:
    """Return the days that ?from= and ?to= name, or the last 7 and why the given ones could not be taken."""
    today = clock.today()
    usual = named_period("7days", today)
    if not query.get("from") and not query.get("to"):
        return usual, None
    try:
        first = read_day(query.get("from") or numbers.day(usual.first), "from")
        period = custom_period(first, read_day(query.get("to") or numbers.day(today), "to"))
        if period.days > MOST_DAYS:
            raise TooManyDays(limit=MOST_DAYS, field="from")
    except DomainError as refusal:
        return usual, refusal
    return period, None


def query_of(query: Mapping[str, str], **changes: str) -> str:
    """Return the present choice with changes as the part of an address after the question mark; empty values are left out."""
    kept = {name: query[name] for name in ("state", "place", "from", "to", "show") if query.get(name)}
    return urlencode({name: value for name, value in {**kept, **changes}.items() if value})
