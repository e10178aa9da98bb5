"""Reads of the people room; what a person may see is filtered here first and always."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from aoxanh.kernel import clock
from aoxanh.people import acting
from aoxanh.people.actors import Actor
from aoxanh.people.models import Account, Device, Membership, Role, RoleAssignment, Team, Volunteer
from aoxanh.people.permissions import GRANTABLE, TABLE, Permission, places_reached
from aoxanh.places.models import Place

_DEVICE_FIELDS = Device._meta.concrete_fields  # noqa: SLF001 - Django's documented way to name columns
_ACTOR = f"SELECT {acting.COLUMNS} FROM {acting.SOURCE} WHERE account.id = %(account)s"
_ACCOUNT_FIELDS = Account._meta.concrete_fields  # noqa: SLF001 - as above
_ACCOUNT = (
    f"SELECT {', '.join(f'account.{field.column}' for field in _ACCOUNT_FIELDS)}, {acting.COLUMNS} FROM {acting.SOURCE}"
    " WHERE account.id = %(account)s"
)
_DEVICE = (
    f"SELECT {', '.join(f'device.{field.column}' for field in _DEVICE_FIELDS)}, {acting.COLUMNS} FROM people_device device"
    f" JOIN ({acting.SOURCE}) ON account.id = device.account_id WHERE device.token_hash = %(digest)s AND account.is_active"
)


def holding_on(day: date) -> Q:
    """Return the filter for dated rows (valid_from, valid_to) that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def actor_of(account: Account) -> Actor:
    """Return the account as an actor, with today's roles and teams. Costs one query, none right after `signed_in`."""
    # Asked of the account itself: `request.user` stands before it and has a dictionary of its own.
    known: Actor | None = getattr(account, "_actor", None)
    if known is not None:
        del account._actor  # type: ignore[attr-defined] # noqa: SLF001 - given by `signed_in`, for the first who asks
        return known
    with connection.cursor() as cursor:
        cursor.execute(_ACTOR, acting.parameters(account=account.id))
        return acting.actor_from(cursor.fetchone())


def signed_in(account_id: UUID) -> Account | None:
    """Return the account of a session, or None; with it comes its actor, which every page asks for next. Costs one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNT, acting.parameters(account=account_id))
        row = cursor.fetchone()
    if row is None:
        return None
    width = len(_ACCOUNT_FIELDS)
    account = Account.from_db("default", [field.attname for field in _ACCOUNT_FIELDS], row[:width])
    account._actor = acting.actor_from(row[width:])  # type: ignore[attr-defined] # noqa: SLF001 - as above
    return account


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A phone that showed its token, and the person it acts for."""

    device: Device
    actor: Actor


def device_by_token(token: str) -> Enrolled | None:
    """Return the phone that holds this token and its person, or None; a revoked phone is returned too. Costs one query."""
    with connection.cursor() as cursor:
        cursor.execute(_DEVICE, acting.parameters(digest=token_digest(token)))
        row = cursor.fetchone()
    if row is None:
        return None
    width = len(_DEVICE_FIELDS)
    device = Device.from_db("default", [field.attname for field in _DEVICE_FIELDS], row[:width])
    return Enrolled(device, acting.actor_from(row[width:]))


def memberships_of(volunteer: Volunteer) -> QuerySet[Membership]:
    """Return every membership of a volunteer, the latest first."""
    return (
        Membership.objects.filter(volunteer=volunteer)
        .select_related("team__commune__parent")
        .order_by("-valid_from", "team__name")
    )


def account_with_id(account_id: UUID | None) -> Account | None:
    """Return an account by its id, for an action that checks who may touch it."""
    return Account.objects.filter(id=account_id).first() if account_id else None


