"""Months of the raw session table: made ahead, kept while one of their days is kept, then detached and dropped."""

from datetime import date

from django.db import connection

from aoxanh.desk.models import SupportSession
from aoxanh.kernel import clock
from aoxanh.privacy.queries import kept_since

FIRST_MONTH = date(2025, 7, 1)
MONTHS_AHEAD = 6
_ATTACHED = """
SELECT to_date(right(relname, 6), 'YYYYMM') FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
WHERE inhparent = 'desk_supportsession'::regclass ORDER BY 1
"""
_DETACHED = """
SELECT to_date(right(relname, 6), 'YYYYMM') FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND starts_with(relname, 'desk_detached_') ORDER BY 1
"""


def months_wanted() -> list[date]:
    """Return the months in which work can be stored: from the oldest that is kept to half a year ahead."""
    today = clock.today()
    first = max(FIRST_MONTH, kept_since(SupportSession.privacy) or FIRST_MONTH)
    numbers = range(first.year * 12 + first.month - 1, today.year * 12 + today.month - 1 + MONTHS_AHEAD + 1)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def make_partitions() -> None:
    """Make every wanted month; months that exist are left alone, and those let go of stay away."""
    with connection.cursor() as cursor:
        for month in months_wanted():
            cursor.execute("SELECT desk_make_partition(%s)", [month])


def attached_months() -> list[date]:
    """Return the months that hold raw rows, oldest first."""
    return _months(_ATTACHED)


def detached_months() -> list[date]:
    """Return the months that were detached and wait to be dropped."""
    return _months(_DETACHED)


def _months(query: str) -> list[date]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [month for (month,) in cursor.fetchall()]


def months_ahead() -> int:
    """Return how many months in a row after the present one can take sessions; -1 when even this one cannot."""
    there = set(attached_months())
    today = clock.today()
    month = today.year * 12 + today.month - 1
    ahead = -1
    while date(month // 12, month % 12 + 1, 1) in there:
        month, ahead = month + 1, ahead + 1
    return ahead
