"""Reads of the places room. All of it is public, so nothing is filtered by who asks."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Q, QuerySet, When

from aoxanh.kernel.replica import reading_connection
from aoxanh.places import former, search
from aoxanh.places.errors import UnknownPlace
from aoxanh.places.former import FormerUnit
from aoxanh.places.models import Language, LegacyWard, Place, PlaceVersion, Trait, full_name
from aoxanh.places.search import FoundPlaces

_EARTH_KM = 6371.0
_FIELDS = Place._meta.concrete_fields  # noqa: SLF001 - Django's documented way to name columns
_ATTRIBUTES = [field.attname for field in _FIELDS]
_WITH_PARENT = (
    f"SELECT {', '.join(f'{table}.{field.column}' for table in ('place', 'parent') for field in _FIELDS)}"
    " FROM places_place place LEFT JOIN places_place parent ON parent.code = place.parent_id WHERE place.code = %s"
)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place as a list names it."""

    code: str
    full_name: str
    sort_key: str


@dataclass(frozen=True)
class OldWard:
    """A ward of before July 2025 that (in part) became a place."""

    address: str
    old_code: str
    in_part: bool


def find_places(text: str, *, on: date | None = None, limit: int = 20) -> FoundPlaces:
    """Find the places that a person may mean by a name or a code.

    Takes present, former and old names (ward, district, province of before July 2025), with or without diacritics,
    kinds and commas. `on` asks for the names of that day. Several equally good answers are returned together with
    `ask_back`; none at all, with the names that look alike.
    """
    return search.search(text, on, limit)


def former_units_in(text: str) -> list[FormerUnit]:
    """Return the wards, districts and provinces of before July 2025 that a sentence names with their kind, and what they are today.

    Costs nothing where no kind is said, a handful of small queries where one is.
    """
    return former.former_units(text)


def place_by_code(code: str) -> Place:
    """Return the nation ("VN"), a province or a commune by its code. Raises UnknownPlace."""
    row = None
    if len(code) <= 5:
        # Every page and every sync asks this; to have the ORM write the statement anew costs ten times what it costs to run.
        with reading_connection().cursor() as cursor:
            cursor.execute(_WITH_PARENT, [code])
            row = cursor.fetchone()
    if row is None:
        raise UnknownPlace(code=code[:20], field="code")
    place = Place.from_db(DEFAULT_DB_ALIAS, _ATTRIBUTES, row[: len(_FIELDS)])
    place.parent = (
        Place.from_db(DEFAULT_DB_ALIAS, _ATTRIBUTES, row[len(_FIELDS) :]) if place.parent_id else None
    )
    return place


def nation() -> Place:
    """Return the nation, which nobody needs to look up: its code and level never change."""
    return Place(code="VN", level=Place.Level.NATION, kind=Place.Kind.NATION, name="Việt Nam")


def provinces() -> QuerySet[Place]:
    """Return the provinces in Vietnamese order."""
    return Place.objects.filter(level=Place.Level.PROVINCE).order_by("sort_key")


def communes_in(province_code: str) -> QuerySet[Place]:
    """Return a province's communes, wards and special zones in Vietnamese order."""
    return (
        Place.objects.filter(parent=province_code, level=Place.Level.COMMUNE)
        .select_related("parent")
        .order_by("sort_key")
    )


def names_below(code: str) -> list[PlaceName]:
    """Return what lies directly below the nation or a province, in Vietnamese order, by name only."""
    rows = (
        Place.objects.filter(parent=code).order_by("sort_key").values_list("code", "kind", "name", "sort_key")
    )
    return [PlaceName(place, full_name(kind, name), key) for place, kind, name, key in rows]


def version_on(place: Place, day: date) -> PlaceVersion | None:
    """Return what the place was called on a day, or None before 1 July 2025, when it did not exist."""
    return place.versions.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day).first()


def history(place: Place) -> list[PlaceVersion]:
    """Return every name and kind the place has had, or will have by a decision already taken, oldest first."""
    return list(place.versions.order_by("valid_from"))


def old_wards_of(place: Place) -> list[OldWard]:
    """Return the wards of before July 2025 that became the place, in whole or in part."""
    rows = LegacyWard.objects.filter(place=place).order_by("old_province", "old_district", "fold")
    return [
        OldWard(f"{row.old_name}, {row.old_district}, {row.old_province}", row.old_code, row.is_divided)
        for row in rows
    ]