def display_names_of(account_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of the accounts that took something on, for readers who may see the thing itself."""
    return dict(Account.objects.filter(id__in=account_ids).values_list("id", "display_name"))


def device_with_id(device_id: UUID) -> Device | None:
    """Return a phone by its id, for an action that checks who may touch it."""
    return Device.objects.select_related("account").filter(id=device_id).first()


def token_digest(token: str) -> str:
    """Return what is kept of a device token: its SHA-256. The token is 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def teams_of_volunteer_between(
    volunteer_id: UUID, first: date, last: date
) -> list[tuple[UUID, str, date, date | None]]:
    """Return (team, commune code, from, to) of each membership of a volunteer that touches the days; for accepting late work."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT member.team_id, team.commune_id, member.valid_from, member.valid_to"
            " FROM people_membership member JOIN people_team team ON team.id = member.team_id"
            " WHERE member.volunteer_id = %s AND member.valid_from <= %s AND (member.valid_to IS NULL OR member.valid_to > %s)",
            [volunteer_id, last, first],
        )
        rows: list[tuple[UUID, str, date, date | None]] = cursor.fetchall()
    return rows


def recent_memberships(actor: Actor) -> QuerySet[Membership]:
    """Return the actor's own memberships that hold or ended within the last 60 days, so that late work finds its team."""
    since = clock.today() - timedelta(days=acting.LATE_DAYS)
    if actor.volunteer_id is None:
        return Membership.objects.none()
    rows = Membership.objects.filter(volunteer_id=actor.volunteer_id).filter(
        Q(valid_to=None) | Q(valid_to__gt=since)
    )
    return rows.select_related("team__commune__parent").order_by("valid_from")


def note_device_seen(device_id: UUID, *, last_seq: int, pending: int, skew_ms: int, app: str) -> None:
    """Keep what a phone told of itself at a sync: its highest number, what it has left, its clock and version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_device SET last_seen_at = %s, last_seq = greatest(last_seq, %s), pending = %s, skew_ms = %s, app_version = %s"
            " WHERE id = %s",
            [clock.now(), last_seq, pending, max(-(2**62), min(2**62, skew_ms)), app, device_id],
        )


def teams_visible_to(actor: Actor, place: Place | None = None) -> QuerySet[Team]:
    """Return the teams the actor may see, those of one place downwards when it is given; ended teams too."""
    condition = _in_place(actor, Permission.TEAM_READ, "commune") | _in_own_teams(actor, Permission.TEAM_READ)
    return (
        Team.objects.filter(condition, _below(place, "commune"))
        .select_related("commune__parent")
        .order_by("commune__sort_key", "name")
    )


def volunteers_visible_to(actor: Actor, place: Place | None = None) -> QuerySet[Volunteer]:
    """Return the volunteers the actor may see: who lives or serves where they reach, whom they lead, and themselves."""
    today = holding_on(clock.today())
    serving = Membership.objects.filter(today, volunteer=OuterRef("pk"))
    condition = _in_place(actor, Permission.VOLUNTEER_READ, "home") | Q(id=actor.volunteer_id)
    condition |= Q(Exists(serving.filter(_in_place(actor, Permission.VOLUNTEER_READ, "team__commune"))))
    if any(TABLE.get((Permission.VOLUNTEER_READ, grant.role)) == "team" for grant in actor.grants):
        condition |= Q(Exists(serving.filter(team__in=actor.leads)))
    if place is not None:
        condition &= _below(place, "home") | Q(Exists(serving.filter(_below(place, "team__commune"))))
    return Volunteer.objects.filter(condition).select_related("home__parent").order_by("sort_key", "id")


def members_visible_to(actor: Actor, team: Team) -> QuerySet[Membership]:
    """Return today's members of a team whom the actor may see; its own people also see who leads it."""
    condition = Q(volunteer__in=volunteers_visible_to(actor).order_by())
    if team.id in actor.teams:
        condition |= ~Q(position=Membership.Position.MEMBER)
    rows = Membership.objects.filter(holding_on(clock.today()), condition, team=team)
    return (
        rows.select_related("volunteer__account", "team")
        .prefetch_related("volunteer__language_skills__language")
        .order_by("volunteer__sort_key")
    )


def members_between(team_id: UUID, first: date, last: date) -> list[Membership]:
    """Return who belongs to a team on any of these days, for its roster, with skills and languages at hand, in order of name."""
    rows = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=first),
        team=team_id,
        valid_from__lte=last,
        volunteer__is_active=True,
    )
    return list(
        rows.select_related("volunteer")
        .prefetch_related("volunteer__language_skills")
        .order_by("volunteer__sort_key", "volunteer_id", "valid_from")
    )


