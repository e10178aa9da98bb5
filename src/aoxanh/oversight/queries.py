"""The figures of a place or a team between two days, for whoever may read its board.

Everything comes from the daily rollup: the nation from the province days, all else from the desk's daily figures.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from aoxanh.desk.ledger import RETURNED_WITHIN
from aoxanh.kernel import clock, replica
from aoxanh.oversight import reading, trend
from aoxanh.oversight.periods import CAMPAIGN_BEGAN, Period
from aoxanh.oversight.reading import NO_SUMS, Sums
from aoxanh.oversight.trend import Usual
from aoxanh.people import headcounts as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.headcounts import Headcount, TeamName
from aoxanh.people.permissions import Permission, may, places_reached, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place, Trait

__all__ = [
    "NO_SUMS",
    "BoardAddress",
    "Figures",
    "Row",
    "Sums",
    "boards_of",
    "communes_with_sessions",
    "figures",
    "may_read",
    "stamp",
    "usual_days",
]
NOBODY = Headcount()
SHOWN_TRAITS = (Trait.Key.BORDER.value, Trait.Key.ISLAND.value, Trait.Key.REMOTE.value)


@dataclass(frozen=True, slots=True)
class BoardAddress:
    """Which board: a place by its code and, for a team's board, the team."""

    place_code: str
    team_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a board's table: a province, a commune, a team, or (on a team's board) a day.

    `before` is None where there is no equal period before, and else holds the sessions at least; `active` of `communes` is
    counted for provinces only.
    """

    key: str
    name: str
    sort_key: str
    kind: str = ""
    traits: tuple[str, ...] = ()
    sums: Sums = field(default_factory=lambda: NO_SUMS)
    before: Sums | None = None
    headcount: Headcount = NOBODY
    active: int = 0
    communes: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything one board shows. `due` are the sums of the days so long ago that a case that came back would have shown. `as_of` is when the newest figure was computed, `stamp` changes when any figure does.

    `current_at` is the moment up to which all of it holds: that of asking, or how far the replica was that answered
    (`by_replica`); `is_fallback` when the replica was away or too far behind.
    """

    place: Place
    team: TeamName | None
    period: Period
    sums: Sums
    before: Sums | None
    headcount: Headcount
    active: int
    communes: int
    series: list[tuple[date, Sums]]
    rows: list[Row]
    due: Sums
    stamp: str
    as_of: datetime | None
    current_at: datetime
    by_replica: bool = False
    is_fallback: bool = False


def figures(place: Place, period: Period, actor: Actor, *, team_id: UUID | None = None) -> Figures:
    """Return the board of a place, or of one of its teams, between two days (both included).

    Raises NotAllowed where the actor may not read it, and for a team that is not of this commune.
    """
    require(actor, Permission.BOARD_READ, place, team_id=team_id)
    told = replica.read(lambda: _figures(place, period, team_id))
    return replace(
        told.answer, current_at=told.current_at, by_replica=told.by_replica, is_fallback=told.is_fallback
    )


def _figures(place: Place, period: Period, team_id: UUID | None) -> Figures:
    today = clock.today()
    day = min(period.last, today)
    teams = people.teams_in(place.code, day) if place.level == Place.Level.COMMUNE else []
    team = _team(teams, team_id) if team_id else None
    now, before, all_before = _sums(place, team_id, period)
    days = reading.days(reading.added_up(place, team_id), period, today)
    heads = _heads(place, teams, day)
    rows = [Row(key, key, key) for key in now] if team else _children(place, teams)
    active = _active(place, period, days.stamp, now, rows)
    return Figures(
        place=place,
        team=team,
        period=period,
        sums=_added(now),
        before=all_before,
        headcount=heads.get(str(team_id), NOBODY) if team else _all(heads),
        active=sum(count for count, _communes in active.values()),
        communes=sum(communes for _count, communes in active.values()),
        series=days.series,
        rows=[_filled(row, now, None if team else before, heads, active) for row in rows],
        due=_due(place, team_id, period, today),
        stamp=days.stamp,
        as_of=days.as_of,
        current_at=clock.now(),
    )


def _sums(
    place: Place, team_id: UUID | None, period: Period
) -> tuple[dict[str, Sums], dict[str, Sums] | None, Sums | None]:
    """Return each child's sums, each child's before, and what was before as a whole.

    A province has thousands of rows of teams but a single one a day for itself.
    """
    source = reading.source_of(place, team_id)
    if place.level != Place.Level.PROVINCE or period.before is None:
        now, before = reading.sums_by_child(source, period)
        return now, before, None if before is None else _added(before)
    now = reading.sums_of_children(source, period)
    whole = reading.sums(reading.added_up(place, team_id), period.before)
    return now, reading.sessions_by_child(source, period.before), whole


def _due(place: Place, team_id: UUID | None, period: Period, today: date) -> Sums:
    last = min(period.last, today - timedelta(days=RETURNED_WITHIN))
    return (
        reading.sums(reading.added_up(place, team_id), Period(period.first, last))
        if last >= period.first
        else NO_SUMS
    )


