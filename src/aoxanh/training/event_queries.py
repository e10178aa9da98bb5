"""Reads of training events: which there are for whom, how full their points are, who taught whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import TABLE, Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.training.courses import Course, courses
from aoxanh.training.models import Attendance, Point, TrainingEvent

# A point that has not been heard of for so long is no longer connected; its page tells of itself every half minute.
ALIVE = timedelta(seconds=90)
LONGEST_CHAIN = 12
MOST_SILENT = 60


@dataclass(frozen=True, slots=True)
class Totals:
    """How many points an event has, how many of them are connected, and how many people are present."""

    points: int = 0
    connected: int = 0
    present: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of a board: a province, a commune, or a point."""

    name: str
    place: str
    points: int
    connected: int
    present: int
    point: UUID | None = None
    capacity: int = 0
    seen_at: datetime | None = None


@dataclass(frozen=True)
class Board:
    """The figures of an event below a place, and the points that nobody has heard of."""

    place: Place
    totals: Totals
    rows: list[BoardRow]
    silent: "list[Point]" = field(default_factory=list)
    silent_count: int = 0


def may_edit(actor: Actor, event: TrainingEvent) -> bool:
    """Tell whether the actor owns the event: schedules where it belongs, or teaches it."""
    return may(actor, Permission.EVENT_EDIT, event.place) or (
        event.taught_by_id is not None
        and may(actor, Permission.EVENT_TEACH, event.place, owner_id=event.taught_by_id)
    )


def may_teach(actor: Actor) -> bool:
    """Tell whether the actor's roles let them pass on, somewhere, what they were taught."""
    return any(TABLE.get((Permission.EVENT_TEACH, grant.role)) for grant in actor.grants)


def shelf() -> "tuple[Course, ...]":
    """Return the courses that a session may belong to."""
    return courses()


def may_watch(actor: Actor, place: Place) -> bool:
    """Tell whether the actor may see the board of a place."""
    return may(actor, Permission.EVENT_READ, place)


def events_visible_to(actor: Actor) -> QuerySet[TrainingEvent]:
    """Return the events that the actor may know: of their places, and those with a point where they belong; drafts by owners only."""
    edited = places_reached(actor, Permission.EVENT_EDIT)
    read = places_reached(actor, Permission.EVENT_READ)
    rows = TrainingEvent.objects.select_related("place__parent", "group", "parent")
    if edited is None:
        return rows
    owned = Q(place__in=edited) | Q(place__parent__in=edited)
    if actor.volunteer_id is not None:
        owned |= Q(taught_by_id=actor.volunteer_id)
    if read is None:
        known = Q()
    else:
        points = Point.objects.filter(commune_code__in=_communes_of(actor, read)).values("event_id")
        known = Q(id__in=points) | Q(place__in=read) | Q(place__parent__in=read)
    return rows.filter(owned | (known & ~Q(state=TrainingEvent.State.DRAFT)))


def event_for(actor: Actor, event_id: UUID) -> TrainingEvent:
    """Return an event that the actor may know. Raises NotAllowed."""
    event = events_visible_to(actor).filter(id=event_id).first()
    if event is None:
        raise NotAllowed
    return event


def known_among(actor: Actor, event_ids: Collection[UUID]) -> set[UUID]:
    """Return those of some events that the actor may know, so that a page leads nowhere that is closed to its reader."""
    rows = events_visible_to(actor).filter(id__in=list(event_ids)) if event_ids else None
    return set(rows.order_by().values_list("id", flat=True)) if rows is not None else set()


def own_attendance(actor: Actor, event_ids: Collection[UUID]) -> dict[UUID, Attendance]:
    """Return what is known of the actor at these events; what counts comes before what is held."""
    if actor.volunteer_id is None:
        return {}
    with whole_nation():
        rows = list(Attendance.objects.filter(volunteer_id=actor.volunteer_id, event_id__in=list(event_ids)))
    rows.sort(key=lambda row: row.state == Attendance.State.PRESENT)
    return {row.event_id: row for row in rows}


def was_present(event: TrainingEvent, volunteer_id: UUID) -> bool:
    """Tell whether a volunteer is counted at an event, wherever that was."""
    with whole_nation():
        return Attendance.objects.filter(
            event_id=event.id, volunteer_id=volunteer_id, state=Attendance.State.PRESENT
        ).exists()


def events_attended(volunteer_id: UUID) -> "list[TrainingEvent]":
    """Return the events at which a volunteer is counted, the latest first; what they may pass on."""
    with whole_nation():
        ids = Attendance.objects.filter(
            volunteer_id=volunteer_id, state=Attendance.State.PRESENT
        ).values_list("event_id", flat=True)
        return list(TrainingEvent.objects.filter(id__in=list(ids)).order_by("-starts_at"))


def totals_of(event: TrainingEvent) -> Totals:
    """Return the figures of a whole event, from its points; nobody is counted one by one."""
    sums = Point.objects.filter(event_id=event.id).aggregate(
        points=Count("id"), connected=Count("id", filter=_alive()), people=Sum("present")
    )
    held = Attendance.objects.filter(event_id=event.id, state=Attendance.State.HELD).count()
    return Totals(sums["points"], sums["connected"], sums["people"] or 0, held)