def lock_volunteer(volunteer_id: UUID) -> None:
    """Make others who act for the same volunteer wait until the caller's transaction ends."""
    list(Volunteer.objects.select_for_update(of=("self",)).filter(id=volunteer_id).values_list("id"))


def lock_volunteers(volunteer_ids: Collection[UUID], *, turn: int | None = None) -> set[UUID]:
    """Do the same for several, always in one order so that two who do so never wait for each other; return those that exist.

    With `turn` one waits first, in the same statement, for everybody else who has taken that number until their transactions end.
    """
    waiting = (
        "SELECT pg_advisory_xact_lock(%(turn)s) IS NULL AS waited" if turn is not None else "SELECT true"
    )
    with connection.cursor() as cursor:
        # The rows are locked above the join, so the turn has come before the first of them is.
        cursor.execute(
            f"WITH turn AS MATERIALIZED ({waiting}) SELECT person.id FROM turn CROSS JOIN people_volunteer person"
            " WHERE person.id = ANY (%(ids)s) AND person.is_active ORDER BY person.id FOR NO KEY UPDATE OF person",
            {"turn": turn, "ids": sorted(volunteer_ids)},
        )
        return {volunteer_id for (volunteer_id,) in cursor.fetchall()}


def home_of(volunteer_id: UUID) -> Place | None:
    """Return the commune where a volunteer lives, or None for nobody."""
    row = Volunteer.objects.select_related("home__parent").filter(id=volunteer_id).first()
    return row.home if row else None


