"""The door of a volunteer's own shifts: what is next, where a plan sends them, and coming and going as a phone tells it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Moment, Sent
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.staffing import queries as plans
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing import shift_queries as queries
from aoxanh.staffing.models import Assignment, CheckIn, ShiftAssignment

router = Router(tags=["shifts"], auth=PERSON)

MOST = 50


class PresenceOut(Schema):
    """When the person came and went, in milliseconds; `left_at` is null until they went."""

    arrived_at: int
    left_at: int | None


class ShiftOut(Schema):
    """A shift of the caller's: when, where and as what. It never says who else is there."""

    id: UUID
    day: date
    half: str
    kind: str
    seat: str
    place: str
    commune: str
    team: str
    presence: PresenceOut | None


class SentOut(Schema):
    """Where a published plan sends the caller, for which kind of post and since when; people answer at /staffing/mine/."""

    commune: str
    kind: str
    km: int
    since: date


class ShiftsOut(Schema):
    """The caller's shifts of published rosters, from two days ago to two weeks ahead, and where they are sent, if anywhere."""

    server_time: int
    shifts: list[ShiftOut]
    assigned: SentOut | None


class CheckInIn(Sent):
    """A check-in under an id that the phone made (UUIDv7), and the check-out once there is one; milliseconds by the phone's clock."""

    id: UUID
    shift: UUID
    arrived_at: Moment
    left_at: Moment | None = None


class CheckInsIn(Sent):
    """Some check-ins; sending them again changes nothing."""

    check_ins: list[CheckInIn] = Field(min_length=1, max_length=MOST)


class CheckInResult(Schema):
    """What became of one: `accepted`, `already`, or `refused` with a code: id_taken, not_on_shift, wrong_day, consent_missing or minor_hours."""

    id: UUID
    status: str
    code: str


class CheckInsOut(Schema):
    """The answers, in the order of what was sent."""

    results: list[CheckInResult]


@router.get("", response={200: ShiftsOut, **REFUSALS})
def list_shifts(request: HttpRequest) -> dict[str, Any]:
    """List the caller's own shifts that a phone should know."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seats = queries.seats_for_phone(actor)
    came = queries.check_ins_of(actor, [seat.shift_id for seat in seats])
    return {
        "server_time": clock.milliseconds(clock.now()),
        "shifts": [_shift(seat, came.get(seat.shift_id)) for seat in seats],
        "assigned": _sent(plans.own_assignment(actor)),
    }


@router.post("/check-ins", response={200: CheckInsOut, **REFUSALS})
def check_in(request: HttpRequest, wanted: CheckInsIn) -> dict[str, Any]:
    """Take check-ins and check-outs, each stored once however often it is sent; each is answered by itself."""
    presences = [
        actions.Presence(
            one.id,
            one.shift,
            clock.from_milliseconds(one.arrived_at),
            None if one.left_at is None else clock.from_milliseconds(one.left_at),
        )
        for one in wanted.check_ins
    ]
    answers = actions.check_in(presences=presences, by=request.actor)  # type: ignore[attr-defined]
    return {"results": [{"id": one.id, "status": one.status, "code": one.code} for one in answers]}


def _sent(assignment: Assignment | None) -> dict[str, Any] | None:
    if assignment is None:
        return None
    return {
        "commune": assignment.commune.address,
        "kind": assignment.kind,
        "km": assignment.km,
        "since": assignment.published_at.astimezone(clock.VIETNAM).date(),
    }


def _shift(seat: ShiftAssignment, came: CheckIn | None) -> dict[str, Any]:
    shift, team = seat.shift, seat.shift.roster.team
    presence = came and {
        "arrived_at": clock.milliseconds(came.arrived_at),
        "left_at": clock.milliseconds(came.left_at) if came.left_at else None,
    }
    return {
        "id": shift.id,
        "day": shift.day,
        "half": shift.half,
        "kind": shift.kind,
        "seat": seat.seat,
        "place": shift.place,
        "commune": team.commune.address,
        "team": team.name,
        "presence": presence,
    }
