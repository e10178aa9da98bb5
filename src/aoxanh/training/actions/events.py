"""Scheduling a training event, opening points for it, and taking it from draft to closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text
from aoxanh.training import event_queries as queries
from aoxanh.training.actions.points import require_able_host
from aoxanh.training.courses import courses
from aoxanh.training.errors import NotInThatState, PointThere, TeacherWasNotThere, UnfitEvent
from aoxanh.training.models import Point, SkillGroup, TrainingEvent

LONGEST = timedelta(hours=12)
FARTHEST = timedelta(days=400)
MOST_MINUTES = 4000
AT_ONCE = 1000
State = TrainingEvent.State


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What an event is; `parent` and `taught_by` (a volunteer) for one that passes on what another taught."""

    title: str
    kind: TrainingEvent.Kind
    place: Place
    starts_at: datetime
    ends_at: datetime
    group: SkillGroup | None = None
    course: str = ""
    organiser: str = ""
    link: str = ""
    parent: TrainingEvent | None = None
    taught_by: UUID | None = None


@transaction.atomic
def schedule_event(*, facts: EventFacts, by: Actor) -> TrainingEvent:
    """Write down an event as a draft. Raises UnfitEvent, TeacherWasNotThere, or PersonalData for its texts.

    A session that passes another on may be set up by whoever teaches it; its teacher must have been present at the other.
    """
    _require_say(facts, by)
    _check(facts)
    event = TrainingEvent.objects.create(
        title=_text(facts.title, "title", least=1), kind=facts.kind, place=facts.place, group=facts.group, course=facts.course,
        organiser=_text(facts.organiser, "organiser"), link=_link(facts.link), starts_at=facts.starts_at, ends_at=facts.ends_at,
        parent=facts.parent, taught_by_id=facts.taught_by,
    )  # fmt: skip
    _record(event, by, "training.event.drafted")
    return event


@transaction.atomic
def open_points(*, event: TrainingEvent, places_wanted: list[str], name: str, by: Actor) -> int:
    """Open a point in each commune that is, or lies in, the places (codes); return how many are new.

    Asking again changes nothing: a commune that has a point of that name is passed over.
    """
    event = _locked(event, by)
    _require_state(event, State.DRAFT, State.SCHEDULED, State.OPEN)
    wanted = set(places.communes_within(places_wanted)) & set(places.communes_within([event.place_id]))
    place = _text(name, "name", least=1)
    # Without a queue nobody may be left waiting: a national event is three thousand rows, one statement for a thousand.
    here = Point.objects.filter(event_id=event.id, place=place).values_list("commune_code", flat=True)
    missing, host = sorted(wanted - set(here)), _host(event, None, by)
    for start in range(0, len(missing), AT_ONCE):
        Point.objects.bulk_create(
            [
                Point(commune_code=code, event_id=event.id, place=place, host_id=host)
                for code in missing[start : start + AT_ONCE]
            ]
        )
    _record(event, by, "training.points.opened", count=len(missing))
    return len(missing)


@transaction.atomic
def add_point(
    *, event: TrainingEvent, commune: Place, name: str, capacity: int, host: UUID | None, by: Actor
) -> Point:
    """Open one more point, with its seats and the account that answers for it. Raises PointThere, UnfitEvent."""
    event = _locked(event, by)
    _require_state(event, State.DRAFT, State.SCHEDULED, State.OPEN)
    if commune.level != Place.Level.COMMUNE or not _lies_in(commune, event.place):
        raise UnfitEvent(field="commune", reason=_("the commune does not belong to the event's place"))
    place = _text(name, "name", least=1)
    if Point.objects.filter(event_id=event.id, commune_code=commune.code, place=place).exists():
        raise PointThere(field="name")
    require_able_host(host, commune)
    point = Point.objects.create(
        commune_code=commune.code,
        event_id=event.id,
        place=place,
        capacity=capacity,
        host_id=_host(event, host, by),
    )
    _record(event, by, "training.points.opened", count=1)
    return point


@transaction.atomic
def announce_event(*, event: TrainingEvent, by: Actor) -> TrainingEvent:
    """Let the people of its points see an event. Raises NotInThatState."""
    return _move(event, by, State.SCHEDULED, State.DRAFT)


@transaction.atomic
def open_check_in(*, event: TrainingEvent, by: Actor) -> TrainingEvent:
    """Let people check in. Raises NotInThatState."""
    return _move(event, by, State.OPEN, State.SCHEDULED)


