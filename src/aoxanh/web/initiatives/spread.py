"""What spread: a place's portfolio by verified effect, one model's copies over time and on the map, and both as workbooks."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.initiatives import adoption_queries, queries
from aoxanh.initiatives.adoption_queries import Line
from aoxanh.initiatives.models import Adoption, Effect, Initiative
from aoxanh.initiatives.queries import Wanted
from aoxanh.initiatives.wording import WHAT
from aoxanh.people.actors import Actor
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.sheets.writing import Cell, Workbook
from aoxanh.web.initiatives import changes
from aoxanh.web.initiatives.drawing import map_of, months_of
from aoxanh.web.initiatives.registry import actor_of
from aoxanh.web.sheets.files import XLSX

WIDTHS = [44, 22, 18, 30, 14, 10, 10, 12, 60, 60]
SHOWN = 300


@require_safe
@never_cache
def portfolio(request: HttpRequest) -> HttpResponse:
    """Show what a province (or the nation, or a commune) proposes and copies."""
    actor, place = _read(request)
    copies = list(adoption_queries.adoptions_in(place))
    lines = _lines(actor, place, copies)
    page = {
        "place": place,
        "provinces": places.provinces(),
        "lines": lines[:SHOWN],
        "total": len(lines),
        "running": sum(copy.is_running for copy in copies),
        "stopped": [copy for copy in copies if not copy.is_running][:20],
        "communes": len({copy.commune_id for copy in copies if copy.is_running}),
        "months": months_of(copies),
        "map": map_of(place, copies, lambda code: f"{reverse('portfolio')}?place={code}"),
        "verified": _verified(lines),
    }
    return render(request, "initiatives/portfolio.html", page)


@require_safe
@never_cache
def table(request: HttpRequest) -> HttpResponseBase:
    """Give the portfolio and the copies as .xlsx."""
    actor, place = _read(request)
    copies = list(adoption_queries.adoptions_in(place))
    with tempfile.TemporaryDirectory(prefix="aoxanh-portfolio-") as folder:
        path = Path(folder) / "portfolio.xlsx"
        book = Workbook(path)
        titles = [
            _("Model"),
            _("Kind"),
            _("State"),
            _("Place"),
            _("Fidelity, %"),
            _("Running"),
            _("Stopped"),
            _("Measured"),
            _("What it changed"),
            _("Copies by themselves"),
        ]
        sheet = book.sheet(_("Portfolio")[:31], titles, WIDTHS)
        for line in _lines(actor, place, copies):
            sheet.add(_row(line))
        _add_copies(book, copies)
        book.close()
        return FileResponse(
            path.open("rb"), as_attachment=True, filename=f"mo-hinh-{place.code}.xlsx", content_type=XLSX
        )


@require_safe
@never_cache
def one(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Show how one model spread: over time, on the map, province by province, and what stopped."""
    row, place, copies = _read_one(request, initiative_id)
    address = reverse("initiative_spread", args=[row.id])
    page = {
        "row": row,
        "place": place,
        "provinces": places.provinces(),
        "copies": copies[:SHOWN],
        "total": len(copies),
        "running": sum(copy.is_running for copy in copies),
        "homes": _homes(copies),
        "months": months_of(copies),
        "map": map_of(place, copies, lambda code: f"{address}?place={code}"),
    }
    return render(request, "initiatives/spread.html", page)


@require_safe
@never_cache
def one_table(request: HttpRequest, initiative_id: UUID) -> HttpResponseBase:
    """Give the copies of one model as .xlsx."""
    row, _place, copies = _read_one(request, initiative_id)
    with tempfile.TemporaryDirectory(prefix="aoxanh-spread-") as folder:
        path = Path(folder) / "spread.xlsx"
        book = Workbook(path)
        _add_copies(book, copies)
        book.close()
        name = f"noi-ap-dung-{str(row.id)[-8:]}.xlsx"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)


def _read_one(request: HttpRequest, initiative_id: UUID) -> tuple[Initiative, Place, list[Adoption]]:
    row = queries.initiative_visible_to(actor_of(request), initiative_id)
    place = places.place_by_code(request.GET.get("place", "") or "VN")
    copies = list(adoption_queries.adoptions_of(row, place)) if row.is_public else []
    return row, place, copies


def _homes(copies: list[Adoption]) -> list[tuple[str, str, int]]:
    """Return (code, name, running copies) of the provinces where it runs, most copies first: the map, to be read."""
    running = Counter(str(copy.commune.parent_id) for copy in copies if copy.is_running)
    return [(code, places.place_by_code(code).full_name, count) for code, count in running.most_common()]


def _add_copies(book: Workbook, copies: list[Adoption]) -> None:
    titles = [
        _("Model"),
        _("Commune code"),
        _("Commune"),
        _("First day"),
        _("Last day"),
        _("Fidelity, %"),
        *changes.titles(),
        _("What was adapted"),
        _("Why it stopped"),
    ]
    widths = [44, 10, 36, 12, 12, 10, *changes.WIDTHS, 50, 50]
    sheet = book.sheet(_("Copies")[:31], titles, widths)
    for copy in copies:
        sheet.add(_copy_row(copy))


def _read(request: HttpRequest) -> tuple[Actor, Place]:
    actor = actor_of(request)
    held = sorted(grant.place_code for grant in actor.grants if grant.level != "commune")
    own = next((grant for grant in actor.grants if grant.level == "commune"), None)
    default = held[0] if held else (places.place_by_code(own.place_code).parent_id if own else "VN")
    return actor, places.place_by_code(request.GET.get("place", "") or str(default))


def _lines(actor: Actor, place: Place, copies: list[Adoption]) -> list[Line]:
    return adoption_queries.portfolio(queries.found_by(actor, Wanted(place=place)), copies)


def _verified(lines: list[Line]) -> list[tuple[str, list[Effect]]]:
    here = [line.initiative.id for line in lines if line.told]
    found = [
        (str(what), list(adoption_queries.ranked_by(key).filter(initiative__in=here)))
        for key, what in WHAT.items()
    ]
    return [(what, effects) for what, effects in found if effects]


def _row(line: Line) -> Iterator[Cell]:
    row = line.initiative
    yield from (
        str(row),
        capfirst(row.get_kind_display()),
        capfirst(row.get_state_display()),
        capfirst(row.place.address),
    )
    yield from (line.fidelity, line.running, line.stopped, len(line.effects))
    nothing = _("Too little to say yet.") if line.effects else _("Not measured yet.")
    yield "; ".join(effect.sentence for effect in line.told) or nothing
    yield changes.tally(line.copies)


def _copy_row(copy: Adoption) -> list[Cell]:
    commune, checks = copy.commune, list(copy.checks.all())
    days: list[Cell] = [copy.first_day, copy.last_day]
    return [
        str(copy.initiative),
        commune.code,
        capfirst(commune.address),
        *days,
        checks[0].percent if checks else None,
        *changes.cells(copy),
        copy.adapted,
        copy.stopped_why,
    ]
