"""`aoxanh assign`: generalised-assignment instances in the OR-Library's format, by the solver behind `aoxanh plan`."""

import json
import time
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--best", type=int, multiple=True, help="Best known cost of each instance, in order, to compare with."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, file: Path, best: tuple[int, ...], as_json: bool) -> None:
    """Solve every instance in FILE; print cost, bound, best known and seconds."""
    from aoxanh.staffing.allocation.assignment import UnreadableInstance, assign, read_instances

    try:
        instances = read_instances(file.read_text(encoding="utf-8"))
    except (UnreadableInstance, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    rows = []
    for number, instance in enumerate(instances):
        started = time.process_time()
        found = assign(instance)
        known = best[number] if number < len(best) else None
        over = 100 * (found.cost - known) / abs(known) if known and found.cost is not None else None
        rows.append({
            "instance": number + 1, "agents": instance.cost.shape[0], "jobs": instance.cost.shape[1], "cost": found.cost,
            "bound": found.bound, "best_known": known, "over_best_pct": over, "cpu_s": round(time.process_time() - started, 2),
        })  # fmt: skip
        if not as_json:
            click.echo("  ".join(f"{name} {value}" for name, value in rows[-1].items()))
    if as_json:
        click.echo(json.dumps({"instances": rows}))
