"""How far somebody has read, as their phones tell it: the furthest part and the latest time win, in whatever order they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.training import courses as shelf
from aoxanh.training.actions.attempts import own_volunteer
from aoxanh.training.models import Reading


@dataclass(frozen=True, slots=True)
class Read:
    """What a phone knows of one module: the furthest part opened, when last, and when which text was read to its end."""

    course: str
    module: str
    part: int
    seen_at: datetime
    read_at: datetime | None = None
    version: str = ""


@transaction.atomic
def keep_reading(*, reads: Sequence[Read], by: Actor) -> int:
    """Merge what a phone tells into what is known; return how many modules it brought further.

    Telling it again changes nothing. Modules that are not there (any more) are passed over. It is no deed of weight: no audit.
    """
    volunteer = own_volunteer(by)
    known = {(course.code, module.id) for course in shelf.courses() for module in course.modules}
    rows = {(row.course, row.module): row for row in Reading.objects.filter(volunteer=volunteer)}
    changed = {}
    for read in reads:
        place = read.course, read.module
        if place not in known:
            continue
        row = rows.setdefault(place, Reading(volunteer=volunteer, course=read.course, module=read.module))
        if _merge(row, read):
            changed[place] = row
    Reading.objects.bulk_create(
        changed.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["part", "seen_at", "read_at", "version"],
    )
    return len(changed)


def _merge(row: Reading, read: Read) -> bool:
    """Take over what is further or later; a clock that is ahead counts as now."""
    before = (row.part, row.seen_at, row.read_at, row.version)
    now = clock.now()
    seen_at = min(read.seen_at, now)
    row.part = max(row.part, read.part)
    row.seen_at = seen_at if row.seen_at is None else max(row.seen_at, seen_at)
    if read.read_at is not None:
        told = min(read.read_at, now), read.version
        held = (row.read_at, row.version) if row.read_at is not None else None
        row.read_at, row.version = told if held is None else max(held, told)
    return before != (row.part, row.seen_at, row.read_at, row.version)
