"""Plans of a place: the list, one plan with its map and figures, and what a coordinator does with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, places_reached, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.staffing import actions, queries, tasks
from aoxanh.staffing.comparing import Line, lines
from aoxanh.staffing.models import Need, Plan
from aoxanh.staffing.opened import Opened, open_plan
from aoxanh.staffing.sentences import STEPS
from aoxanh.web import numbers
from aoxanh.web.people.teams import actor_of
from aoxanh.web.staffing import drawing, words

SHOWN_SHORTAGES, FIRST_SHORTAGES, FIRST_COMMUNES = 40, 8, 12
FULL = 100  # per cent


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """List the plans of a place; take the wish for a new one."""
    actor = actor_of(request)
    place = _place(request, actor)
    error: DomainError | None = None
    if request.method == "POST":
        try:
            plan = actions.draft_plan(place=place, name=request.POST.get("name", ""), by=actor)
        except NotAllowed:
            raise
        except DomainError as refused:
            error = refused
        else:
            tasks.make_plan.defer(plan_id=str(plan.id))
            return redirect("plan", plan_id=plan.id)
    unconfirmed = queries.needs_visible_to(actor, place).exclude(state=Need.State.CONFIRMED).count()
    page = {
        "place": place,
        "plans": queries.plans_visible_to(actor, place)[:50],
        "error": error,
        "may_edit": may(actor, Permission.PLAN_EDIT, place),
        "unconfirmed": unconfirmed,
        "provinces": places.provinces() if places_reached(actor, Permission.PLAN_READ) is None else [],
    }
    return render(request, "staffing/plans.html", page, status=error.status if error else 200)


@require_GET
def show(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show how far a plan is, or what it does; htmx asks for the progress only."""
    actor = actor_of(request)
    plan = queries.plan_of(actor, plan_id)
    if request.headers.get("HX-Request"):
        if not plan.is_at_work:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "staffing/progress.html", _progress(plan))
    return page(request, plan, actor)


