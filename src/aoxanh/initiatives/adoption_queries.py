"""Reads of copies, of what they changed and of what the tools of the named models recorded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from aoxanh.initiatives.errors import UnknownInitiative
from aoxanh.initiatives.indicators import MAIN, MEASURES
from aoxanh.initiatives.life import may_touch
from aoxanh.initiatives.models import (
    Adoption,
    ClassMeeting,
    CopyEffect,
    Effect,
    Initiative,
    JointDuty,
    OutreachRun,
    PhraseCard,
)
from aoxanh.initiatives.models.initiatives import ADOPTABLE
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places.models import Place

_FEW_DAYS = timedelta(days=4)
GRADE_ORDER = (Effect.Grade.PROVEN, Effect.Grade.PROMISING)


@dataclass(frozen=True, slots=True)
class Line:
    """One initiative of a portfolio: its copies, and what was measured."""

    initiative: Initiative
    running: int
    stopped: int
    fidelity: int | None
    effects: list[Effect]
    copies: list[Adoption]

    @property
    def told(self) -> list[Effect]:
        """The effects of which something can be said."""
        return [effect for effect in self.effects if effect.is_claim]

    @property
    def changed(self) -> list[Effect]:
        """Those that say of a change, or that one was not confirmed."""
        return [effect for effect in self.told if effect.grade != Effect.Grade.NONE]

    @property
    def unmoved(self) -> int:
        """In how many questions no effect was seen."""
        return len(self.told) - len(self.changed)


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a copy added up: who could do the task alone before, at the end and 30 days later; `due` wait to be asked again."""

    meetings: int
    learners: int
    before: int
    after: int
    asked: int
    later: int
    due: int


def adoption_of(adoption_id: UUID) -> Adoption:
    """Return a copy; copies are everybody's to learn from. Raises UnknownInitiative."""
    rows = Adoption.objects.select_related("initiative__place", "commune__parent")
    row = rows.filter(id=adoption_id, initiative__is_public=True).first()
    if row is None:
        raise UnknownInitiative
    return row


def adoptions_of(initiative: Initiative, place: Place | None = None) -> QuerySet[Adoption]:
    """Return an initiative's copies (in a place downwards), the first first, with their checks."""
    rows = initiative.adoptions.select_related("initiative", "commune__parent")
    rows = rows.prefetch_related("checks", main_change())
    return rows if place is None else _within(rows, place)


def adoptions_in(place: Place) -> QuerySet[Adoption]:
    """Return the copies of all public initiatives in a place downwards."""
    rows = Adoption.objects.filter(initiative__is_public=True).select_related(
        "initiative__place", "commune__parent"
    )
    return _within(rows, place).prefetch_related("checks", main_change())


def _within(rows: QuerySet[Adoption], place: Place) -> QuerySet[Adoption]:
    if place.level == Place.Level.NATION:
        return rows
    return rows.filter(Q(commune=place) | Q(commune__parent=place))


def by_month(adoptions: Iterable[Adoption]) -> list[tuple[date, int]]:
    """Return (first of the month, copies begun until its end and still running then), without a gap."""
    rows = list(adoptions)
    if not rows:
        return []
    begun = Counter(row.first_day.replace(day=1) for row in rows)
    ended = Counter(row.last_day.replace(day=1) for row in rows if row.last_day)
    month, last = min(begun), max([*begun, *ended])
    series, running = [], 0
    while month <= last:
        running += begun[month]
        series.append((month, running))
        running -= ended[month]
        month = (month.replace(day=28) + _FEW_DAYS).replace(day=1)
    return series


def portfolio(initiatives: Iterable[Initiative], adoptions: Iterable[Adoption]) -> list[Line]:
    """Return what a place proposes or copies: by verified effect, the surest first, then by name; never by how many copies."""
    copies: dict[UUID, list[Adoption]] = {}
    known = {row.id: row for row in initiatives}
    for copy in adoptions:
        known.setdefault(copy.initiative_id, copy.initiative)
        copies.setdefault(copy.initiative_id, []).append(copy)
    effects: dict[UUID, list[Effect]] = {}
    for effect in Effect.objects.filter(initiative__in=known).order_by("indicator"):
        effects.setdefault(effect.initiative_id, []).append(effect)
    lines = [_line(row, copies.get(key, []), effects.get(key, [])) for key, row in known.items()]
    return sorted(lines, key=_rank)


def _line(row: Initiative, copies: list[Adoption], effects: list[Effect]) -> Line:
    running = sum(copy.is_running for copy in copies)
    checks = [copy.checks.all()[0].percent for copy in copies if copy.checks.all()]
    fidelity = round(sum(checks) / len(checks)) if checks else None
    return Line(row, running, len(copies) - running, fidelity, effects, copies)


def _rank(line: Line) -> tuple[int, float, str, str]:
    """Return what a line is sorted by: the surest grade, then how far the near end of the interval lies on the good side."""
    for place, grade in enumerate(GRADE_ORDER):
        ends = [_near_end(effect) for effect in line.effects if effect.grade == grade]
        if ends:
            return place, -max(ends), line.initiative.title, str(line.initiative.id)
    return len(GRADE_ORDER), 0.0, line.initiative.title, str(line.initiative.id)


def _near_end(effect: Effect) -> float:
    """Return the end of the interval that lies nearer to nothing, in changes worth having, so that indicators can stand together."""
    indicator = MEASURES[effect.indicator].indicator
    end = (effect.low or 0.0) if indicator.higher_is_better else -(effect.high or 0.0)
    return end / indicator.worth


