"""Reads about who may do which kind of work by their certificates, and whose certificates end soon."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.people.models import Volunteer
from aoxanh.training.models import Certificate, CertificateGate

WARN_DAYS = 30

# Every sync asks this; Django plans each statement anew, so it is kept as plain as can be.
_HELD = (
    "SELECT volunteer_id::text, group_id, issued_on, LEAST(valid_to, revoked_on)"
    " FROM training_certificate WHERE volunteer_id = ANY(%s)"
)
# The latest decision that reaches each commune; asked only where a certificate is missing.
_DECIDED = (
    "SELECT DISTINCT ON (here.code, gate.group_id) here.code, gate.group_id, gate.holds_from"
    " FROM training_certificategate gate"
    " JOIN places_place here ON here.code = ANY(%s) AND gate.place_id IN ('VN', here.parent_id, here.code)"
    " ORDER BY here.code, gate.group_id, gate.decided_at DESC, gate.id DESC"
)

Span = tuple[date, date | None]
"""First day, and first day no longer (None for good)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What some people hold, and what some communes ask for."""

    held: dict[tuple[str, str], list[Span]]
    decided: dict[tuple[str, str], date | None]

    def holds(self, volunteer_id: UUID, group: str, day: date) -> bool:
        """Tell whether somebody holds a certificate of a skill group on a day."""
        spans = self.held.get((str(volunteer_id), group), ())
        return any(first <= day and (end is None or day < end) for first, end in spans)

    def asks(self, commune: str, group: str, day: date) -> bool:
        """Tell whether work of a skill group asks for a certificate in a commune on a day; where nobody decided, it does."""
        if (commune, group) not in self.decided:
            return True
        first = self.decided[commune, group]
        return first is not None and first <= day

    def may(self, volunteer_id: UUID, group: str, day: date, commune: str) -> bool:
        """Tell whether somebody may do work of a skill group."""
        return self.holds(volunteer_id, group, day) or not self.asks(commune, group, day)


def held_by(volunteer_ids: Iterable[UUID]) -> dict[tuple[str, str], list[Span]]:
    """Return the spans of these people's certificates by (volunteer, skill group)."""
    held: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for whose, group, first, end in _rows(_HELD, list(volunteer_ids)):
        held[whose, group].append((first, end))
    return dict(held)


def decided_in(communes: Iterable[str]) -> dict[tuple[str, str], date | None]:
    """Return, by (commune, skill group), from which day on a certificate is asked for; what nobody decided is left out."""
    return {(code, group): first for code, group, first in _rows(_DECIDED, list(communes))}


def standing(volunteer_ids: Iterable[UUID], communes: Iterable[str]) -> Standing:
    """Return what these people hold and what these communes ask for."""
    return Standing(held_by(volunteer_ids), decided_in(communes))


def may(volunteer: Volunteer, group: str, day: date) -> bool:
    """Tell whether a volunteer may do work of a skill group (its code) at home on a day; fails closed."""
    return standing([volunteer.id], [volunteer.home_id]).may(volunteer.id, group, day, volunteer.home_id)


def gates_of(place_codes: Collection[str]) -> QuerySet[CertificateGate]:
    """Return the decisions about these places, the latest first."""
    return CertificateGate.objects.filter(place__in=place_codes).select_related("place", "group")


def lapsing(volunteers: "QuerySet[Volunteer]", *, within: int = WARN_DAYS) -> QuerySet[Certificate]:
    """Return certificates of these volunteers that hold today and end within so many days, without one that lasts longer."""
    today = clock.today()
    limit = today + timedelta(days=within)
    longer = Certificate.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=limit),
        volunteer=OuterRef("volunteer"),
        group=OuterRef("group"),
        issued_on__lte=limit,
        revoked_on=None,
    )
    rows = Certificate.objects.filter(
        ~Exists(longer),
        volunteer__in=volunteers,
        issued_on__lte=today,
        valid_to__gt=today,
        valid_to__lte=limit,
        revoked_on=None,
    )
    return rows.select_related("volunteer__home__parent", "group").order_by(
        "valid_to", "volunteer__sort_key", "id"
    )


def _rows(query: str, wanted: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [wanted])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def lapsing_certificates(within: int) -> list[tuple[UUID, str]]:
    """Return (volunteer, skill group) of every certificate that ends within so many days; for jobs that reach the nation."""
    rows = lapsing(Volunteer.objects.filter(is_active=True).order_by(), within=within)
    return list(rows.order_by("id").values_list("volunteer", "group"))
