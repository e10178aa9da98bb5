"""The desk's door for programs: hand-overs to see, take on and settle, and recorded work page by page."""

from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.days import Day
from aoxanh.api.refusals import REFUSALS
from aoxanh.desk import actions, queries
from aoxanh.desk.errors import TooManyDays
from aoxanh.desk.models import Handover, SupportSession
from aoxanh.desk.queries import MOST_DAYS, RecordedWork, WorkWanted
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.places import queries as places
from aoxanh.places.models import Place

router = Router(tags=["desk"], auth=PERSON)

USUAL_DAYS = 7
State = Literal["waiting", "taken", "settled", "withdrawn"]


class HandoverOut(Schema):
    """A piece of work that an official must take on; `id` is the id of the work's first revision."""

    commune: str = Field(alias="commune_code")
    day: date
    id: UUID
    team: UUID = Field(alias="team_id")
    procedure: str | None = Field(alias="procedure_id")
    reason: str
    return_code: str
    state: State
    made_at: datetime
    settled_at: datetime | None


class HandoverPage(Schema):
    """Some hand-overs; ask with `after` = `next` for more, until it is null."""

    handovers: list[HandoverOut]
    next: UUID | None


class HandoversWanted(Schema):
    """Which hand-overs, and where to go on. Waiting and taken ones come oldest first, all others newest first."""

    state: State | None = None
    commune: str = Field("", max_length=5)
    after: UUID | None = None
    limit: int = Field(50, ge=1, le=200)


class RevisionOut(Schema):
    """One revision of a piece of work, in the closed words of the sync protocol. `minutes` are minutes."""

    id: UUID
    revision: int
    withdrawn: bool
    reason: str
    activity: str
    procedure: str | None = Field(alias="procedure_id")
    procedure_version: int | None
    mode: str
    outcome: str
    obstacle: str
    minutes: int
    quantity: int
    language: str
    age_band: str
    typed_by: str
    steps_done: list[int]
    refused: list[str]
    handover_reason: str
    return_code: str
    note: str
    received_at: datetime


class WorkOut(Schema):
    """A piece of recorded work: the revision that counts and those it replaced, the latest first.

    `contested` says that two corrections start from the same revision, so that somebody should look.
    """

    commune: str
    day: date
    root: UUID
    team: UUID
    contested: bool
    shown: RevisionOut
    earlier: list[RevisionOut]


class WorkPage(Schema):
    """Some recorded work, the latest day first; ask with `after` = `next` for more, until it is null."""

    sessions: list[WorkOut]
    next: str | None


class WorkDays(Schema):
    """Which days (both included; without them the last 7), which commune or province, and where to go on."""

    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")
    commune: str = Field("", max_length=5)
    after: str = Field("", max_length=60)
    limit: int = Field(50, ge=1, le=200)


@router.get("/handovers", response={200: HandoverPage, **REFUSALS})
def list_handovers(request: HttpRequest, wanted: Query[HandoversWanted]) -> dict[str, Any]:
    """List the hand-overs within the caller's reach, of one state and one commune (or province) when they are named."""
    rows = list(
        queries.handovers_in(
            _actor(request), state=wanted.state or "", place=_place(wanted.commune), after=wanted.after
        )[: wanted.limit + 1]
    )
    page = rows[: wanted.limit]
    return {"handovers": page, "next": page[-1].id if len(rows) > wanted.limit else None}


@router.post("/handovers/{commune}/{day}/{uuid:id_}/take", response={200: HandoverOut, **REFUSALS})
def take_handover(request: HttpRequest, commune: str, day: Day, id_: UUID) -> Handover:
    """Put the caller's name, an official's, on a waiting hand-over; 409 when it no longer waits."""
    handover = _handover(request, commune, day, id_)
    return actions.take_handover(handover=handover, by=_actor(request))


@router.post("/handovers/{commune}/{day}/{uuid:id_}/settle", response={200: HandoverOut, **REFUSALS})
def settle_handover(request: HttpRequest, commune: str, day: Day, id_: UUID) -> Handover:
    """Say that a hand-over was dealt with, waiting or taken; 409 when it is closed already."""
    handover = _handover(request, commune, day, id_)
    return actions.settle_handover(handover=handover, by=_actor(request))


@router.get("/sessions", response={200: WorkPage, **REFUSALS})
def list_sessions(request: HttpRequest, wanted: Query[WorkDays]) -> dict[str, Any]:
    """List recorded work within the caller's reach; who answers for a place leaves one audit entry for each page read.

    Callers who reach the whole nation name a commune or province. At most 92 days at once.
    """
    actor, place = _actor(request), _place(wanted.commune)
    last = wanted.last or max(clock.today(), wanted.first or clock.today())
    first = wanted.first or last - min(timedelta(days=USUAL_DAYS - 1), last - date.min)
    if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
        raise TooManyDays(limit=MOST_DAYS, field="from")
    works, bookmark = queries.work_visible_to(
        actor, WorkWanted(first, last, place, wanted.after), wanted.limit
    )
    actions.note_reading(what="desk.session", count=len(works), by=actor, place=place)
    return {"sessions": [_work(work) for work in works], "next": bookmark or None}


def _work(work: RecordedWork) -> dict[str, Any]:
    shown: SupportSession = work.shown
    return {
        "commune": shown.commune_code,
        "day": shown.day,
        "root": shown.root_id,
        "team": shown.team_id,
        "contested": work.is_contested,
        "shown": shown,
        "earlier": list(work.earlier),
    }


def _handover(request: HttpRequest, commune: str, day: date, id_: UUID) -> Handover:
    found = queries.handover_visible_to(_actor(request), commune, day, id_)
    if found is None:
        raise NotAllowed
    return found


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _place(code: str) -> Place | None:
    return places.place_by_code(code) if code else None
