"""Needs of a place's communes as a table, and the form on which a commune corrects its own."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import ledger_queries
from aoxanh.oversight.periods import Period
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, places_reached, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.staffing import actions, queries
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.models import Need
from aoxanh.staffing.models.needs import Kind
from aoxanh.web.boards.confirmed import in_cell
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.staffing.forms import NeedForm

SHOWN_SHARE = 0.01


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what the communes of a place need, and what the person may do about it."""
    actor = actor_of(request)
    place = _place(request, actor)
    if place.level == Place.Level.NATION:
        return render(
            request, "staffing/provinces.html", {"provinces": places.provinces(), "leads_to": "needs"}
        )
    needs = list(queries.needs_visible_to(actor, place))
    first_ones = queries.priority_communes(place)
    known = {need.commune_id for need in needs}
    page = {
        "place": place,
        "kinds": [Kind(kind).label for kind in KINDS],
        "lines": [_line(need, need.commune_id in first_ones) for need in needs],
        "unknown": [commune for commune in places.communes_below([place.code]) if commune.code not in known],
        "total": _total(needs),
        "unconfirmed": sum(need.state != Need.State.CONFIRMED for need in needs),
        "may_suggest": may(actor, Permission.NEED_EDIT, place),
        "may_confirm": may(actor, Permission.NEED_CONFIRM, place),
        "reads_plans": may(actor, Permission.PLAN_READ, place),
    }
    return render(request, "staffing/needs.html", page)


@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Count anew what the communes of a place need."""
    place = _named(request.POST.get("place", ""))
    count = actions.suggest_needs(place=place, by=actor_of(request))
    text = ngettext(
        "The needs of {count} commune were counted.", "The needs of {count} communes were counted.", count
    )
    messages.success(request, text.format(count=count))
    return redirect(f"{reverse('needs')}?place={place.code}")


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the needs of a province, or of the communes that were ticked."""
    place = _named(request.POST.get("place", ""))
    ticked = request.POST.getlist("commune")[:4000]
    count = actions.confirm_needs(province=place, by=actor_of(request), communes=ticked or None)
    text = ngettext(
        "The needs of {count} commune are confirmed.", "The needs of {count} communes are confirmed.", count
    )
    messages.success(request, text.format(count=count))
    return redirect(f"{reverse('needs')}?place={place.code}")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a commune needs and how it was counted, and take its corrections."""
    actor, commune = actor_of(request), _named(code)
    require(actor, Permission.NEED_READ, commune)
    if commune.level != Place.Level.COMMUNE:
        raise Http404
    if request.method == "POST":
        require(actor, Permission.NEED_EDIT, commune)
    need = queries.need_of(actor, commune)
    form = NeedForm.of(need, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.correct_need(commune=commune, facts=form.facts(), by=actor)
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Saved. The province now confirms it."))
            return redirect("need", code=commune.code)
    page: dict[str, Any] = {"place": commune, "need": need, "form": form, "basis": need.basis if need else {}}
    page["may_edit"] = may(actor, Permission.NEED_EDIT, commune)
    page["spoken"] = _spoken(page["basis"])
    page["confirmed"] = _confirmed(commune, actor) if page["basis"] else ""
    return render(request, "staffing/need.html", page)


def _confirmed(commune: Place, actor: Actor) -> str:
    """Return how much of the last four weeks' sessions citizens confirmed: a need is reckoned from what was reported."""
    last = clock.today() - timedelta(days=1)
    days = Period(last - timedelta(days=27), last)
    return in_cell(ledger_queries.shares(place=commune, days=days, by=actor).confirmed_share)


def _spoken(basis: dict[str, Any]) -> list[tuple[str, int]]:
    shares = basis.get("languages", {})
    names = places.language_names(shares)
    return [
        (str(names[code].name_vi), round(100 * share))
        for code, share in shares.items()
        if code in names and share >= SHOWN_SHARE
    ]


def _line(need: Need, priority: bool) -> dict[str, Any]:  # noqa: FBT001 - one fact of a line
    posts = {post.kind: post for post in need.posts.all()}
    return {
        "need": need,
        "priority": priority,
        "posts": [posts.get(kind) for kind in KINDS],
        "people": sum(post.wanted for post in posts.values()),
        "languages": [f"{item.language.name_vi} {item.speakers}" for item in need.languages.all()],
    }


def _total(needs: list[Need]) -> list[int]:
    sums = dict.fromkeys(KINDS, 0)
    for need in needs:
        for post in need.posts.all():
            sums[post.kind] += post.wanted
    return [*sums.values(), sum(sums.values())]


def _place(request: HttpRequest, actor: Actor) -> Place:
    """Return the place that ?place= names, or the widest that the person reads needs of."""
    reached = places_reached(actor, Permission.NEED_READ)
    if reached == []:
        raise NotAllowed
    code = request.GET.get("place", "") or (reached[0] if reached else "VN")
    place = _named(code)
    require(actor, Permission.NEED_READ, place)
    return place


def _named(code: str) -> Place:
    return places.place_by_code(code)
