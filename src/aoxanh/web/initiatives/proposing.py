"""Proposing an initiative, changing its words, deciding about it, merging it, and beginning a copy."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from aoxanh.initiatives import actions, queries
from aoxanh.initiatives.errors import NotTheSame, UnfitInitiative
from aoxanh.initiatives.models import Initiative
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.places import queries as places
from aoxanh.web.initiatives.forms import InitiativeForm, day_field, initial_of
from aoxanh.web.initiatives.registry import actor_of, proposing_places, shown
from aoxanh.web.people.forms import show_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Take a proposal."""
    actor = actor_of(request)
    offered = proposing_places(actor)
    if not offered:
        raise NotAllowed
    form = InitiativeForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            place = form.places[form.cleaned_data["place"]]
            row = actions.propose(facts=form.facts(), place=place, by=actor)
        except DomainError as refusal:
            _show(form, refusal)
        else:
            messages.success(request, _("Proposed. You see here what is decided about it."))
            return redirect("initiative", initiative_id=row.id)
    return render(request, "initiatives/form.html", {"form": form, "row": None})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Change the words of an initiative that is not recognised yet."""
    actor, row = _row(request, initiative_id)
    if not queries.may_edit(actor, row):
        raise NotAllowed
    given = request.POST if request.method == "POST" else None
    form = InitiativeForm(given, initial=initial_of(row), offered=[row.place])
    if given is not None and form.is_valid():
        try:
            actions.change(initiative=row, facts=form.facts(), by=actor)
        except DomainError as refusal:
            _show(form, refusal)
        else:
            return redirect("initiative", initiative_id=row.id)
    return render(request, "initiatives/form.html", {"form": form, "row": row})


@require_POST
def decide(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Take a step of its life."""
    actor, row = _row(request, initiative_id)
    given = request.POST
    try:
        actions.decide(initiative=row, step=given.get("step", ""), reason=given.get("reason", ""), by=actor)
    except DomainError as refusal:
        return _refused(request, actor, row, refusal)
    messages.success(request, _("Decided, and kept with your reason."))
    return redirect("initiative", initiative_id=row.id)


@require_POST
def merge(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Merge it into another one."""
    actor, row = _row(request, initiative_id)
    try:
        into = queries.with_ids(actor, [_uuid(request.POST.get("into", ""))])
        if not into:
            raise NotTheSame(field="into")
        actions.merge(
            initiative=row, into=next(iter(into.values())), reason=request.POST.get("reason", ""), by=actor
        )
    except DomainError as refusal:
        return _refused(request, actor, row, refusal)
    return redirect("initiative", initiative_id=row.id)


@require_POST
def adopt(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Begin a commune's copy."""
    actor, row = _row(request, initiative_id)
    form = _AdoptForm(request.POST)
    try:
        if not form.is_valid():
            raise UnfitInitiative(field="first_day", reason=_("this day cannot be right"))
        told = form.cleaned_data
        commune = places.place_by_code(told["commune"])
        copy = actions.adopt(
            initiative=row, commune=commune, first_day=told["first_day"], adapted=told["adapted"], by=actor
        )
    except DomainError as refusal:
        return _refused(request, actor, row, refusal)
    return redirect("adoption", adoption_id=copy.id)


class _AdoptForm(forms.Form):
    commune = forms.CharField(max_length=5)
    first_day = day_field("")
    adapted = forms.CharField(max_length=2000, required=False)


def _row(request: HttpRequest, initiative_id: UUID) -> tuple[Actor, Initiative]:
    actor = actor_of(request)
    return actor, queries.initiative_visible_to(actor, initiative_id)


def _refused(request: HttpRequest, actor: Actor, row: Initiative, refusal: DomainError) -> HttpResponse:
    if refusal.status == 404:
        raise refusal
    page = shown(request, actor, row, refusal=refusal, reason=request.POST.get("reason", "")[:1000])
    return render(request, "initiatives/show.html", page, status=refusal.status)


def _show(form: InitiativeForm, refusal: DomainError) -> None:
    if refusal.status == 404:
        raise refusal
    show_refusal(form, refusal)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotTheSame(field="into") from None
