"""How the items of a course do among real answers, the bad ones first; each answer marked by the version that was asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Count, Q

from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.training import handout
from aoxanh.training.courses import Course
from aoxanh.training.handout import Bank
from aoxanh.training.models import Attempt, AttemptAnswers, QuizBank
from aoxanh.training.quiz.analysis import Answered, Figures, analyse
from aoxanh.training.quiz.item import Item
from aoxanh.training.quiz.marking import Given, mark

ENOUGH = 2_000
"""So many sittings give each of 42 items about a thousand answers: more would change no verdict, only cost time."""
SEVERITY = ("negative", "weak", "too_hard", "too_easy", "dead_distractor")


@dataclass(frozen=True, slots=True)
class Judged:
    """An item in one of its versions, and its figures; `is_present` tells whether that version is asked now."""

    item: Item
    version: str
    is_present: bool
    figures: Figures


@dataclass(frozen=True, slots=True)
class Taken:
    """How often a course's quiz was handed in, passed, took too long, and came with times that cannot be."""

    handed_in: int
    passed: int
    late: int
    doubtful: int


def may_read_items(actor: Actor) -> bool:
    """Tell whether the actor looks after the items: whose permission reaches the nation."""
    return places_reached(actor, Permission.ITEM_READ) is None


def taken(course: Course) -> Taken:
    """Return the counts of a course's quiz, of everybody."""
    rows = Attempt.objects.filter(course=course.code, received_at__isnull=False)
    counts = {name: Count("id", filter=Q(**{name: True})) for name in ("passed", "late", "doubtful")}
    return Taken(**rows.aggregate(handed_in=Count("id"), **counts))


def judged_items(course: Course, *, most: int = ENOUGH) -> list[Judged]:
    """Return every item of a course, and older versions that were still answered, judged by the latest `most` sittings.

    Bad ones come first, the worst flag before the lesser; then those in order; then those that too few have answered.
    """
    rows = AttemptAnswers.objects.filter(attempt__course=course.code).order_by("-received_at")[:most]
    told = list(rows.values_list("attempt__bank", "answers"))
    banks = _banks({version for version, _answers in told})
    known = {_key(item): item for item in handout.bank_of(course.code).items}
    present = frozenset(known)
    for bank in banks.values():
        known |= {_key(item): item for item in bank.items if _key(item) not in known}
    sittings = (_sitting(banks[version], answers) for version, answers in told)
    named = [msgspec.structs.replace(item, id=key) for key, item in known.items()]
    judged = [
        Judged(known[figures.item], known[figures.item].version, figures.item in present, figures)
        for figures in analyse(named, sittings)
        if figures.n or figures.item in present
    ]
    return sorted(judged, key=_standing)


def _banks(versions: Iterable[str]) -> dict[str, Bank]:
    rows = QuizBank.objects.filter(version__in=list(versions))
    return {row.version: msgspec.convert(row.content, Bank) for row in rows}


def _sitting(bank: Bank, answers: dict[str, Any]) -> dict[str, Answered]:
    items = {item.id: item for item in bank.items}
    given = {name: msgspec.convert(told, Given) for name, told in answers.items()}
    return {
        _key(items[name]): Answered(float(mark(items[name], one)), one.chosen) for name, one in given.items()
    }


def _key(item: Item) -> str:
    return f"{item.id}@{item.version}"


def _standing(judged: Judged) -> tuple[int, int, int]:
    flags = judged.figures.flags
    worst = min((SEVERITY.index(flag) for flag in flags), default=len(SEVERITY))
    return worst, -len(flags), len(judged.figures.waiting)