def volunteer_names(volunteer_ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return (full name, sort key) of volunteers, for readers who may see the thing that they are part of."""
    rows = Volunteer.objects.filter(id__in=volunteer_ids).values_list("id", "full_name", "sort_key")
    return {id_: (name, key) for id_, name, key in rows.order_by()}


def teams_serving(place: Place, first: date, last: date) -> QuerySet[Team]:
    """Return the teams of a place, and below it, that exist on any of these days."""
    rows = Team.objects.filter(_below(place, "commune"), active_from__lte=last)
    rows = rows.filter(Q(active_to=None) | Q(active_to__gt=first))
    return rows.select_related("commune__parent").order_by("commune__sort_key", "name", "id")


def team_with_id(team_id: UUID) -> Team | None:
    """Return a team by its id; teams are public by their privacy class."""
    return Team.objects.select_related("commune__parent").filter(id=team_id).first()


def devices_visible_to(actor: Actor) -> QuerySet[Device]:
    """Return the phones the actor may revoke: their own, and those of people they answer for; revoked ones left out."""
    accounts = accounts_answered_for(actor, Permission.DEVICE_REVOKE).order_by()
    return Device.objects.filter(
        Q(account__in=accounts) | Q(account=actor.account_id), revoked_at=None
    ).order_by("-enrolled_at")


def count_overdue_devices() -> int:
    """Return how many phones of the whole nation have unsent work that waited too long; a number for who runs the site."""
    silent_since = clock.now() - Device.OVERDUE
    return Device.objects.filter(pending__gt=0, revoked_at=None, last_seen_at__lt=silent_since).count()


def accounts_answered_for(actor: Actor, permission: Permission) -> QuerySet[Account]:
    """Return the accounts over which the actor has a permission by role, home or team; set-wise twin of `may_over`."""
    today = holding_on(clock.today())
    roles = RoleAssignment.objects.filter(
        today, _in_place(actor, permission, "place"), account=OuterRef("pk")
    )
    serving = Membership.objects.filter(today, volunteer__account=OuterRef("pk"))
    condition = Q(Exists(roles)) | Q(Exists(serving.filter(_in_place(actor, permission, "team__commune"))))
    condition |= Q(pk__in=Account.objects.filter(_in_place(actor, permission, "volunteer__home")).order_by())
    if any(TABLE.get((permission, grant.role)) == "team" for grant in actor.grants):
        condition |= Q(Exists(serving.filter(team__in=actor.leads)))
    return Account.objects.filter(condition).order_by("display_name")


def bonds_of(account: Account) -> list[tuple[Place, UUID | None]]:
    """Return the places that tie an account to somebody's care today: its roles, teams (with their id) and home."""
    today = holding_on(clock.today())
    teams = Membership.objects.filter(today, volunteer__account=account).select_related("team__commune")
    home = Volunteer.objects.filter(account=account).select_related("home")
    bonds: list[tuple[Place, UUID | None]] = [(item.place, None) for item in roles_of(account)]
    bonds += [(item.team.commune, item.team_id) for item in teams]
    return bonds + [(volunteer.home, None) for volunteer in home]


def roles_of(account: Account) -> QuerySet[RoleAssignment]:
    """Return the roles an account holds today."""
    return (
        RoleAssignment.objects.filter(holding_on(clock.today()), account=account)
        .select_related("place__parent")
        .order_by("place__sort_key")
    )


def roles_held_in(actor: Actor, place: Place | None = None) -> QuerySet[RoleAssignment]:
    """Return today's role assignments that the actor has a say in, at one place downwards when it is given."""
    rows = RoleAssignment.objects.filter(
        holding_on(clock.today()), _in_place(actor, Permission.ROLE_GRANT, "place"), _below(place, "place")
    )
    return rows.select_related("account", "place__parent").order_by(
        "place__sort_key", "role", "account__display_name"
    )


def roles_grantable(actor: Actor, place: Place) -> list[Role]:
    """Return the roles the actor may hand out or take back at a place."""
    if actor.is_system:
        return list(Role)
    mine = [grant for grant in actor.grants if grant.reaches(place.code, place.parent_id)]
    return sorted({role for grant in mine for role in GRANTABLE.get(grant.role, ())}, key=list(Role).index)


def account_by_username(username: str) -> Account | None:
    """Return the account of that name, if there is one."""
    return Account.objects.filter(username=username.strip().lower()).first()


def account_reaching_furthest() -> Account | None:
    """Return an active account with one of the furthest-reaching roles held today, for a rehearsal; None if nobody holds any."""
    width = Case(
        When(place__level=Place.Level.NATION, then=0),
        When(place__level=Place.Level.PROVINCE, then=1),
        default=2,
    )
    held = RoleAssignment.objects.filter(holding_on(clock.today()), account__is_active=True)
    widest = held.exclude(role=Role.AUDITOR).select_related("account").order_by(width, "id").first()
    return widest.account if widest else None


def _in_place(actor: Actor, permission: Permission, path: str) -> Q:
    """Return the filter "the place at this path lies where the actor has place reach"; matches nothing when there is none."""
    codes = places_reached(actor, permission)
    if codes is None:
        return ~Q(pk__in=[])
    return Q(**{f"{path}__in": codes}) | Q(**{f"{path}__parent__in": codes})


def _in_own_teams(actor: Actor, permission: Permission) -> Q:
    """Return the filter of teams reached through belonging to or leading them, each within the grant's own place."""
    condition = Q(pk__in=[])
    for grant in actor.grants:
        reach = TABLE.get((permission, grant.role))
        if reach in ("team", "own"):
            teams = actor.leads if reach == "team" and grant.role == Role.TEAM_LEADER else actor.teams
            condition |= Q(id__in=teams) & (Q(commune=grant.place_code) | Q(commune__parent=grant.place_code))
    return condition


def _below(place: Place | None, path: str) -> Q:
    """Return the filter "at this place or below it"."""
    if place is None or place.level == Place.Level.NATION:
        return Q()
    return Q(**{path: place}) | Q(**{f"{path}__parent": place})
