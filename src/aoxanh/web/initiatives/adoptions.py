"""A commune's copy of an initiative: what it adapted, how true it is, and the tools of the named models."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.desk.return_queries import returns_in
from aoxanh.initiatives import actions, adoption_queries
from aoxanh.initiatives.actions import DutyFacts, MeetingFacts, RunFacts
from aoxanh.initiatives.checklists import checklist
from aoxanh.initiatives.errors import UnfitCount
from aoxanh.initiatives.kinds import Kind
from aoxanh.initiatives.life import may_touch
from aoxanh.initiatives.models import Adoption
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.web.initiatives.changes import changes
from aoxanh.web.initiatives.forms import DutyForm, MeetingForm, RunForm
from aoxanh.web.initiatives.registry import actor_of

MARKS = {"0": 0, "1": 1, "2": 2}
SHOWN = 60
TOOLS: dict[str, tuple[str, type[forms.Form]]] = {
    Kind.LITERACY: ("meeting", MeetingForm),
    Kind.LOUDSPEAKER: ("run", RunForm),
    Kind.JOINT_DUTY: ("duty", DutyForm),
}


@require_safe
@never_cache
def show(request: HttpRequest, adoption_id: UUID) -> HttpResponse:
    """Show a copy; what its tools recorded is shown to those who reach the commune."""
    return render(
        request,
        "initiatives/adoption.html",
        _page(actor_of(request), adoption_queries.adoption_of(adoption_id)),
    )


@require_POST
def write(request: HttpRequest, adoption_id: UUID, what: str) -> HttpResponse:
    """Write about a copy: adapted, stopped, a check, or an entry of its tool."""
    actor, copy = actor_of(request), adoption_queries.adoption_of(adoption_id)
    act = WRITES.get(what)
    if act is None:
        raise Http404
    form = next((form(request.POST) for name, form in TOOLS.values() if name == what), None)
    try:
        act(copy, actor, request, form)
    except _UnfitForm:
        return render(request, "initiatives/adoption.html", _page(actor, copy, form=form), status=400)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        page = _page(actor, copy, form=form, refusal=refusal)
        return render(request, "initiatives/adoption.html", page, status=refusal.status)
    messages.success(request, _("Noted; thank you."))
    return redirect("adoption", adoption_id=copy.id)


@require_POST
def later(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Say what learners could still do 30 days later."""
    actor = actor_of(request)
    meeting = adoption_queries.meeting_of(actor, meeting_id)

    def act() -> None:
        asked, could = _number(request, "asked"), _number(request, "could")
        actions.record_later(meeting=meeting, asked=asked, could=could, by=actor)

    return _back(request, meeting.adoption_id, act)


@require_POST
def came(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Say who came because of the loudspeaker."""
    actor = actor_of(request)
    run = adoption_queries.run_of(actor, run_id)
    return _back(
        request,
        run.adoption_id,
        lambda: actions.record_came(run=run, came=_number(request, "came"), by=actor),
    )


@require_safe
@never_cache
def duties(request: HttpRequest) -> HttpResponse:
    """Let the police of a commune count what they activated on joint duties."""
    rows = adoption_queries.duties_to_count(actor_of(request))[:SHOWN]
    return render(request, "initiatives/duties.html", {"rows": rows})


@require_POST
def count(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Take the police's count."""
    actor = actor_of(request)
    try:
        actions.count_activations(duty_id=duty_id, activations=_number(request, "activations"), by=actor)
    except UnfitCount as refusal:
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    return redirect("joint_duties")


def _page(
    actor: Actor, copy: Adoption, *, form: forms.Form | None = None, refusal: DomainError | None = None
) -> dict[str, Any]:
    kind, sees = copy.initiative.kind, adoption_queries.may_see_tools(actor, copy.commune)
    records = copy.is_running and may_touch(actor, Permission.ADOPTION_RECORD, copy.commune)
    tool = TOOLS.get(kind)
    page: dict[str, Any] = {
        "copy": copy,
        "changes": changes(adoption_queries.changes_of(copy)),
        "checks": [(check, _told(kind, check.marks)) for check in copy.checks.all()[:12]],
        "items": checklist(kind),
        "may_edit": copy.is_running and may_touch(actor, Permission.ADOPTION_EDIT, copy.commune),
        "may_record": records,
        "sees": sees,
        "today": clock.today(),
        "refusal": refusal,
        "kind": str(kind),
        "tool": tool[0] if tool else "",
        "form": form or (tool[1]() if tool and records else None),
    }
    if sees:
        page |= {
            "meetings": adoption_queries.meetings_of(copy)[:SHOWN],
            "classes": adoption_queries.classes_of(copy) if kind == Kind.LITERACY else None,
            "runs": adoption_queries.runs_of(copy)[:SHOWN],
            "duties": adoption_queries.duties_of(copy)[:SHOWN],
        }
    if kind == Kind.ONE_TO_ONE and sees and places_reached(actor, Permission.SESSION_READ) != []:
        page["returns"] = returns_in(actor, copy.commune, copy.first_day, copy.last_day or clock.today())
    return page


def _told(kind: str, marks: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(item), marks[item.key]) for item in checklist(kind) if item.key in marks]


class _UnfitForm(Exception):
    """The form says itself what is wrong."""


def _adapt(copy: Adoption, actor: Actor, request: HttpRequest, _form: forms.Form | None) -> None:
    actions.tell_adapted(adoption=copy, adapted=request.POST.get("adapted", ""), by=actor)


def _stop(copy: Adoption, actor: Actor, request: HttpRequest, _form: forms.Form | None) -> None:
    actions.stop_adoption(
        adoption=copy, last_day=clock.today(), why=request.POST.get("stopped_why", ""), by=actor
    )


def _check(copy: Adoption, actor: Actor, request: HttpRequest, _form: forms.Form | None) -> None:
    given = request.POST
    marks = {item.key: MARKS.get(given.get(item.key, ""), -1) for item in checklist(copy.initiative.kind)}
    actions.check_fidelity(adoption=copy, marks=marks, note=given.get("note", ""), by=actor)


def _meeting(copy: Adoption, actor: Actor, _request: HttpRequest, form: forms.Form | None) -> None:
    actions.record_meeting(adoption=copy, facts=MeetingFacts(**_cleaned(form)), by=actor)


def _run(copy: Adoption, actor: Actor, _request: HttpRequest, form: forms.Form | None) -> None:
    actions.record_run(adoption=copy, facts=RunFacts(**_cleaned(form)), by=actor)


def _duty(copy: Adoption, actor: Actor, _request: HttpRequest, form: forms.Form | None) -> None:
    actions.record_duty(adoption=copy, facts=DutyFacts(**_cleaned(form)), by=actor)


WRITES: dict[str, Callable[[Adoption, Actor, HttpRequest, forms.Form | None], None]] = {
    "adapted": _adapt,
    "stopped": _stop,
    "check": _check,
    "meeting": _meeting,
    "run": _run,
    "duty": _duty,
}


def _cleaned(form: forms.Form | None) -> dict[str, Any]:
    if form is None or not form.is_valid():
        raise _UnfitForm
    return dict(form.cleaned_data)


def _number(request: HttpRequest, field: str) -> int:
    text = request.POST.get(field, "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise UnfitCount(field=field, reason=_("write a whole number"))
    return int(text)


def _back(request: HttpRequest, adoption_id: UUID, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, f"{refusal} {refusal.remedy_text}")
    else:
        messages.success(request, _("Noted; thank you."))
    return redirect("adoption", adoption_id=adoption_id)
