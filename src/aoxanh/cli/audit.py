"""`aoxanh audit`: check that nobody touched the record, and tell a second place where it ends."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aoxanh.cli.django import with_django

if TYPE_CHECKING:
    from aoxanh.audit.verify import Verification

REASONS = {
    "changed": "its content is not what was written",
    "missing": "it is gone, later ones are there",
    "swapped": "what stands there was written under another number",
    "cut": "it and all after it are gone",
    "rewritten": "the chain was written anew since its end was exported",
    "extra": "it was added behind the chain's end",
    "head": "it and the chain's end do not agree; one of them was changed",
}


@click.group()
def command() -> None:
    """Check the record of who did, or read, what."""


@command.command()
@click.option("--chain", help="A commune's or province's code, or VN; all chains when left out.")
@click.option(
    "--heads",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with exported heads, e.g. the copy in the second place; the data folder's own when left out.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_django
def verify(*, chain: str | None, heads: Path | None, as_json: bool) -> None:
    """Walk the chains and name the first broken entry of each. Ends with 1 when one is broken."""
    from aoxanh.audit import verify as walking

    seen = walking.verify(chain, directory=heads)
    if as_json:
        click.echo(json.dumps(_as_dict(seen), indent=2, default=str))
    else:
        _print(seen)
    if not seen.holds:
        raise SystemExit(1)


@command.command()
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to; the data folder's own when left out.",
)
@with_django
def export(*, to: Path | None) -> None:
    """Write where every chain ends, signed; the worker does it every hour. Copy the folder to a second place."""
    from aoxanh.audit.heads import export_heads

    click.echo(export_heads(to))


def _as_dict(seen: "Verification") -> dict[str, Any]:
    exported = {
        "file": seen.exported.file,
        "at": seen.exported.at,
        "chains": len(seen.exported.heads),
        "bad_lines": seen.exported.bad_lines,
    }
    breaks = [asdict(found) for found in seen.breaks]
    return {
        "holds": seen.holds,
        "chains": seen.chains,
        "entries": seen.entries,
        "breaks": breaks,
        "exported": exported,
    }


def _print(seen: "Verification") -> None:
    click.echo(f"{seen.entries} entries in {seen.chains} chains.")
    for found in seen.breaks:
        click.echo(f"Chain {found.chain} is broken at entry {found.number}: {REASONS[found.reason]}.")
    for number in seen.exported.bad_lines:
        click.echo(f"Line {number} of {seen.exported.file} is not as it was signed.")
    if seen.exported.at is None:
        click.echo(
            "No heads were exported yet, so a chain whose end was cut would not be noticed: run `aoxanh audit export`.",
            err=True,
        )
    if seen.holds:
        click.echo("Every entry is as it was written.")
