"""One commune of a plan, one person of it, and two plans side by side: who, why, and what would change it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.people import deployable
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.staffing import actions, answers, queries
from aoxanh.staffing.actions import Effect, HandEdit
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.answers import Post
from aoxanh.staffing.comparing import Line, Move, Places, lines, moves
from aoxanh.staffing.errors import EditRefused, EditsByProvince, NoSuchPlan
from aoxanh.staffing.models import Plan
from aoxanh.staffing.models.needs import Kind
from aoxanh.staffing.opened import Opened, open_plan
from aoxanh.web import numbers
from aoxanh.web.people.teams import actor_of
from aoxanh.web.staffing import drawing, plans, words

MOST_MOVES, MOST_CANDIDATES = 400, 300


@require_GET
def commune(request: HttpRequest, plan_id: UUID, code: str) -> HttpResponse:
    """Show whom a plan sends to a commune, what is missing there and what would mend it."""
    return _commune(request, _looked_into(request, plan_id), code)


def _commune(request: HttpRequest, plan: Plan, code: str, error: DomainError | None = None) -> HttpResponse:
    opened = _opened(plan, code)
    actor, names = actor_of(request), plans.names_below(plan.place)
    place = places.place_by_code(code)
    line = next(line for line in lines(opened) if line.code == code)
    context: dict[str, Any] = {
        "plan": plan,
        "place": plan.place,
        "commune": place,
        "line": line,
        "posts": [
            (word, Kind(word).label, sent, wanted)
            for word, (sent, wanted) in zip(KINDS, line.posts, strict=True)
        ],
        "people": _people(opened, code, names),
        "missing": _missing(request, opened, line, names),
        "prices": _prices(request, opened, code),
        "candidates": _candidates(opened, code) if request.GET.get("add") else None,
        "kinds": [(word, Kind(word).label) for word in KINDS],
        "may_edit": may(actor, Permission.PLAN_EDIT, plan.place) and plan.state == Plan.State.DRAFT,
        "error": error,
    }
    return render(request, "staffing/commune.html", context, status=error.status if error else 200)


@require_GET
def person(request: HttpRequest, plan_id: UUID, volunteer_id: UUID) -> HttpResponse:
    """Show why a plan puts a person where it does, and why not elsewhere; checked by planning again when asked."""
    actor = actor_of(request)
    plan = _looked_into(request, plan_id)
    opened = open_plan(plan)
    id_ = str(volunteer_id)
    name = deployable.names_of([volunteer_id]).get(volunteer_id)
    if id_ not in opened.number or name is None:
        raise Http404
    names = plans.names_below(plan.place)
    code, kind = opened.places().get(id_, ("", ""))
    reason = answers.why_here(opened, id_)
    context: dict[str, Any] = {
        "plan": plan,
        "place": plan.place,
        "id": volunteer_id,
        "name": name,
        "where": capfirst(names.get(code, code)),
        "where_code": code,
        "kind": words.kind(kind),
        "why": words.why(reason, names) if reason else [],
        "is_pinned": opened.plan.of[opened.number[id_]] < 0,
        "communes": sorted(names.items(), key=lambda item: item[1]),
        "kinds": [(word, Kind(word).label) for word in KINDS],
        **_asked(request, opened, id_),
        "may_edit": may(actor, Permission.PLAN_EDIT, plan.place) and plan.state == Plan.State.DRAFT,
    }
    return render(request, "staffing/person.html", context)


@require_GET
def compare(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Set a plan beside the present or another plan of the same place: figures, communes, who moves."""
    plan = _looked_into(request, plan_id)
    opened = open_plan(plan)
    other = _other(request, plan)
    before: Places = open_plan(other).places() if other else opened.present()
    found, names = moves(before, opened.places()), plans.names_below(plan.place)
    every = lines(opened, before)
    communes = [line for line in every if line.arriving or line.leaving]

    def leads_to(code: str) -> str:
        return reverse("plan_commune", kwargs={"plan_id": plan.id, "code": code})

    context = {
        "plan": plan,
        "place": plan.place,
        "other": other,
        "measures": words.measures(plan.measures, other.measures if other else plan.present),
        "moves": _named(opened, found[:MOST_MOVES], names),
        "more": max(0, len(found) - MOST_MOVES),
        "count": len(found),
        "map": drawing.draw_changes(plan.place_id, every, names, leads_to),
        "legend": drawing.legend_of_changes(),
        "lines": [
            (capfirst(names.get(line.code, line.code)), line)
            for line in sorted(communes, key=lambda line: -(line.arriving + line.leaving))[:100]
        ],
    }
    return render(request, "staffing/compare.html", context)


