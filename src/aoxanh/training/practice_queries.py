"""Reads of observed practice: what was seen of a volunteer, and what still needs work."""

from collections.abc import Iterable
from dataclasses import dataclass

from aoxanh.people.models import Volunteer
from aoxanh.training.models import Observation
from aoxanh.training.practice import Point, checklists, point_of
from aoxanh.training.watched import NEEDS_WORK, NOT_SEEN

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation as it is shown: each point with its mark, in the order of the checklist."""

    observation: Observation
    points: tuple[tuple[Point, str], ...]

    @property
    def done(self) -> int:
        return sum(mark not in {NEEDS_WORK, NOT_SEEN} for _point, mark in self.points)

    @property
    def watched(self) -> int:
        return sum(mark != NOT_SEEN for _point, mark in self.points)


def observations_of(volunteer: Volunteer) -> list[Observation]:
    """Return the observations of a volunteer whom the caller may see, the latest first, as far as the transaction reaches."""
    rows = Observation.objects.filter(volunteer=volunteer).select_related("observer")
    return list(rows.order_by("-day", "-id")[:MOST_SHOWN])


def shown(observations: Iterable[Observation]) -> list[Seen]:
    """Return observations with the words of their points."""
    return [Seen(one, tuple(_points(one))) for one in observations]


def unmet(observations: Iterable[Observation]) -> list[tuple[str, str]]:
    """Return (checklist, point) of what needed work when it was last seen; pure, `observations` the latest first."""
    last: dict[tuple[str, str], str] = {}
    for one in observations:
        for point, mark in one.marks.items():
            if mark != NOT_SEEN:
                last.setdefault((one.checklist, point), mark)
    return [key for key, mark in last.items() if mark == NEEDS_WORK and point_of(*key)]


def _points(one: Observation) -> Iterable[tuple[Point, str]]:
    version = checklists()[one.checklist].of(one.version) if one.checklist in checklists() else None
    for point in version.points if version else ():
        yield point, one.marks.get(point.id, NOT_SEEN)
