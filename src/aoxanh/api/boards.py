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
from aoxanh.oversight import queries
from aoxanh.oversight.definitions import DEFINITIONS, Definition
from aoxanh.oversight.ledger_queries import confirmed_share
from aoxanh.oversight.measures import BREAKDOWNS, TOTALS
from aoxanh.oversight.periods import Period, custom_period, named_period, read_day
from aoxanh.oversight.queries import Figures, Row, Sums
from aoxanh.places import queries as places

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
    """The totals of one day."""

    day: date
    totals: dict[str, int]


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


def _definition(item: Definition) -> dict[str, str]:
    return {
        "name": str(item.name),
        "unit": str(item.unit),
        "counts": str(item.counts),
        "source": str(item.source),
    }


def _period(query: BoardQuery) -> Period:
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
    share = confirmed_share(sums)
    confirmed = {"asked": sums["asked"], "share": share.value, "low": share.low, "high": share.high}
    return {"totals": _totals(sums), "confirmed": confirmed, **broken_down}


def _totals(sums: Sums) -> dict[str, int]:
    return {_PUBLIC_NAMES.get(column, column): sums[column] for column in TOTALS}


def _series(figures: Figures) -> list[dict[str, Any]]:
    """Return the days of the period only; a page draws more of them so that its line says something."""
    return [
        {"day": day, "totals": _totals(sums)} for day, sums in figures.series if day >= figures.period.first
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
