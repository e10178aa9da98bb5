"""The places door: search by any name, one place with its history, and the maps. All public, so no sign-in."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Query, Router, Schema
from pydantic import Field

from aoxanh.api.days import Day
from aoxanh.api.refusals import REFUSALS
from aoxanh.places import maps, queries
from aoxanh.places.models import Place, PlaceVersion, Trait
from aoxanh.places.search import Reason

router = Router(tags=["places"], auth=None)
_MAP_IS_FRESH_FOR = 86_400


class PlaceOut(Schema):
    """A province or commune as it is called today."""

    code: str
    level: str
    kind: str
    name: str
    address: str
    province: str | None


class MatchOut(Schema):
    """A place that may be meant, and the old name it was found by."""

    place: PlaceOut
    reason: Reason
    was: str
    divided: bool


class FoundOut(Schema):
    """What a search found; `ask_back` says that the person must choose."""

    text: str
    ask_back: bool
    matches: list[MatchOut]
    suggestions: list[PlaceOut]


class PlaceVersionOut(Schema):
    """What a place was called between two days; `to` is the first day it no longer was."""

    kind: str
    name: str
    first_day: date = Field(alias="from")
    next_day: date | None = Field(alias="to")
    source: str


class TraitOut(Schema):
    """Something held true of a place, or of its province (`of`)."""

    trait: str
    value: str
    of: str
    status: str
    source: str
    as_of: date


class OldWardOut(Schema):
    """A ward of before July 2025 that became the place."""

    address: str
    old_code: str
    in_part: bool


class PlaceFacts(PlaceOut):
    """Everything known about one place."""

    area_km2: float | None
    latitude: float | None
    longitude: float | None
    history: list[PlaceVersionOut]
    traits: list[TraitOut]
    old_wards: list[OldWardOut]


class PlaceWanted(Schema):
    """What is searched for."""

    q: str = Field(max_length=200)
    on: Day | None = None
    limit: int = Field(20, ge=1, le=100)


@router.get("", response={200: FoundOut, **REFUSALS})
def find_places(request: HttpRequest, wanted: Query[PlaceWanted]) -> dict[str, object]:
    """Find a place by a present or old name, with or without diacritics and kinds, or by its code."""
    found = queries.find_places(wanted.q, on=wanted.on, limit=wanted.limit)
    return {
        "text": found.text,
        "ask_back": found.ask_back,
        "matches": [
            {"place": _place(match.place), "reason": match.reason, "was": match.was, "divided": match.divided}
            for match in found.matches
        ],
        "suggestions": [_place(place) for place in found.suggestions],
    }


@router.get("/map", response={200: dict, **REFUSALS})
def national_map(request: HttpRequest, response: HttpResponse) -> maps.NationalMap:
    """Return the SVG paths of the 34 provinces."""
    patch_cache_control(response, public=True, max_age=_MAP_IS_FRESH_FOR)
    return maps.national_map()


@router.get("/{code}/map", response={200: dict, **REFUSALS})
def province_map(request: HttpRequest, response: HttpResponse, code: str) -> maps.ProvinceMap:
    """Return the SVG paths of a province's communes: cells to read numbers off, not boundaries."""
    patch_cache_control(response, public=True, max_age=_MAP_IS_FRESH_FOR)
    return maps.province_map(code)


@router.get("/{code}", response={200: PlaceFacts, **REFUSALS}, by_alias=True)
def show_place(request: HttpRequest, code: str) -> dict[str, object]:
    """Return one place: its names over time, traits with sources, and the old wards that became it."""
    place = queries.place_by_code(code)
    return _place(place) | {
        "area_km2": place.area_km2,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "history": [_version(item) for item in queries.history(place)],
        "traits": [_trait(item) for item in queries.traits_of(place)],
        "old_wards": queries.old_wards_of(place),
    }


def _place(place: Place) -> dict[str, object]:
    return {
        "code": place.code,
        "level": place.level,
        "kind": place.kind,
        "name": place.name,
        "address": place.address,
        "province": place.parent_id if place.level == Place.Level.COMMUNE else None,
    }


def _version(item: PlaceVersion) -> dict[str, object]:
    return {
        "kind": item.kind,
        "name": item.name,
        "from": item.valid_from,
        "to": item.valid_to,
        "source": item.source,
    }


def _trait(item: Trait) -> dict[str, object]:
    facts = {"trait": item.trait, "value": item.value, "of": item.place_id, "status": item.status}
    return facts | {"source": item.source, "as_of": item.as_of}
