"""Badges: the key that a phone signs with, and badges on paper, printed for a team and taken back."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actions.accounts import chain_of
from aoxanh.people.actors import Actor
from aoxanh.people.badges import tokens
from aoxanh.people.errors import NotAllowed, UnfitBadgeDay, UnfitBadgeKey
from aoxanh.people.models import BadgeKey, Device, Membership, PrintedBadge, Team
from aoxanh.people.permissions import Permission, require
from aoxanh.people.queries import holding_on

LONGEST_DAYS = 90


@transaction.atomic
def register_badge_key(*, device: Device, key_id: UUID, public_key: bytes, by: Actor) -> BadgeKey:
    """Keep the public key of a phone's badge; the same key told again changes nothing, another one takes its place.

    Raises UnfitBadgeKey.
    """
    if device.account_id != by.account_id:
        raise NotAllowed
    device = Device.objects.select_for_update(of=("self",)).select_related("account").get(id=device.id)
    held = BadgeKey.objects.filter(device=device).first()
    if held is not None and held.id == key_id and bytes(held.public_key) == public_key:
        return held
    if not tokens.is_point(public_key):
        raise UnfitBadgeKey(field="public_key")
    BadgeKey.objects.filter(device=device).delete()
    try:
        with transaction.atomic():
            key = BadgeKey.objects.create(id=key_id, device=device, public_key=public_key)
    except IntegrityError:
        raise UnfitBadgeKey(field="id") from None
    audit.record(
        chain=chain_of(device.account),
        actor=str(by),
        action="people.badge.key_registered",
        subject=f"device:{device.id}",
    )
    return key


@transaction.atomic
def print_badges(*, team: Team, volunteers: Sequence[UUID], last_day: date, by: Actor) -> list[PrintedBadge]:
    """Make badges on paper for members of a team; an earlier one of the same person and team is no longer good.

    Raises UnfitBadgeDay, or NotAllowed for somebody who is not in the team today.
    """
    require(by, Permission.BADGE_PRINT, team.commune, team_id=team.id)
    today = clock.today()
    if not today <= last_day <= today + timedelta(days=LONGEST_DAYS):
        raise UnfitBadgeDay(field="last_day", days=LONGEST_DAYS)
    Team.objects.select_for_update(of=("self",)).get(id=team.id)
    members = set(
        Membership.objects.filter(holding_on(today), team=team, volunteer__is_active=True).values_list(
            "volunteer_id", flat=True
        )
    )
    wanted = list(dict.fromkeys(volunteers))
    if not wanted or not members.issuperset(wanted):
        raise NotAllowed(field="volunteers")
    PrintedBadge.objects.filter(team=team, volunteer__in=wanted, revoked_at=None).update(
        revoked_at=clock.now()
    )
    badges = [PrintedBadge(volunteer_id=one, team=team, last_day=last_day) for one in wanted]
    PrintedBadge.objects.bulk_create(badges)
    _record(team, by, "people.badge.printed", len(badges))
    return badges


@transaction.atomic
def revoke_printed_badge(*, badge: PrintedBadge, by: Actor) -> PrintedBadge:
    """Let a printed badge be good no longer, from this moment. Repeating it changes nothing."""
    rows = PrintedBadge.objects.select_for_update(of=("self",)).select_related("team__commune")
    badge = rows.get(id=badge.id)
    require(by, Permission.BADGE_PRINT, badge.team.commune, team_id=badge.team_id)
    if badge.revoked_at is None:
        badge.revoked_at = clock.now()
        badge.save(update_fields=["revoked_at"])
        _record(badge.team, by, "people.badge.revoked", 1)
    return badge


def _record(team: Team, by: Actor, action: str, count: int) -> None:
    audit.record(
        chain=team.commune_id,
        actor=str(by),
        action=action,
        subject=f"team:{team.id}",
        details={"count": count},
    )
