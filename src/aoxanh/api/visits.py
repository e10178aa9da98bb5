"""The door of supervisors' visits: their own plan and checklist for the phone, and what they saw, each once."""

from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.days import Day
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Sent, Whole
from aoxanh.kernel import clock
from aoxanh.oversight import supervision_queries as queries
from aoxanh.oversight.actions import visits as actions
from aoxanh.oversight.supervision.checklist import checklist
from aoxanh.people.actors import Actor

router = Router(tags=["visits"], auth=PERSON)
MOST = 50
DAYS_BACK, DAYS_AHEAD = 14, 21


class VisitWordsOut(Schema):
    """A text in both languages."""

    vi: str
    en: str


class VisitPointOut(Schema):
    """One thing to look at."""

    id: str
    vi: str
    en: str


class VisitChecklistOut(Schema):
    """The latest version of the checklist."""

    version: int
    title: VisitWordsOut
    points: list[VisitPointOut]


class VisitOut(Schema):
    """A visit of the caller's own; `state` is planned or done."""

    id: UUID
    commune: str
    day: date
    half: str
    state: str


class VisitsOut(Schema):
    """What a phone keeps for filling in the checklist without a network."""

    checklist: VisitChecklistOut
    visits: list[VisitOut]


class SeenIn(Sent):
    """What was seen on one visit, under an id that the phone made (UUIDv7); a mark for each point of that version."""

    id: UUID
    visit: UUID
    day: Day
    version: Whole = Field(ge=1, le=32_000)
    marks: dict[str, Literal["done", "needs_work", "not_seen"]] = Field(max_length=40)
    note: str = Field("", max_length=280)


class SeenBatchIn(Sent):
    """Some reports; sending them again changes nothing."""

    reports: list[SeenIn] = Field(min_length=1, max_length=MOST)


class VisitResult(Schema):
    """What became of one: `accepted`, `already`, or `refused` with a code.

    Codes are no_such_visit, already_told, id_taken, wrong_day, unfit_marks, nothing_seen, personal_data and unreadable_text.
    """

    id: UUID
    status: str
    code: str


class VisitResultsOut(Schema):
    """The answers, in the order of what was sent."""

    results: list[VisitResult]


@router.get("", response={200: VisitsOut, **REFUSALS})
def show_visits(request: HttpRequest) -> dict[str, Any]:
    """Show the checklist and the caller's own visits, from two weeks ago to three weeks ahead."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = clock.today()
    rows = queries.own_visits(actor, today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))
    latest = checklist().latest
    return {
        "checklist": {"version": latest.version, "title": checklist().title, "points": list(latest.points)},
        "visits": [
            {
                "id": row.id,
                "commune": row.commune.full_name,
                "day": row.day,
                "half": row.half,
                "state": row.state,
            }
            for row in rows
        ],
    }


@router.post("/reports", response={200: VisitResultsOut, **REFUSALS})
def hand_in_reports(request: HttpRequest, wanted: SeenBatchIn) -> dict[str, Any]:
    """Take what was seen on visits, each stored once however often it is sent; each is answered by itself."""
    seen = [actions.Seen(**dict(one)) for one in wanted.reports]
    answers = actions.record_seen(seen=seen, by=request.actor)  # type: ignore[attr-defined]
    return {"results": [{"id": one.id, "status": one.status, "code": one.code} for one in answers]}
