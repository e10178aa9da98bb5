"""`aoxanh import KIND FILE`: a list of an office into the installation, shown first, stored on --apply."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aoxanh.cli.django import with_django

if TYPE_CHECKING:
    from aoxanh.sheets.models import SheetImport

KINDS = ("volunteers", "teams", "memberships", "traits", "needs", "totals")
SHOWN = 20


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", is_flag=True, help="Store the rows; without it they are only read and compared.")
@click.option("--good-rows-only", is_flag=True, help="Store the good rows although others are bad.")
@click.option(
    "--marked", type=click.Path(dir_okay=False, path_type=Path), help="Write the bad rows to this .xlsx."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_django
def command(
    *, kind: str, file: Path, apply: bool, good_rows_only: bool, marked: Path | None, as_json: bool
) -> None:
    """Read a list (.xlsx, .xls or .csv), say what is new, changed or bad, and store it on --apply, all at once or not at all."""
    from aoxanh.people.actors import system
    from aoxanh.sheets import actions
    from aoxanh.sheets.errors import HasBadRows
    from aoxanh.sheets.export import write_marked
    from aoxanh.sheets.queries import bad_rows

    store: actions.Store = "nothing" if not apply else "good" if good_rows_only else "all"
    sheet = actions.import_file(kind=kind, path=file, by=system("import"), store=store, watch=_show)
    try:
        shown = [
            {"row": row.number, "column": told.column, "message": told.message, "remedy": told.remedy}
            for row in bad_rows(sheet, SHOWN)
            for _index, told in row.flaws
        ]
        if marked is not None and sheet.bad:
            write_marked(sheet=sheet, path=marked)
        if apply and sheet.good and sheet.state != "stored":
            raise HasBadRows(bad=sheet.bad)
        _print(sheet, shown, as_json=as_json)
    finally:
        sheet.delete()
    if sheet.bad and not good_rows_only:
        sys.exit(1)


def _print(sheet: "SheetImport", shown: list[dict[str, Any]], *, as_json: bool) -> None:
    counts = {name: getattr(sheet, name) for name in ("new", "changed", "unchanged", "repeated", "bad")}
    if as_json:
        left_out = [title for title, _known in sheet.left_out]
        click.echo(
            json.dumps(
                {**counts, "state": sheet.state, "left_out": left_out, "flaws": shown}, ensure_ascii=False
            )
        )
        return
    for flaw in shown:
        click.echo(f"row {flaw['row']}  {flaw['column']}: {flaw['message']} {flaw['remedy']}")
    if sheet.left_out:
        click.echo("not read: " + ", ".join(title for title, _known in sheet.left_out))
    click.echo(", ".join(f"{name} {count}" for name, count in counts.items()))
    click.echo("stored" if sheet.state == "stored" else "nothing stored")


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r  {done}/{total or '?'}" + ("\n" if done >= total > 0 else ""), nl=False, err=True)
