"""The sums behind a board, read from the rollup tables in a few fixed statements; no permission is checked here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from aoxanh.kernel.replica import reading_connection
from aoxanh.oversight.measures import COLUMNS, TOTALS
from aoxanh.oversight.periods import Period
from aoxanh.places import queries as places
from aoxanh.places.models import Place

Sums = dict[str, int]
NO_SUMS: Sums = dict.fromkeys(COLUMNS, 0)
# A line of a single day says nothing, so the series by day reaches back at least this far.
SHORTEST_SERIES = 14
_MOST_ACTIVE = 500
_ACTIVE: dict[tuple[str, date, date, str], dict[str, tuple[int, int]]] = {}
_PROVINCES = "oversight_provinceday"
_TEAMS = "desk_dailyfigure"
_ADDED = ", ".join(f"sum({column})" for column in COLUMNS)
_ADDED_TOTALS = ", ".join(f"sum({column})" for column in TOTALS)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a board's figures lie: a table, the rows of it that belong to the board, and the column of its children."""

    table: str
    condition: str
    values: tuple[Any, ...]
    child: str


def source_of(place: Place, team_id: UUID | None) -> Source:
    """Return where the figures of a place, or of one of its teams, lie."""
    if team_id is not None:
        return Source(_TEAMS, "commune_code = %s AND team_id = %s", (place.code, team_id), "day")
    if place.level == Place.Level.COMMUNE:
        return Source(_TEAMS, "commune_code = %s", (place.code,), "team_id")
    if place.level == Place.Level.PROVINCE:
        # Codes rather than a subquery: PostgreSQL then reads the communes by the key instead of the whole table.
        return Source(
            _TEAMS, "commune_code = ANY(%s)", (list(places.communes_within([place.code])),), "commune_code"
        )
    return Source(_PROVINCES, "true", (), "province_code")


def added_up(place: Place, team_id: UUID | None) -> Source:
    """Return where the figures of the board as a whole are cheapest to read, without its children."""
    if place.level == Place.Level.PROVINCE:
        return Source(_PROVINCES, "province_code = %s", (place.code,), "day")
    return source_of(place, team_id)


def sums_by_child(source: Source, period: Period) -> tuple[dict[str, Sums], dict[str, Sums] | None]:
    """Return each child's sums in the period and in the equal one before; None for the latter where there is none."""
    before = period.before
    # A day is text of digits and hyphens only; as a literal it keeps the statement's values in one order.
    columns = f"{source.child}::text, day >= '{period.first.isoformat()}', {_ADDED}"
    rows = _select(source, columns, "1, 2", Period((before or period).first, period.last))
    now: dict[str, Sums] = {}
    then: dict[str, Sums] = {}
    for child, is_now, *values in rows:
        (now if is_now else then)[child] = dict(zip(COLUMNS, map(int, values), strict=True))
    return now, then if before else None


def series(source: Source, period: Period, today: date) -> list[tuple[date, Sums]]:
    """Return the totals of every day, also of days without work, over at least two weeks and never beyond today."""
    last = max(period.first, min(period.last, today))
    first = min(period.first, last - timedelta(days=SHORTEST_SERIES - 1))
    shown = Period(first, last)
    rows = _select(source, f"day, {_ADDED_TOTALS}", "1", shown)
    known = {day: dict(zip(TOTALS, map(int, values), strict=True)) for day, *values in rows}
    nothing = dict.fromkeys(TOTALS, 0)
    days = (first + timedelta(days=number) for number in range(shown.days))
    return [(day, known.get(day, nothing)) for day in days]


def freshness(place: Place, team_id: UUID | None, period: Period) -> tuple[str, datetime | None]:
    """Return a stamp that changes whenever a figure of the board does, and when the newest was computed. Under 1 ms."""
    columns = "max(computed_at), count(*), coalesce(sum(sessions + minutes + volunteers), 0)"
    ((as_of, count, total),) = _select(added_up(place, team_id), columns, "()", period)
    moment = int(as_of.timestamp() * 1_000_000) if as_of else 0
    return f"{moment:x}-{count:x}-{int(total):x}-{period.first:%Y%m%d}-{period.last:%Y%m%d}", as_of


def active_communes(place: Place, period: Period, stamp: str) -> dict[str, tuple[int, int]]:
    """Return, by province code, how many communes had a session in the period and how many there are.

    Looks into every commune, which is the dearest part of the national board, so each process keeps the answer for as long as
    the board's `stamp` stands: it changes whenever a figure does.
    """
    key = (place.code, period.first, period.last, stamp)
    known = _ACTIVE.get(key)
    if known is None:
        if len(_ACTIVE) >= _MOST_ACTIVE:
            _ACTIVE.clear()
        known = _ACTIVE[key] = _count_active(place, period)
    return known


def _count_active(place: Place, period: Period) -> dict[str, tuple[int, int]]:
    within = "AND place.parent_id = %s" if place.level == Place.Level.PROVINCE else ""
    values: list[Any] = [period.first, period.last, *([place.code] if within else [])]
    with reading_connection().cursor() as cursor:
        cursor.execute(
            "SELECT place.parent_id, count(*) FILTER (WHERE EXISTS (SELECT FROM desk_dailyfigure figure"
            " WHERE figure.commune_code = place.code AND figure.day BETWEEN %s AND %s AND figure.sessions > 0)), count(*)"
            f" FROM places_place place WHERE place.level = 'commune' {within} GROUP BY 1",
            values,
        )
        return {province: (active, communes) for province, active, communes in cursor.fetchall()}


def _select(source: Source, columns: str, group: str, period: Period) -> list[Any]:
    statement = (
        f"SELECT {columns} FROM {source.table} WHERE {source.condition} AND day BETWEEN %s AND %s"
        f" GROUP BY {group} ORDER BY 1"
    )
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, [*source.values, period.first, period.last])
        rows: list[Any] = cursor.fetchall()
    return rows
