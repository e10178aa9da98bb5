"""Months of the raw session table, made ahead."""

from datetime import date

from django.db import connection

from aoxanh.kernel import clock

FIRST_MONTH = date(2025, 7, 1)
MONTHS_AHEAD = 6


def make_partitions() -> None:
    """Make every month from the campaign's first to half a year ahead; months that exist are left alone."""
    today = clock.today()
    last = today.year * 12 + today.month - 1 + MONTHS_AHEAD
    months = range(FIRST_MONTH.year * 12 + FIRST_MONTH.month - 1, last + 1)
    with connection.cursor() as cursor:
        for month in months:
            cursor.execute("SELECT desk_make_partition(%s)", [date(month // 12, month % 12 + 1, 1)])
