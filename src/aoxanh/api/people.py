"""The people door: phones enrolled and revoked, teams and volunteers within the caller's reach."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Query, Router, Schema, Status
from pydantic import Field

from aoxanh.api.auth import PERSON, Session
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Sent
from aoxanh.people import actions
from aoxanh.people import queries as people
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Account, Device, LanguageSkill, Team, Volunteer
from aoxanh.places import queries as places
from aoxanh.places.models import Place

router = Router(tags=["people"], auth=PERSON)


class CsrfOut(Schema):
    """The token to send as X-CSRFToken with whatever changes something."""

    token: str


class EnrolIn(Sent):
    """The phone's own id and a name to recognise it by."""

    device: UUID
    label: str = Field("", max_length=200)


class EnrolledOut(Schema):
    """The device token, shown this once."""

    token: str
    device: UUID


class DeviceOut(Schema):
    """An enrolled phone, and what it last told of its unsent work."""

    id: UUID
    account: UUID = Field(alias="account_id")
    label: str
    enrolled_at: datetime
    last_seen_at: datetime | None
    pending: int
    app_version: str


class CommuneBrief(Schema):
    """A commune as it is always shown."""

    code: str
    name: str = Field(alias="full_name")
    address: str


class TeamBrief(Schema):
    """A volunteer team of one commune."""

    id: UUID
    name: str
    kind: str
    commune: CommuneBrief


class SkillOut(Schema):
    """A language (ISO 639-3) and how well it is spoken: 1 simple words, 2 conversation, 3 mother tongue."""

    language: str = Field(alias="language_id")
    level: int


class VolunteerOut(Schema):
    """A volunteer; levels are 0 to 3, `availability` has a bit for each half day from Monday morning."""

    id: UUID
    full_name: str
    home: CommuneBrief
    technology: int
    communication: int
    availability: int
    is_minor: bool
    is_active: bool
    languages: list[SkillOut]

    @staticmethod
    def resolve_languages(volunteer: Volunteer) -> list[LanguageSkill]:
        return list(volunteer.language_skills.all())


class VolunteerPage(Schema):
    """Some volunteers in Vietnamese order; ask with `after` = `next` for more, until it is null."""

    volunteers: list[VolunteerOut]
    next: UUID | None


class VolunteersWanted(Schema):
    """Which place, and where to go on."""

    place: str = Field("", max_length=5)
    after: UUID | None = None
    limit: int = Field(50, ge=1, le=100)


@router.get("/csrf", auth=None, response={200: CsrfOut, **REFUSALS})
def csrf(request: HttpRequest) -> dict[str, str]:
    """Return the CSRF token and set its cookie."""
    return {"token": get_token(request)}


@router.post("/devices", auth=Session(), response={201: EnrolledOut, **REFUSALS})
def enrol(request: HttpRequest, wanted: EnrolIn) -> Status[dict[str, Any]]:
    """Enrol the phone in hand for the signed-in person; the same phone again gets a new token."""
    token = actions.enrol_device(
        account=cast("Account", request.user), device_id=wanted.device, label=wanted.label, by=_actor(request)
    )
    return Status(201, {"token": token, "device": wanted.device})


@router.get("/devices", response={200: list[DeviceOut], **REFUSALS})
def devices(request: HttpRequest) -> list[Device]:
    """List the phones that the caller may revoke: their own, and those of people they answer for."""
    return list(people.devices_visible_to(_actor(request))[:500])


@router.post("/devices/{uuid:device_id}/revoke", response={200: DeviceOut, **REFUSALS})
def revoke(request: HttpRequest, device_id: UUID) -> Device:
    """Revoke a lost phone; its next call is answered 410 and it erases what it holds."""
    device = people.device_with_id(device_id)
    if device is None:
        raise NotAllowed
    return actions.revoke_device(device=device, by=_actor(request))


@router.get("/teams", response={200: list[TeamBrief], **REFUSALS})
def teams(request: HttpRequest, place: Query[str] = "") -> list[Team]:
    """List the teams within the caller's reach, of one place downwards when it is named; at most 500."""
    return list(people.teams_visible_to(_actor(request), _place(place))[:500])


@router.get("/volunteers", response={200: VolunteerPage, **REFUSALS})
def volunteers(request: HttpRequest, wanted: Query[VolunteersWanted]) -> dict[str, Any]:
    """List the volunteers within the caller's reach, page by page."""
    rows = people.volunteers_visible_to(_actor(request), _place(wanted.place))
    if wanted.after is not None:
        last = rows.filter(id=wanted.after).first()
        if last is None:
            raise NotAllowed(field="after")
        rows = rows.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, id__gt=last.id))
    page = list(rows.prefetch_related("language_skills")[: wanted.limit + 1])
    more = page[wanted.limit :]
    return {"volunteers": page[: wanted.limit], "next": page[wanted.limit - 1].id if more else None}


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _place(code: str) -> Place | None:
    return places.place_by_code(code) if code else None
