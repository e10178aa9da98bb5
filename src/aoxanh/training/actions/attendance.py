"""Taking in who was at a training event, as a phone or a host tells it, each exactly once; and settling what was doubtful."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may
from aoxanh.places import queries as places
from aoxanh.training import codes
from aoxanh.training.models import Attendance, TrainingEvent

LATE = timedelta(minutes=2)
WRONG_CLOCK = timedelta(minutes=5)
BEFORE, AFTER = timedelta(hours=2), timedelta(hours=3)
# A family may share a phone; forty people do not.
MOST_ON_ONE_PHONE = 3
MOST_WRONG_CODES, WRONG_CODE_SECONDS = 10, 600
How: TypeAlias = Attendance.How
State: TypeAlias = Attendance.State
Why: TypeAlias = Attendance.Why


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What is told: under which id, at which point, of whom (None for oneself), by which code, when by the phone's own clock.

    A spoken code alone names its point, so `commune` and `point` may be empty with one.
    """

    id: UUID
    noted_at: datetime
    commune: str = ""
    point: UUID | None = None
    volunteer: UUID | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in: the phone's clock at that moment, its enrolment if it has one, and the mark of its browser."""

    sent_at: datetime
    device_id: UUID | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one: accepted, already, held (with why somebody has to look first) or refused (with a code)."""

    id: UUID
    status: str
    code: str = ""
    event: UUID | None = None


@dataclass(frozen=True, slots=True)
class _Point:
    """A point and its event, in one row."""

    commune: str
    id: UUID
    host: UUID | None
    closed: bool
    event: UUID
    state: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Told:
    """One check-in understood: who, where, how, and when by the server's clock."""

    one: CheckIn
    at: _Point
    person: UUID
    how: How
    arrived_at: datetime
    is_late: bool
    clock_off: bool
    why: Why = Why.NOTHING


class _Refused(Exception):
    """A check-in cannot be; the code says why."""


_POINT = (
    "SELECT point.commune_code, point.id, point.host_id, point.closed_at IS NOT NULL, event.id, event.state, event.starts_at, event.ends_at"
    " FROM training_point point JOIN training_trainingevent event ON event.id = point.event_id"
)


def hand_in_attendance(*, check_ins: Sequence[CheckIn], sender: Sender, by: Actor) -> list[Answer]:
    """Store who was where, each exactly once however often it is told, and answer each.

    A code proves that somebody was there, so a person's own check-in reaches beyond their communes; a host's list does not. The
    server's clock decides; a phone's counts only as far as it is right when it hands in. Opens its own transaction where there is none,
    and costs seven statements for one.
    """
    now = clock.now()
    persons = {one.volunteer or by.volunteer_id for one in check_ins} - {None}
    hosted = _may_list(check_ins, by)
    with whole_nation():
        active = people.lock_volunteers(
            [person for person in persons if person is not None], turn=_turn(sender)
        )
        noted: Counter[tuple[str, UUID]] = Counter()
        answers = {}
        for one in sorted(check_ins, key=lambda one: (one.commune, str(one.point), one.id)):
            try:
                told = _understood(one, sender, by, now, hosted)
                if told.person not in active:
                    raise _Refused("not_volunteer")  # noqa: TRY301 - one way out for every refusal
                answers[one.id] = _take(told, sender, by, noted)
            except _Refused as refusal:
                answers[one.id] = Answer(one.id, "refused", str(refusal))
        _record(noted, by)
    return [answers[one.id] for one in check_ins]


def _may_list(check_ins: Sequence[CheckIn], by: Actor) -> set[UUID]:
    """Return whom, of those that somebody else tells of, the actor may see at all; asked within the actor's own reach."""
    others = {one.volunteer for one in check_ins if one.volunteer is not None}
    if not others:
        return set()
    with scope(by.scope):
        rows = people.volunteers_visible_to(by).filter(id__in=others).order_by()
        return set(rows.values_list("id", flat=True))


def _turn(sender: Sender) -> int | None:
    """Return the number under which those who hand in from one browser wait for each other, so that each counts those before."""
    mark = _mark(sender)
    return int.from_bytes(bytes.fromhex(mark[:16]), "big", signed=True) if mark else None


