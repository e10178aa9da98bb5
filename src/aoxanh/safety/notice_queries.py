"""Reads of warnings: those that a person should know, and which teams have read them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.kernel import clock
from aoxanh.people import badge_queries as badges
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.models import Team
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.safety.models import NoticeReading, SafetyNotice

MOST_ON_A_PHONE = 30


@dataclass(frozen=True, slots=True)
class TeamShare:
    """How many of a team's members of today have read a notice."""

    team: Team
    members: int
    read: int

    @property
    def percent(self) -> int:
        return 100 * self.read // self.members if self.members else 0

    @property
    def is_whole(self) -> bool:
        return self.members > 0 and self.read >= self.members


def notices_for(actor: Actor, *, past: bool = False) -> QuerySet[SafetyNotice]:
    """Return the notices that hold where the actor serves or has a role, newest first; with `past` those that are over too."""
    codes = set(actor.team_communes) | {grant.place_code for grant in actor.grants}
    here = Q(place__level=Place.Level.NATION) | Q(place__in=codes) | Q(place__in=places.provinces_of(codes))
    rows = SafetyNotice.objects.filter(here) if codes else SafetyNotice.objects.none()
    if not past:
        rows = rows.filter(withdrawn_at=None, last_day__gte=clock.today())
    return rows.select_related("place")


def notices_read_by(actor: Actor) -> set[UUID]:
    """Return the ids of the notices that the actor has read."""
    if actor.volunteer_id is None:
        return set()
    return set(NoticeReading.objects.filter(volunteer=actor.volunteer_id).values_list("notice_id", flat=True))


def notices_watched_by(actor: Actor) -> QuerySet[SafetyNotice]:
    """Return the notices whose readers the actor may count: those that hold where they reach, newest first."""
    reached = places_reached(actor, Permission.NOTICE_READ)
    if reached is None:
        return SafetyNotice.objects.select_related("place")
    codes = set(reached) | (set(actor.team_communes) if actor.leads else set())
    below = Q(place__in=codes) | Q(place__parent__in=reached) | Q(place__in=places.provinces_of(codes))
    rows = SafetyNotice.objects.filter(Q(place__level=Place.Level.NATION) | below)
    return (rows if codes else rows.none()).select_related("place")


def shares_of(actor: Actor, notice: SafetyNotice) -> list[TeamShare]:
    """Return for each team of the notice's place that the actor may see how many have read it, those who lack most first."""
    teams = people.teams_serving(notice.place, clock.today(), clock.today())
    reached = places_reached(actor, Permission.NOTICE_READ)
    if reached is not None:
        teams = teams.filter(Q(commune__in=reached) | Q(commune__parent__in=reached) | Q(id__in=actor.leads))
    readers = NoticeReading.objects.filter(notice=notice).values_list("volunteer_id", flat=True)
    counts = badges.members_and_those_among(teams, readers)
    shares = [TeamShare(team, *counts[team.id]) for team in teams if team.id in counts]
    return sorted(shares, key=lambda share: share.percent)
