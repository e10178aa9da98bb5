"""A guardian's consent on the volunteer's page: recorded, and withdrawn, by who answers for the volunteer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.people import actions
from aoxanh.people import consent_queries as queries
from aoxanh.people.actions import ConsentFacts
from aoxanh.people.permissions import Permission, require
from aoxanh.web.people import volunteers
from aoxanh.web.people.forms import ConsentForm, show_refusal
from aoxanh.web.people.teams import actor_of


@require_POST
def record(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """Record a consent and go back to the volunteer's page; a refusal is shown there at its field."""
    actor, volunteer = actor_of(request), volunteers.visible(request, volunteer_id)
    require(actor, Permission.CONSENT_EDIT, volunteer.home)
    form = ConsentForm(request.POST)
    if form.is_valid():
        try:
            actions.record_consent(volunteer=volunteer, facts=ConsentFacts(**form.cleaned_data), by=actor)
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("volunteer", volunteer_id=volunteer.id)
    return volunteers.page(request, volunteer, consent_form=form)


@require_POST
def withdraw(request: HttpRequest, volunteer_id: UUID, consent_id: UUID) -> HttpResponse:
    """Record that the guardian takes the consent back."""
    consent = queries.consent_with_id(consent_id)
    if consent is None or consent.volunteer_id != volunteer_id:
        raise Http404
    actions.withdraw_consent(consent=consent, by=actor_of(request))
    return redirect("volunteer", volunteer_id=volunteer_id)
