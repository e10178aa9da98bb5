"""Reads of supervision, always scoped: the inbox of tasks, visits and their outcomes, one's own views and alert rules."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.oversight.models import AlertRule, SavedView, SupervisionTask, Visit
from aoxanh.oversight.supervision.rules import policy, urgency
from aoxanh.people.actors import Actor
from aoxanh.people.models import Role
from aoxanh.people.permissions import TABLE, Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place

_BELOW = {Role.COMMUNE_SECRETARY: Role.TEAM_LEADER, Role.PROVINCE_COORDINATOR: Role.COMMUNE_SECRETARY}
MOST_READ = 500


@dataclass(frozen=True, slots=True)
class Inbox:
    """The tasks shown, the most urgent first, how many more there are, and those that were put off."""

    tasks: list[SupervisionTask]
    more: int
    resting: list[SupervisionTask]


@dataclass(frozen=True, slots=True)
class Claim:
    """Tasks that a role of the actor answers for: those asked of `owner`, late ones of `below`, in a place, of these teams or of all."""

    owner: str
    below: str
    place_code: str
    teams: tuple[UUID, ...] | None


def claims(actor: Actor) -> list[Claim]:
    """Return which tasks the actor's roles answer for; one's own alerts come on top."""
    found = []
    for grant in actor.grants:
        reach = TABLE.get((Permission.TASK_SETTLE, grant.role))
        if reach is not None:
            teams = tuple(sorted(actor.leads)) if reach == "team" else None
            found.append(Claim(grant.role, _BELOW.get(grant.role, ""), grant.place_code, teams))
    return found


def inbox(actor: Actor) -> QuerySet[SupervisionTask]:
    """Return the open tasks that the actor answers for, and those past due of who answers one floor below."""
    rows = SupervisionTask.objects.filter(closed_at=None)
    if actor.is_system:
        return rows
    mine = Q(pk__in=[])
    if actor.account_id is not None:
        mine |= Q(account=actor.account_id)
    for claim in claims(actor):
        asked = Q(owner=claim.owner)
        if claim.below:
            asked |= Q(owner=claim.below, due_on__lt=clock.today())
        where = Q(place=claim.place_code) | Q(place__parent=claim.place_code)
        if claim.teams is not None:
            where &= Q(team__in=claim.teams)
        mine |= Q(account=None) & asked & where
    return rows.filter(mine)


def shown_inbox(actor: Actor) -> Inbox:
    """Return the inbox as it is shown, at most as many tasks as one person can look after."""
    today = clock.today()
    rows = inbox(actor).select_related("place__parent", "team").order_by("due_on", "id")[:MOST_READ]
    awake: list[SupervisionTask] = []
    resting: list[SupervisionTask] = []
    for row in rows:
        (resting if row.resting_until and row.resting_until > today else awake).append(row)
    awake.sort(key=lambda row: -urgency(row.due_on, row.weight, row.handed_on, today))
    most = policy().most_shown
    return Inbox(awake[:most], max(0, len(awake) - most), resting)


def open_tasks_of(communes: QuerySet[Place, str]) -> dict[str, list[tuple[str, float]]]:
    """Return, by commune, (rule, weight) of what is open there and is nobody's own alert; for the plan of visits."""
    found: dict[str, list[tuple[str, float]]] = {}
    rows = SupervisionTask.objects.filter(closed_at=None, account=None, place__in=communes).order_by(
        "rule", "id"
    )
    for place, rule, weight in rows.values_list("place", "rule", "weight"):
        found.setdefault(place, []).append((rule, weight))
    return found


def own_visits(actor: Actor, first: date, last: date) -> QuerySet[Visit]:
    """Return the visits that the actor makes between two days, in order."""
    rows = Visit.objects.filter(supervisor=actor.account_id, day__range=(first, last))
    rows = rows.exclude(state=Visit.State.DROPPED).select_related("commune__parent")
    ordered = rows.order_by("day", "half", "place_in_trip", "id")
    return ordered if actor.account_id else ordered.none()


def visits_visible_to(actor: Actor, place: Place) -> QuerySet[Visit]:
    """Return what was seen on visits in a place, the latest first, and visits to come that may be known.

    A visit that was not announced is known to who makes it and to those who reach further than a commune; never to the visited.
    """
    rows = Visit.objects.exclude(state=Visit.State.DROPPED)
    reached = places_reached(actor, Permission.VISIT_READ)
    if reached is not None:
        rows = rows.filter(Q(commune__in=places.communes_within(reached)) | Q(supervisor=actor.account_id))
        if not any(grant.level == "province" for grant in actor.grants):
            rows = rows.filter(Q(state=Visit.State.DONE) | Q(announced=True) | Q(supervisor=actor.account_id))
    rows = rows.filter(commune__in=places.communes_within([place.code]))
    return rows.select_related("commune__parent").order_by("-day", "-half", "-id")


def seen_on_visits(actor: Actor, place: Place, first: date) -> QuerySet[Visit]:
    """Return the visits to a place from a day on of which it was told what was seen, the latest first."""
    rows = visits_visible_to(actor, place).filter(state=Visit.State.DONE, seen_on__gte=first)
    return rows.order_by("-seen_on", "-id")


def last_visits(communes: QuerySet[Place, str]) -> dict[str, date]:
    """Return the day of the last visit to each commune that had one."""
    rows = Visit.objects.filter(state=Visit.State.DONE, commune__in=communes).order_by("seen_on")
    return {code: day for code, day in rows.values_list("commune", "seen_on") if day is not None}


def own_views(actor: Actor) -> QuerySet[SavedView]:
    """Return the actor's saved views by name."""
    return SavedView.objects.filter(account=actor.account_id, account__isnull=False).order_by("name", "id")


def own_alert_rules(actor: Actor) -> QuerySet[AlertRule]:
    """Return the alert rules that the actor set, the latest first."""
    rows = AlertRule.objects.filter(account=actor.account_id, account__isnull=False)
    return rows.select_related("place__parent").order_by("-made_at", "-id")


def alert_rules_by_id(ids: list[UUID], actor: Actor) -> dict[UUID, AlertRule]:
    """Return those of the actor's own alert rules that have these ids."""
    return {row.id: row for row in own_alert_rules(actor).filter(id__in=ids)}
