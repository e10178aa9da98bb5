"""What citizens said, for those in charge: shares of each team, complaints with their deadline, and the poster to hang up."""

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import feedback_queries as queries
from aoxanh.oversight.actions.feedback import LONGEST, answer_complaint
from aoxanh.oversight.models import Feedback
from aoxanh.oversight.poster_places import poster_places
from aoxanh.oversight.team_voice import LEAST_HEARD, own_teams
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.web.boards.confirmed import in_cell
from aoxanh.web.place_choice import chosen_place

SHOWN = 50


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show what was said in the person's places, complaints that wait first."""
    return render(request, "feedback/index.html", _page(request, _actor(request)))


@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """Show a team's leader what was said of the teams that are theirs."""
    teams = [
        {
            "own": one,
            "shares": [
                (_("Say they were helped"), in_cell(one.tally.helped)),
                (_("Treated well"), in_cell(one.tally.well)),
                (_("Waited under 15 minutes"), in_cell(one.short)),
            ]
            if one.tally
            else [],
        }
        for one in own_teams(_actor(request))
    ]
    page = {"teams": teams, "days": queries.COUNTED_DAYS, "least": LEAST_HEARD}
    return render(request, "feedback/own.html", page)


@require_POST
def answer(request: HttpRequest, commune: str, feedback_id: UUID) -> HttpResponse:
    """Answer a complaint, which closes it."""
    actor, words = _actor(request), request.POST.get("answer", "")
    try:
        answer_complaint(feedback_id=feedback_id, commune=commune, answer=words, by=actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        typed = {"refusal": refusal, "refused": feedback_id, "typed": words[: 2 * LONGEST]}
        return render(request, "feedback/index.html", _page(request, actor) | typed, status=refusal.status)
    messages.success(request, _("Answered. Whoever kept the address can read it now."))
    return redirect("feedback")


@require_safe
@never_cache
def poster(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Show a team's poster with its QR code, for printing; one for each place where the team serves, so that feedback tells the place."""
    team = people.teams_visible_to(_actor(request)).filter(id=team_id).select_related("commune__parent").first()  # fmt: skip
    if team is None:
        raise Http404
    places, key = poster_places(team), request.GET.get("at", "")
    at = dict(places).get(key, "")
    address = request.build_absolute_uri(reverse("feedback_give", args=[team.id]))
    address += f"?at={key}" if at else ""
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)
    page = {"team": team, "places": places, "key": key, "at": at, "address": address, "qr": mark_safe(drawn)}  # noqa: S308 - drawn by us from an address of ours
    return render(request, "feedback/poster.html", page)


def _page(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    if places_reached(actor, Permission.FEEDBACK_READ) == []:
        raise NotAllowed
    choice = chosen_place(actor, Permission.FEEDBACK_READ, request.GET.get("place", ""))
    rows = list(queries.feedback_visible_to(actor, choice.place)[:SHOWN])
    names = people.display_names_of({row.handler_id for row in rows if row.handler_id})
    return {
        "choice": choice,
        "open": [_card(actor, row, names) for row in rows if row.is_open],
        "closed": [_card(actor, row, names) for row in rows if not row.is_open],
        "tallies": [
            {"tally": one, "helped": in_cell(one.helped), "well": in_cell(one.well)}
            for one in queries.tallies(actor, choice.place)
        ],
        "days": queries.COUNTED_DAYS,
        "longest": LONGEST,
    }


def _card(actor: Actor, row: Feedback, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "row": row,
        "handler": names.get(row.handler_id, "") if row.handler_id else "",
        "is_mine": row.handler_id is not None and row.handler_id == actor.account_id,
        "may_answer": queries.may_answer(actor, row),
    }


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
