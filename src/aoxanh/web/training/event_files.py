"""The list of who was at an event, as a file for Excel."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.places import queries as places
from aoxanh.sheets.writing import Cell, Workbook, csv_lines
from aoxanh.training import actions
from aoxanh.training import event_queries as queries
from aoxanh.training.models import TrainingEvent
from aoxanh.web.people.teams import actor_of
from aoxanh.web.sheets.files import XLSX

WIDTHS = [38, 26, 32, 32, 20, 18, 14, 14]


@require_GET
def attendance_list(request: HttpRequest, event_id: UUID, form: str) -> HttpResponseBase:
    """Give the list of who counts as present, as .xlsx or CSV, to the event's owner; leaves a line in the audit."""
    actor = actor_of(request)
    event = queries.event_for(actor, event_id)
    if not queries.may_edit(actor, event):
        raise NotAllowed
    if form not in ("csv", "xlsx"):
        raise Http404
    actions.note_list_read(event=event, by=actor)
    titles = [_("Volunteer's id"), _("Full name"), _("Commune"), _("Point"), _("How"), _("Arrived at"), _("Handed in late"), _("Clock was wrong")]  # fmt: skip
    name = f"diem-danh-{event.starts_at.astimezone(clock.VIETNAM):%Y%m%d}.{form}"
    if form == "csv":
        lines = list(csv_lines(titles, _rows(event, actor)))
        answer: HttpResponseBase = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        answer = _workbook(name, titles, _rows(event, actor))
    answer["Cache-Control"] = "no-store"
    return answer


def _rows(event: TrainingEvent, actor: Actor) -> Iterator[list[Cell]]:
    found = list(queries.attendance_list(event, actor))
    where = places.addresses_of({row.commune_code for row, _name, _point in found})
    yes = _("yes")
    for row, name, point in found:
        at = f"{row.arrived_at.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y}"
        late, wrong = yes if row.is_late else "", yes if row.clock_off else ""
        yield [
            str(row.volunteer_id),
            name,
            where[row.commune_code],
            point,
            str(row.get_how_display()),
            at,
            late,
            wrong,
        ]


def _workbook(name: str, titles: list[str], rows: Iterator[list[Cell]]) -> FileResponse:
    with tempfile.TemporaryDirectory(prefix="aoxanh-sheet-") as folder:
        path = Path(folder) / "list.xlsx"
        book = Workbook(path)
        sheet = book.sheet(_("Attendance")[:31], titles, WIDTHS)
        for row in rows:
            sheet.add(row)
        book.close()
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)
