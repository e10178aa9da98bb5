"""Reads of somebody's own learning: how far they have read, their attempts, and the start numbers that are open to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Min, QuerySet

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import TABLE, Permission
from aoxanh.training import courses as shelf
from aoxanh.training import handout
from aoxanh.training.courses import Course
from aoxanh.training.models import Attempt, QuizBank, Reading
from aoxanh.training.slots import start_number


@dataclass(frozen=True, slots=True)
class Allowance:
    """Which numbers somebody's next attempts of a course may have; none means to wait until `again_at`."""

    numbers: range
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A course as it stands for one person: the sealed numbers of the attempts they may begin, in order."""

    course: Course
    bank: str
    slots: tuple[tuple[int, UUID], ...]
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A course as its reader sees it in the list: which modules were read, and the latest marked attempt."""

    read: frozenset[str]
    latest: Attempt | None


def may_take(actor: Actor) -> bool:
    """Tell whether the actor is a volunteer who takes courses, wherever they serve."""
    own = any(TABLE.get((Permission.COURSE_TAKE, grant.role)) for grant in actor.grants)
    return actor.volunteer_id is not None and own


def attempts_of(volunteer_id: UUID) -> QuerySet[Attempt]:
    """Return somebody's attempts of every course, the latest first."""
    return Attempt.objects.filter(volunteer=volunteer_id).order_by("course", "-number")


def readings_of(volunteer_id: UUID) -> QuerySet[Reading]:
    """Return how far somebody has come in each module that they opened."""
    return Reading.objects.filter(volunteer=volunteer_id).order_by("course", "module")


def standings_of(volunteer_id: UUID) -> list[Standing]:
    """Return every course with the start numbers that are open to somebody."""
    return [_standing(course, volunteer_id) for course in shelf.courses()]


def standings_of_nobody() -> list[Standing]:
    """Return every course as it stands for who may read it and take no quiz."""
    return [Standing(course, handout.bank_version(course.code), (), None) for course in shelf.courses()]


def allowance_of(volunteer_id: UUID, course: Course) -> Allowance:
    """Return which numbers may be handed in now: above the last one, and no more in `days` days than the course allows.

    Numbers that were stepped over count as used; otherwise somebody could look at several forms and hand in the easiest.
    """
    exam = course.examination
    window = clock.now() - timedelta(days=exam.days)
    marked = Attempt.objects.filter(volunteer=volunteer_id, course=course.code, received_at__isnull=False)
    last = marked.aggregate(last=Max("number"))["last"] or 0
    base = marked.filter(received_at__lte=window).aggregate(last=Max("number"))["last"] or 0
    first = marked.filter(received_at__gt=window).aggregate(first=Min("received_at"))["first"]
    numbers = range(last + 1, base + exam.attempts + 1)
    return Allowance(numbers, None if numbers or first is None else first + timedelta(days=exam.days))


def has_read(volunteer_id: UUID, course: Course) -> bool:
    """Tell whether somebody has read every module of a course."""
    read = Reading.objects.filter(volunteer=volunteer_id, course=course.code, read_at__isnull=False)
    return {module.id for module in course.modules} <= set(read.values_list("module", flat=True))


def bank_with_version(version: str) -> QuizBank | None:
    """Return a bank that phones were given, or None where none of that name was."""
    return QuizBank.objects.filter(version=version).first()


def progress_of(volunteer_id: UUID | None) -> dict[str, Progress]:
    """Return by course what somebody has read and how their latest attempt ended; empty for who is no volunteer."""
    if volunteer_id is None:
        return {}
    read = list(readings_of(volunteer_id).filter(read_at__isnull=False).values_list("course", "module"))
    marked = list(attempts_of(volunteer_id).filter(received_at__isnull=False))
    return {
        course.code: Progress(
            frozenset(module for code, module in read if code == course.code),
            next((attempt for attempt in marked if attempt.course == course.code), None),
        )
        for course in shelf.courses()
    }


def _standing(course: Course, volunteer_id: UUID) -> Standing:
    bank = handout.bank_version(course.code)
    allowed = allowance_of(volunteer_id, course)
    slots = tuple(
        (number, start_number(volunteer_id, course.code, number, bank)) for number in allowed.numbers
    )
    return Standing(course, bank, slots, allowed.again_at)
