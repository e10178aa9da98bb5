"""Reads for those who review: flags put together by answer, questions by likeness; and what came of a volunteer's own flags."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.assistant.grouping import Asked, groups
from aoxanh.assistant.models import Flag, UnansweredQuestion
from aoxanh.assistant.queries import index_for
from aoxanh.assistant.retrieval import Index
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.card import Card

MOST_QUESTIONS = 400
"""Questions put together at once, the newest; the others follow when these are closed."""

MOST_FLAGS = 500
NEAR = 3

Row = TypeVar("Row", Flag, UnansweredQuestion)


@dataclass(frozen=True, slots=True)
class FlaggedAnswer:
    """One answer and the open flags about it."""

    code: str
    title: str
    slot: str
    slot_name: str
    version: int
    is_current: bool
    approved: int
    flags: Sequence[Flag]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """The reasons given, the most frequent first."""
        return Counter(str(flag.get_reason_display()) for flag in self.flags).most_common()

    @property
    def notes(self) -> list[str]:
        return list(dict.fromkeys(flag.note for flag in self.flags if flag.note))


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that mean the same, the communes they came from, and the procedures that a search finds for the first."""

    questions: Sequence[UnansweredQuestion]
    communes: int
    near: Sequence[tuple[str, str]]

    @property
    def ids(self) -> list[UUID]:
        return [question.id for question in self.questions]

    @property
    def text(self) -> str:
        """The shortest wording, most often the plainest; one with diacritics where there is one."""
        texts = (question.text for question in self.questions)
        return min(texts, key=lambda text: (text.isascii(), len(text), text))

    @property
    def others(self) -> list[str]:
        """The other wordings, each once."""
        return [text for text in dict.fromkeys(one.text for one in self.questions) if text != self.text]


def flagged_answers(actor: Actor, place: Place | None = None) -> list[FlaggedAnswer]:
    """Return the answers with open flags from where the actor reviews, those flagged most often first."""
    rows = _within(Flag.objects.filter(answered_at=None), actor, place)
    rows = rows.select_related("version", "commune").order_by("received_at", "id")[:MOST_FLAGS]
    by_answer: dict[tuple[UUID, str, int], list[Flag]] = {}
    for flag in rows:
        by_answer.setdefault((flag.version_id, flag.slot, flag.approved), []).append(flag)
    found = [_flagged(flags) for flags in by_answer.values()]
    return sorted(found, key=lambda one: -len(one.flags))


def question_groups(actor: Actor, place: Place | None = None) -> list[QuestionGroup]:
    """Return the open questions from where the actor reviews, put together by likeness, the largest group first."""
    rows = _within(UnansweredQuestion.objects.filter(closed_at=None), actor, place)
    by_key = {str(one.id): one for one in rows.order_by("-sent_at", "id")[:MOST_QUESTIONS]}
    index = index_for(_province(place))
    finds = {key: _finds(index, one.text) for key, one in by_key.items()}
    asked = [Asked(key, index.read(one.text).terms, finds[key]) for key, one in by_key.items()]
    titles = {shown.card.code: shown.card.name.vi for shown in procedures.current_cards(_province(place))}
    made = []
    for keys in groups(asked):
        questions = [by_key[key] for key in keys]
        near = Counter(code for key in keys for code in finds[key])
        named = [(code, titles[code]) for code, _count in near.most_common(NEAR) if code in titles]
        made.append(QuestionGroup(questions, len({one.commune_id for one in questions}), named))
    return made


def _finds(index: Index, text: str) -> list[str]:
    """Return what a search finds, nothing where more speaks for none of it."""
    searched = index.weigh(text, NEAR)
    return [found.code for found in searched.found] if searched.lead > 0 else []


def own_flags(actor: Actor) -> QuerySet[Flag]:
    """Return what the volunteer flagged, the newest first, with what came of it."""
    rows = Flag.objects.filter(volunteer=actor.volunteer_id) if actor.volunteer_id else Flag.objects.none()
    return rows.select_related("version").order_by("-received_at", "id")


def open_counts(actor: Actor, place: Place | None = None) -> dict[str, int]:
    """Return how many flags and questions are open where the actor reviews."""
    return {
        "flags": _within(Flag.objects.filter(answered_at=None), actor, place).count(),
        "questions": _within(UnansweredQuestion.objects.filter(closed_at=None), actor, place).count(),
    }


def words_of(card: Card, slot: str) -> str:
    """Return what a card itself says of a slot in Vietnamese, for somebody who corrects it."""
    lines: dict[str, Sequence[str]] = {
        "fee": [card.fee.vi],
        "time": [card.time.vi],
        "place": [card.bodies.receive.vi],
        "papers": [text.vi for text in card.papers],
        "online": [card.online_level, ", ".join(card.channels)],
        "steps": [step.vi for step in card.steps],
        "who": [card.bodies.decide.vi],
        "legal": list(card.legal),
    }
    return "\n".join(lines[slot])


def _within(rows: QuerySet[Row], actor: Actor, place: Place | None) -> QuerySet[Row]:
    reached = places_reached(actor, Permission.ANSWER_REVIEW)
    if reached is not None:
        rows = rows.filter(Q(commune__in=reached) | Q(commune__parent__in=reached))
    if place is not None and place.level != Place.Level.NATION:
        rows = rows.filter(Q(commune=place) | Q(commune__parent=place))
    return rows


def _flagged(flags: Sequence[Flag]) -> FlaggedAnswer:
    first = flags[0]
    newer = procedures.newer_than(first.procedure_id, first.version.number, first.version.province)
    return FlaggedAnswer(
        code=first.procedure_id,
        title=first.version.name_vi,
        slot=first.slot,
        slot_name=str(first.get_slot_display()),
        version=first.version.number,
        is_current=newer is None,
        approved=first.approved,
        flags=flags,
    )


def _province(place: Place | None) -> Place | None:
    if place is None or place.level == Place.Level.NATION:
        return None
    return place.parent if place.level == Place.Level.COMMUNE else place
