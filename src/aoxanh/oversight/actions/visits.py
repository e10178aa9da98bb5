"""Visits of supervisors: planned for a week, moved, dropped, and what was seen, taken from a phone exactly once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.oversight.models import SupervisionTask, Visit
from aoxanh.oversight.supervision.checklist import checklist
from aoxanh.oversight.supervision.planning import suggest
from aoxanh.oversight.supervision.rules import policy
from aoxanh.oversight.supervision_errors import NoSuchVisit, UnfitVisit
from aoxanh.oversight.supervision_queries import own_visits
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places.models import Place
from aoxanh.training.watched import Answer, flaw_of, note_of

MOST_HALVES = 10
WEEKS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """What a phone tells of one visit, under an id of its own."""

    id: UUID
    visit: UUID
    day: date
    version: int
    marks: Mapping[str, str]
    note: str = ""


def plan_week(*, monday: date, half_days: int, base: Place | None, by: Actor) -> list[Visit]:
    """Plan the actor's visits of a week anew; what was done or announced there stays. Raises NotAllowed, UnfitVisit."""
    reached, account_id = _reached(by)
    first, last = monday, monday + timedelta(days=6)
    today = clock.today()
    if monday.weekday() or not today - timedelta(days=6) <= monday <= today + timedelta(weeks=WEEKS_AHEAD):
        raise UnfitVisit(field="monday", reason=_("the week does not begin on a Monday of the coming weeks"))
    if not 1 <= half_days <= MOST_HALVES:
        raise UnfitVisit(field="half_days", reason=_("the number of half days is not between 1 and 10"))
    slots = [slot for slot in _slots(monday) if slot[0] >= today][:half_days]
    with transaction.atomic():
        held = own_visits(by, first, last).select_for_update(of=("self",))
        taken = {row.commune_id for row in held if row.state == Visit.State.DONE or row.announced}
        Visit.objects.filter(id__in=[row.id for row in held if row.commune_id not in taken]).update(
            state="dropped"
        )
        route = suggest(reached, len(slots), base, today)
        rows = [
            Visit(
                commune_id=one.code, supervisor_id=account_id, day=day, half=half, place_in_trip=number,
                reasons={"risk": one.risk, "silent_days": one.silent_days, "weeks": one.weeks_unvisited},
            )
            for (day, half), trip in zip(slots, route.trips, strict=True)
            for number, one in enumerate(trip, start=1)
            if one.code not in taken
        ]  # fmt: skip
        Visit.objects.bulk_create(rows)
        audit.record(
            chain=reached[0], actor=str(by), action="oversight.visits.planned",
            details={"monday": monday, "visits": len(rows), "value": round(route.value, 2), "bound": round(route.bound, 2)},
        )  # fmt: skip
    return rows


def change_visit(*, visit_id: UUID, day: date, half: str, announced: bool, by: Actor) -> Visit:
    """Move a planned visit of the actor's own, or let the commune know of it. Raises NoSuchVisit, UnfitVisit."""
    with transaction.atomic():
        row = _own_planned(visit_id, by)
        if (
            not clock.today() <= day <= clock.today() + timedelta(weeks=WEEKS_AHEAD)
            or half not in Visit.Half.values
        ):
            raise UnfitVisit(field="day", reason=_("the day is not within the coming weeks"))
        if own_visits(by, day, day).filter(commune=row.commune_id, half=half).exclude(id=row.id).exists():
            raise UnfitVisit(field="day", reason=_("you are there on that half day already"))
        row.day, row.half, row.announced = day, half, announced
        row.save(update_fields=["day", "half", "announced"])
        _record(row, by, "oversight.visit.changed")
    return row


def drop_visit(*, visit_id: UUID, by: Actor) -> None:
    """Drop a planned visit of the actor's own. Raises NoSuchVisit."""
    with transaction.atomic():
        row = _own_planned(visit_id, by)
        row.state = Visit.State.DROPPED
        row.save(update_fields=["state"])
        _record(row, by, "oversight.visit.dropped")


@transaction.atomic
def record_seen(*, seen: Sequence[Seen], by: Actor) -> list[Answer]:
    """Store what the actor saw on their visits; each is answered by itself, and the first telling of an id stays."""
    return [_take(one, by) for one in seen]


def _take(one: Seen, by: Actor) -> Answer:
    rows = Visit.objects.select_for_update(of=("self",)).select_related("commune")
    row = rows.filter(id=one.visit, supervisor=by.account_id, supervisor__isnull=False).first()
    if row is None or not may(by, Permission.VISIT_PLAN, row.commune):
        return Answer(one.id, "refused", "no_such_visit")
    if row.report_id == one.id:
        return Answer(one.id, "already")
    if row.report_id is not None:
        return Answer(one.id, "refused", "already_told")
    if code := flaw_of(one, checklist().of(one.version)):
        return Answer(one.id, "refused", code)
    try:
        with transaction.atomic():
            _store(one, row, by)
    except IntegrityError:
        return Answer(one.id, "refused", "id_taken")
    return Answer(one.id, "accepted")


def _store(one: Seen, row: Visit, by: Actor) -> None:
    """Keep what was seen; the tasks of the commune about silence are answered by having gone there."""
    row.report_id, row.seen_on, row.version, row.marks = one.id, one.day, one.version, dict(one.marks)
    row.note, row.state, row.received_at = note_of(one), Visit.State.DONE, clock.now()
    row.save(update_fields=["report_id", "seen_on", "version", "marks", "note", "state", "received_at"])
    alert = policy().alert("silent_team")
    SupervisionTask.objects.filter(
        rule="silent_team", place=row.commune_id, closed_at=None, opened_on__lte=one.day
    ).update(
        outcome="done",
        closed_at=clock.now(),
        resting_until=clock.today() + timedelta(days=alert.days if alert else 1),
    )
    _record(row, by, "oversight.visit.seen")


def _reached(by: Actor) -> tuple[list[str], UUID]:
    """Return the places where the actor plans visits, and the actor's account; the system plans none."""
    reached = places_reached(by, Permission.VISIT_PLAN)
    if not reached or by.account_id is None:
        raise NotAllowed
    return reached, by.account_id


def _own_planned(visit_id: UUID, by: Actor) -> Visit:
    rows = Visit.objects.select_for_update(of=("self",)).select_related("commune")
    row = rows.filter(id=visit_id, supervisor=by.account_id, state=Visit.State.PLANNED).first()
    if row is None or by.account_id is None or not may(by, Permission.VISIT_PLAN, row.commune):
        raise NoSuchVisit
    return row


def _slots(monday: date) -> list[tuple[date, str]]:
    """Return the half days of a working week, those of the morning first: a second trip on a day comes last."""
    return [(monday + timedelta(days=number), half) for half in ("am", "pm") for number in range(5)]


def _record(row: Visit, by: Actor, action: str) -> None:
    audit.record(chain=row.commune_id, actor=str(by), action=action, subject=f"visit:{row.id}")
