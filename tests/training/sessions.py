"""A national broadcast with points for Lan and for Bình, and codes as their screens show them; for the tests of training events."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people.actors import Actor, system
from aoxanh.places.queries import place_by_code
from aoxanh.training import actions, codes
from aoxanh.training.actions import Answer, CheckIn, EventFacts, Sender
from aoxanh.training.models import Attendance, Point, TrainingEvent
from tests.cast import BA_DINH, LUNG_CU

SYSTEM = system("training")
NAME = "Trung tâm phục vụ hành chính công"


def a_broadcast(state: str = "open", place: str = "VN", **more: object) -> TrainingEvent:
    """Return an event that began half an hour ago, with a point in Lan's commune and one in Bình's."""
    now = clock.now()
    with whole_nation():
        facts = EventFacts(
            title="Tập huấn trực tuyến toàn quốc", kind=TrainingEvent.Kind.BROADCAST, place=place_by_code(place),
            starts_at=now - timedelta(minutes=30), ends_at=now + timedelta(hours=2),
        )  # fmt: skip
        event = actions.schedule_event(facts=facts, by=SYSTEM)
        actions.open_points(event=event, places_wanted=[LUNG_CU, BA_DINH], name=NAME, by=SYSTEM)
        if state != "draft":
            event = actions.announce_event(event=event, by=SYSTEM)
        if state == "open":
            event = actions.open_check_in(event=event, by=SYSTEM)
    return event


def point_of(event: TrainingEvent, commune: str = LUNG_CU) -> Point:
    with whole_nation():
        return Point.objects.filter(event_id=event.id, commune_code=commune).order_by("made_at")[0]


def screen_code(point: Point, moment: datetime | None = None) -> str:
    return codes.code_at(
        codes.point_key(settings.SECRET_KEY, point.id, "screen"), "screen", moment or clock.now()
    )


def spoken_code(point: Point, moment: datetime | None = None) -> str:
    return codes.code_at(
        codes.point_key(settings.SECRET_KEY, point.id, "spoken"), "spoken", moment or clock.now()
    )


def a_check_in(at: Point, code: str = "", **more: object) -> CheckIn:
    here = {"id": uuid7(), "noted_at": clock.now(), "commune": at.commune_code, "point": at.id, "code": code}
    return CheckIn(**{**here, **more})  # type: ignore[arg-type]


def tell(by: Actor, *told: CheckIn, phone: str = "", sent_at: datetime | None = None) -> list[Answer]:
    """Hand in as a door does: within the actor's own reach."""
    with scope(by.scope):
        return actions.hand_in_attendance(
            check_ins=told, sender=Sender(sent_at or clock.now(), None, phone), by=by
        )


def present(point: Point) -> tuple[int, int]:
    """Return what the point counts, and how many rows say present: always the same number."""
    with whole_nation():
        counted = Point.objects.get(commune_code=point.commune_code, id=point.id).present
        rows = Attendance.objects.filter(
            commune_code=point.commune_code, point_id=point.id, state="present"
        ).count()
    return counted, rows


def row_of(volunteer: UUID, point: Point) -> Attendance:
    with whole_nation():
        return Attendance.objects.get(
            volunteer_id=volunteer, commune_code=point.commune_code, point_id=point.id
        )
