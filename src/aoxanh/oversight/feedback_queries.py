"""Reads of what citizens say of teams, always scoped; and what a citizen may read of their own by the address they kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.kernel.scope import Scope, scope
from aoxanh.oversight.intervals import Share, share
from aoxanh.oversight.models import Feedback
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place

COUNTED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Tally:
    """How many said something of a team within some days, and the shares that were helped and treated well, with intervals."""

    team: str
    place: Place
    said: int
    helped: Share
    well: Share
    complaints: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a citizen may read of what they said: whether it waits, until when, and the answer; never the words themselves."""

    is_complaint: bool
    is_open: bool
    due_at: datetime | None
    answer: str


def feedback_visible_to(actor: Actor, place: Place | None = None) -> QuerySet[Feedback]:
    """Return what was said in the actor's places, what waits for an answer first; of one place downwards when it is given.

    Who serves in a team does not read what is said of it here.
    """
    reached = places_reached(actor, Permission.FEEDBACK_READ)
    rows = Feedback.objects.select_related("commune__parent", "team")
    if reached is not None:
        rows = rows.filter(commune__in=places.communes_within(reached))
    if place is not None and place.level != Place.Level.NATION:
        rows = rows.filter(commune__in=places.communes_within([place.code]))
    if actor.teams:
        rows = rows.exclude(team__in=actor.teams)
    return rows.order_by(F("answered_at").desc(nulls_first=True), "due_at", "-made_at", "id")


def may_answer(actor: Actor, row: Feedback) -> bool:
    """Tell whether the actor may answer a complaint."""
    return (
        row.is_open and row.team_id not in actor.teams and may(actor, Permission.FEEDBACK_ANSWER, row.commune)
    )


def tallies(actor: Actor, place: Place | None = None) -> list[Tally]:
    """Return what was said of each team within the last 30 days, by place and name."""
    return tallied(feedback_visible_to(actor, place).filter(made_at__gte=counted_since()))


def counted_since() -> datetime:
    """Return the moment from which on tallies count."""
    return clock.now() - timedelta(days=COUNTED_DAYS)


def tallied(rows: QuerySet[Feedback]) -> list[Tally]:
    """Return some rows that the reader may count as one tally for each team, by place and name."""
    counted = (
        rows.order_by()
        .values("team", "team__name", "commune")
        .annotate(
            said=Count("id"),
            helped=Count("id", filter=Q(helped=Feedback.Helped.YES)),
            well=Count("id", filter=Q(treated=Feedback.Treated.WELL)),
            complaints=Count("id", filter=Q(is_complaint=True)),
        )
    )
    lines = list(counted.order_by("commune__sort_key", "team__name", "team")[:200])
    where = _places([line["commune"] for line in lines])
    return [
        Tally(
            line["team__name"], where[line["commune"]], line["said"], share(line["helped"], line["said"]),
            share(line["well"], line["said"]), line["complaints"],
        )
        for line in lines
    ]  # fmt: skip


def said_by(commune: str, feedback_id: UUID) -> Said | None:
    """Return what a citizen may read by the address they kept, or None; the id alone is their key."""
    if commune not in set(places.communes_within([commune])):
        return None
    with scope(Scope(communes=frozenset({commune}))):
        row = Feedback.objects.filter(commune=commune, id=feedback_id).first()
    return Said(row.is_complaint, row.is_open, row.due_at, row.answer) if row else None


def waiting_complaints() -> Counter[tuple[str, UUID | None]]:
    """Return, by commune and who must answer, how many complaints wait; for jobs that reach the nation."""
    rows = Feedback.objects.filter(is_complaint=True, answered_at=None)
    return Counter(rows.values_list("commune", "handler_id"))


def overdue_complaints() -> Counter[str]:
    """Return, by commune, how many complaints are past the day they were to be answered; for jobs that reach the nation."""
    rows = Feedback.objects.filter(is_complaint=True, answered_at=None, due_at__lt=clock.now())
    return Counter(rows.values_list("commune", flat=True))


def _places(codes: Sequence[str]) -> dict[str, Place]:
    return {place.code: place for place in places.communes_below(sorted(set(codes)))} if codes else {}
