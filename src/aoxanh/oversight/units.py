"""The units of a place (communes of a province, provinces of the nation): their traits, their figures and their like."""

from collections.abc import Iterable
from dataclasses import dataclass

from aoxanh.oversight import reading
from aoxanh.oversight.comparison.peers import PlaceType, Unit
from aoxanh.oversight.periods import Period
from aoxanh.oversight.reading import NO_SUMS
from aoxanh.people.headcounts import headcounts, teams_in
from aoxanh.places import queries as places
from aoxanh.places.models import Place, Trait

_TYPED = (Trait.Key.BORDER.value, Trait.Key.ISLAND.value, Trait.Key.REMOTE.value)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit, with its sums of the rollup and of the roster."""

    place: Place
    unit: Unit
    sums: dict[str, int]


def units_below(place: Place) -> list[tuple[Place, Unit]]:
    """Return the units of the nation (its provinces) or of a province (its communes) with their traits, in Vietnamese order."""
    rows = list(places.children_of(place))
    codes = [row.code for row in rows]
    traits = _traits(place)
    languages = places.languages_of_communes(codes)
    return [
        (row, unit_of(row, traits.get(row.code, frozenset()), languages.get(row.code, ()))) for row in rows
    ]


def unit_of(place: Place, traits: Iterable[str], languages: Iterable[str]) -> Unit:
    """Return a unit with its traits. Size is the area: the number of volunteers is what the unit itself chose."""
    held = frozenset(traits)
    return Unit(
        key=place.code,
        kind=place_type(place, held),
        size=place.area_km2 or None,
        weak_network=Trait.Key.REMOTE.value in held,
        languages=frozenset(languages),
    )


def place_type(place: Place, traits: Iterable[str]) -> PlaceType:
    """Return the type of place: the hardest condition names it."""
    held = frozenset(traits)
    if place.kind == Place.Kind.SPECIAL_ZONE or Trait.Key.ISLAND.value in held:
        return PlaceType.ISLAND
    if Trait.Key.BORDER.value in held:
        return PlaceType.BORDER
    if place.kind in (Place.Kind.WARD, Place.Kind.CITY):
        return PlaceType.URBAN
    return PlaceType.RURAL


def type_of(place: Place) -> PlaceType:
    """Return the type of one place from what is held true of it."""
    return place_type(
        place, {trait.trait for trait in places.traits_of(place) if trait.place_id == place.code}
    )


def figures_below(place: Place, period: Period) -> list[UnitFigures]:
    """Return every unit of the nation or of a province with its sums in a period. No permission is checked here."""
    sums = reading.sums_of_children(reading.source_of(place, None), period)
    heads = headcounts(place, period.last)
    found = []
    for row, unit in units_below(place):
        head = heads.get(row.code)
        roster = {"teams": head.teams if head else 0, "members": head.members if head else 0}
        found.append(UnitFigures(row, unit, {**sums.get(row.code, NO_SUMS), **roster}))
    return found


def sums_of(place: Place, period: Period) -> dict[str, int]:
    """Return the sums of one place in a period, with its roster on the last day. No permission is checked here."""
    sums = reading.sums(reading.added_up(place, None), period)
    if place.level == Place.Level.COMMUNE:
        heads = [team.headcount for team in teams_in(place.code, period.last)]
    else:
        heads = list(headcounts(place, period.last).values())
    roster = {"teams": sum(head.teams for head in heads), "members": sum(head.members for head in heads)}
    return {**sums, **roster}


def _traits(place: Place) -> dict[str, frozenset[str]]:
    if place.level == Place.Level.PROVINCE:
        return {code: frozenset(held) for code, held in places.traits_below(place.code, _TYPED).items()}
    held_by = {trait: places.codes_with_trait(trait) for trait in _TYPED}
    codes = set().union(*held_by.values())
    return {code: frozenset(trait for trait in _TYPED if code in held_by[trait]) for code in codes}
