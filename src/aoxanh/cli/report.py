"""`aoxanh report`: reports as files, of one unit or of every commune below it, and the drafting of weekly reports for all."""

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aoxanh.cli.django import with_django

if TYPE_CHECKING:
    from aoxanh.oversight.actions import ReportFacts
    from aoxanh.places.models import Place

FORMS = ("pdf", "docx", "xlsx")


@click.command()
@click.option("--place", "code", default="VN", show_default=True, help="Code of a province or commune.")
@click.option(
    "--kind",
    type=click.Choice(("weekly", "midterm", "final")),
    default="weekly",
    show_default=True,
    help="Which report.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("union", "state")),
    default="union",
    show_default=True,
    help="The Youth Union's document format, or the State's for a service centre.",
)
@click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day; else of the last whole week."
)
@click.option(
    "--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day; else of the last whole week."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the files; a file that is there already is not made again.",
)
@click.option(
    "--as", "forms", type=click.Choice(FORMS), multiple=True, default=("pdf",), help="May be repeated."
)
@click.option(
    "--communes", is_flag=True, help="One report for every commune below the place instead of its own."
)
@click.option(
    "--store", is_flag=True, help="Also keep the drafts in the installation, for the units to edit and sign."
)
@click.option("--language", type=click.Choice(("vi", "en")), default="vi", show_default=True)
@with_django
def command(  # noqa: PLR0913 - one parameter an option
    *,
    code: str,
    kind: str,
    form: str,
    first: datetime | None,
    last: datetime | None,
    out: Path,
    forms: tuple[str, ...],
    communes: bool,
    store: bool,
    language: str,
) -> None:
    """Write reports as files. A report that is stored is written as it stands, signed or not; else one is drafted from the figures."""
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.oversight.actions import ReportFacts
    from aoxanh.places.queries import communes_below, place_by_code

    begin, end = _days(first, last)
    with whole_nation():
        place = place_by_code(code)
        units: list[Place] = list(communes_below(None if code == "VN" else [code])) if communes else [place]
    out.mkdir(parents=True, exist_ok=True)
    show = _show("written")
    written = 0
    for number, unit in enumerate(units, start=1):
        facts = ReportFacts(place=unit, kind=kind, form=form, first=begin, last=end, language=language)
        written += _write(facts, out, forms, store=store)
        show(number, len(units))
    click.echo(f"{written} files written to {out}, {len(units) * len(forms) - written} were there", err=True)


def _write(facts: "ReportFacts", out: Path, forms: tuple[str, ...], *, store: bool) -> int:
    """Write the files of one report that are not there yet; return how many."""
    from django.conf import settings

    from aoxanh.kernel.scope import whole_nation
    from aoxanh.oversight.actions import compose_report, draft_report
    from aoxanh.oversight.report_queries import newest_of
    from aoxanh.oversight.reporting.files import file_of
    from aoxanh.oversight.reporting.paper import paper_of
    from aoxanh.people.actors import system

    stem = f"{facts.place.code}-{facts.kind}-{facts.form}-{facts.first:%Y%m%d}-{facts.last:%Y%m%d}"
    missing = [form for form in forms if not (out / f"{stem}.{form}").exists()]
    if not missing:
        return 0
    with whole_nation():
        stored = newest_of(facts.place, facts.kind, facts.form, facts.first, facts.last)
        make = draft_report if store else compose_report
        report = stored or make(facts=facts, by=system("report"))
        paper = paper_of(report, site=settings.PUBLIC_URL or "")
    for form in missing:
        # Renamed when it is whole, so that a file that is there is a file that is finished.
        half = out / f".{stem}.{form}.half"
        half.write_bytes(file_of(paper, form))
        half.rename(out / f"{stem}.{form}")
    return len(missing)


def _days(first: datetime | None, last: datetime | None) -> tuple[date, date]:
    from aoxanh.kernel import clock

    today = clock.today()
    begin = first.date() if first else today - timedelta(days=today.weekday() + 7)
    return begin, last.date() if last else begin + timedelta(days=6)


def _show(word: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r  {word} {done}/{total}" + ("\n" if done == total else ""), nl=False, err=True)

    return show
