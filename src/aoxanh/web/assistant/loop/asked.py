"""The board of what people ask: procedures, what they want to know, kinds week by week, and what was refused."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.assistant import asked_queries
from aoxanh.assistant.asked_queries import AskedFigures
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.sheets.writing import Cell, Workbook, csv_lines
from aoxanh.web.assistant.loop.words import KINDS, rule_name, slot_name
from aoxanh.web.boards.choice import PERIOD_NAMES, Choice
from aoxanh.web.place_choice import chosen_place
from aoxanh.web.sheets.files import XLSX

WIDTHS = [26, 16, 60, 12]


@require_safe
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """Show what people ask in the chosen place and days."""
    actor, place, choice, figures = _read(request)
    page: dict[str, Any] = {
        "choice": chosen_place(actor, Permission.ASKED_READ, request.GET.get("place", "")),
        "place": place,
        "days": choice,
        "period_names": PERIOD_NAMES,
        "figures": figures,
        "topics": [(line, line.name or line.key) for line in figures.topics.lines],
        "slots": [(line, slot_name(line.key)) for line in figures.slots.lines],
        "refused": [(line, rule_name(line.key)) for line in figures.refused.lines],
        "kinds": list(KINDS.values()),
        "weeks": [(week, [week.counts[kind] for kind in KINDS]) for week in reversed(figures.weeks)],
        "query": f"{choice.query()}&place={place.code}",
    }
    return render(request, "assistant/loop/asked.html", page)


@require_safe
@never_cache
def table(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give the same figures as .xlsx or CSV."""
    if form not in ("csv", "xlsx"):
        raise Http404
    _actor, place, choice, figures = _read(request)
    titles = [_("Table"), _("Code"), _("What"), _("Questions")]
    name = f"ba-con-hoi-gi-{place.code}-{choice.period.first:%Y%m%d}-{choice.period.last:%Y%m%d}.{form}"
    if form == "csv":
        answer: HttpResponseBase = HttpResponse(
            b"".join(csv_lines(titles, _rows(figures))), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    with tempfile.TemporaryDirectory(prefix="aoxanh-asked-") as folder:
        path = Path(folder) / "asked.xlsx"
        book = Workbook(path)
        sheet = book.sheet(_("What people ask")[:31], titles, WIDTHS)
        for row in _rows(figures):
            sheet.add(row)
        book.close()
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)


def _read(request: HttpRequest) -> tuple[Actor, Place, Choice, AskedFigures]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    reached = places_reached(actor, Permission.ASKED_READ)
    if reached == []:
        raise NotAllowed
    choice = Choice.read(request.GET.dict())
    place = places.place_by_code(request.GET.get("place", "") or (reached[0] if reached else "VN"))
    figures = asked_queries.asked_in(actor, place, choice.period.first, choice.period.last)
    return actor, place, choice, figures


def _rows(figures: AskedFigures) -> Iterator[list[Cell]]:
    rest = _("the rest")
    for title, found, name in (
        (_("Procedures"), figures.topics, None),
        (_("What they want to know"), figures.slots, slot_name),
        (_("Refused"), figures.refused, rule_name),
    ):
        for line in found.lines:
            yield [title, line.key, name(line.key) if name else line.name, line.count]
        if found.rest:
            yield [title, "", rest, found.rest]
    for week in figures.weeks:
        for kind, label in KINDS.items():
            if week.counts[kind]:
                yield [_("Week of"), week.first, str(label), week.counts[kind]]
