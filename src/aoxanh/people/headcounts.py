"""How many teams are active and how many members they have, by place; counts only, so no name leaves the room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Q

from aoxanh.kernel.replica import reading_connection
from aoxanh.kernel.text import sort_key
from aoxanh.people.models import Team
from aoxanh.places.models import Place

_FRESH_SECONDS = 60
_BY: dict[str, Literal["commune__parent_id", "commune_id"]] = {
    Place.Level.NATION: "commune__parent_id",
    Place.Level.PROVINCE: "commune_id",
}


@dataclass(frozen=True, slots=True)
class Headcount:
    """Active teams and their members; who belongs to two teams counts in both."""

    teams: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team as a board names it."""

    id: UUID
    name: str
    sort_key: str
    kind: str
    headcount: Headcount


def headcounts(place: Place, day: date) -> dict[str, Headcount]:
    """Return the headcount of each province of the nation or commune of a province, by code; `teams_in` tells a commune's.

    Places without a team are missing. Counting the nation reads every membership, so an answer is kept for a minute.
    """
    key = f"headcounts:{place.code}:{day:%Y%m%d}"
    known: dict[str, Headcount] | None = cache.get(key)
    if known is None:
        known = _count(place, day)
        cache.set(key, known, _FRESH_SECONDS)
    return known


_TEAMS = """
SELECT team.id, team.name, team.kind, team.active_from <= %(day)s AND (team.active_to IS NULL OR team.active_to > %(day)s),
       (SELECT count(*) FROM people_membership member WHERE member.team_id = team.id AND member.valid_from <= %(day)s
           AND (member.valid_to IS NULL OR member.valid_to > %(day)s))
  FROM people_team team WHERE team.commune_id = %(commune)s ORDER BY team.name
"""


def teams_in(commune_code: str, day: date) -> list[TeamName]:
    """Return every team the commune has had, by name, with its members on the day; nobody where it is not active then."""
    with reading_connection().cursor() as cursor:
        cursor.execute(_TEAMS, {"commune": commune_code, "day": day})
        rows = cursor.fetchall()
    kinds = {item.value: str(item.label) for item in Team.Kind}
    return [
        TeamName(id_, name, sort_key(name), kinds[kind], Headcount(1, members) if is_active else Headcount())
        for id_, name, kind, is_active, members in rows
    ]


def communes_of_teams(team_ids: Iterable[UUID]) -> dict[UUID, Place]:
    """Return the commune of each team."""
    return {
        team.id: team.commune
        for team in Team.objects.filter(id__in=list(team_ids)).select_related("commune__parent")
    }


def _count(place: Place, day: date) -> dict[str, Headcount]:
    active = Q(active_from__lte=day) & (Q(active_to=None) | Q(active_to__gt=day))
    within = {
        Place.Level.NATION: Q(),
        Place.Level.PROVINCE: Q(commune__parent=place.code),
    }[Place.Level(place.level)]
    rows = Team.objects.filter(active & within).order_by().values_list(_BY[place.level])
    teams = dict(rows.annotate(count=Count("id")))
    held = Q(memberships__valid_from__lte=day) & (
        Q(memberships__valid_to=None) | Q(memberships__valid_to__gt=day)
    )
    members = dict(rows.filter(held).annotate(count=Count("memberships__id")))
    return {str(key): Headcount(count, members.get(key, 0)) for key, count in teams.items()}
