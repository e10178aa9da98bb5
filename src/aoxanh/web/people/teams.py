"""Teams of a place, and the page of one team: who leads, who belongs, whose phone holds unsent work."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people import actions, queries
from aoxanh.people.actors import Actor
from aoxanh.people.consent_queries import without_consent
from aoxanh.people.models import Membership, Team
from aoxanh.people.permissions import Permission, may, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.training import certificate_queries as certificates
from aoxanh.web.people.forms import MemberForm, TeamForm, show_refusal
from aoxanh.web.place_choice import chosen_place

PAGE = 100


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the teams the person may see, of one place when it is chosen or there is only one, page by page."""
    actor = actor_of(request)
    choice = chosen_place(actor, Permission.TEAM_READ, request.GET.get("place", ""))
    place = choice.place or choice.only
    teams = Paginator(queries.teams_visible_to(actor, choice.place), PAGE).get_page(request.GET.get("page"))
    may_create = (
        place is not None and place.level == Place.Level.COMMUNE and may(actor, Permission.TEAM_EDIT, place)
    )
    page = {"teams": teams, "choice": choice, "place": place, "may_create": may_create}
    page["may_add"] = may_create and place is not None and may(actor, Permission.VOLUNTEER_EDIT, place)
    return render(request, "people/teams.html", page)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Found a team in the commune named by ?place."""
    actor, place = actor_of(request), place_named(request)
    if place is None or place.level != Place.Level.COMMUNE:
        raise Http404
    require(actor, Permission.TEAM_EDIT, place)
    form = TeamForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            team = actions.create_team(
                commune=place, name=told["name"], kind=Team.Kind(told["kind"]), by=actor
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("team", team_id=team.id)
    return render(request, "people/form.html", {"form": form, "title": _("New team"), "place": place})


@require_GET
def show(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Show a team with the members the person may see."""
    return _team_page(request, _team(request, team_id))


@require_POST
def add(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Let a volunteer join."""
    actor, team = actor_of(request), _team(request, team_id)
    require(actor, Permission.TEAM_EDIT, team.commune)
    form = _member_form(request, team)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.join_team(
                team=team,
                volunteer=told["volunteer"],
                position=Membership.Position(told["position"]),
                by=actor,
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("team", team_id=team.id)
    return _team_page(request, team, form)


@require_POST
def change(request: HttpRequest, team_id: UUID, membership_id: UUID) -> HttpResponse:
    """Give a member another position, or let them leave."""
    actor, team = actor_of(request), _team(request, team_id)
    membership = queries.members_visible_to(actor, team).filter(id=membership_id).first()
    wanted = request.POST.get("position", "")
    if membership is None or wanted not in ("leave", *Membership.Position.values):
        raise Http404
    if wanted == "leave":
        actions.leave_team(membership=membership, by=actor)
    else:
        actions.change_position(membership=membership, position=Membership.Position(wanted), by=actor)
    return redirect("team", team_id=team.id)


def _team(request: HttpRequest, team_id: UUID) -> Team:
    team = queries.teams_visible_to(actor_of(request)).filter(id=team_id).first()
    if team is None:
        raise Http404
    return team


def _team_page(request: HttpRequest, team: Team, form: MemberForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    members = list(queries.members_visible_to(actor, team))
    accounts = {member.volunteer.account_id for member in members}
    devices = queries.devices_visible_to(actor).filter(account__in=accounts).select_related("account")
    may_edit = may(actor, Permission.TEAM_EDIT, team.commune)
    page: dict[str, Any] = {
        "team": team,
        "members": members,
        "devices": devices,
        "may_edit": may_edit,
        "may_add": may(actor, Permission.VOLUNTEER_EDIT, team.commune),
        "may_print": may(actor, Permission.BADGE_PRINT, team.commune, team_id=team.id),
        "positions": Membership.Position.choices,
    }
    page["ending"] = certificates.lapsing(
        queries.volunteers_visible_to(actor).filter(id__in=[member.volunteer_id for member in members])
    )
    page["volunteers"] = set(
        queries.volunteers_visible_to(actor)
        .filter(id__in=[member.volunteer_id for member in members])
        .values_list("id", flat=True)
    )
    page["lacking"] = without_consent(page["volunteers"], clock.today())
    if may_edit and may(actor, Permission.VOLUNTEER_READ, team.commune):
        page["form"] = form or _member_form(request, team)
    return render(request, "people/team.html", page)


def _member_form(request: HttpRequest, team: Team) -> MemberForm:
    near = queries.volunteers_visible_to(actor_of(request), team.commune).exclude(
        memberships__in=queries.members_visible_to(actor_of(request), team).order_by()
    )
    return MemberForm(request.POST if request.method == "POST" else None, volunteers=near)


def actor_of(request: HttpRequest) -> Actor:
    """Return who is looking."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def place_named(request: HttpRequest) -> Place | None:
    """Return the place that ?place= names, if any. Raises UnknownPlace."""
    code = request.GET.get("place", "")
    return places.place_by_code(code) if code else None
