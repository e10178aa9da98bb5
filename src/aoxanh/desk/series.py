"""The rollup as a series: sums by commune and period, for rooms that follow a change over time."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import connection

from aoxanh.desk.rollup import MEASURES

Sums = dict[tuple[str, int], tuple[int, ...]]
"""By commune and number of the period, the sums in the order of the columns."""


def sums_by_period(
    communes: Collection[str], columns: Sequence[str], first: date, periods: int, days: int
) -> Sums:
    """Return the sums of some of the rollup's columns in periods of so many days from `first` on; a period without work is left out.

    One pass over the days asked for, as far as the transaction reaches. Raises ValueError for a column the rollup does not have.
    """
    if not set(columns) <= set(MEASURES):
        raise ValueError("only what the rollup counts can be read as a series")
    added = ", ".join(f"sum({column})::bigint" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT commune_code, (day - %s::date) / %s AS period, {added} FROM desk_dailyfigure"
            " WHERE commune_code = ANY(%s) AND day BETWEEN %s AND %s GROUP BY 1, 2",
            [first, days, list(communes), first, first + timedelta(days=periods * days - 1)],
        )
        return {(code, period): tuple(sums) for code, period, *sums in cursor.fetchall()}


def first_day() -> date | None:
    """Return the first day that anything was counted of, as far as the transaction reaches."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(day) FROM desk_dailyfigure WHERE sessions > 0")
        found: date | None = cursor.fetchone()[0]
    return found