def board(event: TrainingEvent, place: Place, actor: Actor) -> Board:
    """Return an event's live figures below a place. Raises NotAllowed. Reads points, never people; a nation's 3,600 in one statement."""
    if not may_watch(actor, place):
        raise NotAllowed
    rows = _points_in(event, place) if place.level == Place.Level.COMMUNE else _rows_below(event, place)
    within = Point.objects.filter(event_id=event.id, **_below(place))
    held = Attendance.objects.filter(event_id=event.id, state=Attendance.State.HELD, **_below(place)).count()
    totals = Totals(
        sum(row.points for row in rows),
        sum(row.connected for row in rows),
        sum(row.present for row in rows),
        held,
    )
    silent = list(within.exclude(_alive()).order_by("commune_code", "place")[:MOST_SILENT])
    return Board(place, totals, rows, silent, totals.points - totals.connected)


def point_list(event: TrainingEvent, actor: Actor) -> list[Point]:
    """Return every point of an event in the order of a list, for its owner. Raises NotAllowed."""
    if not may_edit(actor, event):
        raise NotAllowed
    return list(Point.objects.filter(event_id=event.id).order_by("commune_code", "place"))


def attendance_list(event: TrainingEvent, actor: Actor) -> Iterable[tuple[Attendance, str, str]]:
    """Yield everybody who counts, with name and point; the name only where the actor may read volunteers. Raises NotAllowed."""
    if not may_edit(actor, event):
        raise NotAllowed
    rows = Attendance.objects.filter(event_id=event.id, state=Attendance.State.PRESENT).order_by(
        "commune_code", "arrived_at"
    )
    found = list(rows)
    visible = people.volunteers_visible_to(actor)
    names: dict[UUID, str] = {}
    ids = [row.volunteer_id for row in found]
    for start in range(0, len(ids), 5000):
        names |= dict(visible.filter(id__in=ids[start : start + 5000]).values_list("id", "full_name"))
    where = dict(Point.objects.filter(event_id=event.id).values_list("id", "place"))
    for row in found:
        yield row, names.get(row.volunteer_id, ""), where.get(row.point_id, "")


def chain_of(event: TrainingEvent) -> list[TrainingEvent]:
    """Return the sessions that this one comes from, the first of them first, itself last."""
    chain = [event]
    while chain[0].parent_id is not None and len(chain) < LONGEST_CHAIN:
        chain.insert(0, TrainingEvent.objects.select_related("place__parent").get(id=chain[0].parent_id))
    return chain


def passed_on(event: TrainingEvent, actor: Actor) -> list[tuple[TrainingEvent, int]]:
    """Return the sessions that passed this one on, as far as the actor may know them, with how many people each reached."""
    children = list(events_visible_to(actor).filter(parent=event).order_by("starts_at")[:200])
    sums = (
        Point.objects.filter(event_id__in=[child.id for child in children])
        .values_list("event_id")
        .annotate(Sum("present"))
    )
    reached: dict[UUID, int] = dict(sums.values_list("event_id", "present__sum"))
    return [(child, reached.get(child.id) or 0) for child in children]


def _communes_of(actor: Actor, reached: list[str]) -> list[str]:
    own = set(actor.scope.communes)
    return sorted(own | (set(places.communes_within(reached)) if reached else set()))


def _alive() -> Q:
    return Q(last_seen_at__gt=clock.now() - ALIVE)


def _below(place: Place) -> dict[str, Any]:
    if place.level == Place.Level.NATION:
        return {}
    if place.level == Place.Level.COMMUNE:
        return {"commune_code": place.code}
    return {"commune_code__in": places.communes_within([place.code])}


def _rows_below(event: TrainingEvent, place: Place) -> list[BoardRow]:
    """Return provinces of the nation, or communes of a province, in Vietnamese order."""
    is_nation = place.level == Place.Level.NATION
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {'commune.parent_id' if is_nation else 'commune.code'}, count(*),"
            " count(*) FILTER (WHERE point.last_seen_at > %s), sum(point.present)"
            " FROM training_point point JOIN places_place commune ON commune.code = point.commune_code"
            f" WHERE point.event_id = %s {'' if is_nation else 'AND commune.parent_id = %s'} GROUP BY 1",
            [clock.now() - ALIVE, event.id, *([] if is_nation else [place.code])],
        )
        sums: dict[str, tuple[int, int, int]] = {
            row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()
        }
    names = places.names_below(place.code)
    return [BoardRow(one.full_name, one.code, *sums[one.code]) for one in names if one.code in sums]


def _points_in(event: TrainingEvent, commune: Place) -> list[BoardRow]:
    limit = clock.now() - ALIVE
    points = Point.objects.filter(event_id=event.id, commune_code=commune.code).order_by("place")
    return [
        BoardRow(
            point.place, commune.code, 1, int(point.last_seen_at is not None and point.last_seen_at > limit), point.present,
            point.id, point.capacity, point.last_seen_at,
        )
        for point in points
    ]  # fmt: skip
