"""`aoxanh simulate`: a synthetic campaign in an empty installation."""

import json
import resource
import sys
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aoxanh.cli.django import with_django_as_owner

if TYPE_CHECKING:
    from aoxanh.simulation.actions import Simulated
    from aoxanh.simulation.plan import Plan

BAR = 30


@click.command()
@click.option(
    "--scale",
    type=click.Choice(["commune", "province", "national"]),
    default="national",
    show_default=True,
    help="What is played in full detail: one border commune; one province, all others in outline; the nation.",
)
@click.option("--seed", default=2025, show_default=True, help="The same seed gives the same campaign.")
@click.option(
    "--volunteers",
    type=click.IntRange(1_000, 1_000_000),
    default=240_000,
    show_default=True,
    help="Of the nation, 240000 in 4,821 teams or 480000 in 25,410; a smaller scale plays its share.",
)
@click.option("--sessions", type=int, help="About how many: 5 million for the nation by default.")
@click.option("--days", type=int, help="How many days up to the last one; the whole campaign for the nation.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Last day, today by default. Days that are over are the same whenever they are made.",
)
@click.option(
    "--truth",
    type=click.Path(dir_okay=False, path_type=Path),
    help="New .csv or .json file that tells which volunteers make their work up.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_django_as_owner
def command(*, until: datetime | None, truth: Path | None, as_json: bool, **wishes: Any) -> None:
    """Fill an empty installation with a campaign that one seed decides, and print the accounts' password.

    All of it is one transaction: a run that is stopped leaves nothing behind.
    """
    from aoxanh.simulation.plan import make_plan
    from aoxanh.simulation.truth import check_truth_path, write_truth

    plan = make_plan(**wishes, until=until.date() if until else None)
    if truth:
        check_truth_path(truth)
    made = run(plan)
    if truth:
        write_truth(truth, made.planted)
    result = summary(plan, made)
    click.echo(json.dumps(result) if as_json else _sentences(result))


def run(plan: "Plan") -> "Simulated":
    """Simulate with a progress line on a terminal."""
    from aoxanh.people.actors import system
    from aoxanh.simulation.actions import simulate

    return simulate(plan=plan, by=system("simulation"), progress=_show)


def summary(plan: "Plan", made: "Simulated") -> dict[str, Any]:
    """Return what was made as plain values; who was planted is only in the truth file."""
    facts = {key: value for key, value in asdict(made).items() if key != "planted"}
    return {
        "scale": plan.scale,
        "seed": plan.seed,
        "first": plan.first.isoformat(),
        "until": plan.until.isoformat(),
        **facts,
        "seconds": {step: round(seconds, 3) for step, seconds in made.seconds.items()},
        "cpu_s": round(time.process_time(), 3),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def _sentences(result: dict[str, Any]) -> str:
    seconds = sum(result["seconds"].values())
    return (
        f"{result['sessions']:,} sessions of {result['volunteers']:,} volunteers in {result['teams']:,} teams,"
        f" {result['first']} to {result['until']}, in {seconds:.0f} s.\n"
        f"Password of the accounts: {result['password']}"
    )


def _show(step: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        full = BAR * done // max(1, total)
        bar = "█" * full + "░" * (BAR - full)
        click.echo(
            f"\r  {step:<9} {bar} {done:,}/{total:,} " + ("\n" if done == total else ""), nl=False, err=True
        )
