"""What waits in a place: help that no official has settled, complaints and difficulties without an answer, tasks past their day.

A count without its oldest day would hide the one case that nobody touches. Questions about a volunteer's figures are not counted:
they are between that person and whoever coaches. A case that came back has no end of its own here; the hand-over it leads to has.
"""

import time
from dataclasses import dataclass
from datetime import date

from aoxanh.kernel import clock, replica
from aoxanh.kernel.replica import reading_connection
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place

KINDS = ("handover", "complaint", "difficulty", "task")
NATION_SECONDS = 60
"""The nation's is read of every open row, so each process counts it once a minute at most."""
_MADE = "(made_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
# What waits, the column of its place, the day it is reckoned from, and the table.
_OPEN = (
    ("handover", "commune_code", "day", "desk_handover WHERE state IN ('waiting', 'taken')"),
    ("complaint", "commune_id", _MADE, "oversight_feedback WHERE answered_at IS NULL"),
    ("difficulty", "place_id", "made_on", "oversight_difficulty WHERE answered_at IS NULL"),
    (
        "task",
        "place_id",
        "due_on",
        "oversight_supervisiontask WHERE closed_at IS NULL AND account_id IS NULL AND due_on < %(today)s",
    ),
)
_nation: dict[str, tuple[float, "Backlog"]] = {}


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of a kind, or at a place below, waits and since which day."""

    key: str
    count: int
    oldest: date


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits by kind, in a fixed order, and by province or commune below, the most first."""

    kinds: list[Waiting]
    places: list[Waiting]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.kinds)

    @property
    def oldest(self) -> date | None:
        return min((one.oldest for one in self.kinds), default=None)


def backlog(place: Place, actor: Actor) -> Backlog:
    """Return what waits in a place and below it now; one statement. Raises NotAllowed where the actor may not read its board."""
    require(actor, Permission.BOARD_READ, place)
    if place.level != Place.Level.NATION:
        return replica.read(lambda: _read(place)).answer
    counted_at, known = _nation.get(place.code, (0.0, None))
    if known is None or time.monotonic() - counted_at > NATION_SECONDS:
        known = replica.read(lambda: _read(place)).answer
        _nation[place.code] = (time.monotonic(), known)
    return known


def forget_nation() -> None:
    """Have the nation's backlog counted anew when it is asked for next."""
    _nation.clear()


def _read(place: Place) -> Backlog:
    is_nation = place.level == Place.Level.NATION
    codes = [] if is_nation else [place.code]
    if place.level == Place.Level.PROVINCE:
        codes += places.communes_within([place.code])
    parts = [
        f"SELECT '{kind}' AS kind, {column} AS place, count(*) AS waiting, min({day}) AS oldest FROM {table}"
        + ("" if is_nation else f" AND {column} = ANY(%(codes)s)")
        + f" GROUP BY {column}"
        for kind, column, day, table in _OPEN
    ]
    statement = f"SELECT kind, place, waiting, oldest FROM ({' UNION ALL '.join(parts)}) told"
    if is_nation:
        statement = (
            "SELECT told.kind, CASE WHEN p.level = 'commune' THEN p.parent_id ELSE p.code END, sum(waiting)::bigint, min(oldest)"
            f" FROM ({statement}) told JOIN places_place p ON p.code = told.place GROUP BY 1, 2"
        )
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, {"codes": codes, "today": clock.today()})
        rows: list[tuple[str, str, int, date]] = cursor.fetchall()
    below = [(at, count, day) for _kind, at, count, day in rows if at != place.code]
    kinds = _added([(kind, count, day) for kind, _at, count, day in rows])
    return Backlog(
        sorted(kinds, key=lambda one: KINDS.index(one.key)),
        sorted(_added(below), key=lambda one: (-one.count, one.oldest, one.key)),
    )


def _added(rows: list[tuple[str, int, date]]) -> list[Waiting]:
    found: dict[str, Waiting] = {}
    for key, count, day in rows:
        known = found.get(key, Waiting(key, 0, day))
        found[key] = Waiting(key, known.count + count, min(known.oldest, day))
    return list(found.values())
