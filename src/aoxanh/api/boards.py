"""The boards door: the figures of a place or a team between two days, each with the sentence that says what it counts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.refusals import REFUSALS
from aoxanh.kernel import clock
from aoxanh.oversight import ledger_queries as ledger
from aoxanh.oversight import queries
from aoxanh.oversight.definitions import DEFINITIONS, Definition
from aoxanh.oversight.ledger_queries import Shares, confirmed_share
from aoxanh.oversight.measures import BREAKDOWNS, TOTALS
from aoxanh.oversight.periods import Period, custom_period, named_period, read_day
from aoxanh.oversight.queries import Figures, Row, Sums
from aoxanh.places import queries as places
from aoxanh.places.models import Place

router = Router(tags=["boards"], auth=PERSON)
# The rollup's column of the same name would be read as a head count.
_PUBLIC_NAMES = {"volunteers": "volunteer_days"}


class DefinitionOut(Schema):
    """What a figure counts."""

    name: str
    unit: str
    counts: str
    source: str


class PeriodOut(Schema):
    """Days, both included."""

    first_day: date = Field(alias="from")
    last_day: date = Field(alias="to")


class ConfirmedOut(Schema):
    """How many citizens were asked, and the share of sessions they confirmed with its 95 % interval; null where nobody was asked."""

    asked: int
    share: float | None
    low: float
    high: float


class SumsOut(Schema):
    """Totals by name, and each breakdown by its words; every breakdown adds up to `sessions`."""

    totals: dict[str, int]
    confirmed: ConfirmedOut
    group: dict[str, int]
    mode: dict[str, int]
    outcome: dict[str, int]
    obstacle: dict[str, int]


class RowOut(Schema):
    """One child of the board: a province, a commune, a team by its id, or a day of a team."""

    key: str
    name: str
    teams: int
    volunteers: int
    communes_active: int
    communes: int
    figures: SumsOut
    sessions_before: int | None


class DayOut(Schema):
    """The totals of one day, and how much of them citizens confirmed."""

    day: date
    totals: dict[str, int]
    confirmed: ConfirmedOut


class BoardOut(Schema):
    """A board. `figures_before` is null where there is no period of equal length before.

    `as_of` is when the newest figure was computed; everything recorded and rolled up by `current_at` is counted.
    """

    place: str
    name: str
    team: UUID | None
    period: PeriodOut
    period_before: PeriodOut | None
    as_of: datetime | None
    current_at: datetime
    stamp: str
    teams: int
    volunteers: int
    communes_active: int
    communes: int
    figures: SumsOut
    figures_before: SumsOut | None
    days: list[DayOut]
    rows: list[RowOut]
    definitions: dict[str, DefinitionOut]


class ShareOut(Schema):
    """A share between 0 and 1 with its 95 % interval, and of how many; null where there is nothing to tell from."""

    of: int
    share: float | None
    low: float
    high: float


class SharesOut(Schema):
    """What was reported, and what others say of it. `first_time_right` is of sessions with a code that ended 30 days ago or earlier."""

    reported: int
    asked: int
    confirmed: int
    denied: int
    doubted: int
    checked: int
    returned: int
    confirmed_share: ShareOut
    passed_share: ShareOut
    first_time_right: ShareOut


class TeamSharesOut(Schema):
    """The same of one team."""

    team: UUID
    figures: SharesOut


class SharesOfPlaceOut(Schema):
    """The ledger of a place between two days; `teams` is empty for the nation."""

    place: str
    period: PeriodOut
    figures: SharesOut
    teams: list[TeamSharesOut]


class SharesQuery(Schema):
    """Days as dd/mm/yyyy or yyyy-mm-dd; the last seven days when `from` is missing."""

    first_day: str = Field("", alias="from", max_length=20)
    last_day: str = Field("", alias="to", max_length=20)


class BoardQuery(Schema):
    """Days as dd/mm/yyyy or yyyy-mm-dd; the last seven days when `from` is missing. `team` asks for one team's board."""

    first_day: str = Field("", alias="from", max_length=20)
    last_day: str = Field("", alias="to", max_length=20)
    team: UUID | None = None


