"""`aoxanh roster`: who is on which shift, from plain tables; needs no installation and no database."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aoxanh.cli.plain_tables import readable

if TYPE_CHECKING:
    from aoxanh.staffing.rostering.problem import Problem, Taken
    from aoxanh.staffing.rostering.solve import Effort, Roster

SHOWN = 20
_table = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--members", type=_table, required=True, help="CSV: id, certificates, halves, most, wished … and team."
)
@click.option(
    "--shifts", type=_table, required=True, help="CSV: id, day, half, kind, seats, place, km … and team."
)
@click.option("--absences", type=_table, help="CSV: member, first, last, half.")
@click.option("--wishes", type=_table, help="CSV: member, likes, day or weekday, half.")
@click.option("--pins", type=_table, help="CSV of what must stay: shift, member, seat.")
@click.option("--last", type=_table, help="The published roster: mend it with few changes.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="With --last: days before this stay as they are."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the roster goes."
)
@click.option("--workers", type=click.IntRange(0, 32), default=0, help="Processes that share the teams.")
@click.option(
    "--seed", type=click.IntRange(0, 1 << 30), default=1, show_default=True, help="Seed of the search."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(  # noqa: PLR0913 - one parameter an option
    *,
    members: Path,
    shifts: Path,
    absences: Path | None,
    wishes: Path | None,
    pins: Path | None,
    last: Path | None,
    today: datetime | None,
    out: Path,
    workers: int,
    seed: int,
    as_json: bool,
) -> None:
    """Roster one team, or each team named in the column `team`. Flaws of the tables go to stderr."""
    from aoxanh.staffing.rostering import tables
    from aoxanh.staffing.rostering.province import by_team, solve_all
    from aoxanh.staffing.rostering.solve import Effort

    with readable() as read:
        people = read(lambda file: list(tables.read_members(file)), members)
        work = read(lambda file: list(tables.read_shifts(file)), shifts)
        away = read(lambda file: list(tables.read_absences(file)), absences) if absences else []
        wanted = read(lambda file: list(tables.read_wishes(file)), wishes) if wishes else []
        fixed = read(lambda file: list(tables.read_roster(file)), pins) if pins else []
        before = read(lambda file: list(tables.read_roster(file)), last) if last else None
    teams, flaws = by_team(people, work, away, wanted, fixed)
    for name, flaw in flaws:
        click.echo(f"{name}: {flaw}" if name else str(flaw), err=True)
    effort = Effort(seed=seed)
    if before is None:
        found = solve_all(teams, effort, workers, _show)
    else:
        found = dict(_mended(teams, before, today.date() if today else None, effort))
    with out.open("w", encoding="utf-8", newline="") as file:
        tables.write_roster(((name, each.problem, each.taken) for name, each in found.items()), file)
    _report(found, [flaw.code for _, flaw in flaws], as_json=as_json)


def _mended(
    teams: "dict[str, Problem]", before: "Iterable[Taken]", today: date | None, effort: "Effort"
) -> "Iterator[tuple[str, Roster]]":
    from aoxanh.staffing.rostering.replan import replan

    published = list(before)
    for number, (name, problem) in enumerate(teams.items(), start=1):
        own = [taken for taken in published if taken.shift in problem.shift]
        yield name, replan(problem, own, today, effort).roster
        _show(name, number, len(teams))


def _report(found: "dict[str, Roster]", flaws: list[str], *, as_json: bool) -> None:
    from aoxanh.staffing.rostering.shortages import shortages

    missing = [
        (name, each) for name, roster in found.items() for each in shortages(roster.problem, roster.taken)
    ]
    rosters = [
        {"team": name, "objective": each.objective, "bound": each.bound, "gap_pct": round(each.gap_pct, 4),
         "taken": len(each.taken), "prices": each.prices}
        for name, each in found.items()
    ]  # fmt: skip
    if as_json:
        short = [{"team": name, **each.as_dict()} for name, each in missing]
        click.echo(json.dumps({"rosters": rosters, "flaws": flaws, "shortages": short}, ensure_ascii=False))
        return
    for each in rosters:
        click.echo(
            "{team:<20} {taken:>6} seats, objective {objective:>7}, bound {bound:>7}, gap {gap_pct} %".format(
                **each
            )
        )
    for name, shortage in missing[:SHOWN]:
        click.echo(f"{name} {shortage}".strip())
    if len(missing) > SHOWN:
        click.echo(f"and {len(missing) - SHOWN} more shortages; --json prints them all")


def _show(step: str, done: int, total: int) -> None:
    if total > 1 and sys.stderr.isatty():
        click.echo(f"\r  {step} {done}/{total}" + ("\n" if done == total else ""), nl=False, err=True)
