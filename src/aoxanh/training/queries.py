"""Reads of the training room."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.people.models import Volunteer
from aoxanh.training import courses as shelf
from aoxanh.training.courses import Course, Module, Source
from aoxanh.training.models import Certificate, SkillGroup

AT_ONCE = 20_000


def skill_groups() -> QuerySet[SkillGroup]:
    """Return the campaign's skill groups in order."""
    return SkillGroup.objects.order_by("number")


def certificates_of(volunteer: Volunteer) -> QuerySet[Certificate]:
    """Return every certificate of a volunteer whom the caller may see, by group, the latest first."""
    return volunteer.certificates.select_related("group").order_by("group__number", "-issued_on")


def certificate_with_id(certificate_id: UUID) -> Certificate | None:
    """Return a certificate by its id, for an action that checks who may touch it."""
    rows = Certificate.objects.select_related("volunteer__home__parent", "group")
    return rows.filter(id=certificate_id).first()


def groups_held(volunteer_ids: Collection[UUID], day: date) -> dict[UUID, frozenset[str]]:
    """Return the codes of the skill groups that each of these volunteers holds a certificate for on a day; those with none are left out."""
    held: dict[UUID, set[str]] = defaultdict(set)
    ids = list(volunteer_ids)
    for start in range(0, len(ids), AT_ONCE):
        some = holding_on(day).filter(volunteer__in=ids[start : start + AT_ONCE])
        for volunteer_id, group in some.order_by().values_list("volunteer_id", "group_id"):
            held[volunteer_id].add(group)
    return {volunteer_id: frozenset(groups) for volunteer_id, groups in held.items()}


def group_numbers_held(volunteer_ids: Collection[UUID], day: date) -> dict[UUID, tuple[int, ...]]:
    """Return the same by the groups' numbers, in their order."""
    numbers = dict(SkillGroup.objects.values_list("code", "number"))
    held = groups_held(volunteer_ids, day)
    return {id_: tuple(sorted(numbers[group] for group in groups)) for id_, groups in held.items()}


def holding_on(day: date) -> QuerySet[Certificate]:
    """Return the certificates that hold on a day."""
    return Certificate.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day),
        Q(revoked_on=None) | Q(revoked_on__gt=day),
        issued_on__lte=day,
    )


@dataclass(frozen=True, slots=True)
class Lesson:
    """A module in its place: the course, the modules before and after it, and what it rests on."""

    course: Course
    module: Module
    number: int
    before: Module | None
    after: Module | None
    sources: tuple[Source, ...]


def courses() -> tuple[Course, ...]:
    """Return the courses in the order in which a volunteer takes them."""
    return shelf.courses()


def lesson(course_code: str, module_id: str) -> Lesson | None:
    """Return a module of a course in its place, or None where there is none."""
    for course in shelf.courses():
        for at, module in enumerate(course.modules):
            if (course.code, module.id) == (course_code, module_id):
                around = (None, *course.modules, None)
                known = shelf.sources()
                sources = tuple(known[name] for name in module.sources)
                return Lesson(course, module, at + 1, around[at], around[at + 2], sources)
    return None
