"""`aoxanh schedule`: public shift-scheduling instances, solved with the search as it stands; needs no installation."""

from pathlib import Path

import click

from aoxanh.cli.honest import compared, show

_table = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_table)
@click.option(
    "--seconds", type=click.FloatRange(1, 86_400), default=120.0, show_default=True, help="CPU for each."
)
@click.option(
    "--best",
    type=_table,
    help="CSV of best known values: instance, best; the instance is the file's name. Goes before the built-in table.",
)
@click.option(
    "--seed", type=click.IntRange(0, 1 << 30), default=1, show_default=True, help="Seed of the search."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a file.")
def command(*, files: tuple[Path, ...], seconds: float, best: Path | None, seed: int, as_json: bool) -> None:
    """Solve shift-scheduling instances in the format of Curtois and Qu; prints objective, bound, gap, best known and seconds."""
    from aoxanh.staffing.rostering.public.known import BEST_KNOWN
    from aoxanh.staffing.rostering.public.reader import UnreadableInstance, read
    from aoxanh.staffing.rostering.public.search import Search, Unstaffable
    from aoxanh.staffing.rostering.public.verify import breaches, cost

    known = BEST_KNOWN | (_best_known(best) if best else {})
    for path in files:
        try:
            instance = read(path.read_text(encoding="utf-8-sig"))
            answer = Search(instance, seconds, seed).run()
        except UnicodeDecodeError:
            raise click.ClickException(f"{path} is not UTF-8 text") from None
        except (UnreadableInstance, Unstaffable) as error:
            raise click.ClickException(f"{path}: {error}") from None
        figures = compared(cost(instance, answer.roster), answer.bound, known.get(path.stem))
        broken = len(breaches(instance, answer.roster))
        show(
            {"instance": path.stem, **figures, "cpu_s": round(answer.cpu_s, 1), "breaches": broken},
            as_json=as_json,
        )


def _best_known(path: Path) -> dict[str, int]:
    from aoxanh.staffing.allocation.tables import UnreadableTable, rows

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {row.text("instance"): row.number_of("best") for row in rows(file, ("instance", "best"))}
    except (UnreadableTable, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: {error}") from None
