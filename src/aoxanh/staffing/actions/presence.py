"""Coming to a shift and going home, told by the phone; and the address under which a calendar fetches one's shifts."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people import consent_queries as consents
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.staffing.actions.days import own_volunteer
from aoxanh.staffing.models import CalendarFeed, CheckIn, ShiftAssignment
from aoxanh.staffing.shift_queries import feed_digest

LONGEST = timedelta(hours=14)
AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Presence:
    """What a phone tells: its own id for the check-in, the shift, and when the person came and, once they did, went."""

    id: UUID
    shift: UUID
    arrived_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one check-in: accepted, already (known, nothing new), or refused with a code."""

    id: UUID
    status: str
    code: str = ""


@transaction.atomic
def check_in(*, presences: Sequence[Presence], by: Actor) -> list[Answer]:
    """Store check-ins and check-outs that a phone kept, each exactly once however often it is sent; each gets its answer.

    The first arrival told of a shift counts, and the first time of leaving. A second phone's check-in of the same shift adds
    what the first did not know and is answered `already`.
    """
    volunteer_id = own_volunteer(by)
    people.lock_volunteer(volunteer_id)
    uncovered = consents.uncovered_days(by, {_day(one) for one in presences})
    answers = [_take(one, volunteer_id, by, uncovered) for one in presences]
    stored = sum(answer.status == "accepted" for answer in answers)
    if stored:
        chain = _chain(presences[0], by)
        audit.record(
            chain=chain, actor=str(by), action="staffing.checked_in",
            subject=f"volunteer:{volunteer_id}", details={"count": stored},
        )  # fmt: skip
    return answers


@transaction.atomic
def make_feed_address(*, by: Actor) -> str:
    """Return a new secret for the actor's calendar address; an older address holds no longer. It is shown once and not kept."""
    volunteer_id = own_volunteer(by)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        volunteer_id=volunteer_id, defaults={"token_hash": feed_digest(token), "made_at": clock.now()}
    )
    _note_feed(by, "staffing.feed.made")
    return token


@transaction.atomic
def end_feed_address(*, by: Actor) -> None:
    """Let the actor's calendar address hold no longer."""
    CalendarFeed.objects.filter(volunteer=own_volunteer(by)).delete()
    _note_feed(by, "staffing.feed.ended")


def _take(one: Presence, volunteer_id: UUID, by: Actor, uncovered: Collection[date]) -> Answer:
    known = CheckIn.objects.filter(id=one.id).first()
    if known is not None and known.volunteer_id != volunteer_id:
        return Answer(one.id, "refused", "id_taken")
    known = known or CheckIn.objects.filter(shift=one.shift, volunteer=volunteer_id).first()
    if known is not None:
        return _add_leaving(known, one)
    seat = ShiftAssignment.objects.filter(shift=one.shift, volunteer=volunteer_id, holds=True).first()
    if seat is None:
        return Answer(one.id, "refused", "not_on_shift")
    if code := _refusal(seat, one, by, uncovered):
        return Answer(one.id, "refused", code)
    CheckIn.objects.create(
        id=one.id, shift_id=one.shift, commune_id=seat.commune_id, volunteer_id=volunteer_id, day=seat.day,
        arrived_at=one.arrived_at, left_at=_sound_leaving(one.arrived_at, one.left_at),
    )  # fmt: skip
    return Answer(one.id, "accepted")


def _add_leaving(known: CheckIn, one: Presence) -> Answer:
    left = _sound_leaving(known.arrived_at, one.left_at)
    if known.left_at is not None or left is None:
        return Answer(one.id, "already")
    known.left_at = left
    known.save(update_fields=["left_at"])
    return Answer(one.id, "accepted")


def _sound_leaving(arrived: datetime, left: datetime | None) -> datetime | None:
    """Return when somebody left if that can be: after they came, and not for longer than a long day."""
    return left if left is not None and arrived < left <= arrived + LONGEST else None


def _refusal(seat: ShiftAssignment, one: Presence, by: Actor, uncovered: Collection[date]) -> str:
    """Return why somebody who holds a seat cannot have come then, or ""."""
    if not _fits(seat, one):
        return "wrong_day"
    if _day(one) in uncovered:
        return "consent_missing"
    return "minor_hours" if by.is_minor and not _in_minors_hours(one.arrived_at) else ""


def _fits(seat: ShiftAssignment, one: Presence) -> bool:
    """Tell whether somebody came on the shift's day; not in the future, whatever the phone's clock says."""
    return _day(one) == seat.day and one.arrived_at <= clock.now() + AHEAD


def _day(one: Presence) -> date:
    return one.arrived_at.astimezone(clock.VIETNAM).date()


def _in_minors_hours(moment: datetime) -> bool:
    first, last = consents.MINOR_HOURS
    return first <= moment.astimezone(clock.VIETNAM).hour < last


def _chain(first: Presence, by: Actor) -> str:
    row = CheckIn.objects.filter(shift=first.shift, volunteer=by.volunteer_id).first()
    return row.commune_id if row else _own_place(by)


def _own_place(by: Actor) -> str:
    return min(grant.place_code for grant in by.grants)


def _note_feed(by: Actor, action: str) -> None:
    audit.record(chain=_own_place(by), actor=str(by), action=action, subject=f"volunteer:{by.volunteer_id}")
