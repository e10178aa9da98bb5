"""Changing a report: its text while it is a draft, its signature once, and a correction afterwards."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.oversight import actions, report_queries
from aoxanh.oversight.models import Report
from aoxanh.oversight.reporting.narrative import SECTIONS
from aoxanh.oversight.reporting.numbers import unknown_numbers
from aoxanh.oversight.reporting.paper import headings, name_of
from aoxanh.people import queries as people
from aoxanh.people.permissions import Permission, require
from aoxanh.web.people.forms import show_refusal
from aoxanh.web.people.teams import actor_of
from aoxanh.web.reports.pages import report_of

LONGEST_SECTION = 8_000


class TextForm(forms.Form):
    """The body by section, and when the draft was last changed as the editor saw it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section, heading in zip(SECTIONS, headings(), strict=True):
            self.fields[section] = forms.CharField(
                label=heading, required=False, max_length=LONGEST_SECTION, widget=forms.Textarea({"rows": 9})
            )


class SignForm(forms.Form):
    """As what and under which name it is signed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    position = forms.ChoiceField(label=lazy("Signed as"), choices=Report.Position.choices)
    signer = forms.CharField(label=lazy("Name under the signature"), max_length=120)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show the text of a draft to be written, and store it; numbers that no figure bears out are pointed at."""
    report = _writable(request, report_id)
    initial = {**report.text, "seen": report.edited_at.isoformat()}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        text = {section: form.cleaned_data[section] for section in SECTIONS}
        try:
            saved = actions.edit_report(
                report_id=report.id, text=text, seen=_moment(form.cleaned_data["seen"]), by=actor_of(request)
            )
        except DomainError as refusal:
            _refuse(form, refusal)
        else:
            _point_at_numbers(request, saved)
            return redirect("unit_report", report_id=report.id)
    page = {"report": report, "name": name_of(report), "form": form}
    return render(request, "reports/edit.html", page, status=400 if form.errors else 200)


@require_POST
def refresh(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Compute the figures of a draft anew, and its text with them."""
    report = _writable(request, report_id)
    try:
        actions.refresh_report(report_id=report.id, by=actor_of(request))
    except DomainError as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, _("Figures and text were made anew."))
    return redirect("unit_report", report_id=report.id)


@require_POST
def discard(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    report = _writable(request, report_id)
    try:
        actions.discard_report(report_id=report.id, by=actor_of(request))
    except DomainError as refusal:
        _tell(request, refusal)
        return redirect("unit_report", report_id=report.id)
    return redirect("unit_reports")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask under which name, and sign. Whoever signed in longer ago than five minutes proves again who they are."""
    report = report_of(request, report_id)
    if not report_queries.signs_for(actor_of(request), report.place, report.form):
        raise Http404
    answer: HttpResponse = _sign(request, report)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _sign(request: HttpRequest, report: Report) -> HttpResponse:
    actor = actor_of(request)
    account = people.account_with_id(actor.account_id) if actor.account_id else None
    initial = {
        "seen": report.edited_at.isoformat(),
        "signer": account.display_name if account else "",
        "position": Report.Position.HEAD,
    }
    form = SignForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"seen": _moment(form.cleaned_data["seen"])}
        try:
            actions.sign_report(report_id=report.id, by=actor, **facts)
        except DomainError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Signed. The report has its number and never changes again."))
            return redirect("unit_report", report_id=report.id)
    page = {"report": report, "name": name_of(report), "form": form}
    return render(request, "reports/sign.html", page, status=400 if form.errors else 200)


@require_POST
def correct(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Begin a correction of a signed report."""
    report = report_of(request, report_id)
    require(actor_of(request), Permission.UNIT_REPORT_WRITE, report.place)
    try:
        new = actions.correct_report(
            report_id=report.id, change=request.POST.get("change", ""), by=actor_of(request)
        )
    except DomainError as refusal:
        _tell(request, refusal)
        return redirect("unit_report", report_id=report.id)
    return redirect("unit_report", report_id=new.id)


def _writable(request: HttpRequest, report_id: UUID) -> Report:
    report = report_of(request, report_id)
    require(actor_of(request), Permission.UNIT_REPORT_WRITE, report.place)
    return report


def _point_at_numbers(request: HttpRequest, report: Report) -> None:
    """Say which numbers of the text are in no figure of the report; they may be right, so nothing is refused."""
    unknown = unknown_numbers(report.text, report.figures)
    if unknown:
        text = _(
            "Saved. These numbers of the text are in no figure of the annex: {numbers}. Please check them."
        )
        messages.warning(request, text.format(numbers="; ".join(unknown[:12])))
    else:
        messages.success(request, _("Saved. Every number of the text is in the figures."))


def _moment(text: str) -> datetime:
    """Read when the draft was seen; what is no moment was never it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _refuse(form: forms.Form, refusal: DomainError) -> None:
    if refusal.status == 404:
        raise refusal
    show_refusal(form, refusal)


def _tell(request: HttpRequest, refusal: DomainError) -> None:
    if refusal.status == 404:
        raise refusal
    messages.error(request, f"{refusal} {refusal.remedy_text}".strip())
