"""Reads of the training that a volunteer was at: which sessions, when, at which point, and who taught them."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.models import Volunteer
from aoxanh.places import queries as places
from aoxanh.training.models import Attendance, TrainingEvent

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Attended:
    """One session that a volunteer was at; `teacher` is a person where it was passed on, else the organisation, if it was told."""

    event: UUID
    title: str
    kind: str
    starts_at: datetime
    point: str
    address: str
    teacher: str
    passes_on: str
    counts: bool

    @property
    def kind_label(self) -> str:
        return str(TrainingEvent.Kind(self.kind).label)


_ATTENDED = (
    "SELECT event.id, event.title, event.kind, event.starts_at, coalesce(point.place, ''), told.commune_code, event.taught_by_id,"
    " event.organiser, coalesce(parent.title, ''), told.state"
    " FROM training_attendance told JOIN training_trainingevent event ON event.id = told.event_id"
    " LEFT JOIN training_trainingevent parent ON parent.id = event.parent_id"
    " LEFT JOIN training_point point ON point.commune_code = told.commune_code AND point.id = told.point_id"
    " WHERE told.volunteer_id = %s AND told.state <> %s ORDER BY event.starts_at DESC, told.state DESC, told.id LIMIT %s"
)


def attended_by(volunteer: Volunteer, *, is_own: bool) -> list[Attended]:
    """Return the sessions at which a volunteer counts, or waits to be looked at, the latest first.

    People are trained far from home too: who reads their own (`is_own`) sees all of it, somebody else what lies within their reach.
    Whatever is told of one session counts once. Costs three statements, however many sessions there are.
    """
    with whole_nation() if is_own else nullcontext():
        with connection.cursor() as cursor:
            cursor.execute(_ATTENDED, [volunteer.id, Attendance.State.VOID, MOST_SHOWN])
            rows = cursor.fetchall()
        teachers = people.volunteer_names({row[6] for row in rows if row[6] is not None})
    addresses = places.addresses_of({row[5] for row in rows})
    found: dict[UUID, Attended] = {}
    for event, title, kind, starts_at, point, commune, taught_by, organiser, parent, state in rows:
        teacher = teachers.get(taught_by, ("", ""))[0] or organiser
        is_counted = state == Attendance.State.PRESENT
        one = Attended(
            event, title, kind, starts_at, point, addresses.get(commune, ""), teacher, parent, is_counted
        )  # fmt: skip
        found.setdefault(event, one)
    return list(found.values())
