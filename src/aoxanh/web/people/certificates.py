"""Certificates on the volunteer's page: recorded and taken back by who answers for the volunteer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from aoxanh.kernel.errors import DomainError
from aoxanh.people.permissions import Permission, require
from aoxanh.training import actions, queries
from aoxanh.training.actions import CertificateFacts
from aoxanh.web.people import volunteers
from aoxanh.web.people.forms import CertificateForm, show_refusal
from aoxanh.web.people.teams import actor_of


@require_POST
def record(request: HttpRequest, volunteer_id: UUID) -> HttpResponse:
    """Record a certificate and go back to the volunteer's page; a refusal is shown there at its field."""
    actor, volunteer = actor_of(request), volunteers.visible(request, volunteer_id)
    require(actor, Permission.CERTIFICATE_EDIT, volunteer.home)
    form = CertificateForm(request.POST)
    if form.is_valid():
        try:
            actions.record_certificate(
                volunteer=volunteer, facts=CertificateFacts(**form.cleaned_data), by=actor
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("volunteer", volunteer_id=volunteer.id)
    return volunteers.page(request, volunteer, certificate_form=form)


@require_POST
def revoke(request: HttpRequest, volunteer_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Take a certificate back."""
    certificate = queries.certificate_with_id(certificate_id)
    if certificate is None or certificate.volunteer_id != volunteer_id:
        raise Http404
    actions.revoke_certificate(certificate=certificate, by=actor_of(request))
    return redirect("volunteer", volunteer_id=volunteer_id)