def _understood(one: CheckIn, sender: Sender, by: Actor, now: datetime, hosted: set[UUID]) -> _Told:
    skew = now - sender.sent_at
    arrived = min(now, one.noted_at + skew)
    is_late, clock_off = now - arrived > LATE, abs(skew) > WRONG_CLOCK
    is_own = one.volunteer is None or (one.volunteer == by.volunteer_id and bool(one.code))
    person = by.volunteer_id if is_own else one.volunteer
    if person is None:
        raise _Refused("not_volunteer")
    code = codes.as_typed(one.code)
    kind = codes.kind_of(code) if code else None
    at = _find_point(one, code, kind, by, arrived)
    if not at.starts_at - BEFORE <= arrived <= at.ends_at + AFTER:
        raise _Refused("not_then")
    if is_own:
        how = {"screen": How.CODE, "spoken": How.SPOKEN}[kind] if kind else How.OFFLINE
        why = _proof(at, code, kind, arrived, is_late=is_late, by=by)
    else:
        commune = places.place_by_code(at.commune)
        if person not in hosted or not may(by, Permission.POINT_HOST, commune, owner_id=at.host):
            raise _Refused("not_yours")
        how, why = How.LIST, Why.NOTHING
    if at.state != TrainingEvent.State.OPEN or at.closed:
        if not is_late and not at.closed:
            raise _Refused("not_open")
        why = why or Why.AFTER_CLOSE
    return _Told(one, at, person, how, arrived, is_late, clock_off, why)


def _proof(
    at: _Point, code: str, kind: codes.Kind | None, arrived: datetime, *, is_late: bool, by: Actor
) -> Why:
    """Return why a person's own check-in has to be looked at first; nothing when its code holds. Refuses a code that is over."""
    if not code:
        return Why.UNPROVEN
    may_try = kind != "spoken" or not _is_guessing(by)
    if kind and may_try and codes.fits(_key(at, kind), kind, code, arrived):
        return Why.NOTHING
    if kind != "screen":
        _note_wrong_code(by)
    if is_late:
        return Why.UNPROVEN
    raise _Refused("code_over" if may_try else "too_many_tries")


def _find_point(one: CheckIn, code: str, kind: codes.Kind | None, by: Actor, arrived: datetime) -> _Point:
    if one.point is not None:
        found = _points("point.commune_code = %s AND point.id = %s", [one.commune, one.point])
        if not found:
            raise _Refused("no_point")
        return found[0]
    if kind != "spoken":
        raise _Refused("no_point")
    if _is_guessing(by):
        raise _Refused("too_many_tries")
    near = _points(
        "event.state = 'open' AND event.starts_at - interval '2 hours' <= %s AND point.commune_code IN"
        " (SELECT other.code FROM places_place other WHERE other.parent_id IN"
        " (SELECT mine.parent_id FROM places_place mine WHERE mine.code = ANY (%s)))",
        [arrived, sorted(by.scope.communes)],
    )
    found = [at for at in near if codes.fits(_key(at, "spoken"), "spoken", code, arrived)]
    if len(found) != 1:
        _note_wrong_code(by)
        raise _Refused("code_over")
    return found[0]


def _points(condition: str, values: list[Any]) -> list[_Point]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_POINT} WHERE {condition}", values)
        return [_Point(*row) for row in cursor.fetchall()]


def _key(at: _Point, kind: codes.Kind) -> bytes:
    return codes.point_key(settings.SECRET_KEY, at.id, kind)


def _is_guessing(by: Actor) -> bool:
    return bool(cache.get(_tries(by), 0) >= MOST_WRONG_CODES)


def _note_wrong_code(by: Actor) -> None:
    """Count a wrong code; the person's row is locked, so nobody tries two at once."""
    name = _tries(by)
    cache.set(name, cache.get(name, 0) + 1, WRONG_CODE_SECONDS)


def _tries(by: Actor) -> str:
    return f"training-codes-{by.volunteer_id}"


def _take(told: _Told, sender: Sender, by: Actor, noted: "Counter[tuple[str, UUID]]") -> Answer:
    """Compare with what is known of the person at this event, and store."""
    one, at = told.one, told.at
    known, sharing = _known(told, sender)
    same = next((row for row in known if row.id == one.id), None)
    if same is not None:
        if same.volunteer_id != told.person:
            raise _Refused("id_taken")
        return _answer_again(same)
    here = next((row for row in known if row.point_id == at.id and row.volunteer_id == told.person), None)
    counted = next(
        (row for row in known if row.state == State.PRESENT and row.volunteer_id == told.person), None
    )
    if counted is not None and counted.point_id == at.id:
        return Answer(one.id, "already", event=at.event)
    if here is not None and (told.why or here.state == State.VOID):
        return _answer_again(_under_id(here, one.id))
    why = told.why
    if counted is not None:
        why = Why.ELSEWHERE
    elif told.how != How.LIST and not why and sharing >= MOST_ON_ONE_PHONE:
        why = Why.SHARED_PHONE
    if here is not None:
        why = why or (Why.NOTHING if _count(at) else Why.AFTER_CLOSE)
        _say_present(here, told, by, why)
    else:
        why = _insert(replace(told, why=why), sender, by)
    noted[at.commune, at.event] += 1
    return Answer(one.id, "held" if why else "accepted", str(why), at.event)


