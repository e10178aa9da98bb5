"""Warnings to the teams: published by the centre and the provinces, with who has read them, team by team."""

import csv
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, may, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.safety import actions, notice_queries
from aoxanh.safety.actions import NoticeFacts
from aoxanh.safety.models import SafetyNotice
from aoxanh.safety.notice_queries import TeamShare
from aoxanh.web.people.forms import show_refusal

SHOWN = 200
# A cell that begins like this would be taken for a formula.
FORMULA = ("=", "+", "-", "@", "\t")


class NoticeForm(forms.Form):
    """A warning as it is written; what fits is decided by the action."""

    place = forms.ChoiceField(label=_("Teams of"))
    title_vi = forms.CharField(label=_("title in Vietnamese"), max_length=120)
    text_vi = forms.CharField(
        label=_("text in Vietnamese"), max_length=1500, widget=forms.Textarea({"rows": 4})
    )
    title_en = forms.CharField(label=_("title in English"), max_length=120, required=False)
    text_en = forms.CharField(
        label=_("text in English"), max_length=1500, required=False, widget=forms.Textarea({"rows": 4})
    )
    urgent = forms.BooleanField(label=_("urgent"), required=False)
    last_day = forms.DateField(
        label=_("last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, wide: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in wide}
        self.fields["place"].choices = [(place.code, place.full_name) for place in wide]  # type: ignore[attr-defined]

    def clean_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the warnings that hold where the person reaches, and let who may publish one."""
    actor = _actor(request)
    wide = _publishable(actor)
    form = NoticeForm(request.POST if request.method == "POST" else None, wide=wide) if wide else None
    if request.method == "POST":
        if form is None:
            raise Http404
        notice = _published(form, actor)
        if notice is not None:
            return redirect("safety_notice", notice_id=notice.id)
    rows = notice_queries.notices_watched_by(actor)[:SHOWN]
    return render(request, "safety/notices.html", {"notices": rows, "form": form})


@require_safe
@never_cache
def show(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Show a warning and which teams have read it, those that lack most first."""
    actor, notice = _actor(request), _notice(request, notice_id)
    shares = notice_queries.shares_of(actor, notice)
    page = {
        "notice": notice,
        "shares": shares[:SHOWN],
        "teams": len(shares),
        "whole": sum(share.is_whole for share in shares),
        "members": sum(share.members for share in shares),
        "read": sum(share.read for share in shares),
        "may_withdraw": notice.withdrawn_at is None and may(actor, Permission.NOTICE_PUBLISH, notice.place),
    }
    return render(request, "safety/notice.html", page)


@require_safe
@never_cache
def export(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Give out the teams of a warning with how many have read it, as CSV for a spreadsheet."""
    notice = _notice(request, notice_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notice-{notice.published_at:%Y-%m-%d}.csv"'
    table = csv.writer(response)
    table.writerow([_("Commune code"), _("Commune"), _("Team"), _("Members"), _("Have read it"), "%"])
    for share in notice_queries.shares_of(_actor(request), notice):
        table.writerow(_row(share))
    return response


@require_POST
def withdraw(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Take a warning back."""
    actions.withdraw_notice(notice=_notice(request, notice_id), by=_actor(request))
    return redirect("safety_notice", notice_id=notice_id)


def _row(share: TeamShare) -> list[str | int]:
    team = share.team
    name = f"'{team.name}" if team.name.startswith(FORMULA) else team.name
    return [team.commune_id, team.commune.address, name, share.members, share.read, share.percent]


def _published(form: NoticeForm, actor: Actor) -> SafetyNotice | None:
    if not form.is_valid():
        return None
    try:
        return actions.publish_notice(facts=NoticeFacts(**form.cleaned_data), by=actor)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        show_refusal(form, refusal)
    return None


def _publishable(actor: Actor) -> list[Place]:
    """Return the places whose teams the person may warn: the nation and every province, or their own province."""
    reached = places_reached(actor, Permission.NOTICE_PUBLISH)
    if reached is None:
        return [places.nation(), *places.provinces()]
    return [place for place in places.provinces() if place.code in reached]


def _notice(request: HttpRequest, notice_id: UUID) -> SafetyNotice:
    notice = notice_queries.notices_watched_by(_actor(request)).filter(id=notice_id).first()
    if notice is None:
        raise Http404
    return notice


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
