"""Whole lists of official figures in and out: compared and stored set by set. `staged` and `parameters` are as in the rosters of people.

A figure is known by its commune, what it counts and its days. Another count or book replaces it; the earlier row stays.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.oversight.indicators import indicators
from aoxanh.oversight.models import OfficialTotal
from aoxanh.people import rosters
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.sheets.kinds import Kind, Parameters, nothing_more

_SAME = (
    "t.commune_id = s.place AND t.indicator = s.indicator AND t.first_day = s.first_day::date"
    " AND t.last_day = s.last_day::date AND t.replaced_at IS NULL"
)


def compare_totals(staged: str) -> str:
    """Return the SELECT that finds each staged figure among those that hold."""
    return f"""
    SELECT s.number, CASE WHEN t.count = s.count::bigint AND t.source = s.source THEN 'same' ELSE 'changed' END AS verdict,
           NULL::uuid AS target, NULL::jsonb AS flaws
      FROM {staged} s JOIN oversight_officialtotal t ON {_SAME}
    UNION ALL
    SELECT s.number, 'new', NULL, NULL FROM {staged} s
     WHERE s.verdict <> 'new' AND NOT EXISTS (SELECT FROM oversight_officialtotal t WHERE {_SAME})
    """


def store_totals(*, staged: str, parameters: Parameters, by: Actor) -> None:
    """Write the staged figures that are new or changed, in the caller's transaction; what they replace stays as it was told."""
    rosters.require_reach(by, Permission.TOTAL_EDIT, staged, "place", parameters)
    # Who answers for a commune's books tells for it; whoever else reaches it is its province.
    own = rosters.WITHIN.format("place")
    told = {**parameters, "now": clock.now(), "reach": places_reached(by, Permission.TOTAL_ANSWER)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE oversight_officialtotal t SET replaced_at = %(now)s FROM {staged} s WHERE s.verdict = 'changed' AND {_SAME}",
            told,
        )
        changed = cursor.rowcount
        cursor.execute(
            "INSERT INTO oversight_officialtotal"
            " (id, commune_id, indicator, first_day, last_day, count, source, by_province, told_at, reason, answer)"
            f" SELECT target, place, indicator, first_day::date, last_day::date, count::bigint, source, NOT {own}, %(now)s, '', ''"
            f" FROM {staged} WHERE verdict IN ('new', 'changed')",
            told,
        )
        new = cursor.rowcount - changed
    audit.record(
        chain=rosters.chain_of_list(staged, "place", parameters),
        actor=str(by),
        action="oversight.totals.imported",
        details={"new": new, "changed": changed},
    )


def totals_listed(by: Actor, codes: list[str]) -> Iterator[list[Any]]:
    """Yield the figures of some communes that hold, within the actor's reach, in the list's columns."""
    names = {each.key: each.vi.name for each in indicators().values()}
    reached = places_reached(by, Permission.TOTAL_READ)
    rows = OfficialTotal.objects.filter(replaced_at=None, commune__in=codes)
    if reached is not None:
        rows = rows.filter(commune__in=places.communes_within(reached))
    for row in rows.order_by("commune", "last_day", "first_day", "indicator"):
        yield [row.commune_id, names[row.indicator], row.first_day, row.last_day, row.count, row.source]


TOTALS = Kind(
    "totals", _("Official figures"), Permission.TOTAL_EDIT, Permission.TOTAL_READ, compare_totals, store_totals, nothing_more,
    totals_listed,
)  # fmt: skip
