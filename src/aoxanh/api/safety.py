"""The safety door: the key that a phone signs its badge with, and the warnings its owner has read."""

import base64
import binascii
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import override
from ninja import Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON, DeviceToken
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Moment, Sent
from aoxanh.kernel import clock
from aoxanh.people import actions as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import UnfitBadgeKey
from aoxanh.safety import actions, notice_queries, queries
from aoxanh.safety.models import ScamReport

router = Router(tags=["safety"], auth=PERSON)

MOST = 50
MOST_REPORTS = 20


class BadgeKeyIn(Sent):
    """The id (UUIDv7) that the phone gave its badge's key, and the uncompressed P-256 point (65 bytes) in base64url."""

    id: UUID
    public_key: str = Field(max_length=100)


class BadgeKeyOut(Schema):
    """The key that badges of this phone are checked with from now on."""

    id: UUID
    server_time: int


class ReadingIn(Sent):
    """A warning was read: under an id that the phone made (UUIDv7), in milliseconds by the phone's clock."""

    id: UUID
    notice: UUID
    read_at: Moment


class ReadingsIn(Sent):
    """Some readings; sending them again changes nothing."""

    readings: list[ReadingIn] = Field(min_length=1, max_length=MOST)


class ReadingResult(Schema):
    """What became of one: `accepted`, `already`, or `refused` with a code: id_taken or no_such_notice."""

    id: UUID
    status: str
    code: str


class ReadingsOut(Schema):
    """The answers, in the order of what was sent."""

    results: list[ReadingResult]


@router.post("/badge-key", auth=DeviceToken(), response={200: BadgeKeyOut, **REFUSALS})
def register_badge_key(request: HttpRequest, wanted: BadgeKeyIn) -> dict[str, Any]:
    """Keep the public key with which this phone signs its owner's badge; the same again changes nothing."""
    try:
        point = base64.b64decode(
            wanted.public_key + "=" * (-len(wanted.public_key) % 4), b"-_", validate=True
        )
    except (binascii.Error, ValueError):
        raise UnfitBadgeKey(field="public_key") from None
    key = people.register_badge_key(
        device=request.device,  # type: ignore[attr-defined]
        key_id=wanted.id,
        public_key=point,
        by=request.actor,  # type: ignore[attr-defined]
    )
    return {"id": key.id, "server_time": clock.milliseconds(clock.now())}


@router.post("/readings", response={200: ReadingsOut, **REFUSALS})
def take_readings(request: HttpRequest, wanted: ReadingsIn) -> dict[str, Any]:
    """Take word of warnings that were read, each stored once however often it is sent; each is answered by itself."""
    readings = [
        actions.Reading(one.id, one.notice, clock.from_milliseconds(one.read_at)) for one in wanted.readings
    ]
    answers = actions.take_readings(readings=readings, by=request.actor)  # type: ignore[attr-defined]
    return {"results": [{"id": one.id, "status": one.status, "code": one.code} for one in answers]}


def notices_of(actor: Actor) -> list[dict[str, Any]]:
    """Return what a phone shows first of all: open reports about the teams its owner leads, then warnings, the newest first."""
    read = notice_queries.notices_read_by(actor)
    notices = notice_queries.notices_for(actor)[: notice_queries.MOST_ON_A_PHONE]
    told = [
        {
            "id": str(one.id),
            "kind": "warning",
            "title": {"vi": one.title_vi, "en": one.title_en or one.title_vi},
            "text": {"vi": one.text_vi, "en": one.text_en or one.text_vi},
            "urgent": one.urgent,
            "at": clock.milliseconds(one.published_at),
            "read": one.id in read,
        }
        for one in notices
    ]
    return [_as_notice(report) for report in queries.open_reports_of_leader(actor)[:MOST_REPORTS]] + told


def _as_notice(report: ScamReport) -> dict[str, Any]:
    """Return an open report as the phone of a leader shows it: what kind, until when; never what was written."""
    title, kind = {}, {}
    for language, words in (
        ("vi", "Người dân báo dấu hiệu lừa đảo liên quan đội của bạn"),
        ("en", "A citizen reported a possible fraud about your team"),
    ):
        with override(language):
            kind[language] = str(report.get_kind_display())
        title[language] = words
    return {
        "id": str(report.id),
        "kind": "report",
        "title": title,
        "text": kind,
        "urgent": True,
        "at": clock.milliseconds(report.made_at),
        "until": clock.milliseconds(report.due_at),
        "href": f"/scam-reports/{report.id}/",
        "read": False,
    }