def _heads(place: Place, teams: list[TeamName], day: date) -> dict[str, Headcount]:
    if place.level == Place.Level.COMMUNE:
        return {str(team.id): team.headcount for team in teams}
    return people.headcounts(place, day)


def _active(
    place: Place, period: Period, stamp_text: str, now: dict[str, Sums], rows: list[Row]
) -> dict[str, tuple[int, int]]:
    """Return, by province code, how many communes had a session and how many there are; nothing for a commune."""
    if place.level == Place.Level.PROVINCE:
        return {place.code: (sum(1 for sums in now.values() if sums["sessions"]), len(rows))}
    return reading.active_communes(place, period, stamp_text) if place.level == Place.Level.NATION else {}


def stamp(place: Place, period: Period, actor: Actor, *, team_id: UUID | None = None) -> str:
    """Return what changes when the board does, without reading the board. Raises NotAllowed like `figures`."""
    require(actor, Permission.BOARD_READ, place, team_id=team_id)
    return replica.read(lambda: reading.freshness(place, team_id, period, clock.today())).answer


def usual_days(place: Place, period: Period, actor: Actor, *, team_id: UUID | None = None) -> Usual | None:
    """Return how the sessions of a period's finished days stand beside the same days of the eight weeks before.

    None for more than a week and for a campaign too young to say. Raises NotAllowed like `figures`.
    """
    require(actor, Permission.BOARD_READ, place, team_id=team_id)
    yesterday = clock.today() - timedelta(days=1)
    last = min(period.last, yesterday)
    if last < period.first or (last - period.first).days >= trend.MOST_DAYS:
        return None
    began = max(CAMPAIGN_BEGAN, period.first - timedelta(weeks=trend.WEEKS))
    source = reading.added_up(place, team_id)
    counts = replica.read(lambda: reading.sessions_by_day(source, Period(began, last))).answer
    return trend.usual(counts, period.first, last, CAMPAIGN_BEGAN)


def communes_with_sessions(place: Place, period: Period, actor: Actor) -> tuple[int, int]:
    """Return how many communes of a nation or province had a session, and of how many. Raises NotAllowed like `figures`."""
    require(actor, Permission.BOARD_READ, place)
    if place.level == Place.Level.COMMUNE:
        return 0, 0
    counted = replica.read(
        lambda: reading.active_communes(place, period, reading.freshness(place, None, period, clock.today()))
    ).answer.values()
    return sum(active for active, _ in counted), sum(communes for _, communes in counted)


def may_read(actor: Actor, place: Place) -> bool:
    """Tell whether the actor may read the whole board of a place."""
    return may(actor, Permission.BOARD_READ, place)


def boards_of(actor: Actor) -> list[BoardAddress]:
    """Return the boards that are the actor's own, the widest first; empty for somebody without a role."""
    reached = places_reached(actor, Permission.BOARD_READ)
    if reached is None:
        return [BoardAddress("VN")]
    mine = [BoardAddress(code) for code in sorted(reached, key=lambda code: (len(code), code))]
    teams = sorted(actor.teams, key=lambda team_id: (team_id not in actor.leads, str(team_id)))
    communes = people.communes_of_teams(teams)
    mine += [
        BoardAddress(communes[team_id].code, team_id)
        for team_id in teams
        if _may_read_team(actor, communes.get(team_id), team_id)
    ]
    return mine


def _may_read_team(actor: Actor, commune: Place | None, team_id: UUID) -> bool:
    return commune is not None and may(actor, Permission.BOARD_READ, commune, team_id=team_id)


def _team(teams: list[TeamName], team_id: UUID) -> TeamName:
    for team in teams:
        if team.id == team_id:
            return team
    raise NotAllowed


def _children(place: Place, teams: list[TeamName]) -> list[Row]:
    """Return an empty row for every child, also for those without work: a missing place must be seen."""
    if place.level == Place.Level.COMMUNE:
        return [Row(str(team.id), team.name, team.sort_key, team.kind) for team in teams]
    is_province = place.level == Place.Level.PROVINCE
    held = places.traits_below(place.code, SHOWN_TRAITS) if is_province else {}
    return [
        Row(item.code, item.full_name, item.sort_key, traits=held.get(item.code, ()))
        for item in places.names_below(place.code)
    ]


def _filled(
    row: Row,
    now: dict[str, Sums],
    before: dict[str, Sums] | None,
    heads: dict[str, Headcount],
    active: dict[str, tuple[int, int]],
) -> Row:
    count, communes = active.get(row.key, (0, 0))
    return replace(
        row,
        sums=now.get(row.key, NO_SUMS),
        before=None if before is None else before.get(row.key, NO_SUMS),
        headcount=heads.get(row.key, NOBODY),
        active=count,
        communes=communes,
    )


def _added(parts: dict[str, Sums]) -> Sums:
    return {column: sum(part[column] for part in parts.values()) for column in NO_SUMS}


def _all(heads: dict[str, Headcount]) -> Headcount:
    return Headcount(sum(head.teams for head in heads.values()), sum(head.members for head in heads.values()))
