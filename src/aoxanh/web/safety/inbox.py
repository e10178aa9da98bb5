"""The inbox of fraud reports: what citizens told about a commune or a team, until when it must be answered, and the police's number."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.models import Role
from aoxanh.people.permissions import Permission, may, require
from aoxanh.places import queries as places
from aoxanh.safety import actions, queries
from aoxanh.safety.models import ScamReport
from aoxanh.web.place_choice import chosen_place

SHOWN = 100
STEPS = {
    ScamReport.State.NEW: (ScamReport.State.SEEN, ScamReport.State.HANDLING),
    ScamReport.State.SEEN: (ScamReport.State.HANDLING,),
    ScamReport.State.HANDLING: (),
    ScamReport.State.ANSWERED: (),
}
ROLES = dict(Role.choices)


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the reports within the person's reach: the open ones by deadline, then what was answered."""
    actor = _actor(request)
    choice = chosen_place(actor, Permission.REPORT_READ, request.GET.get("place", ""))
    rows = queries.reports_visible_to(actor, choice.place)
    commune = choice.only or (choice.place if choice.place and choice.place.parent_id else None)
    page = {
        "reports": [_shown(actor, report) for report in rows[:SHOWN]],
        "open": rows.exclude(state=ScamReport.State.ANSWERED).count(),
        "choice": choice,
        "contact_of": commune if commune and may(actor, Permission.CONTACT_EDIT, commune) else None,
        "contact": queries.police_contact(commune) if commune else None,
    }
    return render(request, "safety/inbox.html", page)


@require_safe
@never_cache
def show(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show one report with the next steps."""
    return render(request, "safety/one.html", _shown(_actor(request), _report(request, report_id)))


@require_POST
def move(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Say that a report was seen, is being handled or was answered."""
    actor, report = _actor(request), _report(request, report_id)
    given = request.POST
    try:
        actions.move_report(
            report=report, state=given.get("state", ""), answer=given.get("answer", ""), by=actor
        )
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        page = _shown(actor, report) | {"refusal": refusal, "answer": given.get("answer", "")[:1000]}
        return render(request, "safety/one.html", page, status=refusal.status)
    messages.success(request, _("Noted; thank you."))
    return redirect("scam_report", report_id=report_id)


@require_POST
def contact(request: HttpRequest, commune: str) -> HttpResponse:
    """Keep under which number citizens of a commune reach its police."""
    place = places.place_by_code(commune)
    require(_actor(request), Permission.CONTACT_EDIT, place)
    try:
        actions.set_police_contact(
            commune=place,
            office=request.POST.get("office", ""),
            number=request.POST.get("number", ""),
            by=_actor(request),
        )
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("Saved. Citizens see it on the badge’s page."))
    return redirect("scam_reports")


def _shown(actor: Actor, report: ScamReport) -> dict[str, Any]:
    handles = queries.may_handle(actor, report)
    return {
        "report": report,
        "steps": [(state, ScamReport.State(state).label) for state in STEPS[ScamReport.State(report.state)]]
        if handles
        else [],
        "may_answer": handles and report.is_open,
        "handler": ROLES.get(report.handler, ""),
    }


def _report(request: HttpRequest, report_id: UUID) -> ScamReport:
    report = queries.report_visible_to(_actor(request), report_id)
    if report is None:
        raise Http404
    return report


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
