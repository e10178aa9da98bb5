"""Pages about places: a search by any name, present or old, and a page for each province and commune."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from aoxanh.people.actors import ANONYMOUS
from aoxanh.people.permissions import Permission, may
from aoxanh.places import maps, queries
from aoxanh.places.errors import UnknownPlace
from aoxanh.places.models import Place, Trait
from aoxanh.web.boards.hamlets import address_of_list

KINDS = {
    "tinh": _("province"),
    "thanh_pho": _("city"),
    "xa": _("commune"),
    "phuong": _("ward"),
    "dac_khu": _("special zone"),
}
TRAITS = {
    Trait.Key.BORDER: _("Land border"),
    Trait.Key.ISLAND: _("Island"),
    Trait.Key.REMOTE: _("Remote"),
    Trait.Key.LANGUAGE: _("Language"),
}
STATUSES = {
    Trait.Status.CANDIDATE: _("To be confirmed by the province"),
    Trait.Status.CONFIRMED: _("Confirmed by the province"),
}
REASONS = {
    "former_name": _("Formerly called {was}"),
    "old_code": _("Before July 2025 the code belonged to {was}"),
    "old_ward": _("Before July 2025: {was}"),
    "old_district": _("Lay in {was} before July 2025"),
    "old_province": _("{was} was merged into it"),
}


@login_not_required
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Search for a place; a name that leaves no doubt leads straight to its page."""
    text = request.GET.get("q", "").strip()[:200]
    found = queries.find_places(text) if text else None
    if found is not None and found.only is not None and not found.matches[0].was:
        return redirect("place", code=found.only.code)
    matches = [(match, _reason(match.reason, match.was)) for match in found.matches] if found else []
    page = {"text": text, "found": found, "matches": matches, "provinces": queries.provinces()}
    return render(request, "places/find.html", page)


@login_not_required
@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a place: its names over time, its traits with source and date, what it was before, its map."""
    try:
        place = queries.place_by_code(code)
    except UnknownPlace as unknown:
        raise Http404 from unknown
    if place.level == Place.Level.NATION:
        return redirect("places")
    page = {
        "place": place,
        "history": [
            _era(item.kind, item.name, item.valid_from, item.valid_to, item.source)
            for item in queries.history(place)
        ],
        "traits": _traits(place),
        "old_wards": queries.old_wards_of(place),
        "communes": queries.communes_in(place.code) if place.level == Place.Level.PROVINCE else (),
        "drawing": _drawing(place),
        "board": _board(request, place),
        "visits": _visits(request, place),
        "hamlets": address_of_list(getattr(request, "actor", ANONYMOUS), place),
    }
    return render(request, "places/show.html", page)


def _reason(reason: str, was: str) -> str:
    return str(REASONS[reason]).format(was=was) if reason in REASONS and was else ""


def _era(kind: str, name: str, first: date, until: date | None, source: str) -> dict[str, Any]:
    return {"kind": KINDS.get(kind, kind), "name": name, "first": first, "until": until, "source": source}


def _traits(place: Place) -> list[dict[str, Any]]:
    """Return the traits in words, languages of one source in one row, said to be the province's where only known there."""
    traits = queries.traits_of(place)
    languages = queries.language_names(item.value for item in traits if item.trait == Trait.Key.LANGUAGE)
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for item in traits:
        row = rows.setdefault(
            (item.trait, item.place_id, item.status, item.source, item.as_of),
            {
                "name": TRAITS[Trait.Key(item.trait)],
                "languages": [],
                "of_province": item.place_id != place.code,
                "status": STATUSES[Trait.Status(item.status)],
                "source": item.source,
                "as_of": item.as_of,
            },
        )
        if item.value in languages:
            row["languages"].append(languages[item.value])
    return list(rows.values())


def _drawing(place: Place) -> dict[str, Any]:
    """Return the map of the place's province: each commune's path, name and whether it is the one shown."""
    province = place.code if place.level == Place.Level.PROVINCE else str(place.parent_id)
    drawing = maps.province_map(province)
    addresses = {item.code: item.full_name for item in queries.communes_in(province)}
    cells = [
        {"code": code, "path": path_, "name": addresses.get(code, code), "here": code == place.code}
        for code, path_ in drawing["communes"].items()
    ]
    return {"view_box": drawing["viewBox"], "cells": cells, "insets": drawing["insets"]}


def _board(request: HttpRequest, place: Place) -> str:
    """Return the address of the place's board, for those whose role opens it."""
    actor = getattr(request, "actor", ANONYMOUS)
    return reverse("board", kwargs={"code": place.code}) if may(actor, Permission.BOARD_READ, place) else ""


def _visits(request: HttpRequest, place: Place) -> str:
    """Return the address of what visits showed there, for those who may read it."""
    actor = getattr(request, "actor", ANONYMOUS)
    return (
        reverse("visits_of_place", kwargs={"code": place.code})
        if may(actor, Permission.VISIT_READ, place)
        else ""
    )


urlpatterns = [
    path("places/", find, name="places"),
    path("places/<str:code>/", show, name="place"),
]
