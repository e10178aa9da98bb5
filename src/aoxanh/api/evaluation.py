"""The door of evaluation: cycles with the grades of the units one may see, the indicators of a place, the questions put to oneself."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.refusals import REFUSALS
from aoxanh.kernel import clock
from aoxanh.oversight import evaluation_queries, flag_queries, ledger_queries, target_queries
from aoxanh.oversight.indicators import Indicator, Measured, indicators, measure
from aoxanh.oversight.intervals import Share
from aoxanh.oversight.models import Evaluation, EvaluationCycle
from aoxanh.oversight.periods import Period, custom_period, named_period, read_day
from aoxanh.oversight.units import sums_of, type_of
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import may
from aoxanh.places import queries as places

router = Router(tags=["evaluation"], auth=PERSON)
MOST = 200


class CycleOut(Schema):
    """One evaluation; `state` is open, frozen, drawn, decided or locked. The hashes are empty until the step that makes them."""

    id: UUID
    place: str
    level: str
    first_day: date
    last_day: date
    rubric: str
    state: str
    commitment: str
    frozen_sha256: str


class CyclesOut(Schema):
    """The latest first."""

    cycles: list[CycleOut]


class GradeOut(Schema):
    """One unit in a cycle; points and band are null before the decision, and after it follow from the hashed texts and the appeals."""

    unit: str
    name: str
    scored_at: datetime | None
    visited_on: date | None
    points: Decimal | None
    band: str | None
    snapshot_sha256: str
    findings_sha256: str


class CycleGradesOut(CycleOut):
    """A cycle with the units that the caller may see, by name; never an order of merit."""

    units: list[GradeOut]


class IndicatorOut(Schema):
    """One indicator at a place. `value` is null below the minimum; shares have a 95 % interval; `target` is the one that holds today."""

    key: str
    name: str
    unit: str
    counts: str
    kind: str
    numerator: int
    denominator: int
    minimum: int
    value: float | None
    low: float | None
    high: float | None
    target: Decimal | None


class SureOut(Schema):
    """How much of what was recorded citizens confirmed and checks found in order, with 95 % intervals."""

    asked: int
    confirmed: int
    confirmed_share: float | None
    confirmed_low: float
    confirmed_high: float
    checked: int
    passed: int
    passed_share: float | None
    passed_low: float
    passed_high: float


class IndicatorsOut(Schema):
    """The indicators of a place between two days, with what stands behind every count of them."""

    place: str
    first_day: date
    last_day: date
    sure: SureOut
    indicators: list[IndicatorOut]


class IndicatorsQuery(Schema):
    """Days as dd/mm/yyyy or yyyy-mm-dd; the last month when `from` is missing."""

    first_day: str = Field("", alias="from", max_length=20)
    last_day: str = Field("", alias="to", max_length=20)


class QuestionOut(Schema):
    """One question about figures; `role` says whether the caller is asked, talks it over or reads it after an appeal."""

    id: UUID
    commune: str
    role: str
    state: str
    outcome: str
    first_day: date
    last_day: date
    due_on: date


class QuestionsOut(Schema):
    """Open ones first. Nobody gets those that concern others, and nobody a count of them."""

    questions: list[QuestionOut]


@router.get("/evaluations", response={200: CyclesOut, **REFUSALS})
def show_cycles(request: HttpRequest) -> dict[str, Any]:
    """List the evaluations that the caller runs or in which a unit of theirs is graded."""
    rows = evaluation_queries.cycles_visible_to(_actor(request))
    return {"cycles": [_cycle(row) for row in rows[:MOST]]}


@router.get("/evaluations/{cycle_id}", response={200: CycleGradesOut, **REFUSALS})
def show_grades(request: HttpRequest, cycle_id: UUID) -> dict[str, Any]:
    """Give one evaluation with the grades of the units that the caller may see."""
    actor = _actor(request)
    cycle = evaluation_queries.cycle_visible_to(actor, cycle_id)
    if cycle is None:
        raise NotAllowed
    rows = evaluation_queries.evaluations_visible_to(actor).filter(cycle=cycle)
    return _cycle(cycle) | {"units": [_grade(row) for row in rows]}


@router.get("/indicators/{place}", response={200: IndicatorsOut, **REFUSALS})
def show_indicators(request: HttpRequest, place: str, query: Query[IndicatorsQuery]) -> dict[str, Any]:
    """Give the indicators of a place that the caller may see; absent and forbidden look alike."""
    actor, found = _actor(request), places.place_by_code(place)
    seen = [each for each in indicators().values() if may(actor, each.sees, found)]
    if not seen:
        raise NotAllowed
    period = _period(query)
    told = ledger_queries.shares(place=found, days=period, by=actor)
    sums, holding, kind = sums_of(found, period), target_queries.holding_on(clock.today()), type_of(found)
    return {
        "place": found.code,
        "first_day": period.first,
        "last_day": period.last,
        "sure": _sure(told),
        "indicators": [
            _indicator(measure(each, sums), holding.value_for(each.key, found, kind)) for each in seen
        ],
    }


@router.get("/questions", response={200: QuestionsOut, **REFUSALS})
def show_questions(request: HttpRequest) -> dict[str, Any]:
    """List the questions about figures that concern the caller; what was said stays on the page."""
    actor = _actor(request)
    return {
        "questions": [
            {
                "id": row.id,
                "commune": row.commune_id,
                "role": "asked" if flag_queries.is_asked(row, actor) else "coach" if flag_queries.is_coach(row, actor) else "reader",
                "state": row.state,
                "outcome": row.outcome,
                "first_day": row.first_day,
                "last_day": row.last_day,
                "due_on": row.due_on,
            }
            for row in flag_queries.flags_of(actor)[:MOST]
        ]
    }  # fmt: skip


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _cycle(row: EvaluationCycle) -> dict[str, Any]:
    return {
        "id": row.id,
        "place": row.place_id,
        "level": row.level,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "rubric": row.rubric,
        "state": row.state,
        "commitment": row.commitment,
        "frozen_sha256": row.frozen_sha256,
    }


def _grade(row: Evaluation) -> dict[str, Any]:
    return {
        "unit": row.unit_id,
        "name": row.unit.address,
        "scored_at": row.scored_at,
        "visited_on": row.visited_on,
        "points": row.points,
        "band": row.band or None,
        "snapshot_sha256": row.snapshot_sha256,
        "findings_sha256": row.findings_sha256,
    }


def _indicator(found: Measured, target: Decimal | None) -> dict[str, Any]:
    indicator: Indicator = found.indicator
    interval = found.interval
    return {
        "key": indicator.key,
        "name": indicator.words.name,
        "unit": indicator.words.unit,
        "counts": indicator.words.counts,
        "kind": indicator.kind,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "minimum": indicator.minimum,
        "value": found.value,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "target": target,
    }


def _sure(told: ledger_queries.Shares) -> dict[str, Any]:
    def bounds(name: str, share: Share) -> dict[str, Any]:
        return {f"{name}_share": share.value, f"{name}_low": share.low, f"{name}_high": share.high}

    return {
        "asked": told.asked,
        "confirmed": told.confirmed,
        **bounds("confirmed", told.confirmed_share),
        "checked": told.checked,
        "passed": told.checks_passed,
        **bounds("passed", told.passed_share),
    }


def _period(query: IndicatorsQuery) -> Period:
    today = clock.today()
    if not query.first_day:
        return named_period("last_month", today)
    return custom_period(
        read_day(query.first_day, "from"), read_day(query.last_day, "to") if query.last_day else today
    )
