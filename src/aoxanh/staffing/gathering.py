"""What a plan is made from, gathered from the rooms below: people, certificates, declines, the last plan, needs."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from aoxanh.people.deployable import Deployable, deployable_in
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.staffing.allocation.problem import Commune, Edit, Settings, Volunteer
from aoxanh.staffing.allocation.replan import STAY
from aoxanh.staffing.keeping import Inputs
from aoxanh.staffing.models import Assignment, Decline, Need
from aoxanh.staffing.queries import priority_communes
from aoxanh.training import queries as training

MOST_LEVEL, MOST_HALVES, FEW = 2, 5, 20_000
"""Levels that the plan tells apart; half days a week that one volunteer works at most."""


def gather(place: Place, day: date) -> Inputs:
    """Return the inputs of a plan of a province or the nation, as things are on a day and as far as the transaction reaches.

    Who serves in another province by the nation's plan stays there; who came to help stays here, as if placed by hand.
    """
    codes = {commune.code: commune for commune in places.communes_below([place.code])}
    held = {row.volunteer_id: row for row in held_in(place)}
    guests = [id_ for id_, row in held.items() if row.commune_id in codes and row.home_id not in codes]
    people = [
        person
        for person in deployable_in(place, day, besides=guests)
        if person.id not in held or held[person.id].commune_id in codes
    ]
    rows = [_person(person, held.get(person.id), codes) for person in people]
    certified = training.group_numbers_held([person.id for person in people], day)
    refused = _refused([person.id for person in people], codes)
    volunteers = tuple(
        _with(row, certified.get(person.id, ()), refused.get(person.id, ()))
        for row, person in zip(rows, people, strict=True)
    )
    edits = tuple(Edit("pin", str(id_), held[id_].commune_id, held[id_].kind) for id_ in sorted(guests))
    return Inputs(
        volunteers,
        (*_communes(place, codes), *_homes_elsewhere(people, codes)),
        edits,
        Settings(stay=STAY) if held else Settings(),
        present={row.id: f"{row.last} {row.last_kind}".strip() for row in volunteers if row.last},
    )


def _person(person: Deployable, held: Assignment | None, codes: Collection[str]) -> Volunteer:
    last = held.commune_id if held else person.serves_in
    return Volunteer(
        str(person.id), person.home, min(person.technology, MOST_LEVEL), min(person.communication, MOST_LEVEL), (),
        person.languages, min(person.availability.bit_count(), MOST_HALVES), person.reach_km, person.adult,
        person.leads, person.willing_abroad, last if last in codes else "", held.kind if held else "",
    )  # fmt: skip


def _with(row: Volunteer, groups: tuple[int, ...], refused: tuple[str, ...]) -> Volunteer:
    """Return a volunteer with certificates and noes; "" among the noes says no altogether."""
    return replace(
        row, certificates=groups, refuses=tuple(filter(None, refused)), available="" not in refused
    )


def held_in(place: Place) -> QuerySet[Assignment]:
    """Return the assignments that hold of people who live or serve in a place."""
    rows = Assignment.objects.filter(state=Assignment.State.HOLDS)
    if place.level == Place.Level.NATION:
        return rows
    inside = places.communes_within([place.code])
    return rows.filter(Q(commune__in=inside) | Q(home__in=inside))


def _refused(ids: Collection[UUID], codes: Collection[str]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    wanted = set(ids)
    rows = Decline.objects.filter(withdrawn_on=None).order_by("volunteer", "commune")
    if len(wanted) < FEW:
        rows = rows.filter(volunteer__in=wanted)
    for volunteer, commune in rows.values_list("volunteer_id", "commune_id"):
        if volunteer in wanted and (commune is None or commune in codes):
            found[volunteer] = (*found.get(volunteer, ()), commune or "")
    return found


def _communes(place: Place, codes: dict[str, Place]) -> list[Commune]:
    needs = {
        need.commune_id: need
        for need in Need.objects.filter(commune__in=codes).prefetch_related("posts", "languages")
    }
    first_ones = priority_communes(place)
    return [_commune(codes[code], needs.get(code), priority=code in first_ones) for code in sorted(codes)]


def _commune(place: Place, need: Need | None, *, priority: bool) -> Commune:
    where = (place.code, place.parent_id or "", place.latitude, place.longitude)
    if need is None:
        return Commune(*where, priority=priority)
    posts = list(need.posts.all())
    return Commune(
        *where,
        {post.kind: post.wanted for post in posts},
        {post.kind: post.minimum for post in posts},
        {row.language_id: row.speakers for row in need.languages.all() if row.speakers},
        need.leaders, need.half_days, priority, need.has_road, need.boat_km,
        {post.kind: (post.technology, post.communication) for post in posts if post.technology or post.communication},
    )  # fmt: skip


def _homes_elsewhere(people: list[Deployable], codes: dict[str, Place]) -> list[Commune]:
    """Return the homes of guests as communes that need nothing, so that their way can be told."""
    wanted = sorted({person.home for person in people} - codes.keys())
    return [_commune(home, None, priority=False) for home in places.communes_below(wanted)] if wanted else []
