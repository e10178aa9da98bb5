"""The files that people take away: templates, lists, and the rows of an upload that are not right."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aoxanh.people.errors import NotAllowed
from aoxanh.places import queries as places
from aoxanh.sheets import queries
from aoxanh.sheets.errors import TooManyRows
from aoxanh.sheets.export import MOST_XLSX_ROWS, export_csv, export_xlsx, write_marked, write_template
from aoxanh.sheets.kinds import kind_named, kinds_exported_by, kinds_imported_by
from aoxanh.web.people.teams import actor_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give the empty list of a kind to those who may send it in."""
    if kind_named(kind) not in kinds_imported_by(actor_of(request)):
        raise NotAllowed
    return _workbook(f"mau-{kind}.xlsx", lambda path: write_template(kind=kind, path=path))


@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give a place's list as .xlsx or, with ?as=csv, as CSV."""
    actor = actor_of(request)
    if kind_named(kind) not in kinds_exported_by(actor):
        raise NotAllowed
    place = places.place_by_code(request.GET.get("place", ""))
    if request.GET.get("as") == "csv":
        # Read whole: the lines must not outlive the request's transaction, which holds its reach.
        lines = list(export_csv(kind=kind, place=place, by=actor))
        answer: HttpResponseBase = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{kind}-{place.code}.csv"'
        answer["Cache-Control"] = "no-store"
        return answer
    try:
        return _workbook(
            f"{kind}-{place.code}.xlsx",
            lambda path: export_xlsx(kind=kind, place=place, path=path, by=actor, most=MOST_XLSX_ROWS),
        )
    except TooManyRows as error:
        return render(request, "errors/refused.html", {"error": error}, status=error.status)


@require_GET
def marked(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Give the rows of an upload that are not right, wrong cells marked."""
    sheet = queries.import_of(actor_of(request), import_id)
    if not sheet.bad:
        raise Http404
    return _workbook("can-sua.xlsx", lambda path: write_marked(sheet=sheet, path=path))


def _workbook(name: str, write: Callable[[Path], object]) -> HttpResponse | FileResponse:
    """Return an .xlsx made for this answer only; its file is gone from the disk before it is sent."""
    with tempfile.TemporaryDirectory(prefix="aoxanh-sheet-") as folder:
        path = Path(folder) / "list.xlsx"
        write(path)
        answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)
    answer["Cache-Control"] = "no-store"
    return answer
