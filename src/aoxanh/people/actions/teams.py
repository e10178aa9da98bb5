"""Teams and who belongs to them between which days."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actions.accounts import fit_name
from aoxanh.people.actors import Actor
from aoxanh.people.errors import AlreadyMember, NotAllowed, NotMember, RoleUnfit, TeamClosed, TeamNameTaken
from aoxanh.people.models import Membership, Role, RoleAssignment, Team, Volunteer
from aoxanh.people.permissions import Permission, require
from aoxanh.people.queries import holding_on, volunteers_visible_to
from aoxanh.places.models import Place


@transaction.atomic
def create_team(*, commune: Place, name: str, kind: Team.Kind, by: Actor) -> Team:
    """Found a team in a commune, from today. Raises TeamNameTaken or UnfitName."""
    require(by, Permission.TEAM_EDIT, commune)
    if commune.level != Place.Level.COMMUNE:
        raise RoleUnfit(field="place")
    name = fit_name(name, "name", 100)
    Place.objects.select_for_update().get(code=commune.code)
    if Team.objects.filter(commune=commune, name=name).exists():
        raise TeamNameTaken(field="name", name=name)
    team = Team.objects.create(commune=commune, name=name, kind=Team.Kind(kind), active_from=clock.today())
    audit.record(chain=commune.code, actor=str(by), action="people.team.created", subject=f"team:{team.id}")
    return team


@transaction.atomic
def join_team(
    *,
    team: Team,
    volunteer: Volunteer,
    by: Actor,
    position: Membership.Position = Membership.Position.MEMBER,
    first_day: date | None = None,
) -> Membership:
    """Let a volunteer belong to a team from a day on (today when not told), with the role that goes with the position.

    Raises AlreadyMember or TeamClosed.
    """
    require(by, Permission.TEAM_EDIT, team.commune)
    if not by.is_system and not volunteers_visible_to(by).filter(id=volunteer.id).exists():
        raise NotAllowed
    Volunteer.objects.select_for_update(of=("self",)).get(id=volunteer.id)
    first = first_day or clock.today()
    if team.active_to is not None and team.active_to <= first:
        raise TeamClosed(field="team")
    if Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=first), team=team, volunteer=volunteer
    ).exists():
        raise AlreadyMember(field="volunteer", volunteer=volunteer.full_name)
    membership = Membership.objects.create(
        team=team, volunteer=volunteer, position=position, valid_from=first
    )
    give_role_of(membership)
    _record(membership, by, "people.team.joined")
    return membership


@transaction.atomic
def leave_team(*, membership: Membership, by: Actor, last_day: date | None = None) -> Membership:
    """End a membership after its last day (today when not told); work of that day may still come in. Raises NotMember."""
    membership = _held(membership, by)
    today = clock.today()
    membership.valid_to = max(last_day or today, membership.valid_from) + timedelta(days=1)
    membership.save(update_fields=["valid_to"])
    if membership.position != Membership.Position.MEMBER:
        _take_leader_role(membership, from_day=membership.valid_to)
    _record(membership, by, "people.team.left")
    return membership


@transaction.atomic
def change_position(*, membership: Membership, position: Membership.Position, by: Actor) -> Membership:
    """Make a member leader, deputy or plain member from today, without a gap. Raises NotMember."""
    membership = _held(membership, by)
    today = clock.today()
    if membership.valid_from < today:
        until, membership.valid_to = membership.valid_to, today
        membership.save(update_fields=["valid_to"])
        membership = Membership(
            team=membership.team, volunteer=membership.volunteer, valid_from=today, valid_to=until
        )
    membership.position = position
    membership.save()
    if position == Membership.Position.MEMBER:
        _take_leader_role(membership, from_day=today)
    give_role_of(membership)
    _record(membership, by, "people.team.position_changed")
    return membership


def _held(membership: Membership, by: Actor) -> Membership:
    held = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("team__commune", "volunteer")
        .get(id=membership.id)
    )
    require(by, Permission.TEAM_EDIT, held.team.commune)
    if held.valid_to is not None:
        raise NotMember(volunteer=held.volunteer.full_name)
    return held


def _record(membership: Membership, by: Actor, action: str) -> None:
    audit.record(
        chain=membership.team.commune_id,
        actor=str(by),
        action=action,
        subject=f"team:{membership.team_id}",
        details={
            "volunteer": str(membership.volunteer_id),
            "position": str(membership.position),
            "from": membership.valid_from,
            "to": membership.valid_to,
        },
    )


def _roles(membership: Membership, role: Role) -> dict[str, object]:
    return {
        "account_id": membership.volunteer.account_id,
        "role": role,
        "place_id": membership.team.commune_id,
    }


def give_role_of(membership: Membership) -> None:
    """Give the role that the position needs; a volunteer without an account gets it with the account."""
    if membership.volunteer.account_id is None:
        return
    role = Role.VOLUNTEER if membership.position == Membership.Position.MEMBER else Role.TEAM_LEADER
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=membership.valid_from), **_roles(membership, role)
    )
    if not held.exists():
        RoleAssignment.objects.create(valid_from=membership.valid_from, **_roles(membership, role))


def _take_leader_role(membership: Membership, *, from_day: date) -> None:
    """End the leader's role in the commune unless another team there is led."""
    others = Membership.objects.filter(
        holding_on(from_day), volunteer=membership.volunteer, team__commune=membership.team.commune
    )
    if others.exclude(position=Membership.Position.MEMBER).exists():
        return
    held = RoleAssignment.objects.filter(valid_to=None, **_roles(membership, Role.TEAM_LEADER))
    held.filter(valid_from__gte=from_day).delete()
    held.filter(valid_from__lt=from_day).update(valid_to=from_day)
