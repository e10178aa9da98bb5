"""Whom a plan can send somewhere: what it needs to know of each active volunteer of a place, in one statement, without names.

Minors without a guardian's consent are nobody that a plan can send.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from aoxanh.people.models import Volunteer
from aoxanh.places.models import Place

# Memberships are gathered first: looked up one by one PostgreSQL takes the index of their exclusion constraint, which is slow.
_STATEMENT = """
WITH wanted AS MATERIALIZED (
     SELECT volunteer.* FROM people_volunteer volunteer JOIN places_place home ON home.code = volunteer.home_id
      WHERE volunteer.is_active AND {where} AND (volunteer.adult_on IS NULL OR volunteer.adult_on <= %(day)s OR EXISTS (
            SELECT FROM people_guardianconsent consent WHERE consent.volunteer_id = volunteer.id
               AND consent.given_on <= %(day)s AND (consent.withdrawn_on IS NULL OR consent.withdrawn_on > %(day)s)))),
serving AS MATERIALIZED (
     SELECT member.volunteer_id, (array_agg(team.commune_id ORDER BY member.valid_from DESC, member.id))[1] AS commune_id,
            bool_or(member.position <> 'member') AS leads
       FROM people_membership member JOIN people_team team ON team.id = member.team_id
      WHERE member.valid_from <= %(day)s AND (member.valid_to IS NULL OR member.valid_to > %(day)s)
      GROUP BY member.volunteer_id),
spoken AS MATERIALIZED (
     SELECT volunteer_id, string_agg(language_id, ';' ORDER BY language_id) AS languages
       FROM people_languageskill WHERE level >= 2 GROUP BY volunteer_id)
SELECT volunteer.id, volunteer.home_id, volunteer.technology, volunteer.communication, volunteer.availability,
       volunteer.reach_km, volunteer.willing_abroad, volunteer.adult_on IS NULL OR volunteer.adult_on <= %(day)s,
       coalesce(spoken.languages, ''), serving.commune_id, coalesce(serving.leads, false)
  FROM wanted volunteer
  LEFT JOIN serving ON serving.volunteer_id = volunteer.id
  LEFT JOIN spoken ON spoken.volunteer_id = volunteer.id
 ORDER BY volunteer.id
"""


@dataclass(frozen=True, slots=True)
class Deployable:
    """One volunteer as a plan sees them; languages are those they can hold a conversation in, `serves_in` the commune of their team."""

    id: UUID
    home: str
    technology: int
    communication: int
    availability: int
    reach_km: int
    willing_abroad: bool
    adult: bool
    languages: tuple[str, ...]
    serves_in: str
    leads: bool


def deployable_in(place: Place, day: date, *, besides: Collection[UUID] = ()) -> list[Deployable]:
    """Return the active volunteers who live in a place, and those named `besides`, ordered by id; of minors, those with consent."""
    where = {
        Place.Level.NATION: "true",
        Place.Level.PROVINCE: "(home.parent_id = %(place)s OR volunteer.id = ANY (%(besides)s))",
        Place.Level.COMMUNE: "(home.code = %(place)s OR volunteer.id = ANY (%(besides)s))",
    }[Place.Level(place.level)]
    with connection.cursor() as cursor:
        cursor.execute(
            _STATEMENT.format(where=where), {"day": day, "place": place.code, "besides": list(besides)}
        )
        return [_deployable(row) for row in cursor.fetchall()]


def _deployable(row: tuple[Any, ...]) -> Deployable:
    id_, home, technology, communication, availability, reach, abroad, adult, languages, serves_in, leads = (
        row
    )
    spoken = tuple(filter(None, languages.split(";")))
    return Deployable(
        id_,
        home,
        technology,
        communication,
        availability,
        reach,
        abroad,
        adult,
        spoken,
        serves_in or "",
        leads,
    )


def names_of(volunteer_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of volunteers whom the caller has shown to be theirs to see."""
    return dict(Volunteer.objects.filter(id__in=volunteer_ids).values_list("id", "full_name"))


def in_order_of_names(volunteer_ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """Return (id, name) in the order of Vietnamese names."""
    rows = Volunteer.objects.filter(id__in=volunteer_ids).order_by("sort_key", "id")
    return list(rows.values_list("id", "full_name"))
