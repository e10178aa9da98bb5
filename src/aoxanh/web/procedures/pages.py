"""The finder, the guided card, its history and the VNeID page: public, printable, without JavaScript."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aoxanh.assistant import queries as assistant
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may
from aoxanh.places import queries as places
from aoxanh.places.errors import UnknownPlace
from aoxanh.places.models import Place
from aoxanh.procedures import queries
from aoxanh.procedures.card import shape
from aoxanh.procedures.difference import Difference, differences
from aoxanh.procedures.errors import UnknownProcedure
from aoxanh.procedures.models import ProcedureGroup, ProcedureVersion
from aoxanh.procedures.queries import ShownCard
from aoxanh.web.procedures import labels


@login_not_required
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Search for a procedure, or look through them by group."""
    text = request.GET.get("q", "").strip()[:200]
    province = chosen_province(request)
    cards = assistant.find_procedures(text, province) if text else queries.current_cards(province)
    essential = {service.code for service in queries.essential_services() if service.code}
    rows = [_row(shown, essential) for shown in cards]
    groups = [
        {"name": ProcedureGroup(code).label, "rows": [row for row in rows if row["card"].group == code]}
        for code in ProcedureGroup.values
    ]
    page = {
        "text": text,
        "rows": rows if text else [],
        "groups": [] if text else groups,
        "province": province,
    }
    return render(
        request,
        "procedures/find.html",
        page | {"may_add": may(_actor(request), Permission.PROCEDURE_EDIT, nation())},
    )


@login_not_required
@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the guided card, for a province where one is chosen; `?version=` shows an older one and says so."""
    province = chosen_province(request)
    shown = _numbered(code, request.GET.get("version", "")) or _current(code, province)
    actor = _actor(request)
    page = {
        "shown": shown,
        "card": shown.card,
        "held": shown.version,
        "province": province,
        "provinces": places.provinces() if shown.card.asks_province or shown.version.province_id else (),
        "newer": queries.newer_than(code, shown.version.number, province or shown.version.province),
        "is_over": shown.version.valid_to is not None and shown.version.valid_to <= clock.today(),
        "is_essential": any(service.code == code for service in queries.essential_services()),
        "edits": editable_places(actor, province),
        "may_confirm": may(actor, Permission.PROCEDURE_EDIT, shown.version.province or nation()),
        "words": _words(shown),
    }
    return render(request, "procedures/card.html", page)


@login_not_required
@require_GET
def history(request: HttpRequest, code: str) -> HttpResponse:
    """List every version of a card and show what changed between two of them."""
    versions = list(queries.versions_of(code))
    if not versions:
        raise Http404(code)
    new = _picked(versions, request.GET.get("new", "")) or versions[0]
    old = _picked(versions, request.GET.get("old", "")) or _before(versions, new)
    page = {
        "code": code,
        "versions": versions,
        "old": old,
        "new": new,
        "changes": [_told(item) for item in (differences(shape(old.card), shape(new.card)) if old else ())],
        "superseded_by": queries.successor_of(code),
        "may_supersede": may(_actor(request), Permission.PROCEDURE_EDIT, nation()),
    }
    return render(request, "procedures/history.html", page)


@login_not_required
@require_GET
def vneid(request: HttpRequest) -> HttpResponse:
    """Show what VNeID's levels give, problems and ways out, and what a volunteer may and must never do."""
    try:
        guide = queries.guide("vneid")
    except UnknownProcedure as unknown:
        raise Http404 from unknown
    return render(
        request, "procedures/vneid.html", {"guide": guide.body, "who": labels.WHO, "number": guide.number}
    )


def chosen_province(request: HttpRequest) -> Place | None:
    """Return the province asked for in the address, else the signed-in person's own, else None."""
    code = request.GET.get("province", request.POST.get("province", ""))
    if code == "":
        grants = [grant.place_code for grant in _actor(request).grants if grant.level != "nation"]
        code = min(grants, default="") if "province" not in request.GET else ""
    try:
        place = places.place_by_code(code) if code else None
    except UnknownPlace as unknown:
        raise Http404 from unknown
    if place is None or place.level == Place.Level.NATION:
        return None
    return place.parent if place.level == Place.Level.COMMUNE else place


def editable_places(actor: Actor, province: Place | None) -> list[Place]:
    """Return the nation and the chosen province, as far as the actor may edit cards there."""
    return [place for place in (nation(), province) if place and may(actor, Permission.PROCEDURE_EDIT, place)]


def nation() -> Place:
    """Return the place that national cards belong to."""
    return places.place_by_code("VN")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _current(code: str, province: Place | None) -> ShownCard:
    try:
        return queries.card_on(code, province=province)
    except UnknownProcedure as unknown:
        raise Http404 from unknown


def _numbered(code: str, number: str) -> ShownCard | None:
    if not (number.isascii() and number.isdigit()):
        return None
    version = _picked(list(queries.versions_of(code)), number)
    return queries.shown_version(version) if version else None


def _picked(versions: list[ProcedureVersion], number: str) -> ProcedureVersion | None:
    return next((version for version in versions if str(version.number) == number), None)


def _before(versions: list[ProcedureVersion], new: ProcedureVersion) -> ProcedureVersion | None:
    """Return the version that came before, of the same place if there is one, else the national one."""
    earlier = [version for version in versions if version.number < new.number]
    own = [version for version in earlier if version.province_id == new.province_id]
    return next(iter(own or [version for version in earlier if version.province_id is None]), None)


def _told(change: Difference) -> dict[str, Any]:
    """Return a difference in the words of the page: labels instead of our own words, dates as people write them."""
    pieces = [(piece.kind, labels.told(change.field, piece.text)) for piece in change.pieces]
    return {
        "field": labels.FIELDS.get(change.field, change.field),
        "language": labels.LANGUAGES[change.language],
        "pieces": pieces,
    }


def _row(shown: ShownCard, essential: set[str]) -> dict[str, Any]:
    return {"card": shown.card, "shown": shown, "is_essential": shown.card.code in essential, **_words(shown)}


def _words(shown: ShownCard) -> dict[str, Any]:
    card = shown.card
    return {
        "level": labels.LEVELS[card.online_level],
        "fee": labels.FEES[card.fee.certainty],
        "channels": [labels.CHANNELS[channel] for channel in card.channels],
        "confidence": labels.CONFIDENCE[shown.version.confidence],
        "group": ProcedureGroup(card.group).label,
        "certainty": card.fee.certainty,
        "steps": [{"who": labels.WHO[step.who], "step": step} for step in card.steps],
    }
