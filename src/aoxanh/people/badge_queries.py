"""What a badge stands for when a citizen looks at it: genuine or not, and the little that may be shown of the person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.badges import tokens
from aoxanh.people.models import BadgeKey, Membership, PrintedBadge, Role, RoleAssignment, Team, Volunteer
from aoxanh.people.permissions import Permission, require
from aoxanh.people.queries import holding_on
from aoxanh.places.models import Place


class Verdict(StrEnum):
    """What there is to say of a badge."""

    GENUINE = "genuine"
    PRINTED = "printed"
    EXPIRED = "expired"
    EARLY = "early"
    REVOKED = "revoked"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Shown:
    """A badge as it stands at this moment.

    `volunteer_id`, `given_name` and `team` are set whenever the signature holds and the person still serves; the page shows them for
    `genuine` and `printed` only. `clock_off` says that the moment is so far off that a wrong clock is likelier than a screenshot.
    """

    verdict: Verdict
    volunteer_id: UUID | None = None
    given_name: str = ""
    team: Team | None = None
    clock_off: bool = False

    @property
    def commune(self) -> Place | None:
        return self.team.commune if self.team else None

    @property
    def is_good(self) -> bool:
        return self.verdict in (Verdict.GENUINE, Verdict.PRINTED)


FALSE = Shown(Verdict.FALSE)
REVOKED = Shown(Verdict.REVOKED)


def look_at(token: str, secret: str) -> Shown:
    """Return what a badge stands for now; `secret` is the installation's, from which the key of printed badges is made.

    Costs a signature check and two small queries; tokens that are none cost no query at all. Reads no table that row security guards.
    """
    said = tokens.read(token)
    if isinstance(said, tokens.PhoneToken):
        return _of_phone(said, clock.now())
    if isinstance(said, tokens.PrintedToken):
        return _on_paper(said, secret)
    return FALSE


def _of_phone(said: tokens.PhoneToken, now: datetime) -> Shown:
    rows = BadgeKey.objects.select_related("device__account__volunteer")
    key = rows.filter(id=said.key).first()
    if key is None or not tokens.is_signed_by_phone(said, bytes(key.public_key)):
        return FALSE
    account = key.device.account
    volunteer: Volunteer | None = getattr(account, "volunteer", None)
    if key.device.revoked_at is not None or not account.is_active or volunteer is None:
        return REVOKED
    return _standing(volunteer, _verdict_by_time(said, now), clock_off=_is_far_off(said, now))


def _on_paper(said: tokens.PrintedToken, secret: str) -> Shown:
    if not tokens.is_signed_by_server(said, tokens.server_key(secret).public_key()):
        return FALSE
    badge = PrintedBadge.objects.select_related("volunteer").filter(id=said.badge).first()
    if badge is None or badge.revoked_at is not None:
        return REVOKED
    verdict = Verdict.PRINTED if clock.today() <= said.last_day else Verdict.EXPIRED
    return _standing(badge.volunteer, verdict, team_id=badge.team_id)


def _standing(
    volunteer: Volunteer, verdict: Verdict, *, team_id: UUID | None = None, clock_off: bool = False
) -> Shown:
    """Return the verdict with the person, who must belong to a team today (to that team, when it is named)."""
    rows = Membership.objects.filter(holding_on(clock.today()), volunteer=volunteer)
    rows = rows.filter(team=team_id) if team_id else rows
    member = rows.select_related("team__commune__parent").order_by("valid_from", "team_id").first()
    if member is None or not volunteer.is_active:
        return REVOKED
    given_name = volunteer.full_name.rsplit(" ", 1)[-1]
    return Shown(verdict, volunteer.id, given_name, member.team, clock_off)


def _verdict_by_time(said: tokens.PhoneToken, now: datetime) -> Verdict:
    if said.began > now + tokens.AHEAD:
        return Verdict.EARLY
    return Verdict.EXPIRED if said.began < now - tokens.OLDEST else Verdict.GENUINE


def _is_far_off(said: tokens.PhoneToken, now: datetime) -> bool:
    return abs(said.began - now) > tokens.CLOCK_OFF


def printed_badges_of(actor: Actor, team: Team) -> "QuerySet[PrintedBadge]":
    """Return the printed badges of a team that are good, for who may print them. Raises NotAllowed."""
    require(actor, Permission.BADGE_PRINT, team.commune, team_id=team.id)
    rows = PrintedBadge.objects.filter(team=team, revoked_at=None, last_day__gte=clock.today())
    return rows.select_related("volunteer").order_by("volunteer__sort_key", "id")


def printed_badge(actor: Actor, badge_id: UUID) -> PrintedBadge | None:
    """Return a printed badge for an action that checks who may touch it; None for one that the actor may not."""
    badge = PrintedBadge.objects.select_related("team__commune__parent").filter(id=badge_id).first()
    if badge is not None:
        require(actor, Permission.BADGE_PRINT, badge.team.commune, team_id=badge.team_id)
    return badge


def addresses_for_reports(commune: Place, team_id: UUID | None) -> list[str]:
    """Return the e-mail addresses of the police contacts of a commune and of those who lead a team, as far as they gave one."""
    today = clock.today()
    police = RoleAssignment.objects.filter(holding_on(today), role=Role.POLICE_CONTACT, place=commune)
    found = set(police.filter(account__is_active=True).values_list("account__email", flat=True))
    leads = Membership.objects.filter(holding_on(today), team=team_id, volunteer__account__is_active=True)
    leads = leads.exclude(position=Membership.Position.MEMBER)
    found |= set(leads.values_list("volunteer__account__email", flat=True)) if team_id else set()
    return sorted(found - {"", None})


def members_and_those_among(
    teams: "QuerySet[Team]", volunteers: "QuerySet[Any, UUID]"
) -> dict[UUID, tuple[int, int]]:
    """Return for each team how many belong to it today, and how many of these are among the given volunteers. One query."""
    rows = Membership.objects.filter(
        holding_on(clock.today()), team__in=teams.order_by().values("id"), volunteer__is_active=True
    )
    counted = (
        rows.order_by()
        .values_list("team")
        .annotate(members=Count("id"), among=Count("id", filter=Q(volunteer__in=volunteers)))
    )
    return {team: (members, among) for team, members, among in counted}
