"""`aoxanh bench NAME`: what the product promises, measured on this machine, as one JSON object."""

import importlib
import json
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import click

from aoxanh import __version__

BENCHES = {
    "sync": "sync",
    "field": "field",
    "simulate": "simulate",
    "import": "imports",
    "board": "board",
    "load": "load",
    "allocation": "allocation",
    "replan": "replan",
    "roster": "roster",
    "verify": "verify",
    "checkin": "checkin",
    "assistant": "assistant",
    "ledger": "ledger",
    "anomaly": "anomaly",
    "evidence": "evidence",
    "report": "report",
}


@dataclass
class Report:
    """Figures by name with their unit in the name, the goals they are held to, and what they were compared with."""

    figures: dict[str, float] = field(default_factory=dict)
    goals: dict[str, tuple[str, float]] = field(default_factory=dict)
    baselines: dict[str, float] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Tell whether every goal is met by a figure that was measured."""
        return all(
            name in self.figures
            and (self.figures[name] <= limit if sign == "<=" else self.figures[name] >= limit)
            for name, (sign, limit) in self.goals.items()
        )

    def as_dict(self, name: str, seed: int) -> dict[str, Any]:
        versions = {"aoxanh": __version__, "python": platform.python_version(), **self.versions}
        rounded = {key: round(value, 4) for key, value in self.figures.items()}
        return {
            "bench": name,
            "figures": rounded,
            "goals": {key: list(goal) for key, goal in self.goals.items()},
            "holds": self.holds,
            "baselines": {key: round(value, 4) for key, value in self.baselines.items()},
            "seed": seed,
            "size": self.size,
            "versions": versions,
        }


@click.command()
@click.argument("name", type=click.Choice(sorted(BENCHES)))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, last.")
@click.option("--quick", is_flag=True, help="A small run, under 30 seconds.")
@click.option("--seed", default=1, show_default=True, help="Seed of the generated work.")
@click.option("--size", default=1.0, show_default=True, help="Multiply the amount of work by this.")
def command(*, name: str, as_json: bool, quick: bool, seed: int, size: float) -> None:
    """Measure one promise in an installation of its own; it starts what it needs and cleans up."""
    measure: Callable[..., Report] = importlib.import_module(f"aoxanh.cli.bench.{BENCHES[name]}").measure
    report = measure(seed=seed, size=size * (0.1 if quick else 1.0))
    result = report.as_dict(name, seed)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    for key, value in result["figures"].items():
        goal = report.goals.get(key)
        click.echo(f"{key:<28} {value:>12}" + (f"   goal {goal[0]} {goal[1]}" if goal else ""))
    for key, value in result["baselines"].items():
        click.echo(f"{key:<28} {value:>12}   (baseline)")
    click.echo("all goals met" if report.holds else "goals missed")
    if not report.holds and not sys.stdout.isatty():
        sys.exit(1)
