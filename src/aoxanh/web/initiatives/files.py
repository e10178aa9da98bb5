"""Materials of an initiative given out and taken in, and the initiative on paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.initiatives import actions, queries
from aoxanh.initiatives.actions import MaterialFacts
from aoxanh.initiatives.errors import UnknownInitiative
from aoxanh.initiatives.papers.sheet import sheet_of
from aoxanh.kernel.errors import DomainError
from aoxanh.web.initiatives.registry import actor_of, shown

PIECE = 65_536
ENDINGS = {
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
}


@require_safe
@never_cache
def material(request: HttpRequest, material_id: UUID) -> HttpResponse:
    """Give a material's file to be saved, never shown within the site."""
    row = queries.material_of(actor_of(request), material_id)
    if row.content is None:
        raise UnknownInitiative
    return file_answer(bytes(row.content), row.content_type, f"material-{str(row.id)[-8:]}")


def file_answer(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file that a browser saves or plays, and never reads as a page."""
    answer = HttpResponse(content, content_type=content_type)
    how = "inline" if content_type.startswith("audio/") else "attachment"
    answer["Content-Disposition"] = f'{how}; filename="{name}.{ENDINGS.get(content_type, "bin")}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def add(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Add a material."""
    actor, given, file = actor_of(request), request.POST, request.FILES.get("file")
    row = queries.initiative_visible_to(actor, initiative_id)
    facts = MaterialFacts(
        title=given.get("title", ""),
        text=given.get("text", ""),
        link=given.get("link", ""),
        file=file.chunks(PIECE) if file else None,
        consent=given.get("consent", ""),
        looked_through=given.get("looked_through") == "on",
    )
    try:
        actions.add_material(initiative=row, facts=facts, by=actor)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        return render(
            request,
            "initiatives/show.html",
            shown(request, actor, row, refusal=refusal),
            status=refusal.status,
        )
    return redirect("initiative", initiative_id=row.id)


@require_POST
def remove(request: HttpRequest, material_id: UUID) -> HttpResponse:
    """Take a material away."""
    actor = actor_of(request)
    row = queries.material_of(actor, material_id)
    actions.remove_material(material=row, by=actor)
    return redirect("initiative", initiative_id=row.initiative_id)


@require_safe
@never_cache
def paper(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Give the initiative as a PDF to print."""
    actor = actor_of(request)
    row = queries.initiative_visible_to(actor, initiative_id)
    address = request.build_absolute_uri(reverse("initiative", args=[row.id]))
    return file_answer(sheet_of(row, address=address), "application/pdf", f"mo-hinh-{str(row.id)[-8:]}")
