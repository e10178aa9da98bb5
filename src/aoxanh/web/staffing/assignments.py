"""What a person was asked to do and their answer, and for who answers for them the list of who is sent where."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may, places_reached, require
from aoxanh.places import queries as places
from aoxanh.staffing import actions, queries
from aoxanh.staffing.models import Decline
from aoxanh.web.people.teams import actor_of

PAGE = 100


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show volunteers what they are asked to do, and let them say no or be ready again."""
    actor = actor_of(request)
    if actor.volunteer_id is None:
        raise NotAllowed
    page = {
        "assignments": queries.own_assignments(actor)[:20],
        "declines": queries.own_declines(actor),
        "reasons": Decline.Reason.choices,
        "volunteer_id": actor.volunteer_id,
    }
    return render(request, "staffing/mine.html", page)


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """List who is sent where, of a place that the person answers for."""
    actor = actor_of(request)
    reached = places_reached(actor, Permission.VOLUNTEER_READ)
    if reached == []:
        raise NotAllowed
    place = places.place_by_code(request.GET.get("place", "") or (reached[0] if reached else "VN"))
    require(actor, Permission.VOLUNTEER_READ, place)
    rows = Paginator(queries.assignments_visible_to(actor, place), PAGE).get_page(request.GET.get("page"))
    page = {
        "place": place,
        "rows": rows,
        "reasons": Decline.Reason.choices,
        "may_answer": may(actor, Permission.VOLUNTEER_EDIT, place),
        "reads_plans": may(actor, Permission.PLAN_READ, place),
    }
    return render(request, "staffing/sent.html", page)


@require_POST
def decline(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Say no to an assignment, oneself or for somebody who told one so."""
    actor = actor_of(request)
    assignment = queries.assignment_of(actor, assignment_id)
    actions.decline(
        assignment=assignment,
        reason=request.POST.get("reason", ""),
        altogether=request.POST.get("altogether") == "on",
        by=actor,
    )
    if assignment.volunteer_id == actor.volunteer_id:
        messages.success(request, _("Thank you for telling. The coordinator sees it and plans again."))
        return redirect("my_assignment")
    messages.success(request, _("Noted. The coordinator sees it and plans again."))
    return redirect("sent")


@require_POST
def withdraw(request: HttpRequest, decline_id: UUID) -> HttpResponse:
    """Be ready again."""
    actor = actor_of(request)
    said = actions.withdraw_decline(said=queries.decline_of(actor, decline_id), by=actor)
    messages.success(request, _("Thank you. The next plan counts on you again."))
    return redirect("my_assignment" if said.volunteer_id == actor.volunteer_id else "sent")
