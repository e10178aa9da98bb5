"""The server's clock, in one place so that tests can hold it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present calendar day in Vietnam."""
    return now().astimezone(VIETNAM).date()


def milliseconds(moment: datetime) -> int:
    """Return the moment as milliseconds since 1970 UTC, the form phones send."""
    return int(moment.timestamp() * 1000)


def from_milliseconds(value: int) -> datetime:
    """Return the moment that a phone's millisecond count names."""
    return datetime.fromtimestamp(value / 1000, UTC)
