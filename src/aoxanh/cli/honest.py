"""What is printed of a public instance: objective, bound, best known value, both gaps, seconds."""

import json
from collections.abc import Mapping

import click

Figures = dict[str, float | int | str | None]


def compared(objective: int | None, bound: float, known: int | None, sign: int = 1) -> Figures:
    """Return the figures in the order of printing; "unknown" where nobody told the best value, `sign` -1 where more is better."""
    return {
        "objective": objective,
        "bound": bound,
        "gap_pct": _percent(objective, bound, sign),
        "best_known": "unknown" if known is None else known,
        "over_best_pct": _percent(objective, known, sign),
    }


def show(row: Mapping[str, object], *, as_json: bool) -> None:
    """Print one instance as a JSON object or as words and values."""
    words = "  ".join(f"{name} {'-' if value is None else value}" for name, value in row.items())
    click.echo(json.dumps(row) if as_json else words)


def _percent(objective: int | None, other: float | None, sign: int) -> float | None:
    """Return by how much the objective is worse, in percent of the other; None where there is nothing to compare."""
    if objective is None or other is None or (not other and objective):
        return None
    return round(100 * sign * (objective - other) / abs(other), 3) if other else 0.0
