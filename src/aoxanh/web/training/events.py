"""Training events on pages: the list, scheduling, the live board, points, opening and closing, settling, and the list of who was there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.training import actions, point_queries
from aoxanh.training import event_queries as queries
from aoxanh.training.errors import UnfitEvent
from aoxanh.training.models import TrainingEvent
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.training.event_forms import EventForm, PointForm, PointsForm, account_named

PAGE = 30


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the events that the person may know, the latest first, and the points they answer for."""
    actor = actor_of(request)
    page = {
        "events": Paginator(queries.events_visible_to(actor), PAGE).get_page(request.GET.get("page")),
        "hosted": point_queries.hosted_by(actor),
        "may_schedule": may_schedule(actor),
        "is_volunteer": actor.volunteer_id is not None,
    }
    return render(request, "training/events.html", page)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Schedule a session, or pass on one that the person was at."""
    actor = actor_of(request)
    if not may_schedule(actor):
        raise NotAllowed
    form = EventForm(request.POST if request.method == "POST" else None, actor=actor)
    if form.is_valid():
        try:
            event = actions.schedule_event(facts=form.facts(), by=actor)
        except NotAllowed:
            raise
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("event", event_id=event.id)
    return render(request, "training/event_form.html", {"form": form})


@require_GET
@never_cache
def show(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Show an event with its live board; to the page's own polling answer only the board."""
    actor = actor_of(request)
    event = queries.event_for(actor, event_id)
    if request.headers.get("HX-Request") == "true":
        return render(request, "training/event_board.html", _board(request, event, actor))
    return _page(request, event)


@require_POST
def open_points(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Open a point in each commune of some places, or one more."""
    actor = actor_of(request)
    event = _own(actor, event_id)
    is_one = "commune" in request.POST
    form: PointForm | PointsForm = (
        PointForm(request.POST) if is_one else PointsForm(request.POST, event=event)
    )
    if form.is_valid():
        try:
            count = (
                _add_one(event, form.cleaned_data, actor)
                if is_one
                else _open(event, form.cleaned_data, actor)
            )
        except NotAllowed:
            raise
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(
                request,
                ngettext("{count} point was opened.", "{count} points were opened.", count).format(
                    count=count
                ),
            )
            return redirect("event", event_id=event.id)
    return _page(request, event, **({"point_form": form} if is_one else {"points_form": form}))


@require_POST
def move(request: HttpRequest, event_id: UUID, verb: str) -> HttpResponse:
    """Announce an event, open its check-in, or close it with its minutes."""
    actor = actor_of(request)
    event = _own(actor, event_id)
    try:
        if verb == "announce":
            actions.announce_event(event=event, by=actor)
        elif verb == "open":
            actions.open_check_in(event=event, by=actor)
        elif verb == "close":
            actions.close_event(event=event, minutes=request.POST.get("minutes", ""), by=actor)
        else:
            raise Http404
    except NotAllowed:
        raise
    except DomainError as error:
        return _page(request, event, error=error, minutes=request.POST.get("minutes", ""))
    return redirect("event", event_id=event.id)


@require_POST
def settle(request: HttpRequest, commune: str, attendance_id: UUID) -> HttpResponse:
    """Say whether what was doubtful counts, as the host or the event's owner."""
    row = actions.settle_attendance(
        commune=commune,
        attendance_id=attendance_id,
        counts=request.POST.get("counts") == "yes",
        by=actor_of(request),
    )
    if request.POST.get("from") == "event":
        return redirect("event", event_id=row.event_id)
    return redirect("point", commune=row.commune_code, point_id=row.point_id)


def may_schedule(actor: Actor) -> bool:
    """Tell whether the person may set up sessions: where they schedule, or because they were taught something to pass on."""
    if places_reached(actor, Permission.EVENT_EDIT) != []:
        return True
    teaches = queries.may_teach(actor)
    return teaches and actor.volunteer_id is not None and bool(queries.events_attended(actor.volunteer_id))


def _own(actor: Actor, event_id: UUID) -> TrainingEvent:
    event = queries.event_for(actor, event_id)
    if not queries.may_edit(actor, event):
        raise NotAllowed
    return event


def _open(event: TrainingEvent, told: dict[str, Any], actor: Actor) -> int:
    return actions.open_points(event=event, places_wanted=told["places"], name=told["name"], by=actor)


def _add_one(event: TrainingEvent, told: dict[str, Any], actor: Actor) -> int:
    commune = places.find_places(told["commune"]).only
    if commune is None:
        raise UnfitEvent(field="commune", reason=_("no commune, or more than one, goes by this name"))
    actions.add_point(
        event=event,
        commune=commune,
        name=told["name"],
        capacity=told["capacity"] or 0,
        host=account_named(told["host"]),
        by=actor,
    )
    return 1


def _board(request: HttpRequest, event: TrainingEvent, actor: Actor) -> dict[str, Any]:
    place = _board_place(request, event, actor)
    if place is None:
        return {"event": event, "board": None}
    board = queries.board(event, place, actor)
    names = point_queries.host_names(board.silent, actor)
    where = point_queries.addresses_of(board.silent)
    silent = [
        (point, where[point.commune_code], names.get(point.host_id) if point.host_id else "")
        for point in board.silent
    ]
    return {
        "event": event,
        "board": board,
        "silent": silent,
        "is_commune": place.level == Place.Level.COMMUNE,
    }


def _board_place(request: HttpRequest, event: TrainingEvent, actor: Actor) -> Place | None:
    """Return the place whose board is asked for, else the widest that the person may see of this event."""
    asked = request.GET.get("place", "")
    if asked:
        place = places.place_by_code(asked)
        if not queries.may_watch(actor, place):
            raise NotAllowed
        return place
    if queries.may_watch(actor, event.place):
        return event.place
    reach = places_reached(actor, Permission.EVENT_READ)
    return places.place_by_code(reach[0]) if reach else None


def _page(request: HttpRequest, event: TrainingEvent, **more: Any) -> HttpResponse:
    actor = actor_of(request)
    error: DomainError | None = more.get("error")
    edits = queries.may_edit(actor, event)
    chain = queries.chain_of(event)
    names = people.volunteer_names([one.taught_by_id for one in chain if one.taught_by_id])
    page = {
        **_board(request, event, actor),
        "edits": edits,
        "chain": [
            (one, names.get(one.taught_by_id, ("", ""))[0] if one.taught_by_id else "") for one in chain
        ],
        "passed_on": queries.passed_on(event, actor),
        "held": point_queries.held_at(event, actor) if edits else [],
        "points_form": PointsForm(event=event) if edits else None,
        "point_form": PointForm() if edits else None,
        "course": next((one for one in queries.shelf() if one.code == event.course), None),
        **more,
    }
    return render(request, "training/event.html", page, status=error.status if error else 200)
