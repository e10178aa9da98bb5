"""The lists of who was at an event, and of its points, as files for Excel."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
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
from aoxanh.training import actions, point_queries
from aoxanh.training import event_queries as queries
from aoxanh.training.models import TrainingEvent
from aoxanh.web.people.teams import actor_of
from aoxanh.web.sheets.files import XLSX

WIDTHS = [38, 26, 32, 32, 20, 18, 14, 14]
POINT_WIDTHS = [12, 36, 36, 26, 10, 36, 18, 18, 14]


@require_GET
def attendance_list(request: HttpRequest, event_id: UUID, form: str) -> HttpResponseBase:
    """Give the list of who counts as present, as .xlsx or CSV, to the event's owner; leaves a line in the audit."""
    actor, event = _own(request, event_id, form)
    actions.note_list_read(event=event, what="training.attendance_list", by=actor)
    titles = [_("Volunteer's id"), _("Full name"), _("Commune"), _("Point"), _("How"), _("Arrived at"), _("Handed in late"), _("Clock was wrong")]  # fmt: skip
    return _file(f"diem-danh-{_day(event)}.{form}", _("Attendance"), titles, WIDTHS, _rows(event, actor))


@require_GET
def point_list(request: HttpRequest, event_id: UUID, form: str) -> HttpResponseBase:
    """Give the list of an event's points with their hosts and figures, as .xlsx or CSV, to the event's owner; leaves a line in the audit."""
    actor, event = _own(request, event_id, form)
    actions.note_list_read(event=event, what="training.point_list", by=actor)
    titles = [_("Code of the commune"), _("Commune"), _("Point"), _("Who answers for it"), _("Seats"), _("Link"), _("First connected"), _("Last heard of"), _("People present")]  # fmt: skip
    return _file(
        f"diem-cau-{_day(event)}.{form}", _("Points"), titles, POINT_WIDTHS, _point_rows(event, actor)
    )


def _own(request: HttpRequest, event_id: UUID, form: str) -> tuple[Actor, TrainingEvent]:
    actor = actor_of(request)
    event = queries.event_for(actor, event_id)
    if not queries.may_edit(actor, event):
        raise NotAllowed
    if form not in ("csv", "xlsx"):
        raise Http404
    return actor, event


def _day(event: TrainingEvent) -> str:
    return f"{event.starts_at.astimezone(clock.VIETNAM):%Y%m%d}"


def _file(
    name: str, title: str, titles: list[str], widths: list[int], rows: Iterator[list[Cell]]
) -> HttpResponseBase:
    if name.endswith(".csv"):
        lines = list(csv_lines(titles, rows))
        answer: HttpResponseBase = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        answer = _workbook(name, title, titles, widths, rows)
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


def _point_rows(event: TrainingEvent, actor: Actor) -> Iterator[list[Cell]]:
    points = queries.point_list(event, actor)
    hosts, where = point_queries.host_names(points, actor), point_queries.addresses_of(points)
    for point in points:
        host = hosts.get(point.host_id, _("somebody")) if point.host_id else ""
        yield [
            point.commune_code, where[point.commune_code], point.place, host, point.capacity or "", point.link or event.link,
            _moment(point.connected_at), _moment(point.last_seen_at), point.present,
        ]  # fmt: skip


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y}" if moment else ""


def _workbook(
    name: str, title: str, titles: list[str], widths: list[int], rows: Iterator[list[Cell]]
) -> FileResponse:
    with tempfile.TemporaryDirectory(prefix="aoxanh-sheet-") as folder:
        path = Path(folder) / "list.xlsx"
        book = Workbook(path)
        sheet = book.sheet(title[:31], titles, widths)
        for row in rows:
            sheet.add(row)
        book.close()
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)
