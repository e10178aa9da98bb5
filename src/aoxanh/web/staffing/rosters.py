"""The leader's pages: rosters of a team, the week's grid, one shift, and the rostering of a whole place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people import queries as people
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Role, Team
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing import roster_queries as queries
from aoxanh.staffing import roster_tasks as tasks
from aoxanh.staffing.models import Roster
from aoxanh.staffing.patterns import usual_week
from aoxanh.staffing.roster_problem import prepare
from aoxanh.staffing.rostering_words import FLAWS
from aoxanh.staffing.shift_queries import may_sign_up
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.place_choice import chosen_place
from aoxanh.web.staffing.roster_forms import MemberAbsenceForm, PatternForm, WeeksForm
from aoxanh.web.staffing.roster_grid import hours_rows, week_of

PAGE = 100


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """List the teams whose rosters the person may see, and how this week and the next stand; order a place's rosters."""
    actor = actor_of(request)
    reaches = places_reached(actor, Permission.ROSTER_READ) != []
    if not reaches and not (actor.has_role(Role.TEAM_LEADER) and actor.leads):
        raise NotAllowed
    choice = chosen_place(actor, Permission.ROSTER_READ, request.GET.get("place", ""))
    place = choice.place or choice.only
    target = _target(request, place)
    if request.method == "POST" and target is None:
        raise NotAllowed
    form = WeeksForm(request.POST or None)
    if target is not None and form.is_valid():
        try:
            run = actions.order_run(place=target, by=actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except DomainError as error:
            show_refusal(form, error)
        else:
            tasks.carry_out_run.defer(run_id=str(run.id))
            return redirect("roster_run", run_id=run.id)
    rows = people.teams_visible_to(actor, choice.place)
    if not reaches:
        rows = rows.filter(id__in=actor.leads)
    teams = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    monday = clock.today() - timedelta(days=clock.today().weekday())
    ids = [team.id for team in teams]
    this, following = (queries.states_of(actor, ids, day) for day in (monday, monday + timedelta(weeks=1)))
    page = {
        "rows": [(team, this.get(team.id, ""), following.get(team.id, "")) for team in teams],
        "teams": teams, "choice": choice, "place": place, "form": form, "monday": monday, "next": monday + timedelta(weeks=1),
        "target": target, "serves": may_sign_up(actor),
        "runs": queries.runs_of(actor)[:5],
    }  # fmt: skip
    return render(request, "rosters/index.html", page)


def _target(request: HttpRequest, place: Place | None) -> Place | None:
    """Return the place whose rosters the person may have drafted all at once: the chosen one, or their own."""
    codes = places_reached(actor_of(request), Permission.ROSTER_EDIT) or []
    target = place or (places.place_by_code(codes[0]) if len(codes) == 1 else None)
    return target if target is not None and may(actor_of(request), Permission.ROSTER_EDIT, target) else None


@require_GET
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show how far the rostering of a place is; htmx asks for the changing part only."""
    actor = actor_of(request)
    row = queries.run_of(actor, run_id)
    page: dict[str, Any] = {"run": row, "percent": 100 * row.done // row.total if row.total else 0}
    working = row.state != row.State.DONE
    if request.headers.get("HX-Request"):
        if not working:
            return _load_again()
        return render(request, "rosters/run_progress.html", page)
    rosters = list(
        queries.rosters_visible_to(actor)
        .filter(run=row)
        .order_by("team__commune__sort_key", "team__name")[:500]
    )
    counts = queries.counts_of(rosters)
    page |= {"rows": [(roster, *counts[roster.id]) for roster in rosters], "working": working}
    return render(request, "rosters/run.html", page)


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Show a team's rosters; lay out new weeks for it."""
    actor, row = actor_of(request), _team(request, team_id)
    editable = queries.may_edit(actor, row)
    if request.method == "POST" and not editable:
        raise NotAllowed
    form = PatternForm(request.POST or None, usual=usual_week(row)) if editable else None
    if form is not None and form.is_valid():
        told = form.cleaned_data
        try:
            roster = actions.order_roster(
                team=row, first_day=told["first_day"], weeks=told["weeks"], pattern=form.pattern(), by=actor
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            tasks.draft_roster.defer(roster_id=str(roster.id))
            return redirect("roster", roster_id=roster.id)
    live, past = queries.live_rosters_of(actor, row), queries.past_rosters_of(actor, row)
    counts = queries.counts_of([*live, *past])
    page = {
        "team": row, "form": form, "live": [(one, *counts[one.id]) for one in live], "past": [(one, *counts[one.id]) for one in past],
        "open": request.method == "POST" or not live,
    }  # fmt: skip
    return render(request, "rosters/team.html", page)


@require_POST
def absence(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Note that a member cannot come, free their seats, and have the rosters mended that lost somebody."""
    actor, roster = actor_of(request), queries.roster_for(actor_of(request), roster_id)
    if not queries.may_edit(actor, roster.team):
        raise NotAllowed
    form = _absence_form(request, roster)
    if form.is_valid():
        try:
            touched = actions.record_absence(
                team=roster.team,
                volunteer_id=UUID(form.cleaned_data["volunteer"]),
                facts=form.facts(),
                by=actor,
            )
        except NotAllowed:
            raise
        except DomainError as error:
            show_refusal(form, error)
        else:
            have_mended(touched)
            return redirect("roster", roster_id=roster.id)
    return _roster_page(request, roster, absence_form=form)


def have_mended(rosters: list[UUID]) -> None:
    """Have the worker propose how published rosters go on that lost somebody."""
    for roster_id in rosters:
        tasks.mend_roster.defer(roster_id=str(roster_id))


@require_GET
def show(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Show a week of a roster; while it is being drafted htmx asks how far it is."""
    roster = queries.roster_for(actor_of(request), roster_id)
    if request.headers.get("HX-Request"):
        return (
            render(request, "rosters/progress.html", {"roster": roster})
            if roster.is_at_work
            else _load_again()
        )
    return _roster_page(request, roster)


VERBS: dict[str, Callable[..., Roster]] = {
    "publish": actions.publish_roster,
    "again": actions.order_again,
    "mend": actions.order_mend,
    "discard": actions.discard_roster,
}


@require_POST
def do(request: HttpRequest, roster_id: UUID, verb: str) -> HttpResponse:
    """Publish a roster, have it drafted again or mended, or let go of a draft."""
    actor, roster = actor_of(request), queries.roster_for(actor_of(request), roster_id)
    if verb not in VERBS:
        raise Http404
    try:
        done = VERBS[verb](roster=roster, by=actor)
    except NotAllowed:
        raise
    except DomainError as error:
        return _roster_page(request, queries.roster_for(actor, roster_id), error=error)
    if done.is_at_work:
        tasks.draft_roster.defer(roster_id=str(done.id))
    if verb == "discard":
        return redirect("roster_team", team_id=done.team_id)
    return redirect("roster", roster_id=done.id)


def _roster_page(
    request: HttpRequest,
    roster: Roster,
    *,
    error: DomainError | None = None,
    absence_form: forms.Form | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    asked = request.GET.get("week", "")
    this_week = (clock.today() - roster.first_day).days // 7
    prepared = prepare(roster)
    wanted = int(asked) - 1 if asked.isdecimal() and len(asked) < 3 else this_week
    number, weeks, days = week_of(roster, wanted, prepared)
    editable = queries.may_edit(actor, roster.team)
    given, taken = queries.changes_of(roster) if roster.state == Roster.State.DRAFT else ([], [])
    page = {
        "roster": roster, "days": days, "number": number + 1, "weeks": range(1, weeks + 1), "editable": editable,
        "over": roster.last_day < clock.today(), "today": clock.today(), "error": error,
        "given": given, "taken": taken, "flaws": [FLAWS[code] for code, _count in roster.flaws if code in FLAWS],
        "held": queries.counts_of([roster])[roster.id], "hours": hours_rows(roster, prepared),
        "absences": queries.absences_in(roster, [one.id for one in prepared.volunteers.values()]) if editable else [],
        "mend": queries.open_mend_of(roster),
        "absence_form": (absence_form or _absence_form(request, roster)) if editable and roster.state == Roster.State.PUBLISHED else None,
    }  # fmt: skip
    return render(request, "rosters/roster.html", page, status=error.status if error else 200)


def _absence_form(request: HttpRequest, roster: Roster) -> MemberAbsenceForm:
    today = clock.today()
    memberships = people.members_between(roster.team_id, today, max(today, roster.last_day))
    members = {str(each.volunteer_id): each.volunteer.full_name for each in memberships}
    is_post = request.method == "POST" and "volunteer" in request.POST
    return MemberAbsenceForm(request.POST if is_post else None, members=members.items())


def _team(request: HttpRequest, team_id: UUID) -> Team:
    row = people.teams_visible_to(actor_of(request)).filter(id=team_id).first()
    if row is None or not queries.may_read(actor_of(request), row):
        raise NotAllowed
    return row


def _load_again() -> HttpResponse:
    answer = HttpResponse(status=200)
    answer["HX-Refresh"] = "true"
    return answer
