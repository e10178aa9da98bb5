"""A commune's own totals beside what volunteers recorded, citizens confirmed and checks found, always scoped."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.oversight import ledger_queries
from aoxanh.oversight.indicators import Measured, indicators, measure
from aoxanh.oversight.models import OfficialTotal
from aoxanh.oversight.periods import Period
from aoxanh.oversight.units import sums_of
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places.models import Place

# Books and phones never agree to the last one; what is asked about is a fifth of the larger, and five at least.
NOTABLE_PART, NOTABLE_COUNT = 5, 5


@dataclass(frozen=True, slots=True)
class Beside:
    """One official total beside the other accounts of the same days."""

    total: OfficialTotal
    recorded: Measured
    told: ledger_queries.Shares

    @property
    def difference(self) -> int:
        """Official less recorded."""
        return self.total.count - self.recorded.numerator

    @property
    def is_notable(self) -> bool:
        """Whether the difference asks for an answer."""
        larger = max(self.total.count, self.recorded.numerator)
        return abs(self.difference) >= max(NOTABLE_COUNT, -(-larger // NOTABLE_PART))

    @property
    def waits(self) -> bool:
        """Whether an answer is asked for and missing."""
        return self.is_notable and not self.total.reason


def totals_visible_to(actor: Actor, place: Place | None = None) -> QuerySet[OfficialTotal]:
    """Return the official totals that hold, of the communes the actor may read, the latest period first."""
    reached = places_reached(actor, Permission.TOTAL_READ)
    rows = OfficialTotal.objects.filter(replaced_at=None).select_related("commune__parent")
    if reached is not None:
        rows = rows.filter(Q(commune__in=reached) | Q(commune__parent__in=reached))
    if place is not None and place.level != Place.Level.NATION:
        rows = rows.filter(Q(commune=place.code) | Q(commune__parent=place.code))
    return rows.order_by("-last_day", "commune__sort_key", "indicator")


def total_visible_to(actor: Actor, total_id: UUID) -> OfficialTotal | None:
    """Return one official total that holds, or None where there is none that the actor may see."""
    return totals_visible_to(actor).filter(id=total_id).first()


def earlier_totals(actor: Actor, total: OfficialTotal) -> list[OfficialTotal]:
    """Return what the same figure was told as before, the latest first, for who sees the one that holds."""
    if total_visible_to(actor, total.id) is None:
        return []
    rows = OfficialTotal.objects.filter(
        commune=total.commune_id,
        indicator=total.indicator,
        first_day=total.first_day,
        last_day=total.last_day,
    ).exclude(replaced_at=None)
    return list(rows.order_by("-told_at"))


def set_beside(total: OfficialTotal, by: Actor) -> Beside:
    """Return an official total that the actor was shown beside recorded, confirmed and checked."""
    period = Period(total.first_day, total.last_day)
    recorded = measure(indicators()[total.indicator], sums_of(total.commune, period))
    return Beside(total, recorded, ledger_queries.shares(place=total.commune, days=period, by=by))


def countable() -> list[str]:
    """Return the keys of the indicators that a commune may tell its own totals of."""
    return [each.key for each in indicators().values() if each.is_recorded]