def effects_of(initiative: Initiative) -> QuerySet[Effect]:
    """Return what was measured of an initiative, by indicator."""
    return initiative.effects.order_by("indicator")


def main_change(path: str = "changes") -> "Prefetch[str, QuerySet[CopyEffect], str]":
    """Return how to read with copies what each changed in the main indicator, for lists with room for one figure."""
    return Prefetch(path, CopyEffect.objects.filter(indicator=MAIN), to_attr="main_change")


def changes_of(adoption: Adoption) -> list[CopyEffect]:
    """Return what a copy changed, the indicators in their usual order; empty where it was not judged yet."""
    order = list(MEASURES)
    return sorted(adoption.changes.all(), key=lambda one: order.index(one.indicator))


def initiatives_with_copies() -> QuerySet[Initiative]:
    """Return the initiatives that somebody adopted, recognised or described from the press, for the job that judges copies."""
    copied = Adoption.objects.filter(initiative=OuterRef("id"))
    return Initiative.objects.filter(Exists(copied), state__in=ADOPTABLE).order_by("id")


def initiatives_to_measure() -> QuerySet[Initiative]:
    """Return the recognised and the replicated initiatives that somebody adopted, for the job that measures."""
    states = (Initiative.State.RECOGNISED, Initiative.State.REPLICATED)
    copied = Adoption.objects.filter(initiative=OuterRef("id"))
    return Initiative.objects.filter(Exists(copied), state__in=states).order_by("id")


def ranked_by(indicator: str) -> QuerySet[Effect]:
    """Return the public initiatives whose effect on an indicator is proven or promising, by the end of the interval nearer to nothing.

    How many communes copied something is no rank, and what was not measured has none.
    """
    rows = Effect.objects.filter(indicator=indicator, grade__in=GRADE_ORDER, initiative__is_public=True)
    better = MEASURES[indicator].indicator.higher_is_better
    return rows.select_related("initiative__place").order_by(
        "-low" if better else "high", "initiative__title"
    )


def may_see_tools(actor: Actor, commune: Place) -> bool:
    """Tell whether the actor reads what the tools recorded in a commune."""
    reached = places_reached(actor, Permission.INITIATIVE_READ)
    inside = reached is None or commune.code in reached or commune.parent_id in reached
    return inside or may_touch(actor, Permission.ADOPTION_RECORD, commune)


def meetings_of(adoption: Adoption) -> QuerySet[ClassMeeting]:
    """Return the classes of a copy, the latest first."""
    return ClassMeeting.objects.filter(adoption=adoption)


def classes_of(adoption: Adoption) -> Classes | None:
    """Return the classes of a copy added up; None where there was none."""
    rows = list(meetings_of(adoption))
    asked = [row for row in rows if row.asked_later is not None]
    if not rows:
        return None
    return Classes(
        meetings=len(rows),
        learners=sum(row.learners for row in rows),
        before=sum(row.could_before for row in rows),
        after=sum(row.could_after for row in rows),
        asked=sum(row.asked_later or 0 for row in asked),
        later=sum(row.could_later or 0 for row in asked),
        due=sum(row.is_due_later and row.asked_later is None for row in rows),
    )


def runs_of(adoption: Adoption) -> QuerySet[OutreachRun]:
    """Return the loudspeaker rounds of a copy, the latest first."""
    return OutreachRun.objects.filter(adoption=adoption).select_related("language")


def duties_of(adoption: Adoption) -> QuerySet[JointDuty]:
    """Return the joint duties of a copy, the latest first."""
    return JointDuty.objects.filter(adoption=adoption)


def meeting_of(actor: Actor, meeting_id: UUID) -> ClassMeeting:
    """Return a class that the actor may see. Raises UnknownInitiative."""
    row = ClassMeeting.objects.filter(id=meeting_id).select_related("commune").first()
    if row is None or not may_see_tools(actor, row.commune):
        raise UnknownInitiative
    return row


def run_of(actor: Actor, run_id: UUID) -> OutreachRun:
    """Return a loudspeaker round that the actor may see. Raises UnknownInitiative."""
    row = OutreachRun.objects.filter(id=run_id).select_related("commune").first()
    if row is None or not may_see_tools(actor, row.commune):
        raise UnknownInitiative
    return row


def duties_to_count(actor: Actor) -> QuerySet[JointDuty]:
    """Return the joint duties of the communes for whose police the actor counts, those not counted yet first."""
    reached = places_reached(actor, Permission.ACTIVATION_COUNT)
    rows = JointDuty.objects.select_related("commune__parent")
    if reached is not None:
        rows = rows.filter(commune__in=reached)
    return rows.order_by("counted_at", "-day", "half")


def phrase_cards(language: str = "") -> QuerySet[PhraseCard]:
    """Return the phrase cards that hold, of one language or all, without their voices."""
    rows = PhraseCard.objects.filter(withdrawn_at=None).select_related("commune__parent", "language")
    return (rows.filter(language=language) if language else rows).defer("sound")


def phrase_card(card_id: UUID) -> PhraseCard:
    """Return a phrase card that holds. Raises UnknownInitiative."""
    row = PhraseCard.objects.filter(id=card_id, withdrawn_at=None).select_related("commune__parent").first()
    if row is None:
        raise UnknownInitiative
    return row