def traits_of(place: Place) -> list[Trait]:
    """Return what is held true of a place, and the languages of its province; rejected ones are left out."""
    own = Q(place=place)
    inherited = (
        Q(place=place.parent_id, trait=Trait.Key.LANGUAGE)
        if place.level == Place.Level.COMMUNE
        else Q(pk=None)
    )
    rows = Trait.objects.filter(own | inherited).exclude(status=Trait.Status.REJECTED)
    return list(rows.select_related("place").order_by("trait", "place", "value"))


def codes_with_trait(trait: str, *, province_code: str = "") -> set[str]:
    """Return the codes of the places held to have a trait, in one province or everywhere."""
    rows = Trait.objects.filter(trait=trait).exclude(status=Trait.Status.REJECTED)
    if province_code:
        rows = rows.filter(Q(place=province_code) | Q(place__parent=province_code))
    return set(rows.values_list("place", flat=True))


def traits_below(province_code: str, traits: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return which of the traits each commune of a province is held to have, by code, in the order they are asked for."""
    rows = Trait.objects.filter(trait__in=traits, place__parent=province_code).exclude(
        status=Trait.Status.REJECTED
    )
    held = set(rows.values_list("place", "trait"))
    return {
        place: tuple(trait for trait in traits if (place, trait) in held)
        for place in {place for place, _ in held}
    }


def languages_of_communes(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the languages that communes themselves are held to speak, by code; what is said of a whole province is left out."""
    rows = Trait.objects.filter(place__in=list(codes), trait=Trait.Key.LANGUAGE).exclude(
        status=Trait.Status.REJECTED
    )
    found: dict[str, tuple[str, ...]] = {}
    for place, language in rows.order_by("place", "value").values_list("place", "value"):
        found[place] = (*found.get(place, ()), language)
    return found


def language_names(codes: Iterable[str]) -> dict[str, Language]:
    """Return the languages with the given ISO 639-3 codes."""
    return Language.objects.in_bulk(list(codes))


def distance_km(one: Place, other: Place) -> float | None:
    """Return the great-circle distance between two communes' representative points; None where one has no point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    here, there = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def communes_within(codes: Iterable[str]) -> QuerySet[Place, str]:
    """Return the codes of the communes that are, or lie in, the given places; usable as a subquery."""
    wanted = list(codes)
    communes = Place.objects.filter(level=Place.Level.COMMUNE)
    if "VN" not in wanted:
        communes = communes.filter(Q(code__in=wanted) | Q(parent__in=wanted))
    return communes.order_by().values_list("code", flat=True)


def known_languages() -> set[str]:
    """Return the ISO 639-3 codes of the languages people are helped in."""
    return set(Language.objects.values_list("code", flat=True))


def languages() -> QuerySet[Language]:
    """Return the languages people are helped in, Vietnamese first."""
    return Language.objects.order_by(Case(When(code="vie", then=0), default=1), "name_vi")


def children_of(place: Place) -> QuerySet[Place]:
    """Return what lies directly below a place, in Vietnamese order."""
    return Place.objects.filter(parent=place).select_related("parent").order_by("sort_key")


def communes_below(codes: Iterable[str] | None) -> QuerySet[Place]:
    """Return the communes that are, or lie in, the given places (None for the whole nation), in Vietnamese order."""
    wanted = ["VN"] if codes is None else codes
    return (
        Place.objects.filter(code__in=communes_within(wanted)).select_related("parent").order_by("sort_key")
    )


def commune_names() -> list[list[str]]:
    """Return (code, kind, name, province code) of every commune, for looking many names up at once."""
    rows = Place.objects.filter(level=Place.Level.COMMUNE).values_list("code", "kind", "name", "parent")
    return [[str(part) for part in row] for row in rows.order_by("code")]


def old_ward_names() -> list[list[str]]:
    """Return (searchable name, kind, searchable province, code of a place it went to) of every ward of before July 2025.

    The usual successor comes first.
    """
    rows = LegacyWard.objects.order_by("old_code", "-is_default", "place").values_list(
        "old_name", "fold", "fold_province", "place"
    )
    return [[fold, search.split_kind(name)[0], province, code] for name, fold, province, code in rows]


def addresses_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the address of each place by its code."""
    rows = Place.objects.filter(code__in=list(codes)).select_related("parent")
    return {place.code: place.address for place in rows}


def provinces_of(codes: Iterable[str]) -> set[str]:
    """Return the codes of the provinces that communes lie in."""
    rows = Place.objects.filter(code__in=list(codes), level=Place.Level.COMMUNE)
    return {str(code) for code in rows.values_list("parent", flat=True)}
