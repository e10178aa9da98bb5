"""`aoxanh export KIND FILE`: a list out of the installation, in the form that `aoxanh import` reads."""

from pathlib import Path

import click

from aoxanh.cli.django import with_django
from aoxanh.cli.imports import KINDS


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--place", default="VN", show_default=True, help="Code of a province or commune.")
@click.option("--template", is_flag=True, help="An empty list with titles, drop-downs and advice instead.")
@with_django
def command(*, kind: str, file: Path, place: str, template: bool) -> None:
    """Write a list to FILE, as .csv if it is called so, else as .xlsx. Rosters hold names: keep the file safe."""
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.people.actors import system
    from aoxanh.places.queries import place_by_code
    from aoxanh.sheets.export import export_csv, export_xlsx, write_template

    operator = system("export")
    if template:
        write_template(kind=kind, path=file)
        return
    with whole_nation():
        named = place_by_code(place)
        file.touch(mode=0o600)
        if file.suffix.lower() == ".csv":
            with file.open("wb") as out:
                out.writelines(export_csv(kind=kind, place=named, by=operator))
        else:
            export_xlsx(kind=kind, place=named, path=file, by=operator)
    click.echo(f"written: {file}", err=True)