@router.get("/{place}", response={200: BoardOut, **REFUSALS}, by_alias=True)
def board(request: HttpRequest, place: str, query: Query[BoardQuery]) -> dict[str, Any]:
    """Give a board to whoever may read it; absent and forbidden look alike."""
    actor = request.actor  # type: ignore[attr-defined]
    figures = queries.figures(places.place_by_code(place), _period(query), actor, team_id=query.team)
    return {
        "place": figures.place.code,
        "name": figures.team.name if figures.team else figures.place.address,
        "team": query.team,
        "period": _days(figures.period),
        "period_before": _days(figures.period.before) if figures.period.before else None,
        "as_of": figures.as_of,
        "current_at": figures.current_at,
        "stamp": figures.stamp,
        "teams": figures.headcount.teams,
        "volunteers": figures.headcount.members,
        "communes_active": figures.active,
        "communes": figures.communes,
        "figures": _sums(figures.sums),
        "figures_before": _sums(figures.before) if figures.before else None,
        "days": _series(figures),
        "rows": [_row(row) for row in figures.rows],
        "definitions": {key: _definition(item) for key, item in DEFINITIONS.items()},
    }


@router.get("/{place}/shares", response={200: SharesOfPlaceOut, **REFUSALS}, by_alias=True)
def shares(request: HttpRequest, place: str, query: Query[SharesQuery]) -> dict[str, Any]:
    """Give what citizens, second looks and returned cases say of a place and, for a commune or province, of each of its teams."""
    actor, found, period = request.actor, places.place_by_code(place), _period(query)  # type: ignore[attr-defined]
    told = ledger.shares(place=found, days=period, by=actor)
    teams = (
        {} if found.level == Place.Level.NATION else ledger.shares_by_team(place=found, days=period, by=actor)
    )
    return {
        "place": found.code,
        "period": _days(period),
        "figures": _shares(told),
        "teams": [{"team": team, "figures": _shares(teams[team])} for team in sorted(teams)],
    }


def _shares(told: Shares) -> dict[str, Any]:
    counts = {name: getattr(told, name) for name in ("reported", "asked", "confirmed", "denied", "doubted", "checked", "returned")}  # fmt: skip
    shares = {"confirmed_share": told.confirmed_share, "passed_share": told.passed_share, "first_time_right": told.first_time_right}  # fmt: skip
    return counts | {
        name: {"of": round(share.total), "share": share.value, "low": share.low, "high": share.high}
        for name, share in shares.items()
    }


def _definition(item: Definition) -> dict[str, str]:
    return {
        "name": str(item.name),
        "unit": str(item.unit),
        "counts": str(item.counts),
        "source": str(item.source),
    }


def _period(query: BoardQuery | SharesQuery) -> Period:
    today = clock.today()
    if not query.first_day:
        return named_period("7days", today)
    return custom_period(
        read_day(query.first_day, "from"), read_day(query.last_day, "to") if query.last_day else today
    )


def _days(period: Period) -> dict[str, date]:
    return {"from": period.first, "to": period.last}


def _sums(sums: Sums) -> dict[str, Any]:
    broken_down = {
        item.key: {word: sums[f"{item.key}_{word}"] for word, _label in item.words} for item in BREAKDOWNS
    }
    return {"totals": _totals(sums), "confirmed": _confirmed(sums), **broken_down}


def _confirmed(sums: Sums) -> dict[str, Any]:
    share = confirmed_share(sums)
    return {"asked": sums["asked"], "share": share.value, "low": share.low, "high": share.high}


def _totals(sums: Sums) -> dict[str, int]:
    return {_PUBLIC_NAMES.get(column, column): sums[column] for column in TOTALS}


def _series(figures: Figures) -> list[dict[str, Any]]:
    """Return the days of the period only; a page draws more of them so that its line says something."""
    return [
        {"day": day, "totals": _totals(sums), "confirmed": _confirmed(sums)}
        for day, sums in figures.series
        if day >= figures.period.first
    ]


def _row(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "teams": row.headcount.teams,
        "volunteers": row.headcount.members,
        "communes_active": row.active,
        "communes": row.communes,
        "figures": _sums(row.sums),
        "sessions_before": row.before["sessions"] if row.before else None,
    }
