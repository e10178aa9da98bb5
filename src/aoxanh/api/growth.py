"""The door of growing in the field: checklists and whom one may observe, observations as a phone tells them, one's own record."""

from datetime import date
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
from aoxanh.oversight.records import Record, record_of
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission
from aoxanh.people.supervising import members_supervised
from aoxanh.training import actions
from aoxanh.training.attended_queries import Attended
from aoxanh.training.practice import checklists
from aoxanh.training.practice_queries import Seen
from aoxanh.training.quiz.item import Text
from aoxanh.training.watched import NEEDS_WORK

router = Router(tags=["growth"], auth=PERSON)
MOST = 50
LATEST_SEEN = 10
LATEST_ATTENDED = 20


class WordsOut(Schema):
    """A text in both languages."""

    vi: str
    en: str


class ChecklistPointOut(Schema):
    """One thing to watch for."""

    id: str
    vi: str
    en: str


class ChecklistOut(Schema):
    """The latest version of a checklist."""

    code: str
    version: int
    title: WordsOut
    points: list[ChecklistPointOut]


class MemberOut(Schema):
    """Somebody whom the caller may observe."""

    volunteer: UUID
    name: str
    team: UUID
    team_name: str


class CertificateHeldOut(Schema):
    """A certificate of the caller's; `until` is the first day it no longer holds."""

    group: WordsOut
    issued_on: date
    until: date | None
    holds: bool


class SeenOut(Schema):
    """An observation of the caller: how many points of those that could be seen were done, and which need work."""

    day: date
    title: WordsOut
    done: int
    watched: int
    needs_work: list[WordsOut]
    note: str


class AttendedOut(Schema):
    """A training session that the caller was at; it counts, or somebody has to look first. `teacher` is a person or an organisation."""

    day: date
    title: str
    kind: Literal["broadcast", "cascade", "class"]
    place: str
    address: str
    teacher: str
    counts: bool


class ReasonOut(Schema):
    """Why a module is next: a point that needed work, or an obstacle met so many times in so many sessions."""

    point: WordsOut | None
    obstacle: str
    times: int
    of: int


class NextModuleOut(Schema):
    """A module to take next; its page is /learn/{course}/{module}/."""

    course: str
    module: str
    title: WordsOut
    reasons: list[ReasonOut]


class OwnOut(Schema):
    """The caller's own record since a day, and nobody else's."""

    since: date
    lacks_consent: bool
    helps: int
    minutes: int
    shifts: int
    hours: float
    certificates: list[CertificateHeldOut]
    attended: list[AttendedOut]
    seen: list[SeenOut]
    steps: list[NextModuleOut]


class GrowthOut(Schema):
    """What a phone keeps for working without a network; `own` is null for people who are no volunteers."""

    server_time: int
    checklists: list[ChecklistOut]
    members: list[MemberOut]
    own: OwnOut | None


class ObservationIn(Sent):
    """One observation under an id that the phone made (UUIDv7); a mark for each point of that version of the checklist."""

    id: UUID
    volunteer: UUID
    team: UUID
    day: Day
    checklist: str = Field(max_length=12)
    version: Whole = Field(ge=1, le=32_000)
    marks: dict[str, Literal["done", "needs_work", "not_seen"]] = Field(max_length=40)
    note: str = Field("", max_length=280)


class ObservationsIn(Sent):
    """Some observations; sending them again changes nothing."""

    observations: list[ObservationIn] = Field(min_length=1, max_length=MOST)


class ObservationResult(Schema):
    """What became of one: `accepted`, `already`, or `refused` with a code.

    Codes are id_taken, not_your_team, not_oneself, wrong_day, unknown_checklist, unfit_marks, nothing_seen, personal_data and
    unreadable_text.
    """

    id: UUID
    status: str
    code: str


class ObservationsOut(Schema):
    """The answers, in the order of what was sent."""

    results: list[ObservationResult]


@router.get("", response={200: GrowthOut, **REFUSALS})
def show_growth(request: HttpRequest) -> dict[str, Any]:
    """Show the checklists, whom the caller may observe, and the caller's own record."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = people.volunteers_visible_to(actor).filter(id=actor.volunteer_id) if actor.volunteer_id else None
    volunteer = own.first() if own is not None else None
    return {
        "server_time": clock.milliseconds(clock.now()),
        "checklists": [
            {"code": one.code, "version": one.latest.version, "title": one.title, "points": list(one.latest.points)}
            for one in checklists().values()
        ],
        "members": [
            {"volunteer": each.volunteer_id, "name": each.volunteer.full_name, "team": each.team_id, "team_name": each.team.name}
            for each in members_supervised(actor, Permission.PRACTICE_OBSERVE)
        ],
        "own": _own(record_of(volunteer, actor)) if volunteer else None,
    }  # fmt: skip


@router.post("/observations", response={200: ObservationsOut, **REFUSALS})
def hand_in_observations(request: HttpRequest, wanted: ObservationsIn) -> dict[str, Any]:
    """Take observations, each stored once however often it is sent; each is answered by itself."""
    observed = [actions.Observed(**dict(one)) for one in wanted.observations]
    answers = actions.record_observations(observed=observed, by=request.actor)  # type: ignore[attr-defined]
    return {"results": [{"id": one.id, "status": one.status, "code": one.code} for one in answers]}


def _own(record: Record) -> dict[str, Any]:
    return {
        "since": record.first,
        "lacks_consent": record.lacks_consent,
        "helps": record.tally.helps,
        "minutes": record.tally.minutes,
        "shifts": record.duty.shifts,
        "hours": record.duty.hours,
        "certificates": [
            {
                "group": {"vi": one.group.name_vi, "en": one.group.name_en},
                "issued_on": one.issued_on,
                "until": one.revoked_on or one.valid_to,
                "holds": one.holds_today,
            }
            for one in record.certificates
        ],
        "attended": [_attended(one) for one in record.attended[:LATEST_ATTENDED]],
        "seen": [_seen(one) for one in record.seen[:LATEST_SEEN]],
        "steps": [
            {
                "course": step.course.code,
                "module": step.module.id,
                "title": step.module.title,
                "reasons": [
                    {
                        "point": reason.point and _text(reason.point),
                        "obstacle": reason.obstacle,
                        "times": reason.times,
                        "of": reason.of,
                    }
                    for reason in step.reasons
                ],
            }
            for step in record.steps
        ],
    }


def _seen(one: Seen) -> dict[str, Any]:
    return {
        "day": one.observation.day,
        "title": checklists()[one.observation.checklist].title,
        "done": one.done,
        "watched": one.watched,
        "needs_work": [_text(point) for point, mark in one.points if mark == NEEDS_WORK],
        "note": one.observation.note,
    }


def _attended(one: Attended) -> dict[str, Any]:
    return {
        "day": one.starts_at.astimezone(clock.VIETNAM).date(),
        "title": one.title,
        "kind": one.kind,
        "place": one.point,
        "address": one.address,
        "teacher": one.teacher,
        "counts": one.counts,
    }


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
