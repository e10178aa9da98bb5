"""Whole lists of needs in and out: compared and stored set by set. `staged` and `parameters` are as in the rosters of people.

A commune has one row; a blank cell keeps what is stored, "-" says that no speakers are wanted.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from aoxanh.audit import actions as audit
from aoxanh.people import rosters
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.sheets.kinds import Kind, Parameters, nothing_more
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.models import Need

_PLAIN = ("leaders", "half_days", "boat_km")
_SPOKEN = (
    "(SELECT coalesce(string_agg(l.language_id || ':' || l.speakers, ',' ORDER BY l.language_id COLLATE \"C\"), '-')"
    " FROM staffing_languageneed l WHERE l.need_id = n.commune_id)"
)


def _differs() -> str:
    """Return the condition that a staged row says something else than what is stored."""
    tests = [f"(s.{name} <> '' AND s.{name}::integer <> n.{name})" for name in _PLAIN]
    tests += [
        f"(s.{column} <> '' AND s.{column}::integer IS DISTINCT FROM"
        f" (SELECT p.{name} FROM staffing_post p WHERE p.need_id = n.commune_id AND p.kind = '{kind}'))"
        for kind in KINDS
        for column, name in ((kind, "wanted"), (f"{kind}_minimum", "minimum"))
    ]
    tests += [
        "(s.has_road <> '' AND s.has_road::integer::boolean <> n.has_road)",
        f"(s.speakers <> '' AND s.speakers <> {_SPOKEN})",
    ]
    return " OR ".join(tests)


def compare_needs(staged: str) -> str:
    """Return the SELECT that finds each staged commune among the stored needs."""
    return f"""
    SELECT s.number, CASE WHEN {_differs()} THEN 'changed' ELSE 'same' END AS verdict, NULL::uuid AS target, NULL::jsonb AS flaws
      FROM {staged} s JOIN staffing_need n ON n.commune_id = s.place
    UNION ALL
    SELECT s.number, 'new', NULL, NULL FROM {staged} s
     WHERE s.verdict <> 'new' AND NOT EXISTS (SELECT FROM staffing_need n WHERE n.commune_id = s.place)
    """


def store_needs(*, staged: str, parameters: Parameters, by: Actor) -> None:
    """Write the staged needs that are new or changed, as corrected; the province then confirms them."""
    rosters.require_reach(by, Permission.NEED_EDIT, staged, "place", parameters)
    touched = f"{staged} s WHERE s.verdict IN ('new', 'changed')"
    given = ", ".join(f"coalesce(nullif(s.{name}, '')::integer, n.{name}, 0)" for name in _PLAIN)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO staffing_need (commune_id, state, {', '.join(_PLAIN)}, has_road, open_halves, mobile_halves, basis, changed_at)"
            f" SELECT s.place, 'corrected', {given}, coalesce(nullif(s.has_road, '')::integer::boolean, n.has_road, true),"
            f" 0, 0, '{{}}', now() FROM {staged} s LEFT JOIN staffing_need n ON n.commune_id = s.place WHERE s.verdict IN ('new', 'changed')"
            " ON CONFLICT (commune_id) DO UPDATE SET state = 'corrected', confirmed_at = NULL, changed_at = now(),"
            f" has_road = excluded.has_road, {', '.join(f'{name} = excluded.{name}' for name in _PLAIN)}",
            parameters,
        )
        count = cursor.rowcount
        for kind in KINDS:
            wanted = f"coalesce(nullif(s.{kind}, '')::integer, p.wanted, 0)"
            cursor.execute(
                "INSERT INTO staffing_post (need_id, kind, wanted, minimum, technology, communication)"
                f" SELECT s.place, '{kind}', {wanted}, least({wanted}, coalesce(nullif(s.{kind}_minimum, '')::integer, p.minimum, 0)), 0, 0"
                f" FROM {staged} s LEFT JOIN staffing_post p ON p.need_id = s.place AND p.kind = '{kind}'"
                " WHERE s.verdict IN ('new', 'changed')"
                " ON CONFLICT (need_id, kind) DO UPDATE SET wanted = excluded.wanted, minimum = excluded.minimum",
                parameters,
            )
        cursor.execute(
            f"DELETE FROM staffing_languageneed l USING {touched} AND s.speakers <> '' AND l.need_id = s.place",
            parameters,
        )
        cursor.execute(
            "INSERT INTO staffing_languageneed (need_id, language_id, speakers)"
            " SELECT s.place, split_part(spoken, ':', 1), split_part(spoken, ':', 2)::integer"
            f" FROM {staged} s, unnest(string_to_array(s.speakers, ',')) spoken"
            " WHERE s.verdict IN ('new', 'changed') AND s.speakers NOT IN ('', '-')",
            parameters,
        )
    audit.record(
        chain=rosters.chain_of_list(staged, "place", parameters),
        actor=str(by),
        action="staffing.needs.imported",
        details={"communes": count},
    )


def needs_listed(by: Actor, codes: list[str]) -> Iterator[list[Any]]:
    """Yield the needs of some communes within the actor's reach, in the list's columns; communes without one are left out."""
    names = {language.code: language.name_vi for language in places.languages()}
    reached = places_reached(by, Permission.NEED_READ)
    rows = Need.objects.filter(commune__in=codes).prefetch_related("posts", "languages")
    if reached is not None:
        rows = rows.filter(commune__in=places.communes_within(reached))
    for need in rows.order_by("commune"):
        posts = {post.kind: (post.wanted, post.minimum) for post in need.posts.all()}
        spoken = "; ".join(f"{names[each.language_id]} {each.speakers}" for each in need.languages.all())
        yield [
            need.commune_id, *(number for kind in KINDS for number in posts.get(kind, (0, 0))), need.leaders, need.half_days,
            spoken, "Có" if need.has_road else "Không", need.boat_km,
        ]  # fmt: skip


NEEDS = Kind(
    "needs", _("Needs"), Permission.NEED_EDIT, Permission.NEED_READ, compare_needs, store_needs, nothing_more, needs_listed
)  # fmt: skip
