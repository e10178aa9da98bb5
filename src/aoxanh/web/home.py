"""The front page, and the choice of language."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from aoxanh.desk import queries as desk
from aoxanh.kernel import clock
from aoxanh.oversight import queries as oversight
from aoxanh.oversight.periods import named_period
from aoxanh.people.actors import ANONYMOUS, Actor
from aoxanh.people.models import Role
from aoxanh.places import queries as places
from aoxanh.staffing import queries as staffing
from aoxanh.web.boards import words
from aoxanh.web.boards.choice import board_address
from aoxanh.web.boards.confirmed import in_words
from aoxanh.web.middleware import LANGUAGE_COOKIE
from aoxanh.web.navigation import address_of

MOST_BOARDS = 3


@dataclass(frozen=True, slots=True)
class Today:
    """One of the person's own boards in short: today's figures, and how many communes had nothing for a week."""

    name: str
    href: str
    sessions: int
    confirmed: str
    volunteer_days: int
    handed_over: int
    silent: int
    communes: int
    silent_href: str


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show where to go next: each role's own work first; to a visitor, what this is."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    links = {
        name: address_of(name) for name in ("procedures", "places", "teams", "audit", "handovers", "board")
    }
    links["field"] = address_of("field:app")
    if actor.account_id is None:
        return render(request, "home.html", {"links": links})
    boards = oversight.boards_of(actor)[:MOST_BOARDS]
    return render(
        request,
        "home.html",
        {
            "links": links,
            "signed_in": True,
            "boards": [_today(board, actor) for board in boards],
            **_work(actor),
        },
    )


def _today(board: oversight.BoardAddress, actor: Actor) -> Today:
    place = places.place_by_code(board.place_code)
    figures = oversight.figures(place, named_period("today", clock.today()), actor, team_id=board.team_id)
    active, communes = (
        oversight.communes_with_sessions(place, named_period("7days", clock.today()), actor)
        if board.team_id is None
        else (0, 0)
    )
    address = board_address(board.place_code, board.team_id)
    return Today(
        name=words.title(figures),
        href=f"{address}?period=today",
        sessions=figures.sums["sessions"],
        confirmed=in_words(figures.sums),
        volunteer_days=figures.sums["volunteers"],
        handed_over=figures.sums["outcome_handed_over"],
        silent=communes - active,
        communes=communes,
        silent_href=f"{address}?period=7days&sort=sessions&order=asc",
    )


def _work(actor: Actor) -> dict[str, Any]:
    """Return what waits for the person's roles."""
    settles = actor.has_role(Role.PASC_OFFICIAL)
    return {
        "goes_out": actor.has_role(Role.VOLUNTEER, Role.TEAM_LEADER),
        "leads": actor.has_role(Role.TEAM_LEADER, Role.COMMUNE_SECRETARY, Role.PROVINCE_COORDINATOR),
        "audits": actor.has_role(Role.AUDITOR),
        "settles": settles,
        "assignment": staffing.own_assignments(actor).filter(state="holds").first(),
        "waiting": desk.handovers_visible_to(actor).filter(state="waiting").count() if settles else 0,
    }


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language for a year and go back."""
    target = request.POST.get("next", "/")
    safe = target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/"
    response = redirect(safe)
    response.set_cookie(
        LANGUAGE_COOKIE,
        "en" if request.POST.get("language") == "en" else "vi",
        max_age=31_536_000,
        samesite="Lax",
        httponly=True,
    )
    return response
