"""What spread: a place's portfolio by verified effect, copies over time and on the map, and the same as a workbook."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.initiatives import adoption_queries, queries
from aoxanh.initiatives.adoption_queries import Line
from aoxanh.initiatives.models import Adoption, Effect
from aoxanh.initiatives.queries import Wanted
from aoxanh.initiatives.wording import WHAT
from aoxanh.people.actors import Actor
from aoxanh.places import maps
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.sheets.writing import Cell, Workbook
from aoxanh.web import numbers, svg
from aoxanh.web.initiatives.registry import actor_of
from aoxanh.web.sheets.files import XLSX

WIDTHS = [44, 22, 18, 30, 14, 10, 10, 12, 60]
SHOWN = 300


@require_safe
@never_cache
def portfolio(request: HttpRequest) -> HttpResponse:
    """Show what a province (or the nation, or a commune) proposes and copies."""
    actor, place = _read(request)
    copies = list(adoption_queries.adoptions_in(place))
    months = adoption_queries.by_month(copies)
    lines = _lines(actor, place, copies)
    page = {
        "place": place,
        "provinces": places.provinces(),
        "lines": lines[:SHOWN],
        "total": len(lines),
        "running": sum(copy.is_running for copy in copies),
        "stopped": [copy for copy in copies if not copy.is_running][:20],
        "communes": len({copy.commune_id for copy in copies if copy.is_running}),
        "chart": _chart(months) if months else "",
        "first": months[0][0] if months else None,
        "last": months[-1][0] if months else None,
        "map": _map(place, copies),
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
        ]
        sheet = book.sheet(_("Portfolio")[:31], titles, WIDTHS)
        for line in _lines(actor, place, copies):
            sheet.add(_row(line))
        titles = [
            _("Model"),
            _("Commune code"),
            _("Commune"),
            _("First day"),
            _("Last day"),
            _("What was adapted"),
            _("Why it stopped"),
        ]
        sheet = book.sheet(_("Copies")[:31], titles, [44, 10, 36, 12, 12, 50, 50])
        for copy in copies:
            sheet.add(_copy_row(copy))
        book.close()
        return FileResponse(
            path.open("rb"), as_attachment=True, filename=f"mo-hinh-{place.code}.xlsx", content_type=XLSX
        )


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


def _chart(months: list[tuple[date, int]]) -> SafeString:
    bars = [svg.Bar(count, f"{month:%m/%Y}: {numbers.number(count)}") for month, count in months]
    return svg.columns(bars, _("Copies that were running, month by month"))


def _map(place: Place, copies: list[Adoption]) -> SafeString | None:
    """Draw where copies run: communes of a province, or provinces of the nation."""
    if place.level == Place.Level.COMMUNE:
        return None
    national = place.level == Place.Level.NATION
    running = Counter(
        str(copy.commune.parent_id if national else copy.commune_id) for copy in copies if copy.is_running
    )
    plan = maps.national_map() if national else maps.province_map(place.code)
    paths: dict[str, str] = plan["provinces"] if national else plan["communes"]  # type: ignore[typeddict-item]
    names = {below.code: below.full_name for below in places.names_below(place.code)}
    bounds = svg.shade_bounds(running.values())
    shapes = [
        svg.Shape(
            path,
            _said(names.get(code, code), running[code]),
            f"{reverse('portfolio')}?place={code}",
            svg.shade(running[code], bounds),
        )
        for code, path in paths.items()
    ]
    frames = [svg.Frame(inset["label"], inset["box"]) for inset in plan["insets"]]
    return svg.choropleth(plan["viewBox"], shapes, frames, _("Map of where copies run"))


def _said(name: str, count: int) -> str:
    said = ngettext("{count} copy", "{count} copies", count).format(count=numbers.number(count))
    return f"{capfirst(name)}: {said}"


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


def _copy_row(copy: Adoption) -> list[Cell]:
    commune = copy.commune
    days: list[Cell] = [copy.first_day, copy.last_day]
    return [
        str(copy.initiative),
        commune.code,
        capfirst(commune.address),
        *days,
        copy.adapted,
        copy.stopped_why,
    ]
