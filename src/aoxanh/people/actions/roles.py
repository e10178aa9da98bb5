"""Roles at a place: handed out downwards only, never to oneself, and taken back at once."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import AccountUnknown, NotAllowed, NotOneself, RoleAlreadyHeld, RoleUnfit
from aoxanh.people.models import Account, Role, RoleAssignment
from aoxanh.people.permissions import Permission, require
from aoxanh.people.queries import accounts_answered_for, holding_on, roles_grantable
from aoxanh.places.models import Place

_COMMUNE, _PROVINCE, _NATION = Place.Level.COMMUNE, Place.Level.PROVINCE, Place.Level.NATION
LEVELS: dict[Role, tuple[Place.Level, ...]] = {
    Role.VOLUNTEER: (_COMMUNE,),
    Role.TEAM_LEADER: (_COMMUNE,),
    Role.COMMUNE_SECRETARY: (_COMMUNE,),
    Role.PASC_OFFICIAL: (_COMMUNE,),
    Role.POLICE_CONTACT: (_COMMUNE,),
    Role.PROVINCE_COORDINATOR: (_PROVINCE,),
    Role.CENTRAL: (_NATION,),
    Role.AUDITOR: (_NATION, _PROVINCE),
}


@transaction.atomic
def grant_role(
    *, account: Account, role: Role, place: Place, by: Actor, first_day: date | None = None
) -> RoleAssignment:
    """Give an account a role at a place from a day on (today when not told).

    Raises NotOneself, RoleUnfit, RoleAlreadyHeld, or AccountUnknown when the account is in nobody's care below the actor.
    """
    require(by, Permission.ROLE_GRANT, place)
    if account.id == by.account_id:
        raise NotOneself(field="account")
    if place.level not in LEVELS[role]:
        raise RoleUnfit(field="role")
    if role not in roles_grantable(by, place):
        raise NotAllowed(field="role")
    account = Account.objects.select_for_update().get(id=account.id)
    _check_in_care(account, by)
    first = first_day or clock.today()
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=first), account=account, role=role, place=place
    )
    if held.exists():
        raise RoleAlreadyHeld(field="role", name=account.display_name)
    assignment = RoleAssignment.objects.create(account=account, role=role, place=place, valid_from=first)
    _record(assignment, by, "people.role.granted")
    return assignment


@transaction.atomic
def revoke_role(*, assignment: RoleAssignment, by: Actor) -> None:
    """Take a role back at once; the next request of that person is without it."""
    assignment = (
        RoleAssignment.objects.select_for_update(of=("self",)).select_related("place").get(id=assignment.id)
    )
    require(by, Permission.ROLE_GRANT, assignment.place)
    if assignment.account_id == by.account_id:
        raise NotOneself
    if Role(assignment.role) not in roles_grantable(by, assignment.place):
        raise NotAllowed
    today = clock.today()
    _record(assignment, by, "people.role.revoked")
    if assignment.valid_from >= today:
        assignment.delete()
    else:
        assignment.valid_to = today
        assignment.save(update_fields=["valid_to"])


def _check_in_care(account: Account, by: Actor) -> None:
    """Refuse to draw in somebody else's people: the account has no role yet, or lies within the actor's own reach."""
    if by.is_system or not RoleAssignment.objects.filter(holding_on(clock.today()), account=account).exists():
        return
    if not accounts_answered_for(by, Permission.ROLE_GRANT).filter(id=account.id).exists():
        raise AccountUnknown(field="account")


def _record(assignment: RoleAssignment, by: Actor, action: str) -> None:
    audit.record(
        chain=assignment.place_id,
        actor=str(by),
        action=action,
        subject=f"account:{assignment.account_id}",
        details={"role": str(assignment.role), "place": assignment.place_id, "from": assignment.valid_from},
    )
