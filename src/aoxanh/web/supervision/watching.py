"""What somebody keeps of the boards: saved views, and alerts on a figure of a place's board."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import supervision_queries as queries
from aoxanh.oversight.actions import watching
from aoxanh.oversight.models import AlertRule
from aoxanh.oversight.supervision.board_figures import FIGURES
from aoxanh.oversight.supervision_errors import UnfitView
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission
from aoxanh.places import queries as places
from aoxanh.web.boards.choice import Choice, board_address
from aoxanh.web.place_choice import chosen_place
from aoxanh.web.supervision.inbox import rule_words


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List one's own views and alerts."""
    return render(request, "supervision/watching.html", _page(_actor(request), request.GET.get("place", "")))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a board with its choices under a name, or set an alert."""
    given = request.POST
    try:
        if given.get("kind") == "alert":
            facts = watching.AlertFacts(
                places.place_by_code(given.get("place", "")), given.get("figure", ""), given.get("side", ""),
                _number(given.get("threshold", "")), _whole(given.get("days", "")),
            )  # fmt: skip
            watching.set_alert(facts=facts, by=_actor(request))
        else:
            address = _board(given.get("address", ""))
            watching.save_view(name=given.get("name", ""), address=address, by=_actor(request))
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        page = _page(_actor(request), "") | {"refusal": refusal}
        return render(request, "supervision/watching.html", page, status=refusal.status)
    messages.success(request, _("Saved."))
    return redirect("watching")


@require_POST
def drop_view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Delete a saved view."""
    watching.drop_view(view_id=view_id, by=_actor(request))
    return redirect("watching")


@require_POST
def drop_alert(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Delete an alert."""
    watching.drop_alert(rule_id=rule_id, by=_actor(request))
    return redirect("watching")


def _page(actor: Actor, place: str) -> dict[str, Any]:
    choice = chosen_place(actor, Permission.BOARD_READ, place)
    return {
        "views": queries.own_views(actor),
        "rules": [
            (rule, rule_words(rule), board_address(rule.place_id)) for rule in queries.own_alert_rules(actor)
        ],
        "choice": choice,
        "above": [
            places.place_by_code(grant.place_code) for grant in actor.grants if grant.level == "province"
        ],
        "figures": {key: name for key, (name, _column, _share) in FIGURES.items()},
        "sides": AlertRule.Side.choices,
    }


def _board(address: str) -> str:
    """Return the address of a board and its choices alone, of whatever was sent. Raises UnfitView where it is no board's."""
    try:
        parts = urlsplit(address[:1000])
        name = resolve(parts.path).url_name
        query = QueryDict(parts.query).dict()
    except (Resolver404, ValueError, UnicodeError):
        name, query, parts = None, {}, urlsplit("")
    if name not in ("board", "board_team"):
        raise UnfitView(field="address", reason=_("the address is not that of a board"))
    text = {key: str(value) for key, value in query.items()}
    return f"{parts.path}?{Choice.read(text).query()}"


def _number(text: str) -> float:
    """Read a number as people type it: 1.000 or 12,5. Raises UnfitView."""
    try:
        return float(text.strip()[:20].replace(".", "").replace(",", "."))
    except ValueError:
        raise UnfitView(field="threshold", reason=_("the limit or the days are not a number")) from None


def _whole(text: str) -> int:
    """Read a whole number of at most four digits. Raises UnfitView."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise UnfitView(field="days", reason=_("the limit or the days are not a number"))
    return int(text)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