@require_POST
def approve(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Approve the communes that were ticked, and publish them when that was the button."""
    actor = actor_of(request)
    plan = queries.plan_of(actor, plan_id)
    try:
        plan = actions.approve_communes(plan=plan, communes=request.POST.getlist("commune")[:4000], by=actor)
        if request.POST.get("then") == "publish" and plan.place.level == Place.Level.NATION:
            tasks.publish.defer(plan_id=str(plan.id), account_id=str(actor.account_id))
            messages.success(request, _("The plan is being published; that takes a minute or two."))
        elif request.POST.get("then") == "publish":
            messages.success(request, _told(actions.publish_plan(plan=plan, by=actor)))
        else:
            messages.success(request, _("The ticked communes are approved."))
    except NotAllowed:
        raise
    except DomainError as error:
        return page(request, queries.plan_of(actor, plan_id), actor, error)
    return redirect("plan", plan_id=plan.id)


@require_POST
def discard(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Let go of a draft."""
    actor = actor_of(request)
    plan = queries.plan_of(actor, plan_id)
    try:
        actions.discard_plan(plan=plan, by=actor)
    except NotAllowed:
        raise
    except DomainError as error:
        return page(request, plan, actor, error)
    return redirect(f"{reverse('plans')}?place={plan.place_id}")


def page(request: HttpRequest, plan: Plan, actor: Actor, error: DomainError | None = None) -> HttpResponse:
    """Return a plan's page; a refusal stands at its top."""
    context: dict[str, Any] = {
        "plan": plan,
        "place": plan.place,
        "error": error,
        "may_edit": may(actor, Permission.PLAN_EDIT, plan.place),
        "may_publish": may(actor, Permission.PLAN_PUBLISH, plan.place),
        "is_nation": plan.place.level == Place.Level.NATION,
        **_progress(plan),
    }
    if plan.answer is not None:
        context |= _figures(plan, actor)
    return render(request, "staffing/plan.html", context, status=error.status if error else 200)


def _figures(plan: Plan, actor: Actor) -> dict[str, Any]:
    names = names_below(plan.place)
    shown = words.shortages(plan.shortages[:SHOWN_SHORTAGES], names)
    found: dict[str, Any] = {
        "measures": words.measures(plan.measures, plan.present),
        "gap": numbers.number(plan.measures.get("gap_pct", 0), 4),
        "shortages": [(shown[:FIRST_SHORTAGES], ""), (shown[FIRST_SHORTAGES:], _("more shortages"))],
        "more_shortages": max(0, len(plan.shortages) - SHOWN_SHORTAGES),
        "flaws": words.flaws(plan.flaws, names),
        "others": queries.plans_visible_to(actor, plan.place).exclude(id=plan.id).exclude(measures={})[:20],
        "declined": queries.declined_since(plan),
    }
    if plan.place.level == Place.Level.NATION:
        found["provinces"] = _nation(plan)
    else:
        opened = open_plan(plan)
        found |= _province(opened, lines(opened), names)
    return found


def _province(opened: Opened, found: list[Line], names: dict[str, str]) -> dict[str, Any]:
    plan = opened.row
    edits = plan.edits.select_related("volunteer", "commune").order_by("made_at")
    rows: list[dict[str, Any]] = [
        {
            "line": line,
            "name": capfirst(names.get(line.code, line.code)),
            "approved": line.code in plan.approved,
            "released": line.code in plan.released,
        }
        for line in sorted(
            found, key=lambda line: (line.covered_pct, not line.priority, names.get(line.code, ""))
        )
    ]

    def leads_to(code: str) -> str:
        return reverse("plan_commune", kwargs={"plan_id": plan.id, "code": code})

    needy = [row for row in rows if _lacks(row["line"])]
    first = needy[:FIRST_COMMUNES]
    shown = {row["line"].code for row in first}
    rest = [row for row in rows if row["line"].code not in shown]
    return {
        "rows": rows,
        "parts": [(first, ""), (rest, _rest(len(rest), after_others=bool(first)))],
        "map": drawing.draw(plan.place_id, found, names, leads_to),
        "legend": drawing.legend(),
        "edits": edits,
        "to_publish": sum(row["approved"] and not row["released"] for row in rows),
    }


def _lacks(line: Line) -> bool:
    return bool(line.covered_pct < FULL or line.below_minimum or line.speakers_short or line.leaders_short)


def _rest(count: int, *, after_others: bool) -> str:
    """Return what leads to the folded communes."""
    if after_others:
        text = ngettext("{count} more commune", "{count} more communes", count)
    else:
        text = ngettext("{count} commune, its need met", "{count} communes, their needs met", count)
    return text.format(count=count)


def _nation(plan: Plan) -> list[dict[str, Any]]:
    """Return the provinces of a nation's plan, the worst covered first."""
    approved, released = (
        {commune.parent_id for commune in places.communes_below(codes)} if codes else set()
        for codes in (plan.approved, plan.released)
    )
    rows = []
    for province in places.provinces():
        wanted, matched, below, sent = plan.measures.get("provinces", {}).get(province.code, [0, 0, 0, 0])
        rows.append(
            {
                "code": province.code,
                "name": capfirst(province.full_name),
                "wanted": wanted,
                "sent": sent,
                "below": below,
                "percent": 100 * matched // wanted if wanted else 100,
                "approved": province.code in approved,
                "released": province.code in released,
            }
        )
    return sorted(rows, key=lambda row: row["percent"])


def _progress(plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "step": STEPS.get(plan.step, ""),
        "percent": 100 * plan.done // plan.total if plan.total else 0,
    }


def names_below(place: Place) -> dict[str, str]:
    """Return the names of a place's communes by code; of the whole country with their province."""
    if place.level == Place.Level.NATION:
        return {commune.code: commune.address for commune in places.communes_below(None)}
    return {name.code: name.full_name for name in places.names_below(place.code)}


def _told(done: actions.Published) -> str:
    text = ngettext(
        "Published: {told} person is told of a new place, {stay} stay, {ended} assignments ended.",
        "Published: {told} people are told of a new place, {stay} stay, {ended} assignments ended.",
        done.told,
    ).format(told=done.told, stay=done.stay, ended=done.ended)
    if done.left_out:
        text += " " + ngettext(
            "{count} person could no longer be sent; begin a new draft to fill the place.",
            "{count} people could no longer be sent; begin a new draft to fill their places.",
            done.left_out,
        ).format(count=done.left_out)
    return text


def _place(request: HttpRequest, actor: Actor) -> Place:
    """Return the place that ?place= names, or the widest whose plans the person reads."""
    reached = places_reached(actor, Permission.PLAN_READ)
    if reached == []:
        raise NotAllowed
    told = request.POST.get("place", "") or request.GET.get("place", "")
    place = places.place_by_code(told or (reached[0] if reached else "VN"))
    require(actor, Permission.PLAN_READ, place)
    return place
