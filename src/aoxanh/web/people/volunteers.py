"""The page of a volunteer, and the forms with which they or their secretary keep it right."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.people import actions, queries
from aoxanh.people import consent_queries as consents
from aoxanh.people.models import Volunteer
from aoxanh.people.permissions import Permission, may, places_reached, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.training import queries as training
from aoxanh.web.people.account import link_page
from aoxanh.web.people.forms import (
    DAYS,
    LEVELS,
    REACHES,
    AccountForm,
    CertificateForm,
    ConsentForm,
    NewVolunteerForm,
    SkillsForm,
    VolunteerForm,
    show_refusal,
)
from aoxanh.web.people.teams import actor_of


@require_GET
def show(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """Show a volunteer to themselves and to those who answer for them."""
    return page(request, visible(request, volunteer_id))


@require_POST
def give_account(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """Give a volunteer an account; its sign-in link is shown once."""
    volunteer = visible(request, volunteer_id)
    require(actor_of(request), Permission.VOLUNTEER_EDIT, volunteer.home)
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            account = actions.give_account(
                volunteer=volunteer, username=form.cleaned_data["username"], by=actor_of(request)
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return link_page(request, account)
    return page(request, volunteer, form)


def page(
    request: HttpRequest,
    volunteer: Volunteer,
    form: AccountForm | None = None,
    certificate_form: CertificateForm | None = None,
    consent_form: ConsentForm | None = None,
) -> HttpResponse:
    """Show a volunteer, with a form as it was refused when there is one."""
    actor = actor_of(request)
    answers_for = may(actor, Permission.VOLUNTEER_EDIT, volunteer.home)
    facts = {
        "volunteer": volunteer,
        "teams": queries.memberships_of(volunteer),
        "hours": [
            (day, volunteer.availability >> 2 * number & 1, volunteer.availability >> 2 * number & 2)
            for number, day in enumerate(DAYS)
        ],
        "devices": queries.devices_visible_to(actor).filter(account=volunteer.account_id),
        "may_edit": answers_for or volunteer.id == actor.volunteer_id,
        "answers_for": answers_for and volunteer.account_id not in (None, actor.account_id),
        "lacks_account": answers_for and volunteer.account_id is None,
        "account_form": form or AccountForm(),
        "technology": dict(LEVELS)[volunteer.technology],
        "communication": dict(LEVELS)[volunteer.communication],
        "certificates": training.certificates_of(volunteer),
        "may_certify": may(actor, Permission.CERTIFICATE_EDIT, volunteer.home),
        "certificate_form": certificate_form or CertificateForm(),
        "consents": consents.consents_of(volunteer),
        "lacks_consent": consents.lacks_consent(volunteer),
        "may_consent": may(actor, Permission.CONSENT_EDIT, volunteer.home),
        "consent_form": consent_form or ConsentForm(),
    }
    return render(request, "people/volunteer.html", facts)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Register a volunteer, and give them an account when a name for it is told."""
    communes = _communes(request)
    if not communes.exists():
        raise Http404
    start = {
        "home": request.GET.get("place") or communes.first(),
        "technology": 1,
        "communication": 1,
        "language_0": "vie",
        "tongue_0": 3,
    }
    form = NewVolunteerForm(
        request.POST or None, initial=start, communes=communes, languages=places.languages()
    )
    if form.is_valid():
        try:
            volunteer = _register(request, form)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("volunteer", volunteer_id=volunteer.id)
    return render(request, "people/volunteer_form.html", {"form": form, "title": _("New volunteer")})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """Change a volunteer; they themselves change skills, languages and hours only."""
    actor, volunteer = actor_of(request), visible(request, volunteer_id)
    answers_for = may(actor, Permission.VOLUNTEER_EDIT, volunteer.home)
    if not answers_for and volunteer.id != actor.volunteer_id:
        raise Http404
    form = _edit_form(request, volunteer, whole=answers_for)
    if form.is_valid():
        try:
            facts = form.all_facts(volunteer)
            actions.edit_volunteer(volunteer=volunteer, facts=facts, by=actor)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("volunteer", volunteer_id=volunteer.id)
    return render(
        request,
        "people/volunteer_form.html",
        {"form": form, "title": volunteer.full_name, "volunteer": volunteer},
    )


@transaction.atomic
def _register(request: HttpRequest, form: NewVolunteerForm) -> Volunteer:
    actor, username = actor_of(request), form.cleaned_data["username"]
    volunteer = actions.create_volunteer(facts=form.all_facts(None), by=actor)
    if username:
        actions.give_account(volunteer=volunteer, username=username, by=actor)
    return volunteer


def _edit_form(request: HttpRequest, volunteer: Volunteer, *, whole: bool) -> SkillsForm:
    start: dict[str, Any] = {"technology": volunteer.technology, "communication": volunteer.communication}
    start |= {"reach_km": _offered_reach(volunteer), "willing_abroad": volunteer.willing_abroad}
    start |= {"availability": [bit for bit in range(14) if volunteer.availability >> bit & 1]}
    for row, skill in enumerate(volunteer.language_skills.order_by("-level", "language")):
        start |= {f"language_{row}": skill.language_id, f"tongue_{row}": skill.level}
    more: dict[str, Any] = {"initial": start, "languages": places.languages()}
    if not whole:
        return SkillsForm(request.POST or None, **more)
    start |= {"full_name": volunteer.full_name, "home": volunteer.home, "adult_on": volunteer.adult_on}
    return VolunteerForm(request.POST or None, communes=_communes(request), **more)


def _offered_reach(volunteer: Volunteer) -> int:
    """Return the choice of the form that comes nearest without going farther than what was told."""
    return max(km for km, _label in REACHES if km <= volunteer.reach_km)


def visible(request: HttpRequest, volunteer_id: UUID) -> Volunteer:
    """Return a volunteer whom the person may see, with account and languages; nothing there for others."""
    rows = (
        queries.volunteers_visible_to(actor_of(request))
        .select_related("account")
        .prefetch_related("language_skills__language")
    )
    volunteer = rows.filter(id=volunteer_id).first()
    if volunteer is None:
        raise Http404
    return volunteer


def _communes(request: HttpRequest) -> QuerySet[Place]:
    """Return the communes in which the person registers volunteers."""
    reached = places_reached(actor_of(request), Permission.VOLUNTEER_EDIT)
    return places.communes_below(reached)
