"""How many teams are active and how many members they have, by place; counts only, so no name leaves the room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Q

from aoxanh.kernel.text import sort_key
from aoxanh.people.models import Team
from aoxanh.places.models import Place

_FRESH_SECONDS = 60
_BY: dict[str, Literal["commune__parent_id", "commune_id", "id"]] = {
    Place.Level.NATION: "commune__parent_id",
    Place.Level.PROVINCE: "commune_id",
    Place.Level.COMMUNE: "id",
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
    is_active: bool


def headcounts(place: Place, day: date) -> dict[str, Headcount]:
    """Return the headcount of each province of the nation, commune of a province or team of a commune, by code or id.

    Places without a team are missing. Counting the nation reads every membership, so an answer is kept for a minute.
    """
    key = f"headcounts:{place.code}:{day:%Y%m%d}"
    known: dict[str, Headcount] | None = cache.get(key)
    if known is None:
        known = _count(place, day)
        cache.set(key, known, _FRESH_SECONDS)
    return known


def teams_in(commune_code: str, day: date) -> list[TeamName]:
    """Return every team the commune has had, by name, and whether it is active on the day."""
    rows = Team.objects.filter(commune=commune_code).order_by("name")
    return [
        TeamName(team.id, team.name, sort_key(team.name), str(team.get_kind_display()), _holds(team, day))
        for team in rows
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
        Place.Level.COMMUNE: Q(commune=place.code),
    }[Place.Level(place.level)]
    rows = Team.objects.filter(active & within).order_by().values_list(_BY[place.level])
    teams = dict(rows.annotate(count=Count("id")))
    held = Q(memberships__valid_from__lte=day) & (
        Q(memberships__valid_to=None) | Q(memberships__valid_to__gt=day)
    )
    members = dict(rows.filter(held).annotate(count=Count("memberships__id")))
    return {str(key): Headcount(count, members.get(key, 0)) for key, count in teams.items()}


def _holds(team: Team, day: date) -> bool:
    return team.active_from <= day and (team.active_to is None or team.active_to > day)
