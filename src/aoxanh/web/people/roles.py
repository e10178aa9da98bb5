"""Who holds which role at a place; granting downwards, revoking at once."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.people import actions, queries
from aoxanh.people.errors import AccountUnknown
from aoxanh.people.models import Account, Role
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web.people.account import link_page
from aoxanh.web.people.forms import RoleForm, show_refusal
from aoxanh.web.people.teams import actor_of, place_named

SHOWN = 300


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """List the roles at a place and below, and grant one; a new account ends in its sign-in link."""
    actor = actor_of(request)
    reached = places_reached(actor, Permission.ROLE_GRANT)
    place = place_named(request) or places.place_by_code(
        "VN" if reached is None else next(iter(reached), "VN")
    )
    grantable = queries.roles_grantable(actor, place)
    if not grantable:
        raise Http404
    form = RoleForm(request.POST or None, roles=grantable)
    if form.is_valid():
        try:
            account, is_new = _grant(request, form, place)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return link_page(request, account) if is_new else redirect(f"{request.path}?place={place.code}")
    below = places.children_of(place)
    page = {
        "form": form,
        "place": place,
        "below": below,
        "assignments": queries.roles_held_in(actor, place)[:SHOWN],
        "grantable": grantable,
    }
    return render(request, "people/roles.html", page)


@require_POST
def revoke(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Take a role back."""
    assignment = queries.roles_held_in(actor_of(request)).filter(id=assignment_id).first()
    if assignment is None:
        raise Http404
    actions.revoke_role(assignment=assignment, by=actor_of(request))
    return redirect(f"{reverse('roles')}?place={assignment.place_id}")


@transaction.atomic
def _grant(request: HttpRequest, form: RoleForm, place: Place) -> tuple[Account, bool]:
    actor, told = actor_of(request), form.cleaned_data
    account = queries.account_by_username(told["username"])
    is_new = account is None
    if account is None:
        if not told["display_name"]:
            raise AccountUnknown(field="username")
        account = actions.create_account(
            username=told["username"], display_name=told["display_name"], place=place, by=actor
        )
    actions.grant_role(account=account, role=Role(told["role"]), place=place, by=actor)
    return account, is_new
