"""Reads of the points of training events: which the actor may host or go to, who is there, and what waits to be settled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Case, F, Q, When

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.kernel.text import fold
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.training import codes
from aoxanh.training.event_queries import may_edit
from aoxanh.training.models import Attendance, Point, TrainingEvent

PHONE_DAYS = timedelta(days=3)
MOST_NAMES = 300
MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a point, as its host sees them; `elsewhere` names the other point that counts them."""

    attendance: Attendance
    name: str
    elsewhere: str = ""


def may_host(actor: Actor, point: Point, commune: Place) -> bool:
    """Tell whether the actor may act for a point: who answers for it, the commune's staff, and those above."""
    return may(actor, Permission.POINT_HOST, commune, owner_id=point.host_id)


def point_for(actor: Actor, commune_code: str, point_id: UUID) -> tuple[Point, TrainingEvent, Place]:
    """Return a point that the actor may host, or whose event they own, with its event and commune. Raises NotAllowed, UnknownPlace."""
    commune = places.place_by_code(commune_code)
    point = Point.objects.filter(commune_code=commune_code, id=point_id).first()
    if point is None:
        raise NotAllowed
    event = TrainingEvent.objects.select_related("place", "group").get(id=point.event_id)
    if not may_edit(actor, event) and (
        event.state == TrainingEvent.State.DRAFT or not may_host(actor, point, commune)
    ):
        raise NotAllowed
    return point, event, commune


def may_name_host(actor: Actor, event: TrainingEvent, commune: Place) -> bool:
    """Tell whether the actor says who answers for a point: the event's owner, the commune's staff, and those above; no host alone."""
    return may_edit(actor, event) or may(actor, Permission.POINT_HOST, commune)


def hosted_by(actor: Actor) -> "list[tuple[Point, TrainingEvent]]":
    """Return the points of announced or open events that name the actor as their host."""
    if actor.account_id is None:
        return []
    points = list(Point.objects.filter(host_id=actor.account_id, closed_at=None).order_by("-made_at")[:20])
    events = _current_events({point.event_id for point in points})
    return [(point, events[point.event_id]) for point in points if point.event_id in events]


def points_near(actor: Actor) -> "list[tuple[Point, TrainingEvent]]":
    """Return the points, in the actor's communes, of events that are announced or open about now."""
    points = list(
        Point.objects.filter(commune_code__in=sorted(actor.scope.communes), closed_at=None).order_by(
            "-made_at"
        )[:60]
    )
    events = _current_events({point.event_id for point in points})
    return [(point, events[point.event_id]) for point in points if point.event_id in events]


def people_at(point: Point) -> list[Person]:
    """Return who was told to be at a point, what waits for a look first, then by name; the caller may host it."""
    rows = list(
        Attendance.objects.filter(commune_code=point.commune_code, event_id=point.event_id, point_id=point.id)
    )
    names = people.volunteer_names({row.volunteer_id for row in rows})
    others = _counted_elsewhere([row for row in rows if row.why == Attendance.Why.ELSEWHERE])
    found = [
        Person(row, names.get(row.volunteer_id, ("", ""))[0], others.get(row.volunteer_id, ""))
        for row in rows
    ]
    order = {Attendance.State.HELD: 0, Attendance.State.PRESENT: 1, Attendance.State.VOID: 2}
    keys = {row.volunteer_id: names.get(row.volunteer_id, ("", ""))[1] for row in rows}
    found.sort(
        key=lambda one: (order[Attendance.State(one.attendance.state)], keys[one.attendance.volunteer_id])
    )
    return found


def claimed_away(point: Point) -> list[Person]:
    """Return who counts at this point and was told to be at another one too; both hosts see it, the event's owner settles it."""
    mine = Attendance.objects.filter(
        commune_code=point.commune_code,
        event_id=point.event_id,
        point_id=point.id,
        state=Attendance.State.PRESENT,
    )
    ids = list(mine.values_list("volunteer_id", flat=True))
    with whole_nation():
        held = list(
            Attendance.objects.filter(
                event_id=point.event_id,
                state=Attendance.State.HELD,
                why=Attendance.Why.ELSEWHERE,
                volunteer_id__in=ids,
            )
        )
    names = people.volunteer_names({row.volunteer_id for row in held})
    where = places.addresses_of({row.commune_code for row in held})
    return [Person(row, names.get(row.volunteer_id, ("", ""))[0], where[row.commune_code]) for row in held]


