"""The list of reports with the form that drafts one, and a report as it will be printed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import actions, report_queries
from aoxanh.oversight.models import Report
from aoxanh.oversight.reporting.message import message_of
from aoxanh.oversight.reporting.paper import full_number, name_of, paper_of
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.training.site import site_of

SHOWN = 60
_DAY = {"type": "date"}


class DraftForm(forms.Form):
    """Which report to draft; what fits is decided by the action."""

    place = forms.ChoiceField(label=lazy("Unit"))
    kind = forms.ChoiceField(label=lazy("Kind"), choices=Report.Kind.choices)
    form = forms.ChoiceField(label=lazy("Format"), choices=Report.Form.choices)
    first = forms.DateField(label=lazy("From"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    last = forms.DateField(label=lazy("To"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    language = forms.ChoiceField(label=lazy("Language"), choices=Report.Language.choices)

    def __init__(self, *args: Any, units: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {place.code: place for place in units}
        self.fields["place"].choices = [(place.code, unit_name(place)) for place in units]  # type: ignore[attr-defined]

    def clean_place(self) -> Place:
        return self.units[self.cleaned_data["place"]]


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List one's own reports and those signed below, with the form that drafts a new one."""
    actor = _reader(request)
    return render(request, "reports/list.html", _list(actor, _form(actor)))


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a report from the figures."""
    actor = _reader(request)
    form = _form(actor, request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            report = actions.draft_report(facts=actions.ReportFacts(**form.cleaned_data), by=actor)
        except DomainError as refusal:
            if refusal.status == 404:
                raise
            show_refusal(form, refusal)
        else:
            return redirect("unit_report", report_id=report.id)
    return render(request, "reports/list.html", _list(actor, form), status=400)


@require_POST
def communes(request: HttpRequest) -> HttpResponse:
    """Have the weekly report of every commune below drafted in the background, for the last whole week."""
    actor = _reader(request)
    place = next((unit for unit in _units(actor) if unit.level != Place.Level.COMMUNE), None)
    if place is None:
        raise Http404
    first, last = last_week()
    actions.order_reports(place=place, first=first, last=last, by=actor)
    messages.success(request, _("Ordered. The drafts appear within minutes; each secretary finds their own."))
    return redirect("unit_reports")


@require_safe
@never_cache
def show(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show a report as it is printed, with what can be done with it."""
    actor, report = _reader(request), report_of(request, report_id)
    site = site_of(request)
    is_writer = may(actor, Permission.UNIT_REPORT_WRITE, report.place)
    newer = report_queries.reports_visible_to(actor).filter(replaces=report).first()
    page = {
        "report": report,
        "name": name_of(report),
        "paper": paper_of(report, site=site),
        "message": message_of(report, site=site),
        "may_write": is_writer and report.is_draft,
        "may_sign": report.is_draft and report_queries.signs_for(actor, report.place, report.form),
        "may_correct": is_writer and report.state == Report.State.SIGNED and newer is None,
        "newer": newer,
    }
    return render(request, "reports/show.html", page)


def report_of(request: HttpRequest, report_id: UUID) -> Report:
    """Return a report that the reader may see; absent and forbidden look alike."""
    report = report_queries.report_visible_to(actor_of(request), report_id)
    if report is None:
        raise Http404
    return report


def unit_name(place: Place) -> str:
    """Return a unit as a list names it."""
    return _("the whole country") if place.level == Place.Level.NATION else place.address


def last_week() -> tuple[date, date]:
    """Return Monday and Sunday of the last week that is over."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if places_reached(actor, Permission.UNIT_REPORT_READ) == []:
        raise Http404
    return actor


def _units(actor: Actor) -> list[Place]:
    """Return the units in whose name the person writes: those where they hold an office."""
    reached = places_reached(actor, Permission.UNIT_REPORT_WRITE)
    if reached is None:
        return [places.nation()]
    return [places.place_by_code(code) for code in sorted(reached, key=lambda code: (len(code), code))]


def _form(actor: Actor, given: Any = None) -> DraftForm | None:
    units = _units(actor)
    if not units:
        return None
    first, last = last_week()
    is_desk = not report_queries.signs_for(actor, units[0], Report.Form.UNION)
    form = Report.Form.STATE if is_desk and units[0].level == Place.Level.COMMUNE else Report.Form.UNION
    initial = {"first": first, "last": last, "form": form, "language": (get_language() or "vi")[:2]}
    return DraftForm(given, units=units, initial=initial)


def _list(actor: Actor, form: DraftForm | None) -> dict[str, Any]:
    units = _units(actor)
    codes = [unit.code for unit in units]
    seen = report_queries.reports_visible_to(actor)
    own = seen.filter(place__in=codes) if codes else seen.none()
    below = seen.exclude(place__in=codes).exclude(state=Report.State.CORRECTED)
    upper = next((unit for unit in units if unit.level != Place.Level.COMMUNE), None)
    first, last = last_week()
    return {
        "form": form,
        "own": [_line(report) for report in own[:SHOWN]],
        "below": [_line(report) for report in below[:SHOWN]],
        "upper": upper,
        "first": first,
        "last": last,
        "counted": report_queries.weekly_of_communes(upper, first, last) if upper else None,
    }


def _line(report: Report) -> dict[str, Any]:
    return {"report": report, "name": name_of(report), "number": full_number(report) if report.number else ""}
