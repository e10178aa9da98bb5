"""`aoxanh assign`: generalised-assignment instances in the OR-Library's format, by the solver behind `aoxanh plan`."""

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aoxanh.cli.honest import Figures, compared, show

if TYPE_CHECKING:
    from aoxanh.staffing.allocation.assignment import Instance


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--best",
    type=int,
    multiple=True,
    help="Best known value of each instance, in order, to compare with; else the built-in table by the file's name.",
)
@click.option(
    "--profits/--costs",
    default=None,
    help="Whether the figures are profits, to be as large as possible; else as the file's name says (gap1 to gap12 are).",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0, 86_400),
    default=60.0,
    show_default=True,
    help="For closing the gap of each at the end.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an instance.")
def command(
    *, files: tuple[Path, ...], best: tuple[int, ...], profits: bool | None, seconds: float, as_json: bool
) -> None:
    """Solve every instance in FILES; prints objective, bound, gap, best known and seconds."""
    from aoxanh.staffing.allocation.assignment import UnreadableInstance, read_instances
    from aoxanh.staffing.allocation.assignment_known import BEST_KNOWN, PROFITS

    told = list(best)
    for path in files:
        try:
            instances = read_instances(path.read_text(encoding="utf-8"))
        except (UnreadableInstance, UnicodeDecodeError) as error:
            raise click.ClickException(f"{path}: {error}") from error
        known = [*(told or BEST_KNOWN.get(path.stem, ())), *(None for _ in instances)]
        told = told[len(instances) :] if told else []
        sign = -1 if (path.stem in PROFITS if profits is None else profits) else 1
        for number, instance in enumerate(instances):
            agents, jobs = instance.cost.shape
            row: Figures = {"instance": f"{path.stem}:{number + 1}", "agents": agents, "jobs": jobs}
            show(row | _solved(instance, sign, seconds, known[number]), as_json=as_json)


def _solved(instance: "Instance", sign: int, seconds: float, known: int | None) -> Figures:
    from aoxanh.staffing.allocation.assignment import assign

    started = time.process_time()
    found = assign(replace(instance, cost=sign * instance.cost), seconds)
    objective = None if found.cost is None else sign * found.cost
    figures = compared(objective, sign * found.bound, known, sign)
    return figures | {"cpu_s": round(time.process_time() - started, 2)}
