"""Reads of what people ask: counts by procedure, by what they want to know, by week and by limit; small numbers of a commune stay hidden."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from aoxanh.assistant.models import AskedCount, UnansweredQuestion
from aoxanh.assistant.replies import Kind
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures

LEAST_SHOWN = 5
"""Below a province a smaller number could point at a person, so it is only counted among "the rest"."""

MOST_TOPICS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what was asked about, and how often. `key` is a code, a slot, a rule or a kind."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, most first, and what is not shown by itself: `rest` questions."""

    lines: list[Line] = field(default_factory=list)
    rest: int = 0

    @property
    def most(self) -> int:
        return max((line.count for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Week:
    """The seven days from a Monday on, counted by kind in the order of `Kind`."""

    first: date
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class AskedFigures:
    """What people asked in a place between two days."""

    total: int
    unanswered: int
    topics: Table
    slots: Table
    refused: Table
    weeks: list[Week]
    hides_small: bool


def asked_in(actor: Actor, place: Place, first: date, last: date) -> AskedFigures:
    """Return what people asked in a place, for somebody who may know. Raises NotAllowed."""
    require(actor, Permission.ASKED_READ, place)
    rows = _within(actor, place).filter(day__gte=first, day__lte=last)
    sums = list(rows.values_list("day", "kind", "topic", "slot").annotate(count=Sum("count")))
    kinds: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    slots: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    weeks: dict[date, Counter[str]] = {}
    for day, kind, topic, slot, count in sums:
        kinds[kind] += count
        weeks.setdefault(day - timedelta(days=day.weekday()), Counter())[kind] += count
        if kind == Kind.REFUSE:
            refused[topic] += count
        elif topic and kind != Kind.OUTSIDE:
            topics[topic] += count
            slots[slot] += count
    least = LEAST_SHOWN if place.level == Place.Level.COMMUNE else 1
    titles = {shown.card.code: shown.card.name.vi for shown in procedures.current_cards(codes=set(topics))}
    return AskedFigures(
        total=sum(kinds.values()),
        unanswered=kinds[Kind.OUTSIDE],
        topics=_table(topics, titles, least),
        slots=_table(slots, {}, least),
        refused=_table(refused, {}, least),
        weeks=[_week(monday, counts, least) for monday, counts in sorted(weeks.items())],
        hides_small=least > 1,
    )


def _within(actor: Actor, place: Place) -> QuerySet[AskedCount]:
    reached = places_reached(actor, Permission.ASKED_READ)
    condition = Q() if reached is None else Q(commune_code__in=places.communes_within(reached))
    if place.level == Place.Level.COMMUNE:
        condition &= Q(commune_code=place.code)
    elif place.level == Place.Level.PROVINCE:
        condition &= Q(commune_code__in=places.communes_within([place.code]))
    return AskedCount.objects.filter(condition)


def _table(counts: "Counter[str]", names: dict[str, str], least: int) -> Table:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [(key, count) for key, count in ordered if count >= least][:MOST_TOPICS]
    rest = sum(counts.values()) - sum(count for _key, count in shown)
    return Table([Line(key, names.get(key, ""), count) for key, count in shown], rest)


def _week(monday: date, counts: "Counter[str]", least: int) -> Week:
    return Week(monday, {str(kind): counts[kind] if counts[kind] >= least else 0 for kind in Kind})


def overdue_questions(days: int) -> dict[str, int]:
    """Return how many questions of each commune nobody has closed for so many days; for jobs that reach the nation."""
    limit = clock.now() - timedelta(days=days)
    rows = UnansweredQuestion.objects.filter(closed_at=None, sent_at__lt=limit).order_by()
    return dict(rows.values_list("commune").annotate(times=Count("id")))
