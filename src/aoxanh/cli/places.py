"""`aoxanh places`: find, show and load provinces and communes."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from aoxanh.cli.django import with_django

if TYPE_CHECKING:
    from aoxanh.places.models import Place
    from aoxanh.places.search import FoundPlaces

_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def command() -> None:
    """Provinces and communes: of today, and the names of before July 2025."""


@command.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    help="The day whose names are meant; today when left out.",
)
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@_as_json
@with_django
def find(*, text: tuple[str, ...], on: datetime | None, limit: int, as_json: bool) -> None:
    """Find a place by a present or old name, with or without diacritics, or by its code. Ends with 1 when there is none."""
    from aoxanh.places.queries import find_places

    found = find_places(" ".join(text), on=on.date() if on else None, limit=limit)
    if as_json:
        _print_json(_found(found))
    else:
        _print_found(found)
    if not found.matches:
        raise SystemExit(1)


@command.command()
@click.argument("code")
@_as_json
@with_django
def show(*, code: str, as_json: bool) -> None:
    """Show one place: its names over time, its traits with their sources, the old wards that became it."""
    from aoxanh.places import queries

    place = queries.place_by_code(code)
    facts = _place(place) | {
        "area_km2": place.area_km2,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "history": [
            {
                "kind": item.kind,
                "name": item.name,
                "from": item.valid_from,
                "to": item.valid_to,
                "source": item.source,
            }
            for item in queries.history(place)
        ],
        "traits": [
            {
                "trait": item.trait,
                "value": item.value,
                "of": item.place_id,
                "status": item.status,
                "as_of": item.as_of,
            }
            | {"source": item.source}
            for item in queries.traits_of(place)
        ],
        "old_wards": [asdict(ward) for ward in queries.old_wards_of(place)],
    }
    if as_json:
        _print_json(facts)
    else:
        _print_facts(facts)


@command.command()
@_as_json
@with_django
def load(*, as_json: bool) -> None:
    """Load the place data of this version; safe to run again, and keeps what people changed."""
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.places.actions import load_places

    with whole_nation():
        loaded = asdict(load_places())
    if as_json:
        _print_json(loaded)
    else:
        click.echo("\n".join(f"{noun.replace('_', ' ')}: {count}" for noun, count in loaded.items()))


def _place(place: "Place") -> dict[str, Any]:
    return {
        "code": place.code,
        "level": place.level,
        "kind": place.kind,
        "name": place.name,
        "address": place.address,
        "province": place.parent_id if place.level == "commune" else None,
    }


def _found(found: "FoundPlaces") -> dict[str, Any]:
    return {
        "text": found.text,
        "ask_back": found.ask_back,
        "matches": [
            _place(match.place) | {"reason": match.reason, "was": match.was, "divided": match.divided}
            for match in found.matches
        ],
        "suggestions": [_place(place) for place in found.suggestions],
    }


def _print_found(found: "FoundPlaces") -> None:
    for match in found.matches:
        was = f"  (was {match.was}{', divided' if match.divided else ''})" if match.was else ""
        click.echo(f"{match.place.code}  {match.place.address}{was}")
    if found.ask_back:
        click.echo("More than one place, or not every word, fits: choose one.", err=True)
    if not found.matches:
        click.echo("No place has that name.", err=True)
    if found.suggestions:
        click.echo("Names that look alike:", err=True)
        for place in found.suggestions:
            click.echo(f"  {place.code}  {place.address}", err=True)


def _print_facts(facts: dict[str, Any]) -> None:
    click.echo(f"{facts['code']}  {facts['address']}")
    for item in facts["history"]:
        until = f" until {item['to']:%d/%m/%Y}" if item["to"] else ""
        click.echo(f"  from {item['from']:%d/%m/%Y}{until}: {item['kind']} {item['name']} ({item['source']})")
    for item in facts["traits"]:
        value = f" {item['value']}" if item["value"] else ""
        click.echo(f"  {item['trait']}{value}: {item['status']}, {item['as_of']:%d/%m/%Y} ({item['source']})")
    for ward in facts["old_wards"]:
        click.echo(f"  was {ward['address']}{' (in part)' if ward['in_part'] else ''}")


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
