"""Warnings: published by the centre or a province, taken back, and read by volunteers as their phones tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text
from aoxanh.safety.errors import UnfitNotice
from aoxanh.safety.models import NoticeReading, SafetyNotice
from aoxanh.safety.notice_queries import notices_for

LONGEST_DAYS = 180
LONGEST_TITLE, LONGEST_TEXT = 120, 1500


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice says and where it holds; English may be missing, Vietnamese not."""

    place: Place
    title_vi: str
    text_vi: str
    last_day: date
    title_en: str = ""
    text_en: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phone tells: its own id, the notice, and when it was read."""

    id: UUID
    notice: UUID
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one reading: accepted, already (known), or refused with a code."""

    id: UUID
    status: str
    code: str = ""


@transaction.atomic
def publish_notice(*, facts: NoticeFacts, by: Actor) -> SafetyNotice:
    """Publish a warning to every team of a place downwards. Raises UnfitNotice or PersonalData."""
    require(by, Permission.NOTICE_PUBLISH, facts.place)
    today = clock.today()
    if not today <= facts.last_day <= today + timedelta(days=LONGEST_DAYS):
        raise UnfitNotice(field="last_day", reason=_("it must end between today and half a year from now"))
    words = {
        field: _fit(getattr(facts, field), field, most)
        for field, most in (
            ("title_vi", LONGEST_TITLE),
            ("text_vi", LONGEST_TEXT),
            ("title_en", LONGEST_TITLE),
            ("text_en", LONGEST_TEXT),
        )
    }
    for field in ("title_vi", "text_vi"):
        if not words[field]:
            raise UnfitNotice(field=field, reason=_("the Vietnamese words are missing"))
    notice = SafetyNotice.objects.create(
        place=facts.place, urgent=facts.urgent, last_day=facts.last_day, published_at=clock.now(), **words
    )
    _record(notice, by, action="safety.notice.published")
    return notice


@transaction.atomic
def withdraw_notice(*, notice: SafetyNotice, by: Actor) -> SafetyNotice:
    """Take a warning back: phones show it no longer. Repeating it changes nothing."""
    notice = SafetyNotice.objects.select_for_update(of=("self",)).select_related("place").get(id=notice.id)
    require(by, Permission.NOTICE_PUBLISH, notice.place)
    if notice.withdrawn_at is None:
        notice.withdrawn_at = clock.now()
        notice.save(update_fields=["withdrawn_at"])
        _record(notice, by, action="safety.notice.withdrawn")
    return notice


@transaction.atomic
def take_readings(*, readings: Sequence[Reading], by: Actor) -> list[Answer]:
    """Store that a volunteer has read notices, each once however often it is told; the first moment told counts."""
    if by.volunteer_id is None:
        raise NotAllowed
    people.lock_volunteer(by.volunteer_id)
    known = {row.notice_id: row for row in NoticeReading.objects.filter(volunteer=by.volunteer_id)}
    mine = {notice.id for notice in notices_for(by, past=True)}
    answers = [_take(one, by.volunteer_id, known, mine) for one in readings]
    stored = sum(answer.status == "accepted" for answer in answers)
    if stored:
        audit.record(
            chain=min(grant.place_code for grant in by.grants),
            actor=str(by),
            action="safety.notice.read",
            subject=f"volunteer:{by.volunteer_id}",
            details={"count": stored},
        )
    return answers


def _take(one: Reading, volunteer_id: UUID, known: dict[UUID, NoticeReading], mine: set[UUID]) -> Answer:
    if one.notice in known:
        return Answer(one.id, "already")
    if one.notice not in mine:
        return Answer(one.id, "refused", "no_such_notice")
    if NoticeReading.objects.filter(id=one.id).exists():
        return Answer(one.id, "refused", "id_taken")
    known[one.notice] = NoticeReading.objects.create(
        id=one.id, notice_id=one.notice, volunteer_id=volunteer_id, read_at=one.read_at
    )
    return Answer(one.id, "accepted")


def _fit(text: str, field: str, most: int) -> str:
    fit = check_text("\n".join(" ".join(line.split()) for line in text.strip().splitlines()), field)
    if len(fit) > most:
        raise UnfitNotice(field=field, reason=_("the text is too long"))
    return fit


def _record(notice: SafetyNotice, by: Actor, *, action: str) -> None:
    audit.record(chain=notice.place_id, actor=str(by), action=action, subject=f"notice:{notice.id}")
