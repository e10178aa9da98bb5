"""Publishing a new version of a card, confirming one, and letting one procedure take another's place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.procedures import actions, queries
from aoxanh.procedures.card import plain
from aoxanh.procedures.errors import CardInvalid, EditConflict, UnknownProcedure
from aoxanh.procedures.rules import read_card
from aoxanh.web.procedures.form import LINES, fields_of, material_from
from aoxanh.web.procedures.pages import chosen_province, nation

BLANK: dict[str, Any] = {"valid_from": "", "confidence": "medium", "channels": ["online", "in_person"]}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """Edit a card into a new version, for the nation or, with `?province=`, for one province."""
    province = chosen_province(request) if "province" in request.GET else None
    _require(request, province)
    if request.method == "POST" and "more" not in request.POST:
        return _publish(request, code, province)
    if request.method == "POST":
        material = material_from(request.POST)
        return _form(
            request, code, province, material, base=request.POST.get("base", ""), more=request.POST["more"]
        )
    return _form(
        request, code, province, _begun(code, province), base=str(queries.newest_number(code, province))
    )


@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Record who has read the shown version against the law today."""
    version = queries.versions_of(code).filter(number=_number(request.POST.get("version", ""))).first()
    if version is None:
        raise Http404
    _require(request, version.province)
    who = request.POST.get("checked_by", "")
    actions.confirm_version(version_id=version.id, checked_by=who, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Recorded that this version was checked today."))
    return redirect(_address(code, version.province))


@require_POST
def supersede(request: HttpRequest, code: str) -> HttpResponse:
    """Let another procedure take this one's place from today."""
    _require(request, None)
    new = request.POST.get("new", "").strip()[:20]
    try:
        actions.supersede(old=code, new=new, by=request.actor)  # type: ignore[attr-defined]
    except DomainError as refusal:
        messages.error(request, f"{refusal} {refusal.remedy_text}")
        return redirect("procedure_history", code=code)
    messages.success(request, _("{old} now leads on to {new}.").format(old=code, new=new))
    return redirect("procedure", code=new)


def _publish(request: HttpRequest, code: str, province: Place | None) -> HttpResponse:
    material = material_from(request.POST)
    if code:
        material["code"] = code
    base = request.POST.get("base", "")
    try:
        card = read_card(material)
        version = actions.publish_version(card=card, province=province, base=_number(base), by=request.actor)  # type: ignore[attr-defined]
    except CardInvalid as refusal:
        flaws = {_shown_at(flaw.field): flaw.message for flaw in reversed(refusal.flaws)}
        return _form(request, code, province, material, base=base, flaws=flaws, status=422)
    except EditConflict as refusal:
        return _form(request, code, province, material, base=base, conflict=refusal, status=409)
    except DomainError as refusal:
        flaws = {refusal.field or "supersedes": f"{refusal} {refusal.remedy_text}"}
        return _form(request, code, province, material, base=base, flaws=flaws, status=422)
    messages.success(request, _("Version {number} is published.").format(number=version.number))
    return redirect(_address(card.code, province))


def _form(  # noqa: PLR0913 - one page, told everything it shows by name
    request: HttpRequest,
    code: str,
    province: Place | None,
    material: dict[str, Any],
    *,
    base: str,
    flaws: dict[str, str] | None = None,
    conflict: EditConflict | None = None,
    more: str = "",
    status: int = 200,
) -> HttpResponse:
    fields = fields_of(material, more)
    page = {
        "code": code,
        "province": province,
        "base": base,
        "flaws": flaws or {},
        "conflict": conflict,
        **fields,
    }
    page["flaw_list"] = [(field, message) for field, message in (flaws or {}).items()]
    return render(request, "procedures/edit.html", page, status=status)


def _shown_at(field: str) -> str:
    """Return the field of the form that a flaw belongs to: lists of short lines share one box."""
    first = field.partition(".")[0]
    return first if first in LINES else field


def _begun(code: str, province: Place | None) -> dict[str, Any]:
    """Return what the editor begins from: the card that holds for the place, as from today and still to be confirmed."""
    today = clock.today().isoformat()
    if not code:
        return BLANK | {"valid_from": today}
    try:
        card = queries.card_on(code, province=province).card
    except UnknownProcedure as unknown:
        raise Http404 from unknown
    return plain(card) | {"valid_from": today, "confidence": "medium"}


def _require(request: HttpRequest, province: Place | None) -> None:
    try:
        require(request.actor, Permission.PROCEDURE_EDIT, province or nation())  # type: ignore[attr-defined]
    except NotAllowed as refusal:
        raise Http404 from refusal


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _address(code: str, province: Place | None) -> str:
    return reverse("procedure", kwargs={"code": code}) + (
        f"?province={province.code}" if province else "?province="
    )
