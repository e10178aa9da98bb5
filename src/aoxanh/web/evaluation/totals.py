"""A commune's own figures beside what volunteers recorded, citizens confirmed and checks found, with the answer to the difference."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aoxanh.oversight import total_queries as queries
from aoxanh.oversight.actions.totals import TotalFacts, answer_difference, tell_total
from aoxanh.oversight.indicators import indicators
from aoxanh.oversight.intervals import Share
from aoxanh.oversight.models import OfficialTotal
from aoxanh.oversight.periods import read_day
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web.boards.confirmed import in_cell
from aoxanh.web.evaluation.sent import actor_of, attempt, place_asked, whole

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the official totals of a place beside the other accounts; take a new one, or an answer."""
    actor = actor_of(request)
    if request.method == "POST":
        commune = places.place_by_code(request.POST.get("commune", ""))
        is_answer = request.POST.get("do") == "answer"
        require(actor, Permission.TOTAL_ANSWER if is_answer else Permission.TOTAL_EDIT, commune)
        address = f"{reverse('totals')}?place={commune.code}"
        if is_answer:
            return attempt(request, lambda: _answer(request), _("The answer is stored."), address)
        return attempt(request, lambda: _tell(request, commune), _("The figure is stored."), address)
    place = place_asked(request, Permission.TOTAL_READ)
    rows = queries.totals_visible_to(actor, place)[:SHOWN]
    page: dict[str, Any] = {
        "place": place,
        "lines": [_line(queries.set_beside(row, actor), actor) for row in rows],
        "told_of": _told_of(actor, place),
        "countable": [indicators()[key] for key in queries.countable()],
        "reasons": OfficialTotal.Reason.choices,
    }  # fmt: skip
    return render(request, "evaluation/totals.html", page)


def _told_of(actor: Actor, place: Place) -> list[Place]:
    """Return the communes of which the reader may tell figures here: this one, or those of this province."""
    if not may(actor, Permission.TOTAL_EDIT, place):
        return []
    return [place] if place.level == Place.Level.COMMUNE else list(places.communes_below([place.code]))


def _line(beside: queries.Beside, actor: Actor) -> dict[str, Any]:
    """Return one total with the shares of what was recorded in the same days, each with its interval."""
    return {
        "beside": beside,
        "indicator": indicators()[beside.total.indicator],
        "confirmed": _shown(beside.told.confirmed_share),
        "passed": _shown(beside.told.passed_share),
        "right": _shown(beside.told.first_time_right),
        "right_of": round(beside.told.first_time_right.total),
        "may_answer": may(actor, Permission.TOTAL_ANSWER, beside.total.commune),
    }


def _shown(share: Share) -> str:
    """Return a share as a cell has it; nothing where nobody was asked or nothing checked."""
    return "" if share.value is None else in_cell(share)


def _tell(request: HttpRequest, commune: Place) -> None:
    given = request.POST
    facts = TotalFacts(
        commune=commune,
        indicator=given.get("indicator", ""),
        first_day=read_day(given.get("first_day", ""), "first_day"),
        last_day=read_day(given.get("last_day", ""), "last_day"),
        count=whole(given.get("count", ""), "count"),
        source=given.get("source", ""),
    )
    tell_total(facts=facts, by=actor_of(request))


def _answer(request: HttpRequest) -> None:
    given, actor = request.POST, actor_of(request)
    wanted = given.get("total", "")
    total = next((row for row in queries.totals_visible_to(actor) if str(row.id) == wanted), None)
    if total is None:
        raise Http404
    answer_difference(total=total, reason=given.get("reason", ""), answer=given.get("answer", ""), by=actor)