@transaction.atomic
def close_event(*, event: TrainingEvent, minutes: str, by: Actor) -> TrainingEvent:
    """Freeze an event's attendance and keep its minutes. Raises NotInThatState, or PersonalData for the minutes.

    Waits for whoever is being noted at this moment; what reaches us later is kept to be looked at, and counts only when somebody says so.
    """
    event = _locked(event, by)
    _require_state(event, State.OPEN, State.SCHEDULED)
    text = check_text(minutes.strip(), "minutes")
    if len(text) > MOST_MINUTES:
        raise UnfitEvent(field="minutes", reason=_("the minutes are too long"))
    now = clock.now()
    Point.objects.filter(event_id=event.id).update(closed_at=now)
    event.state, event.minutes, event.closed_at = State.CLOSED, text, now
    event.save(update_fields=["state", "minutes", "closed_at"])
    totals = queries.totals_of(event)
    _record(event, by, "training.event.closed", points=totals.points, present=totals.present)
    return event


@transaction.atomic
def note_list_read(*, event: TrainingEvent, what: str, by: Actor) -> None:
    """Note that somebody takes the list of who was there ("training.attendance_list"), or of the points ("training.point_list"), out."""
    audit.record_read(chain=event.place_id, actor=str(by), what=what, subject=f"event:{event.id}")


def _move(event: TrainingEvent, by: Actor, to: State, *before: State) -> TrainingEvent:
    event = _locked(event, by)
    _require_state(event, *before)
    event.state = to
    event.save(update_fields=["state"])
    _record(event, by, "training.event.announced" if to == State.SCHEDULED else "training.event.opened")
    return event


def _locked(event: TrainingEvent, by: Actor) -> TrainingEvent:
    rows = TrainingEvent.objects.select_for_update(of=("self",)).select_related("place__parent")
    found = rows.get(id=event.id)
    if not queries.may_edit(by, found):
        raise NotAllowed
    return found


def _require_say(facts: EventFacts, by: Actor) -> None:
    passes_on = facts.kind == TrainingEvent.Kind.CASCADE and may(
        by, Permission.EVENT_TEACH, facts.place, owner_id=facts.taught_by
    )
    if not passes_on:
        require(by, Permission.EVENT_EDIT, facts.place)


def _check(facts: EventFacts) -> None:
    if not timedelta(0) < facts.ends_at - facts.starts_at <= LONGEST:
        raise UnfitEvent(field="ends_at", reason=_("it must end after it begins, within twelve hours"))
    if abs(facts.starts_at - clock.now()) > FARTHEST:
        raise UnfitEvent(field="starts_at", reason=_("its day is too far away"))
    if facts.course and facts.course not in {course.code for course in courses()}:
        raise UnfitEvent(field="course", reason=_("there is no such course"))
    is_cascade = facts.kind == TrainingEvent.Kind.CASCADE
    if is_cascade != (facts.parent is not None and facts.taught_by is not None):
        raise UnfitEvent(field="parent", reason=_("say which session is passed on, and by whom"))
    if facts.parent is not None and facts.taught_by is not None:
        if people.home_of(facts.taught_by) is None:
            raise UnfitEvent(field="taught_by", reason=_("there is no such volunteer"))
        if not queries.was_present(facts.parent, facts.taught_by):
            raise TeacherWasNotThere(field="taught_by")


def _require_state(event: TrainingEvent, *wanted: State) -> None:
    if event.state not in wanted:
        raise NotInThatState(state=event.get_state_display())


def _lies_in(commune: Place, place: Place) -> bool:
    return place.level == Place.Level.NATION or place.code in (commune.code, commune.parent_id)


def _host(event: TrainingEvent, named: UUID | None, by: Actor) -> UUID | None:
    """Return who answers for a new point: who is named, else whoever passes the session on and opens the point themselves."""
    is_teacher = event.taught_by_id is not None and event.taught_by_id == by.volunteer_id
    return by.account_id if named is None and is_teacher else named


def _text(text: str, field: str, least: int = 0) -> str:
    found = check_text(" ".join(text.split()), field)
    if not least <= len(found) <= 120:
        raise UnfitEvent(field=field, reason=_("the text is missing or longer than 120 characters"))
    return found


def _link(link: str) -> str:
    if link and (len(link) > 300 or urlsplit(link).scheme != "https" or not urlsplit(link).hostname):
        raise UnfitEvent(
            field="link", reason=_("the link must begin with https:// and be shorter than 300 characters")
        )
    return link


def _record(event: TrainingEvent, by: Actor, action: str, **details: int) -> None:
    audit.record(
        chain=event.place_id,
        actor=str(by),
        action=action,
        subject=f"event:{event.id}",
        details={"kind": event.kind, **details},
    )
