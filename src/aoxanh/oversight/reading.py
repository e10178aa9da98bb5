"""The sums behind a board, read from the rollup tables in a few fixed statements; no permission is checked here."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from aoxanh.kernel.replica import reading_connection
from aoxanh.oversight.measures import COLUMNS, LEDGER, TOTALS
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
# Without the cast a sum of province days is a numeric, which costs more to print and to read than it cost to add up.
_ADDED = ", ".join(f"sum({column})::bigint" for column in COLUMNS)
# What a board draws of each day: its totals, and what others say of them.
OF_DAYS = (*TOTALS, *LEDGER)
_ADDED_OF_DAYS = ", ".join(f"sum({column})::bigint" for column in OF_DAYS)
_FRESH = "sum(sessions + minutes + volunteers)::bigint"


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


def teams_of(place: Place) -> Source:
    """Return where the figures of the teams of a commune or province lie, a team a child."""
    return replace(source_of(place, None), child="team_id")


def sums_by_child(source: Source, period: Period) -> tuple[dict[str, Sums], dict[str, Sums] | None]:
    """Return each child's sums in the period and in the equal one before; None for the latter where there is none."""
    before = period.before
    # A day is text of digits and hyphens only; as a literal it keeps the statement's values in one order.
    is_now = f"day >= '{period.first.isoformat()}'"
    columns = f"{source.child}::text, {is_now}, {_ADDED}"
    rows = _select(
        source, columns, f"{source.child}, {is_now}", Period((before or period).first, period.last)
    )
    now: dict[str, Sums] = {}
    then: dict[str, Sums] = {}
    for row in rows:
        (now if row[1] else then)[row[0]] = dict(zip(COLUMNS, row[2:], strict=True))
    return now, then if before else None


def sums_of_children(source: Source, period: Period) -> dict[str, Sums]:
    """Return each child's sums in the period alone."""
    rows = _select(source, f"{source.child}::text, {_ADDED}", source.child, period)
    return {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in rows}


def sessions_by_child(source: Source, period: Period) -> dict[str, Sums]:
    """Return each child's sessions only: of a province's many rows that is a quarter of what all sums cost."""
    rows = _select(source, f"{source.child}::text, sum(sessions)::bigint", source.child, period)
    return {child: {"sessions": sessions} for child, sessions in rows}


def sessions_by_day(source: Source, period: Period) -> dict[date, int]:
    """Return the sessions of each day that has a row."""
    return dict(_select(source, "day, sum(sessions)::bigint", "day", period))


def sums(source: Source, period: Period) -> Sums:
    """Return the sums of a period without the children."""
    ((*added,),) = _select(source, _ADDED, "()", period)
    return {column: value or 0 for column, value in zip(COLUMNS, added, strict=True)}


@dataclass(frozen=True, slots=True)
class Days:
    """The totals and the ledger's counts of every day that a board draws, its stamp, and when the newest figure of the period was computed."""

    series: list[tuple[date, Sums]]
    stamp: str
    as_of: datetime | None


def days(source: Source, period: Period, today: date) -> Days:
    """Return the totals and the ledger's counts of every day, also of days without work, over at least two weeks and never beyond today.

    The stamp is the one that `freshness` returns, made of the same rows on the way.
    """
    shown = _drawn(period, today)
    columns = f"day, max(computed_at), count(*), {_FRESH}, {_ADDED_OF_DAYS}"
    rows = _select(source, columns, "day", _read(period, today))
    known = {row[0]: dict(zip(OF_DAYS, row[4:], strict=True)) for row in rows}
    nothing = dict.fromkeys(OF_DAYS, 0)
    every_day = (shown.first + timedelta(days=number) for number in range(shown.days))
    stamp = _stamp(
        max((row[1] for row in rows), default=None),
        sum(row[2] for row in rows),
        sum(row[3] for row in rows),
        period,
    )
    as_of = max((row[1] for row in rows if row[0] >= period.first), default=None)
    return Days([(day, known.get(day, nothing)) for day in every_day], stamp, as_of)


def freshness(place: Place, team_id: UUID | None, period: Period, today: date) -> str:
    """Return a stamp that changes whenever a figure of the board does, those of the days before included. Under 1 ms."""
    columns = f"max(computed_at), count(*), coalesce({_FRESH}, 0)"
    ((newest, count, total),) = _select(added_up(place, team_id), columns, "()", _read(period, today))
    return _stamp(newest, count, total, period)


def _stamp(newest: datetime | None, count: int, total: int, period: Period) -> str:
    moment = int(newest.timestamp() * 1_000_000) if newest else 0
    return f"{moment:x}-{count:x}-{total:x}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"


def _drawn(period: Period, today: date) -> Period:
    """Return the days that the board's line and columns show."""
    last = max(period.first, min(period.last, today))
    return Period(min(period.first, last - timedelta(days=SHORTEST_SERIES - 1)), last)


def _read(period: Period, today: date) -> Period:
    """Return all days of which a board shows anything: the period, the equal one before, and those drawn."""
    return Period(min(_drawn(period, today).first, (period.before or period).first), period.last)


def active_communes(place: Place, period: Period, stamp: str) -> dict[str, tuple[int, int]]:
    """Return, by province code, how many communes had a session in the period and how many there are.

    Looks into every commune, which is the dearest part of the national board, so each process keeps the answer for as long as
    the board's `stamp` stands: it changes whenever a figure does. A province's own board counts its rows instead.
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
