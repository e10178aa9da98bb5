"""Which target holds for a unit and a period, and how targets were changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from aoxanh.oversight.models import Target
from aoxanh.places.models import Place


@dataclass(frozen=True, slots=True)
class Holding:
    """The targets that hold on a day, ready to be asked for many units."""

    rows: tuple[Target, ...]

    def value_for(self, indicator: str, place: Place, place_type: str) -> Decimal | None:
        """Return the target of an indicator for a place: its own before its province's before the nation's.

        At the same place the one for its type goes before the one for all places, then the one that began last.
        """
        above = {place.code: 2, place.parent_id or "": 1, "VN": 0}
        fit = [
            row
            for row in self.rows
            if row.indicator == indicator and row.place_id in above and row.place_type in ("", place_type)
        ]
        best = max(
            fit, key=lambda row: (above[row.place_id], row.place_type != "", row.first_day), default=None
        )
        return None if best is None else best.value


def holding_on(day: date) -> Holding:
    """Return the targets that hold on a day."""
    rows = Target.objects.filter(replaced_at=None, first_day__lte=day, last_day__gte=day)
    return Holding(tuple(rows.order_by("set_at")))


def history_of(place: Place, indicators: Iterable[str]) -> QuerySet[Target]:
    """Return all targets that hold or held for a place, those of its province and of the nation among them, newest first."""
    above = [code for code in (place.code, place.parent_id, "VN") if code]
    return (
        Target.objects.filter(Q(place__in=above), indicator__in=list(indicators))
        .select_related("place")
        .order_by("-set_at", "indicator")
    )
