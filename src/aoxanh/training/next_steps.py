"""What to learn next: from what a supervisor saw and from what stood in the way of somebody's own sessions. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aoxanh.training.courses import Course, Module
from aoxanh.training.practice import point_of
from aoxanh.training.quiz.item import Text

# Which module helps with which obstacle of a session. What is told of nothing ("none", "other") teaches nothing.
OBSTACLES: Mapping[str, str] = {
    "papers": "services/asking",
    "no_phone": "vneid/nophone",
    "no_signal": "services/counter",
    "account": "vneid/trouble",
    "otp": "vneid/codes",
    "data": "services/dossier",
    "language": "conduct/manners",
    "portal": "services/portal",
}
# An obstacle must have been met this often, and in this share of the sessions, before it says anything.
LEAST_TIMES, LEAST_SHARE = 3, 0.1
MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a point that needed work when it was last seen, or an obstacle met `times` in `of` sessions."""

    point: Text | None = None
    obstacle: str = ""
    times: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A module to take next, and every reason for it, the weightiest first."""

    course: Course
    module: Module
    reasons: tuple[Reason, ...]


def next_steps(
    *, met: Mapping[str, int], sessions: int, unmet: Iterable[tuple[str, str]], courses: Iterable[Course]
) -> list[Step]:
    """Return at most four modules: first what a supervisor saw, then obstacles by how often they were met.

    `met` counts sessions by obstacle out of `sessions`; `unmet` are (checklist, point) that needed work.
    """
    reasons: dict[str, list[Reason]] = {}
    for checklist, id_ in unmet:
        if point := point_of(checklist, id_):
            reasons.setdefault(point.module, []).append(Reason(point=point))
    for obstacle, times in sorted(met.items(), key=lambda pair: (-pair[1], pair[0])):
        module = OBSTACLES.get(obstacle)
        if module and times >= LEAST_TIMES and times >= LEAST_SHARE * sessions:
            reasons.setdefault(module, []).append(Reason(obstacle=obstacle, times=times, of=sessions))
    known = {
        f"{course.code}/{module.id}": (course, module) for course in courses for module in course.modules
    }
    steps = [Step(*known[name], tuple(why)) for name, why in reasons.items() if name in known]
    return steps[:MOST_STEPS]
