"""The boards: nation, province, commune and team, each for whoever may read it, fresh within seconds of a sync."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.kernel.text import fold
from aoxanh.oversight import queries
from aoxanh.oversight.queries import Figures
from aoxanh.people.actors import Actor
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web.boards import hamlets, page, table, waiting, words
from aoxanh.web.boards.choice import PERIOD_NAMES, Choice, board_address


@require_safe
def own_board(request: HttpRequest) -> HttpResponse:
    """Lead to the widest board the person may read."""
    boards = queries.boards_of(_actor(request))
    if not boards:
        raise Http404
    query = request.GET.urlencode()
    return redirect(board_address(boards[0].place_code, boards[0].team_id) + (f"?{query}" if query else ""))


@require_safe
@never_cache
def show(request: HttpRequest, code: str, team_id: UUID | None = None) -> HttpResponse:
    """Show a board; to the page's own polling answer only the figures, or nothing (204) while they are what was seen."""
    choice = Choice.read(request.GET.dict())
    place, actor = places.place_by_code(code), _actor(request)
    is_poll = request.headers.get("HX-Request") == "true"
    if is_poll and request.GET.get("seen") == queries.stamp(place, choice.period, actor, team_id=team_id):
        return HttpResponse(status=204)
    figures = queries.figures(place, choice.period, actor, team_id=team_id)
    usual = queries.usual_days(place, choice.period, actor, team_id=team_id)
    names = page.context(figures, choice, usual)
    if is_poll:
        return render(request, "boards/figures.html", names)
    return render(request, "boards/show.html", names | _frame(figures, choice, actor))


@require_safe
@never_cache
def table_file(request: HttpRequest, code: str, team_id: UUID | None = None) -> HttpResponse:
    """Give every figure of a board's rows as a CSV file that Excel opens in Vietnamese."""
    choice = Choice.read(request.GET.dict())
    figures = queries.figures(places.place_by_code(code), choice.period, _actor(request), team_id=team_id)
    columns = table.columns_for(figures)
    rows = table.in_order(
        table.filled(figures.rows, columns),
        columns,
        choice.sort or "name",
        descending=choice.descending and bool(choice.sort),
    )
    text = table.as_file(figures, [item.row for item in rows], words.heading(figures))
    name = f"ao-xanh-{slugify(fold(words.title(figures)))}-{choice.period.first:%Y%m%d}-{choice.period.last:%Y%m%d}.csv"
    return HttpResponse(
        "\ufeff" + text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _frame(figures: Figures, choice: Choice, actor: Actor) -> dict[str, Any]:
    """Return what stands around the figures and does not change with them."""
    return {
        "title": words.title(figures),
        "trail": _trail(figures, choice, actor),
        "period_names": PERIOD_NAMES,
        "waiting": waiting.shown(figures, choice.query(), actor),
        "hamlets": hamlets.shown(figures, choice.query(), actor),
    }


def _trail(figures: Figures, choice: Choice, actor: Actor) -> list[tuple[str, str]]:
    """Return the boards above this one that the person may read, as (name, address), the widest first."""
    places_above: list[Place] = [] if figures.place.level == Place.Level.NATION else [places.nation()]
    if figures.place.level == Place.Level.COMMUNE and figures.place.parent is not None:
        places_above.append(figures.place.parent)
    if figures.team is not None:
        places_above.append(figures.place)
    return [
        (words.place_name(place), f"{board_address(place.code)}?{choice.query()}")
        for place in places_above
        if queries.may_read(actor, place)
    ]


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
