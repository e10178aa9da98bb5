"""`aoxanh flags`: compare a province's figures now, and how many questions there are; never who was asked."""

import json

import click

from aoxanh.cli.django import with_django

_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def command() -> None:
    """Questions about figures that differ from those of comparable people."""


@command.command()
@click.option("--province", help="Two-digit code of one province; all by default.")
@_as_json
@with_django
def run(*, province: str | None, as_json: bool) -> None:
    """Do now what the worker does every week: compare the last eight weeks and open what is to be asked."""
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.oversight.actions.flags import look_at_province
    from aoxanh.oversight.errors import NoProvince
    from aoxanh.people.actors import system
    from aoxanh.places import queries as places
    from aoxanh.places.models import Place

    chosen = [places.place_by_code(province)] if province else list(places.provinces())
    if any(place.level != Place.Level.PROVINCE for place in chosen):
        raise NoProvince(code=province)
    asked = {}
    for place in chosen:
        with whole_nation():
            asked[place.code] = len(look_at_province(province=place, by=system("flags")))
    if as_json:
        click.echo(json.dumps(asked))
        return
    for place in chosen:
        click.echo(f"{place.code} {place.name:<20} {asked[place.code]:>5} new")


@command.command("list")
@_as_json
@with_django
def list_(*, as_json: bool) -> None:
    """Count the questions of each province by state."""
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.oversight.flag_queries import counts_by_state

    with whole_nation():
        counts = counts_by_state()
    if as_json:
        click.echo(json.dumps(counts))
        return
    for province, states in counts.items():
        click.echo(f"{province}  " + "  ".join(f"{state} {times}" for state, times in states.items()))
    if not counts:
        click.echo("No questions.")
