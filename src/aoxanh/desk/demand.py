"""What a commune's people asked for lately, from the daily rollup and the words of the sessions; for planning who is needed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from aoxanh.desk.models import DailyFigure, Handover, SupportSession

_COLUMNS = (
    "sessions",
    "minutes",
    "group_vneid",
    "outcome_come_back",
    "people_outreach",
    "people_class",
    "people_id_sync",
    "mode_mobile",
    "mode_home",
)


@dataclass(frozen=True, slots=True)
class Demand:
    """Sums of a commune's figures over some days, hand-overs that wait, and sessions by language (ISO 639-3)."""

    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COLUMNS, 0))
    waiting: int = 0
    languages: dict[str, int] = field(default_factory=dict)


def demand_in(communes: Collection[str], first: date, last: date) -> dict[str, Demand]:
    """Return the demand in each of these communes between two days (both included), as far as the transaction reaches."""
    days = {"commune_code__in": communes, "day__gte": first, "day__lte": last}
    totals = {name: Coalesce(Sum(name), 0) for name in _COLUMNS}
    rows = DailyFigure.objects.filter(**days).values_list("commune_code").annotate(**totals).order_by()
    sums = {str(code): dict(zip(_COLUMNS, counts, strict=True)) for code, *counts in rows}
    waiting = dict(
        Handover.objects.filter(commune_code__in=communes, state=Handover.State.WAITING)
        .order_by()
        .values_list("commune_code")
        .annotate(count=Count("id"))
    )
    languages: dict[str, dict[str, int]] = defaultdict(dict)
    told = SupportSession.objects.filter(**days, withdrawn=False, revision=0).order_by()
    for commune, language, count in told.values_list("commune_code", "language").annotate(count=Count("id")):
        languages[commune][language] = count
    empty = Demand()
    return {
        code: Demand(sums.get(code, empty.sums), waiting.get(code, 0), languages.get(code, {}))
        for code in communes
    }