def held_at(event: TrainingEvent, actor: Actor, limit: int = 200) -> list[Person]:
    """Return what the event's owner has to settle; names only of people whom the actor may see."""
    if not may_edit(actor, event):
        raise NotAllowed
    rows = list(
        Attendance.objects.filter(event_id=event.id, state=Attendance.State.HELD).order_by("received_at")[
            :limit
        ]
    )
    visible = people.volunteers_visible_to(actor).filter(id__in=[row.volunteer_id for row in rows])
    names = dict(visible.values_list("id", "full_name"))
    others = _counted_elsewhere(rows)
    return [Person(row, names.get(row.volunteer_id, ""), others.get(row.volunteer_id, "")) for row in rows]


def host_names(points: Collection[Point], actor: Actor) -> dict[UUID, str]:
    """Return the names of hosts in communes whose volunteers the actor may read; to others a host is known by role."""
    reach = places_reached(actor, Permission.VOLUNTEER_READ)
    within = set() if reach == [] else set(places.communes_within(reach or ["VN"]))
    return people.display_names_of(
        [point.host_id for point in points if point.host_id is not None and point.commune_code in within]
    )


def names_to_tick(actor: Actor, point: Point) -> list[tuple[UUID, str]]:
    """Return (id, name) of the commune's volunteers whom a host may see, for a phone that has no network later."""
    commune = places.place_by_code(point.commune_code)
    rows = people.volunteers_visible_to(actor, commune).filter(is_active=True)
    return list(rows.values_list("id", "full_name")[:MOST_NAMES])


def found_to_tick(actor: Actor, point: Point, text: str) -> list[tuple[UUID, str, str]]:
    """Return (id, name, commune of residence) of whom a host may tick, by a part of the name; the commune's own first."""
    rows = people.volunteers_visible_to(actor).filter(is_active=True, fold__contains=fold(text)[:80])
    told = Attendance.objects.filter(
        Q(state=Attendance.State.PRESENT) | Q(state=Attendance.State.HELD, why=Attendance.Why.ELSEWHERE),
        commune_code=point.commune_code, event_id=point.event_id, point_id=point.id,
    )  # fmt: skip
    rows = rows.exclude(id__in=list(told.values_list("volunteer_id", flat=True)))
    own_first = rows.annotate(away=Case(When(home=point.commune_code, then=0), default=1)).order_by(
        "away", "sort_key"
    )
    return [(one.id, one.full_name, one.home.full_name) for one in own_first[:MOST_FOUND]]


def spoken_key(point: Point) -> bytes:
    """Return the key of a point's spoken codes, for its host alone."""
    return codes.point_key(settings.SECRET_KEY, point.id, "spoken")


@dataclass(frozen=True, slots=True)
class Shown:
    """The codes that a point shows at this moment, and after how many seconds the next ones come."""

    screen: str
    spoken: str
    screen_seconds: int
    spoken_seconds: int


def codes_of(point: Point) -> Shown:
    """Return what a point shows now; the caller may host it."""
    now = clock.now()
    screen = codes.point_key(settings.SECRET_KEY, point.id, "screen")
    return Shown(
        codes.code_at(screen, "screen", now),
        codes.code_at(spoken_key(point), "spoken", now),
        codes.seconds_left("screen", now),
        codes.seconds_left("spoken", now),
    )


def addresses_of(points: Collection[Point]) -> dict[str, str]:
    """Return the addresses of the points' communes by code."""
    return places.addresses_of({point.commune_code for point in points})


def _current_events(ids: Collection[UUID]) -> dict[UUID, TrainingEvent]:
    now = clock.now()
    rows = TrainingEvent.objects.filter(
        id__in=list(ids), state__in=[TrainingEvent.State.SCHEDULED, TrainingEvent.State.OPEN],
        ends_at__gt=now - PHONE_DAYS, starts_at__lt=now + 5 * PHONE_DAYS,
    )  # fmt: skip
    return {row.id: row for row in rows}


def _counted_elsewhere(rows: Collection[Attendance]) -> dict[UUID, str]:
    """Return where else people are counted, as an address: a commune, never who is there."""
    if not rows:
        return {}
    with whole_nation():
        counted = Attendance.objects.filter(
            event_id=next(iter(rows)).event_id,
            state=Attendance.State.PRESENT,
            volunteer_id__in=[row.volunteer_id for row in rows],
        )
        found = dict(counted.annotate(at=F("commune_code")).values_list("volunteer_id", "at"))
    where = places.addresses_of(set(found.values()))
    return {person: where.get(code, code) for person, code in found.items()}
