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


def months_ahead() -> int:
    """Return how many months in a row after the present one can take sessions; -1 when even this one cannot."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'desk_supportsession'::regclass"
        )
        there = {name.rpartition("_")[2] for (name,) in cursor.fetchall()}
    today = clock.today()
    month = today.year * 12 + today.month - 1
    ahead = -1
    while f"{date(month // 12, month % 12 + 1, 1):%Y%m}" in there:
        month, ahead = month + 1, ahead + 1
    return ahead
