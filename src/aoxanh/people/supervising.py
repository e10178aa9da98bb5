"""Whom a supervisor answers for at work: the members of the teams they lead, or of the commune they are in charge of."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.models import Account, Membership, Role, RoleAssignment
from aoxanh.people.permissions import TABLE, Permission
from aoxanh.people.queries import holding_on

MOST_MEMBERS = 400
SUPERVISORS = (Role.TEAM_LEADER, Role.COMMUNE_SECRETARY, Role.PROVINCE_COORDINATOR, Role.CENTRAL)


def members_supervised(actor: Actor, permission: Permission) -> list[Membership]:
    """Return today's members over whom the actor has a permission by leading their team or by a role in its commune; never themselves."""
    condition = Q(pk__in=[])
    for grant in actor.grants:
        reach = TABLE.get((permission, grant.role))
        if reach == "team":
            condition |= Q(team__in=actor.leads, team__commune=grant.place_code)
        elif reach == "place" and grant.level == "commune":
            condition |= Q(team__commune=grant.place_code)
    rows = Membership.objects.filter(holding_on(clock.today()), condition, volunteer__is_active=True)
    rows = rows.exclude(volunteer=actor.volunteer_id) if actor.volunteer_id else rows
    return list(rows.select_related("volunteer", "team").order_by("volunteer__sort_key", "id")[:MOST_MEMBERS])


def membership_on(team_id: UUID, volunteer_id: UUID, day: date) -> Membership | None:
    """Return the membership of somebody in a team on a day, for an action that checks who may touch it."""
    rows = Membership.objects.filter(holding_on(day), team=team_id, volunteer=volunteer_id)
    return rows.select_related("team__commune", "volunteer").first()


def teams_of_members(volunteer_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    """Return, by volunteer, the (team, commune) they belong to today; for jobs that reach the nation."""
    rows = Membership.objects.filter(holding_on(clock.today()), volunteer__in=volunteer_ids)
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for volunteer, team, commune in rows.values_list("volunteer", "team", "team__commune"):
        found.setdefault(volunteer, []).append((team, commune))
    return found


def supervisors_at(place_code: str) -> list[UUID]:
    """Return the accounts that answer for a place itself today; for telling them of something new."""
    held = RoleAssignment.objects.filter(holding_on(clock.today()), role__in=SUPERVISORS, place=place_code)
    return list(held.order_by("account").values_list("account", flat=True).distinct())


def supervisors_with_mail() -> list[Account]:
    """Return who leads a team, answers for a commune, a province or the nation, and gave an e-mail address; for the daily digest."""
    held = RoleAssignment.objects.filter(
        holding_on(clock.today()), role__in=SUPERVISORS, account=OuterRef("pk")
    )
    rows = Account.objects.filter(Exists(held), is_active=True).exclude(email="")
    return list(rows.order_by("id"))