@require_POST
def edit(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Put a hand edit in, and say at once what it does."""
    actor = actor_of(request)
    plan = queries.plan_of(actor, plan_id)
    code = request.POST.get("commune", "")
    try:
        wanted = HandEdit(
            request.POST.get("verb", ""),
            _uuid(request.POST.get("volunteer", "")),
            code,
            request.POST.get("kind", ""),
        )
        done = actions.edit_plan(plan=plan, edit=wanted, by=actor)
    except NotAllowed:
        raise
    except DomainError as error:
        return plans.page(request, queries.plan_of(actor, plan_id), actor, error)
    messages.success(request, _effect(done, plans.names_below(plan.place)))
    return redirect("plan_commune", plan_id=plan.id, code=code)


@require_POST
def edit_back(request: HttpRequest, plan_id: UUID, edit_id: UUID) -> HttpResponse:
    """Take a hand edit back."""
    actor = actor_of(request)
    plan = queries.plan_of(actor, plan_id)
    try:
        done = actions.take_edit_back(plan=plan, edit_id=edit_id, by=actor)
    except NotAllowed:
        raise
    except DomainError as error:
        return plans.page(request, queries.plan_of(actor, plan_id), actor, error)
    messages.success(request, _effect(done, plans.names_below(plan.place)))
    return redirect("plan", plan_id=plan.id)


def _looked_into(request: HttpRequest, plan_id: UUID) -> Plan:
    """Return a province's plan; the nation's is too large to be opened while somebody waits."""
    plan = queries.plan_of(actor_of(request), plan_id)
    if plan.place.level == Place.Level.NATION:
        raise EditsByProvince
    return plan


def _opened(plan: Plan, code: str) -> Opened:
    opened = open_plan(plan)
    if code not in opened.commune or not opened.is_inside(opened.commune[code]):
        raise Http404
    return opened


def _people(opened: Opened, code: str, names: dict[str, str]) -> list[dict[str, Any]]:
    there = {UUID(each.id): each for each in opened.sent if each.commune == code}
    present = opened.present()
    return [
        {
            "id": id_,
            "name": name,
            "kind": words.kind(there[id_].kind),
            "kind_word": there[id_].kind,
            "home": capfirst(names.get(there[id_].home, "")),
            "km": there[id_].km,
            "stays": present.get(str(id_), ("", ""))[0] == code,
        }
        for id_, name in deployable.in_order_of_names(list(there))
    ]


def _missing(request: HttpRequest, opened: Opened, line: Line, names: dict[str, str]) -> list[dict[str, Any]]:
    found = []
    for each in words.shortages((s for s in opened.row.shortages if s["commune"] == line.code), names):
        remedies = answers.remedies_for(opened, Post(line.code, each["sort"])) if each["is_post"] else []
        asked = request.GET.get("check") == each["sort"]
        number = int(told) if (told := request.GET.get("remedy", "")).isdecimal() and len(told) < 3 else 0
        checked = (
            answers.check_remedy(opened, Post(line.code, each["sort"]), number)
            if asked and remedies
            else None
        )
        found.append(
            each
            | {
                "remedies": [words.remedy(remedy, names) for remedy in remedies],
                "checked": words.checked(checked) if checked else "",
                "number": number,
            }
        )
    return found


def _prices(request: HttpRequest, opened: Opened, code: str) -> dict[str, Any]:
    """Return what one more of each thing would be worth here, and what a requirement costs if that was asked."""
    found = []
    worth = {name: price for name, price in answers.prices_of(opened, code).items() if price > 0}
    for name, price in worth.items():
        word, _space, language = name.partition(" ")
        if word == "speaker":
            tongue = places.language_names([language])
            shown = _("a speaker of {language}").format(
                language=tongue[language].name_vi if language in tongue else language
            )
        elif name in KINDS:
            shown = words.kind(name)
        else:
            shown = _("a team leader") if name == "leader" else _("a half day of work")
        found.append((shown, numbers.number(price)))
    requirement = request.GET.get("without", "")
    checked = answers.check_requirement(opened, code, requirement) if requirement else None
    return {"each": found, "without": requirement, "checked": words.checked(checked) if checked else ""}


def _candidates(opened: Opened, code: str) -> list[tuple[UUID, str]]:
    """Return people of the plan's place to choose from: first who lives here, then who is in reserve."""
    problem, at = opened.plan.problem, opened.commune[code]
    here = (problem.people.home == at).nonzero()[0].tolist()
    reserve = ((opened.plan.where < 0) & problem.people.available).nonzero()[0].tolist()
    ids = [UUID(problem.people.ids[number]) for number in dict.fromkeys([*here, *reserve])]
    return deployable.in_order_of_names(ids[:MOST_CANDIDATES])


def _asked(request: HttpRequest, opened: Opened, id_: str) -> dict[str, Any]:
    """Return the answer to "why not there", with what planning again says when that was asked."""
    code, kind = request.GET.get("commune", ""), request.GET.get("kind", "")
    if code not in opened.commune or kind not in KINDS:
        return {"asked": None}
    post = Post(code, kind)
    reason = answers.why_not(opened, id_, post)
    already = opened.places().get(id_) == (code, kind)
    checked = None
    if request.GET.get("check") and not reason.rule and not already:
        checked = answers.check_why_not(opened, id_, post)
    return {
        "asked": {"commune": code, "kind": kind},
        "already": already,
        "why_not": words.refusal(reason),
        "may_check": not reason.rule and not already,
        "checked": words.checked(checked) if checked else "",
    }


def _other(request: HttpRequest, plan: Plan) -> Plan | None:
    told = request.GET.get("with", "present")
    if told in ("", "present"):
        return None
    try:
        other = queries.plan_of(actor_of(request), UUID(told))
    except ValueError:
        raise NoSuchPlan from None
    if other.place_id != plan.place_id:
        raise NoSuchPlan
    return other


def _named(opened: Opened, found: list[Move], names: dict[str, str]) -> list[dict[str, Any]]:
    people = deployable.names_of([UUID(move.id) for move in found])
    km = {each.id: each.km for each in opened.sent}
    return [
        {
            "id": UUID(move.id),
            "name": people[UUID(move.id)],
            "was": capfirst(names.get(move.was, move.was)),
            "was_kind": words.kind(move.was_kind) if move.was_kind else "",
            "now": capfirst(names.get(move.now, move.now)),
            "now_kind": words.kind(move.now_kind) if move.now_kind else "",
            "km": km.get(move.id, 0),
        }
        for move in found
        if UUID(move.id) in people
    ]


def _effect(done: Effect, names: dict[str, str]) -> str:
    count = len(done.moves)
    moved = ngettext("{count} person changes place", "{count} people change place", count).format(count=count)
    text = _("Planned again: {moved}, {points} points, {km} km, {matched} places filled.").format(
        moved=moved, points=_signed(done.points), km=_signed(done.km), matched=_signed(done.matched)
    )
    people = deployable.names_of([UUID(move.id) for move in done.moves[:5]])
    nowhere = _("reserve")
    told = [
        f"{people[UUID(move.id)]}: {names.get(move.was, nowhere)} → {names.get(move.now, nowhere)}"
        for move in done.moves[:5]
        if UUID(move.id) in people
    ]
    return f"{text} {'; '.join(told)}{' …' if count > 5 else ''}".strip()


def _signed(number: int) -> str:
    return f"{'+' if number > 0 else ''}{numbers.number(number)}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise EditRefused(reason=_("the person, commune or post is not in this plan.")) from None
