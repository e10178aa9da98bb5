"""Adds the desk's daily figures up per province and day, in the transaction that changed them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction

from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.measures import COLUMNS

# Two rollups at work in one province would each miss what the other has not committed, so they take turns per day.
_KEYS = """
SELECT DISTINCT place.parent_id, touched.day FROM unnest(%s::text[], %s::date[]) AS touched (commune_code, day)
JOIN places_place place ON place.code = touched.commune_code WHERE place.parent_id IS NOT NULL ORDER BY 1, 2
"""
_LOCK = (
    "SELECT pg_advisory_xact_lock(hashtextextended('province-day ' || key, 0)) FROM unnest(%s::text[]) AS key"
)
# So many keys would fill the server's table of locks; then the whole table is waited for, and its writers wait.
_MANY = 500
_LOCK_ALL = "LOCK TABLE oversight_provinceday IN SHARE ROW EXCLUSIVE MODE"
_CLEAR = "DELETE FROM oversight_provinceday WHERE (province_code, day) IN (SELECT * FROM unnest(%s::text[], %s::date[]))"
_FILL = (
    f"INSERT INTO oversight_provinceday (province_code, day, computed_at, {', '.join(COLUMNS)})"
    f" SELECT wanted.province_code, wanted.day, now(), {', '.join(f'sum(figure.{column})' for column in COLUMNS)}"
    " FROM unnest(%s::text[], %s::date[]) AS wanted (province_code, day)"
    " JOIN places_place place ON place.parent_id = wanted.province_code"
    " JOIN desk_dailyfigure figure ON figure.commune_code = place.code AND figure.day = wanted.day"
    " GROUP BY wanted.province_code, wanted.day"
)
_EVERY_KEY = "SELECT DISTINCT commune_code, day FROM desk_dailyfigure UNION SELECT code, day FROM places_place JOIN oversight_provinceday ON parent_id = province_code"


def on_days_recomputed(keys: Iterable[tuple[str, date]], **_signal: Any) -> None:
    """Follow the desk's rollup: add up the provinces of the (commune, day) keys it has just rewritten."""
    add_up_provinces(keys)


@transaction.atomic
def add_up_provinces(keys: Iterable[tuple[str, date]]) -> int:
    """Rebuild the province days that hold the given (commune, day) keys and return how many; safe to repeat."""
    touched = sorted(set(keys))
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [[commune for commune, _ in touched], [day for _, day in touched]])
        province_days: list[tuple[str, date]] = cursor.fetchall()
        wanted: list[Any] = [[province for province, _ in province_days], [day for _, day in province_days]]
        if len(province_days) > _MANY:
            cursor.execute(_LOCK_ALL)
        else:
            cursor.execute(_LOCK, [[f"{province} {day}" for province, day in province_days]])
        cursor.execute(_CLEAR, wanted)
        cursor.execute(_FILL, wanted)
    return len(province_days)


def rebuild_provinces() -> int:
    """Rebuild every province day; for a restored database or communes that moved to another province."""
    with transaction.atomic(), whole_nation(), connection.cursor() as cursor:
        cursor.execute(_EVERY_KEY)
        return add_up_provinces(cursor.fetchall())
