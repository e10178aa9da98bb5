"""Builds an Actor in one query: the roles, teams and leaderships that an account holds today."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor, Grant
from aoxanh.people.models import Membership, Role

# Work recorded offline may reach us this long after its team was left.
LATE_DAYS = 60

COLUMNS = """
    account.id, account.display_name, volunteer.id, volunteer.adult_on,
    (SELECT coalesce(json_agg(json_build_array(held.role, held.place_id, place.level) ORDER BY held.role, held.place_id), '[]')::text
       FROM people_roleassignment held JOIN places_place place ON place.code = held.place_id
      WHERE held.account_id = account.id AND held.valid_from <= %(today)s AND (held.valid_to IS NULL OR held.valid_to > %(today)s)),
    (SELECT coalesce(json_agg(json_build_array(member.team_id, team.commune_id, member.position,
                                               member.valid_to IS NULL OR member.valid_to > %(today)s)), '[]')::text
       FROM people_membership member JOIN people_team team ON team.id = member.team_id
      WHERE member.volunteer_id = volunteer.id AND member.valid_from <= %(today)s
        AND (member.valid_to IS NULL OR member.valid_to > %(late)s))
"""
SOURCE = "people_account account LEFT JOIN people_volunteer volunteer ON volunteer.account_id = account.id"


def parameters(**more: Any) -> dict[str, Any]:
    """Return the values that COLUMNS needs, with the caller's own."""
    today = clock.today()
    return {"today": today, "late": today - timedelta(days=LATE_DAYS), **more}


def actor_from(row: tuple[Any, ...]) -> Actor:
    """Return the actor that a row of COLUMNS describes."""
    account_id, name, volunteer_id, adult_on, roles, memberships = row
    teams: list[tuple[str, str, str, bool]] = json.loads(memberships)
    today = [(UUID(team), position) for team, _commune, position, holds in teams if holds]
    return Actor(
        name=name,
        account_id=account_id,
        volunteer_id=volunteer_id,
        grants=tuple(Grant(Role(role), place, level) for role, place, level in json.loads(roles)),
        teams=frozenset(team for team, _position in today),
        leads=frozenset(team for team, position in today if position != Membership.Position.MEMBER),
        team_communes=frozenset(commune for _team, commune, _position, _holds in teams),
        is_minor=_is_minor(adult_on),
    )


def _is_minor(adult_on: date | None) -> bool:
    return adult_on is not None and adult_on > clock.today()
