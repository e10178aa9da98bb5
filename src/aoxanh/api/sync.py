"""The sync door: hello and hand-in; the contract is docs/reference/sync-protocol.md."""

from collections import Counter
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from prometheus_client import Counter as Meter
from pydantic import Field

from aoxanh.api.auth import DeviceToken
from aoxanh.api.body import body_of
from aoxanh.api.refusals import REFUSALS
from aoxanh.desk import actions as desk
from aoxanh.desk import gate, queries
from aoxanh.desk.sync import records
from aoxanh.kernel import clock
from aoxanh.kernel.metrics import METERS
from aoxanh.people import queries as people
from aoxanh.people.consent_queries import actor_lacks_consent
from aoxanh.training import certificate_queries as training
from aoxanh.training import queries as groups
from aoxanh.training.certificate_queries import Standing

RECORDS = Meter("aoxanh_sync_records", "Records of phones by answer.", ["answer"], registry=METERS)
router = Router(tags=["sync"], auth=DeviceToken())


class Error(Schema):
    """The one error shape."""

    code: str
    message: str
    remedy: str
    field: str


class Result(Schema):
    """What became of one record."""

    id: UUID | None
    status: str
    error: Error | None


class Answers(Schema):
    """The answer to a batch, in the batch's order."""

    server_time: int
    epoch: UUID
    results: list[Result]


class CommuneOut(Schema):
    """A commune as a phone shows it."""

    code: str
    name: str
    address: str


class AskedOut(Schema):
    """A kind of work that asks for a certificate of a skill group, for days from `from` on (null: for every day)."""

    activity: str
    group: str
    first_day: str | None = Field(alias="from")


class HeldOut(Schema):
    """A certificate of the person: it holds from the first day until the day before `to` (null: for good)."""

    group: str
    first_day: str = Field(alias="from")
    last_day: str | None = Field(alias="to")


class TeamOut(Schema):
    """A team the person belongs, or lately belonged, to."""

    id: UUID
    name: str
    kind: str
    commune: CommuneOut
    position: str
    first_day: str = Field(alias="from")
    last_day: str | None = Field(alias="to")
    asks: list[AskedOut]


class RoleOut(Schema):
    """A role and where it is held."""

    role: str
    place: str


class Me(Schema):
    """The person a phone belongs to; a minor who lacks a guardian's consent records nothing."""

    account: UUID
    name: str
    volunteer: UUID | None
    is_minor: bool
    lacks_consent: bool
    roles: list[RoleOut]
    teams: list[TeamOut]
    certificates: list[HeldOut]
    groups: dict[str, dict[str, str]]


class Hello(Schema):
    """What a phone needs to know before it hands anything in."""

    server_time: int
    epoch: UUID
    last_seq: int
    schema_: int = Field(alias="schema")
    schemas: list[int]
    me: Me


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["sent_at", "records"],
                    "properties": {
                        "sent_at": {"type": "integer"},
                        "pending": {"type": "integer"},
                        "app": {"type": "string"},
                        "records": {
                            "type": "array",
                            "maxItems": records.MAX_RECORDS,
                            # Anything may stand there: what is no record is answered by itself.
                            "items": {},
                        },
                    },
                }
            }
        },
    }
}


@router.get("", response={200: Hello, **REFUSALS}, by_alias=True)
def hello(request: HttpRequest) -> dict[str, Any]:
    """Tell a phone the time, the epoch, the highest number seen from it, and who its owner is."""
    device = request.device  # type: ignore[attr-defined]
    return {
        "server_time": clock.milliseconds(clock.now()),
        "epoch": str(queries.sync_epoch()),
        "last_seq": device.last_seq,
        "schema": records.SCHEMA,
        "schemas": [records.SCHEMA],
        "me": _me(request),
    }


@router.post("", response={200: Answers, **REFUSALS}, openapi_extra=_BODY)
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take a batch of offline records; every record is answered, none holds up another."""
    body = body_of(request)
    desk.check_digest(body, request.headers.get("Content-Digest", ""))
    device = request.device  # type: ignore[attr-defined]
    receipt = desk.receive_batch(
        body=body,
        device_id=device.id,
        by=request.actor,  # type: ignore[attr-defined]
        known_seq=device.last_seq,
    )
    for status, count in Counter(item.status for item in receipt.answers).items():
        RECORDS.labels(status).inc(count)
    now = clock.milliseconds(clock.now())
    people.note_device_seen(
        device.id,
        last_seq=receipt.last_seq,
        pending=receipt.pending,
        skew_ms=now - receipt.sent_at,
        app=receipt.app,
    )
    answer = {
        "server_time": now,
        "epoch": str(queries.sync_epoch()),
        "results": [item.as_dict() for item in receipt.answers],
    }
    return HttpResponse(msgspec.json.encode(answer), content_type="application/json")


def _me(request: HttpRequest) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    memberships = list(people.recent_memberships(actor))
    standing = training.standing(
        [actor.volunteer_id] if actor.volunteer_id else [],
        sorted({membership.team.commune_id for membership in memberships}),
    )
    names = {group.code: {"vi": group.name_vi, "en": group.name_en} for group in groups.skill_groups()}
    return {
        "account": str(actor.account_id),
        "name": actor.name,
        "volunteer": str(actor.volunteer_id) if actor.volunteer_id else None,
        "is_minor": actor.is_minor,
        "lacks_consent": actor_lacks_consent(actor),
        "roles": [{"role": str(grant.role), "place": grant.place_code} for grant in actor.grants],
        "teams": [_team(item, standing) for item in memberships],
        "certificates": [
            {"group": group, "from": first.isoformat(), "to": end.isoformat() if end else None}
            for (_whose, group), spans in sorted(standing.held.items())
            for first, end in sorted(spans, key=str)
        ],
        "groups": names,
    }


def _team(membership: Any, standing: Standing) -> dict[str, Any]:
    team, commune = membership.team, membership.team.commune
    return {
        "id": str(team.id),
        "name": team.name,
        "kind": team.kind,
        "commune": {"code": commune.code, "name": commune.full_name, "address": commune.address},
        "position": membership.position,
        "from": membership.valid_from.isoformat(),
        "to": membership.valid_to.isoformat() if membership.valid_to else None,
        "asks": gate.asked_of(standing, commune.code),
    }
