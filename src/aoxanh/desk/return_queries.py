"""How many of those who kept a return code came again within some days, in a commune; counts only."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from aoxanh.desk.queries import sessions_visible_to
from aoxanh.people.actors import Actor
from aoxanh.places.models import Place


@dataclass(frozen=True, slots=True)
class Returns:
    """Return codes given in a period, and how many of them were used again within so many days."""

    codes: int
    used: int


def returns_in(actor: Actor, commune: Place, first: date, last: date, *, days: int = 30) -> Returns:
    """Return how many return codes were first given in the period and came back within `days`; a later day counts, the same does not."""
    rows = (
        sessions_visible_to(actor, first - timedelta(days=days), last + timedelta(days=days))
        .filter(commune_code=commune.code)
        .exclude(return_code="")
        .order_by()
        .values_list("return_code", "root_id", "day")
        .distinct()
    )
    seen: dict[str, dict[UUID, date]] = defaultdict(dict)
    for code, root, day in rows:
        seen[code][root] = min(day, seen[code].get(root, day))
    codes = used = 0
    for roots in seen.values():
        began, *later = sorted(roots.values())
        if first <= began <= last:
            codes += 1
            used += any(began < day <= began + timedelta(days=days) for day in later)
    return Returns(codes, used)