def _under_id(row: Attendance, told_id: UUID) -> Attendance:
    """Return a known row under the id of a second telling of it, for the answer only."""
    return Attendance(id=told_id, event_id=row.event_id, state=row.state, why=row.why)


def _answer_again(row: Attendance) -> Answer:
    if row.state == State.HELD:
        return Answer(row.id, "held", row.why, row.event_id)
    return Answer(row.id, "already", row.why if row.state == State.VOID else "", row.event_id)


_FIELDS = ("commune_code", "id", "event_id", "point_id", "volunteer_id", "state", "why")
_KNOWN = (
    f"SELECT {', '.join(_FIELDS)} FROM training_attendance WHERE (volunteer_id = %(person)s AND event_id = %(event)s)"
    " OR (commune_code = %(commune)s AND id = %(id)s)"
)
_SHARING = (
    "SELECT count(DISTINCT volunteer_id) FROM training_attendance"
    " WHERE event_id = %(event)s AND phone = %(mark)s AND volunteer_id <> %(person)s"
)


def _known(told: _Told, sender: Sender) -> tuple[list[Attendance], int]:
    """Return what is known of the person at this event, or under this id, and how many others this phone told of there."""
    values: dict[str, Any] = {
        "event": told.at.event, "mark": _mark(sender), "person": told.person, "commune": told.at.commune, "id": told.one.id,
    }  # fmt: skip
    others = 0
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, values)
        found = [Attendance(**dict(zip(_FIELDS, row, strict=True))) for row in cursor.fetchall()]
        if values["mark"]:
            cursor.execute(_SHARING, values)
            ((others,),) = cursor.fetchall()
    return found, others


def _mark(sender: Sender) -> str:
    """Return what is kept of a phone's mark: a hash, so that it leads to nothing elsewhere."""
    return hashlib.sha256(f"phone {sender.phone}".encode()).hexdigest()[:32] if sender.phone else ""


_COUNT = (
    "UPDATE training_point SET present = present + %(change)s WHERE commune_code = %(commune_code)s AND id = %(point_id)s"
    " AND closed_at IS NULL"
)


def _count(at: _Point, change: int = 1) -> bool:
    """Add to a point's count; False when its attendance was frozen meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"change": change, "commune_code": at.commune, "point_id": at.id})
        return bool(cursor.rowcount)


def _insert(told: _Told, sender: Sender, by: Actor) -> Why:
    """Store somebody and count them at their point, in one statement; return why they do not count, if so.

    Who comes when the point was frozen meanwhile is held. Refuses an id that somebody else took at this moment, and counts nobody for it.
    """
    one, at, is_own = told.one, told.at, told.how != How.LIST
    row: dict[str, Any] = {
        "commune_code": at.commune, "id": one.id, "event_id": at.event, "point_id": at.id, "volunteer_id": told.person,
        "how": str(told.how), "state": str(State.HELD), "why": str(told.why or Why.AFTER_CLOSE),
        "is_late": told.is_late, "clock_off": told.clock_off, "arrived_at": told.arrived_at, "noted_at": one.noted_at,
        "received_at": clock.now(), "device_id": sender.device_id, "phone": _mark(sender) if is_own else "",
        "recorded_by_id": None if is_own else by.account_id,
    }  # fmt: skip
    values = {name: f"%({name})s" for name in row}
    values["state"] = f"CASE WHEN EXISTS (SELECT FROM counted) THEN '{State.PRESENT}' ELSE %(state)s END"
    values["why"] = "CASE WHEN EXISTS (SELECT FROM counted) THEN '' ELSE %(why)s END"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH counted AS ({_COUNT} AND %(counts)s RETURNING id)"
            f" INSERT INTO training_attendance ({', '.join(row)}) SELECT {', '.join(values.values())} ON CONFLICT DO NOTHING RETURNING why",
            row | {"change": 1, "counts": not told.why},
        )
        stored = cursor.fetchone()
    if stored is None:
        if not told.why:
            _count(at, -1)
        raise _Refused("id_taken")
    return Why(stored[0])


def _say_present(here: Attendance, told: _Told, by: Actor, why: Why) -> None:
    """Let a host's tick, or a code that holds, stand where something doubtful was told before."""
    Attendance.objects.filter(commune_code=here.commune_code, id=here.id).update(
        state=State.HELD if why else State.PRESENT, why=why, how=told.how, recorded_by_id=by.account_id if told.how == How.LIST else None, settled_at=clock.now(),
        arrived_at=told.arrived_at,
    )  # fmt: skip


def _record(noted: "Counter[tuple[str, UUID]]", by: Actor) -> None:
    for (commune, event), count in sorted(noted.items()):
        audit.record(
            chain=commune,
            actor=str(by),
            action="training.attendance.taken",
            subject=f"event:{event}",
            details={"count": count},
        )
