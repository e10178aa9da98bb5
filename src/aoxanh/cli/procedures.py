"""`aoxanh procedures`: load, find, show and check the guided cards."""

import json
from typing import TYPE_CHECKING, Any

import click

from aoxanh.cli.django import with_django

if TYPE_CHECKING:
    from aoxanh.places.models import Place
    from aoxanh.procedures.queries import ShownCard

_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_province = click.option(
    "--province", default="", help="Code of a province or commune whose own cards come first."
)


@click.group()
def command() -> None:
    """Public-service procedures and their guided cards."""


@command.command()
@_as_json
@with_django
def load(*, as_json: bool) -> None:
    """Load the cards of this version; safe to run again, and never overwrites what people edited."""
    from dataclasses import asdict

    from aoxanh.kernel.scope import whole_nation
    from aoxanh.procedures.actions import load_procedures

    with whole_nation():
        loaded = load_procedures()
    if as_json:
        _print_json(asdict(loaded))
        return
    click.echo(
        f"new versions: {len(loaded.made)}\nunchanged: {len(loaded.unchanged)}\nguides changed: {len(loaded.guides)}"
    )
    for code in loaded.kept:
        click.echo(
            f"{code}: edited here, so the card of this release was left aside; compare and decide", err=True
        )


@command.command()
@click.argument("text", nargs=-1, required=True)
@_province
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@_as_json
@with_django
def find(*, text: tuple[str, ...], province: str, limit: int, as_json: bool) -> None:
    """Find a procedure by its name, citizens' words, a short form or a code. Ends with 1 when there is none."""
    from aoxanh.assistant.queries import find_procedures

    found = find_procedures(" ".join(text), _place(province), limit)
    if as_json:
        _print_json({"text": " ".join(text), "procedures": [_summary(shown) for shown in found]})
    else:
        for shown in found:
            click.echo(f"{shown.card.code:<10}  {shown.card.name.vi}")
    if not found:
        click.echo("No procedure fits.", err=True)
        raise SystemExit(1)


@command.command()
@click.argument("code")
@_province
@_as_json
@with_django
def show(*, code: str, province: str, as_json: bool) -> None:
    """Show the card of one procedure as it holds today."""
    from aoxanh.procedures.card import plain
    from aoxanh.procedures.queries import card_on

    shown = card_on(code, province=_place(province))
    if as_json:
        _print_json(_summary(shown) | {"card": plain(shown.card)})
    else:
        _print_card(shown)


@command.command()
@_as_json
@with_django
def check(*, as_json: bool) -> None:
    """Check the cards of this version and those in force: rules, and what nobody has confirmed. Ends with 1 on a broken rule."""
    from aoxanh.procedures.queries import current_cards
    from aoxanh.procedures.rules import flaws_of
    from aoxanh.procedures.seed import read_cards, vneid

    shipped = read_cards()
    vneid()
    cards = current_cards()
    flaws = {
        shown.card.code: [f"{flaw.field}: {flaw.message}" for flaw in flaws_of(shown.card)] for shown in cards
    }
    report: dict[str, Any] = {
        "shipped": len(shipped),
        "in_force": len(cards),
        "broken": {code: found for code, found in flaws.items() if found},
        "to_be_confirmed": [shown.card.code for shown in cards if shown.version.confidence == "medium"],
        "unchecked": len([shown for shown in cards if not shown.version.checked_by]),
        "ask_the_province": [shown.card.code for shown in cards if shown.asks_province],
    }
    if as_json:
        _print_json(report)
    else:
        _print_report(report)
    if report["broken"]:
        raise SystemExit(1)


def _place(code: str) -> "Place | None":
    from aoxanh.places.queries import place_by_code

    place = place_by_code(code) if code else None
    return place.parent if place is not None and place.level == "commune" else place


def _summary(shown: "ShownCard") -> dict[str, Any]:
    version = shown.version
    return {
        "code": shown.card.code,
        "name": {"vi": shown.card.name.vi, "en": shown.card.name.en},
        "group": shown.card.group,
        "version": version.number,
        "province": version.province_id,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "superseded_by": shown.superseded_by,
        "confidence": version.confidence,
        "checked_by": version.checked_by,
        "checked_on": version.checked_on,
        "link": shown.link,
    }


def _print_card(shown: "ShownCard") -> None:
    card, version = shown.card, shown.version
    click.echo(f"{card.code}  {card.name.vi}")
    click.echo(
        f"  version {version.number} from {version.valid_from:%d/%m/%Y}, confidence {version.confidence}"
    )
    if shown.superseded_by:
        click.echo(f"  ended; {shown.superseded_by} took its place")
    if shown.asks_province:
        click.echo("  each province settles this itself: ask there first")
    click.echo(f"  time: {card.time.vi}\n  fee ({card.fee.certainty}): {card.fee.vi}\n  papers:")
    for paper in card.papers:
        click.echo(f"    - {paper.vi}")
    click.echo("  steps:")
    for number, step in enumerate(card.steps, 1):
        click.echo(f"    {number}. [{step.who}] {step.vi}")
    click.echo("  never:")
    for line in card.never:
        click.echo(f"    - {line.vi}")
    click.echo(f"  {shown.link}".rstrip())


def _print_report(report: dict[str, Any]) -> None:
    click.echo(f"{report['shipped']} cards in this version, {report['in_force']} in force")
    for code, flaws in report["broken"].items():
        click.echo(f"{code} breaks a rule: {'; '.join(flaws)}", err=True)
    click.echo(
        f"to be confirmed: {len(report['to_be_confirmed'])}; checked by nobody yet: {report['unchecked']}"
    )
    click.echo(f"ask the province first: {', '.join(report['ask_the_province'])}")


def _print_json(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
