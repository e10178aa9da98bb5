"""Sending a list in, watching it being read, and deciding what of it is stored."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.places import queries as places
from aoxanh.sheets import actions, queries, tasks
from aoxanh.sheets.export import in_words
from aoxanh.sheets.flaws import unfit
from aoxanh.sheets.kinds import kind_named, kinds_exported_by, kinds_imported_by
from aoxanh.sheets.models import SheetImport
from aoxanh.web.people.teams import actor_of

PIECE = 1024 * 1024
SHOWN_BAD = 50


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Offer what may be sent in and taken out, and list the person's own uploads; take one in."""
    actor = actor_of(request)
    if not kinds_imported_by(actor) and not kinds_exported_by(actor):
        raise NotAllowed
    if request.method == "GET":
        return _index_page(request, actor)
    try:
        file = request.FILES.get("file")
        if file is None:
            raise unfit("empty", {})
        sheet = actions.receive_sheet(kind=request.POST.get("kind", ""), content=file.chunks(PIECE), by=actor)
    except NotAllowed:
        raise
    except DomainError as error:
        return _index_page(request, actor, error)
    tasks.read.defer(import_id=str(sheet.id))
    return redirect("sheet", import_id=sheet.id)


@require_GET
def show(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show how far an upload is, then what it would change; htmx asks for the changing part only."""
    sheet = queries.import_of(actor_of(request), import_id)
    return _sheet_page(request, sheet)


@require_POST
def store(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Have the upload stored: all of it, or its good rows."""
    actor = actor_of(request)
    try:
        actions.order_storing(
            import_id=import_id, good_rows_only=request.POST.get("rows") == "good", by=actor
        )
    except DomainError as error:
        if error.status == 404:
            raise
        return _sheet_page(request, queries.import_of(actor, import_id), error)
    tasks.store.defer(import_id=str(import_id))
    return redirect("sheet", import_id=import_id)


@require_POST
def drop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Remove an upload."""
    actions.drop_sheet(import_id=import_id, by=actor_of(request))
    return redirect("sheets")


def _index_page(request: HttpRequest, actor: Actor, error: DomainError | None = None) -> HttpResponse:
    page = {
        "imported": kinds_imported_by(actor),
        "exported": kinds_exported_by(actor),
        "places": places_offered(actor),
        "uploads": [(sheet, kind_named(sheet.kind).title) for sheet in queries.imports_of(actor)[:20]],
        "error": error,
        "chosen": request.POST.get("kind") or request.GET.get("kind", ""),
    }
    return render(request, "sheets/index.html", page, status=error.status if error else 200)


def _sheet_page(request: HttpRequest, sheet: SheetImport, error: DomainError | None = None) -> HttpResponse:
    page: dict[str, Any] = {
        "sheet": sheet,
        "kind": kind_named(sheet.kind),
        "percent": min(99, 100 * sheet.done // sheet.rows) if sheet.rows else 0,
        "error": error,
        "known_left_out": [title for title, known in sheet.left_out if known],
        "unknown_left_out": [title for title, known in sheet.left_out if not known],
    }
    if sheet.state == SheetImport.State.READY:
        page["bad_rows"] = list(queries.bad_rows(sheet, SHOWN_BAD))
        page["sample"], page["sample_titles"] = _sample(sheet)
    if sheet.state == SheetImport.State.REFUSED:
        page["refusal"] = unfit(sheet.refusal["code"], sheet.refusal["facts"])
    part = "sheets/progress.html" if request.headers.get("HX-Request") else "sheets/show.html"
    status = error.status if error else 200
    if request.headers.get("HX-Request") and not sheet.is_at_work:
        # The rest of the page follows from what was found, so it is loaded whole.
        answer = HttpResponse(status=200)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, part, page, status=status)


def _sample(sheet: SheetImport) -> tuple[list[tuple[Any, list[str]]], list[str]]:
    """Return the first rows as they would be stored, in the columns that the file filled."""
    hidden = {"fold", "sort_key", "team_fold", "id", "volunteer_id"}
    rows = queries.good_rows(sheet, 20)
    values = [(row, queries.values_of(sheet, row)) for row in rows]
    names = [name for name in kind_named(sheet.kind).layout.stored if name not in hidden]
    filled = [name for name in names if any(told[name] not in ("", "-") for _row, told in values)]
    codes = {told[name] for _row, told in values for name in filled if name in _PLACES}
    addresses = places.addresses_of(codes)
    columns = kind_named(sheet.kind).layout.columns
    titles = [_("Place") if name in _PLACES else columns[name].title for name in filled]
    return [(row, [_shown(name, told[name], addresses) for name in filled]) for row, told in values], titles


_PLACES = ("home", "commune", "place")


def _shown(name: str, value: str, addresses: dict[str, str]) -> str:
    return addresses.get(value, value) if name in _PLACES else in_words(name, value)


def places_offered(actor: Actor) -> list[Any]:
    """Return the places whose lists a person may take out: those of their roles."""
    codes = sorted({grant.place_code for grant in actor.grants})
    if "VN" in codes:
        return list(places.provinces())
    return [places.place_by_code(code) for code in codes]
