"""Who talks with a volunteer about their work, and who else may be asked when the two do not agree."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from aoxanh.kernel import clock
from aoxanh.people.models import Membership, Role, RoleAssignment, Team, Volunteer
from aoxanh.people.queries import holding_on

_ABOVE = (Role.COMMUNE_SECRETARY, Role.PROVINCE_COORDINATOR)


def teams_with_ids(ids: Collection[UUID]) -> dict[UUID, Team]:
    """Return teams by their ids, each with its commune."""
    return {team.id: team for team in Team.objects.select_related("commune").filter(id__in=ids)}


def leader_of(team: Team) -> Membership | None:
    """Return who leads a team today, if somebody with an account does."""
    rows = Membership.objects.filter(
        holding_on(clock.today()), team=team, position=Membership.Position.LEADER, volunteer__is_active=True
    )
    return rows.exclude(volunteer__account=None).select_related("volunteer").order_by("id").first()


def coach_for(team: Team, volunteer_id: UUID) -> UUID | None:
    """Return the account that talks with a member: the team's leader; with the leader, whoever is in charge above."""
    leader = leader_of(team)
    if leader is not None and leader.volunteer_id != volunteer_id:
        return leader.volunteer.account_id
    return other_reader(team, volunteer_id, set())


def other_reader(team: Team, volunteer_id: UUID, not_these: Collection[UUID]) -> UUID | None:
    """Return an account in charge of the team's commune or province that is none of these and not the volunteer's own."""
    nearest = Case(When(role=_ABOVE[0], then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = RoleAssignment.objects.filter(
        holding_on(clock.today()),
        Q(role=_ABOVE[0], place=team.commune_id) | Q(role=_ABOVE[1], place=team.commune.parent_id),
        account__is_active=True,
    ).exclude(account__in=not_these)
    rows = rows.exclude(account__volunteer=volunteer_id)
    found: UUID | None = rows.order_by(nearest, "valid_from", "id").values_list("account", flat=True).first()
    return found


def complaint_reader_for(team: Team) -> UUID | None:
    """Return the account in charge of the team's commune, or else its province, that answers a complaint; never one of its members."""
    members = Membership.objects.filter(
        holding_on(clock.today()), team=team, volunteer__account__isnull=False
    ).values_list("volunteer__account", "volunteer")
    accounts = {account for account, _volunteer in members}
    return other_reader(team, team.id, accounts)


def still_in_charge(accounts: Collection[UUID]) -> set[UUID]:
    """Return those of the accounts that are in charge of some commune or province today; for jobs that reach the nation."""
    rows = RoleAssignment.objects.filter(
        holding_on(clock.today()), role__in=_ABOVE, account__in=accounts, account__is_active=True
    )
    return set(rows.values_list("account", flat=True))


def is_in_charge(account_id: UUID | None, team: Team) -> bool:
    """Tell whether an account leads the team today, or has a role above it."""
    today = holding_on(clock.today())
    leads = Membership.objects.filter(
        today,
        team=team,
        volunteer__account=account_id,
        position__in=(Membership.Position.LEADER, Membership.Position.DEPUTY),
    )
    above = RoleAssignment.objects.filter(
        today,
        Q(role=_ABOVE[0], place=team.commune_id) | Q(role=_ABOVE[1], place=team.commune.parent_id),
        account=account_id,
        account__is_active=True,
    )
    return account_id is not None and (leads.exists() or above.exists())


def is_still_there(volunteer_id: UUID) -> bool:
    """Tell whether a volunteer still takes part and can be asked by their account."""
    return Volunteer.objects.filter(id=volunteer_id, is_active=True).exclude(account=None).exists()
