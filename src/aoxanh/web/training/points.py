"""The page of a point for its host: the codes on the screen, who is there, ticking names; and checking oneself in on a page."""

import secrets
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7
from aoxanh.people.errors import NotAllowed
from aoxanh.training import actions
from aoxanh.training import point_queries as queries
from aoxanh.training.errors import CannotCheckIn, CodeOver, TooManyTries
from aoxanh.training.event_queries import may_edit
from aoxanh.training.models import Attendance, Point
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.training.event_forms import HostForm

PHONE_COOKIE = "phone"
YEAR = 31_536_000


@require_GET
@never_cache
def show(request: HttpRequest, commune: str, point_id: UUID) -> HttpResponse:
    """Show a point to its host: the codes, who is there, and whom to tick."""
    return _page(request, commune, point_id)


@require_POST
def beat(request: HttpRequest, commune: str, point_id: UUID) -> HttpResponse:
    """Note that the point is there, and give its page the present codes."""
    actor = actor_of(request)
    point = actions.tell_connected(commune=commune, point_id=point_id, by=actor)
    _point, event, place = queries.point_for(actor, commune, point_id)
    page = {
        "point": point,
        "event": event,
        "place": place,
        "people": queries.people_at(point),
        **_codes(request, point),
    }
    return render(request, "training/point_codes.html", page)


@require_POST
def tick(request: HttpRequest, commune: str, point_id: UUID) -> HttpResponse:
    """Note somebody as present whom the host sees there."""
    actor = actor_of(request)
    queries.point_for(actor, commune, point_id)
    try:
        volunteer = UUID(request.POST.get("volunteer", ""))
    except ValueError:
        raise NotAllowed from None
    now = clock.now()
    told = actions.CheckIn(uuid7(), now, commune, point_id, volunteer)
    (answer,) = actions.hand_in_attendance(check_ins=[told], sender=actions.Sender(now), by=actor)
    if answer.status == "refused":
        if answer.code == "not_yours":
            raise NotAllowed
        return _page(request, commune, point_id, error=_refusal(answer.code))
    return redirect("point", commune=commune, point_id=point_id)


@require_POST
def name_host(request: HttpRequest, commune: str, point_id: UUID) -> HttpResponse:
    """Say who answers for a point, as its organiser."""
    actor, form = actor_of(request), HostForm(request.POST)
    queries.point_for(actor, commune, point_id)
    if form.is_valid():
        try:
            point = actions.name_host(commune=commune, point_id=point_id, host=form.account(), by=actor)
        except NotAllowed:
            raise
        except DomainError as error:
            show_refusal(form, error)
        else:
            named = _("It is known now who answers for this point.")
            messages.success(request, named if point.host_id else _("Nobody is named for this point now."))
            return redirect("point", commune=commune, point_id=point_id)
    return _page(request, commune, point_id, host_form=form)


@require_http_methods(["GET", "POST"])
@never_cache
def attend(request: HttpRequest) -> HttpResponse:
    """Take the spoken code from somebody without the field app."""
    actor = actor_of(request)
    if actor.volunteer_id is None:
        raise NotAllowed
    mark = request.COOKIES.get(PHONE_COOKIE, "")[:64] or secrets.token_urlsafe(16)
    answer, error = None, None
    if request.method == "POST":
        now = clock.now()
        told = actions.CheckIn(uuid7(), now, code=request.POST.get("code", "")[:40])
        (answer,) = actions.hand_in_attendance(
            check_ins=[told], sender=actions.Sender(now, phone=mark), by=actor
        )
        error = _refusal(answer.code) if answer.status == "refused" else None
    page = {
        "answer": answer,
        "error": error,
        "why": Attendance.Why(answer.code).label if answer and answer.status == "held" else "",
    }
    response = render(request, "training/attend.html", page, status=error.status if error else 200)
    response.set_cookie(PHONE_COOKIE, mark, max_age=YEAR, samesite="Lax", httponly=True)
    return response


def _refusal(code: str) -> DomainError:
    if code in ("code_over", "no_point"):
        return CodeOver(field="code")
    if code == "too_many_tries":
        return TooManyTries()
    reasons = {
        "not_open": _("check-in is not open yet"),
        "not_then": _("the session is not at this time"),
        "not_volunteer": _("there is no such volunteer"),
    }
    return CannotCheckIn(reason=reasons.get(code, code))


def _page(
    request: HttpRequest,
    commune: str,
    point_id: UUID,
    error: DomainError | None = None,
    host_form: HostForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    point, event, place = queries.point_for(actor, commune, point_id)
    search = request.GET.get("q", "").strip()[:80]
    may_name, hosts = queries.may_name_host(actor, event, place), queries.may_host(actor, point, place)
    page = {
        "point": point,
        "event": event,
        "place": place,
        "edits": may_edit(actor, event),
        "host": queries.host_names([point], actor).get(point.host_id) if point.host_id else "",
        "host_form": host_form or (HostForm() if may_name and point.closed_at is None else None),
        "hosts": hosts,
        "people": queries.people_at(point),
        "away": queries.claimed_away(point),
        "search": search,
        "found": queries.found_to_tick(actor, point, search) if hosts and event.state == "open" else [],
        "error": error,
        **_codes(request, point),
    }
    return render(request, "training/point.html", page, status=error.status if error else 200)


def _codes(request: HttpRequest, point: Point) -> dict[str, Any]:
    """Return the present codes, and the one for cameras drawn; a camera opens the field app with it."""
    shown = queries.codes_of(point)
    path = f"{reverse('field:app')}#/attend/{point.commune_code}/{point.id}/{shown.screen}"
    drawn = segno.make(request.build_absolute_uri(path), error="m", micro=False).svg_inline(
        omitsize=True, border=2
    )
    return {"shown": shown, "qr": mark_safe(drawn)}  # noqa: S308 - drawn by us from an address of ours
