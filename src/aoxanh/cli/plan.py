"""`aoxanh plan`: who serves where, from plain tables; needs no installation and no database."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aoxanh.cli.plain_tables import readable

if TYPE_CHECKING:
    from aoxanh.staffing.allocation.plan import Plan
    from aoxanh.staffing.allocation.problem import Problem

_table = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--people", type=_table, required=True, help="CSV: id, home, technology, communication, certificates …"
)
@click.option(
    "--needs", type=_table, required=True, help="CSV: code, province, lat, lon, one column a kind of post …"
)
@click.option("--edits", type=_table, help="CSV of hand edits: verb (pin or ban), person, commune, kind.")
@click.option("--last", type=_table, help="The last plan: nobody is moved away from it without need.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the plan goes."
)
@click.option(
    "--workers",
    type=click.IntRange(0, 32),
    default=2,
    show_default=True,
    help="Processes that share the provinces.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(  # noqa: PLR0913 - one parameter an option
    *,
    people: Path,
    needs: Path,
    edits: Path | None,
    last: Path | None,
    out: Path,
    workers: int,
    as_json: bool,
) -> None:
    """Send volunteers to communes. Prints what the plan does and what is missing; flaws of the tables go to stderr."""
    from aoxanh.staffing.allocation import tables
    from aoxanh.staffing.allocation.flaws import check
    from aoxanh.staffing.allocation.solve import solve

    with readable() as read:
        served = read(tables.read_plan, last) if last else None
        problem, flaws = check(
            read(lambda file: list(tables.read_people(file, served)), people),
            read(lambda file: list(tables.read_communes(file)), needs),
            read(lambda file: list(tables.read_edits(file)), edits) if edits else (),
        )
    for flaw in flaws:
        click.echo(str(flaw), err=True)
    plan = solve(problem, workers=workers if len(problem.people) > SMALL else 0, progress=_show)
    with out.open("w", encoding="utf-8", newline="") as file:
        tables.write_plan(plan, file)
    _report(problem, plan, [flaw.code for flaw in flaws], as_json=as_json)


SMALL = 5_000  # people; starting other processes would take longer than the plan


def _report(problem: "Problem", plan: "Plan", flaws: list[str], *, as_json: bool) -> None:
    from aoxanh.staffing.allocation.measures import measure
    from aoxanh.staffing.allocation.shortages import shortages

    found = {
        **measure(problem, plan.where, plan.kind).as_dict(),
        "bound": plan.bound,
        "gap_pct": plan.gap_pct,
    }
    missing = shortages(plan)
    if as_json:
        click.echo(json.dumps({
            "measures": {key: round(value, 4) for key, value in found.items()}, "flaws": flaws,
            "shortages": [each.as_dict() for each in missing],
        }, ensure_ascii=False))  # fmt: skip
        return
    for key, value in found.items():
        click.echo(f"{key:<30} {value:>14.4f}" if isinstance(value, float) else f"{key:<30} {value:>14}")
    for each in missing[:SHOWN]:
        click.echo(str(each))
    if len(missing) > SHOWN:
        click.echo(f"and {len(missing) - SHOWN} more shortages; --json prints them all")


SHOWN = 20


def _show(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r  {step} {done}/{total}" + ("\n" if done == total else ""), nl=False, err=True)
