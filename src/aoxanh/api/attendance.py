"""The door of training events for phones: what is on, for hosts who may be ticked, and who was there, told once or again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON, opens_own_reach
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Moment, Sent
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.training import actions, point_queries
from aoxanh.training import event_queries as queries
from aoxanh.training.models import Attendance, Point, TrainingEvent

router = Router(tags=["training events"], auth=PERSON)

MOST = 100


class PointOut(Schema):
    """A point at which the caller may follow an event."""

    commune: str
    id: UUID
    place: str
    address: str


class OwnAttendanceOut(Schema):
    """What is known of the caller: `present`, `held` (with why) or `void`."""

    state: str
    why: str
    arrived_at: int


class EventOut(Schema):
    """An event of these days with the points in the caller's communes; times in milliseconds."""

    id: UUID
    title: str
    state: str
    link: str
    starts_at: int
    ends_at: int
    points: list[PointOut]
    mine: OwnAttendanceOut | None


class NameOut(Schema):
    """Somebody whom the host may tick."""

    id: UUID
    name: str


class HostedOut(Schema):
    """A point that the caller answers for; with `spoken_key` (hexadecimal) the phone makes the spoken codes without a network."""

    commune: str
    id: UUID
    event: UUID
    title: str
    place: str
    starts_at: int
    ends_at: int
    spoken_key: str
    people: list[NameOut]


class EventsOut(Schema):
    """What a phone should know of training events."""

    server_time: int
    events: list[EventOut]
    hosting: list[HostedOut]


class AttendanceIn(Sent):
    """Who was where, under an id that the phone made (UUIDv7).

    `volunteer` is null for oneself; `code` is what the screen showed or somebody said; a spoken code alone needs no point. The
    moment is by the phone's own clock, right or wrong.
    """

    id: UUID
    commune: str = Field("", max_length=5)
    point: UUID | None = None
    volunteer: UUID | None = None
    code: str = Field("", max_length=40)
    noted_at: Moment


class AttendancesIn(Sent):
    """Some of them; sending them again changes nothing. `phone` is a random mark of this browser, whoever is signed in."""

    sent_at: Moment
    phone: str = Field("", max_length=64)
    attendances: list[AttendanceIn] = Field(min_length=1, max_length=MOST)


class AttendanceResult(Schema):
    """What became of one: `accepted`, `already`, `held` (somebody looks first; the code says why) or `refused` with a code.

    Codes of what is refused: no_point, not_open, not_then, code_over, too_many_tries, not_volunteer, not_yours, id_taken. Codes of what
    is held: elsewhere, shared_phone, unproven, after_close.
    """

    id: UUID
    status: str
    code: str
    event: UUID | None


class AttendancesOut(Schema):
    """The answers, in the order of what was sent."""

    results: list[AttendanceResult]


@router.get("", response={200: EventsOut, **REFUSALS})
def list_events(request: HttpRequest) -> dict[str, Any]:
    """List the events of these days for the caller's phone, and the points that they answer for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    near = point_queries.points_near(actor)
    own = queries.own_attendance(actor, {event.id for _point, event in near})
    addresses = point_queries.addresses_of([point for point, _event in near])
    events: dict[UUID, dict[str, Any]] = {}
    for point, event in near:
        entry = events.setdefault(event.id, _event(event, own.get(event.id)))
        entry["points"].append(
            {
                "commune": point.commune_code,
                "id": point.id,
                "place": point.place,
                "address": addresses[point.commune_code],
            }
        )
    return {
        "server_time": clock.milliseconds(clock.now()),
        "events": list(events.values()),
        "hosting": [_hosted(actor, point, event) for point, event in point_queries.hosted_by(actor)],
    }


@router.post("", response={200: AttendancesOut, **REFUSALS})
@opens_own_reach
def hand_in(request: HttpRequest, wanted: AttendancesIn) -> dict[str, Any]:
    """Take who was where, each stored once however often it is sent; each is answered by itself."""
    told = [
        actions.CheckIn(
            one.id, clock.from_milliseconds(one.noted_at), one.commune, one.point, one.volunteer, one.code
        )
        for one in wanted.attendances
    ]
    device = getattr(request, "device", None)
    sender = actions.Sender(
        clock.from_milliseconds(wanted.sent_at), device.id if device else None, wanted.phone
    )
    answers = actions.hand_in_attendance(check_ins=told, sender=sender, by=request.actor)  # type: ignore[attr-defined]
    return {
        "results": [
            {"id": one.id, "status": one.status, "code": one.code, "event": one.event} for one in answers
        ]
    }


def _event(event: TrainingEvent, own: Attendance | None) -> dict[str, Any]:
    mine = own and {"state": own.state, "why": own.why, "arrived_at": clock.milliseconds(own.arrived_at)}
    return {
        "id": event.id,
        "title": event.title,
        "state": event.state,
        "link": event.link,
        "starts_at": clock.milliseconds(event.starts_at),
        "ends_at": clock.milliseconds(event.ends_at),
        "points": [],
        "mine": mine,
    }


def _hosted(actor: Actor, point: Point, event: TrainingEvent) -> dict[str, Any]:
    return {
        "commune": point.commune_code,
        "id": point.id,
        "event": event.id,
        "title": event.title,
        "place": point.place,
        "starts_at": clock.milliseconds(event.starts_at),
        "ends_at": clock.milliseconds(event.ends_at),
        "spoken_key": point_queries.spoken_key(point).hex(),
        "people": [{"id": id_, "name": name} for id_, name in point_queries.names_to_tick(actor, point)],
    }
