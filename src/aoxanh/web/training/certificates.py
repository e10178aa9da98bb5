"""One's own certificates, those of one's people that end soon, and what can be downloaded of each."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aoxanh.people import queries as people
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.sheets.writing import csv_lines
from aoxanh.training import actions, certificate_queries, queries
from aoxanh.training.credentials.codes import code_of
from aoxanh.training.errors import NoPaper
from aoxanh.training.models import Certificate
from aoxanh.training.paper import paper_of
from aoxanh.web.people.teams import actor_of
from aoxanh.web.training.site import site_of

SHOWN = 200


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show one's own certificates, and the first of those of one's people that end within 30 days."""
    actor = actor_of(request)
    seen = people.volunteers_visible_to(actor)
    own = seen.filter(id=actor.volunteer_id).first() if actor.volunteer_id else None
    ending = list(_ending(request)[: SHOWN + 1])
    page = {
        "own": [(one, code_of(one.id)) for one in queries.certificates_of(own)] if own else [],
        "is_volunteer": own is not None,
        "soon": {one.id for one in certificate_queries.lapsing(seen.filter(id=own.id))} if own else set(),
        "ending": ending[:SHOWN],
        "more": len(ending) > SHOWN,
        "leads": bool(actor.leads) or places_reached(actor, Permission.VOLUNTEER_READ) != [],
        "decides": places_reached(actor, Permission.GATE_EDIT) != [],
    }
    return render(request, "training/certificates.html", page)


@require_GET
def ending(request: HttpRequest) -> HttpResponse:
    """Give the certificates of one's people that end within 30 days as CSV."""
    rows = [
        (
            one.volunteer.full_name,
            one.volunteer.home.name,
            str(one.group),
            one.issued_on.isoformat(),
            one.valid_to.isoformat() if one.valid_to else "",
        )
        for one in _ending(request)
    ]
    actions.note_certificates_read(count=len(rows), by=actor_of(request))
    titles = [_("Name"), _("Commune of residence"), _("Skill group"), _("Issued on"), _("No longer holds on")]
    answer = HttpResponse(b"".join(csv_lines(titles, rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="chung-nhan-sap-het-han.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def paper(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Give the certificate as a PDF to its holder and to those who may see the holder. Refused once it holds no longer."""
    certificate = _visible(request, certificate_id)
    if not certificate.holds_today:
        raise NoPaper
    return _download(
        paper_of(certificate, site=site_of(request)), "application/pdf", f"{certificate.group_id}.pdf"
    )


@require_GET
def credential(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Give the signed credential to its holder and to those who may see the holder."""
    token = actions.credential_of(certificate=_visible(request, certificate_id), site=site_of(request))
    return _download(token.encode(), "application/vc+jwt", "chung-nhan.jwt")


def _ending(request: HttpRequest) -> QuerySet[Certificate]:
    actor = actor_of(request)
    seen = people.volunteers_visible_to(actor)
    return certificate_queries.lapsing(seen.exclude(id=actor.volunteer_id) if actor.volunteer_id else seen)


def _visible(request: HttpRequest, certificate_id: UUID) -> Certificate:
    certificate = queries.certificate_with_id(certificate_id)
    seen = certificate and people.volunteers_visible_to(actor_of(request)).filter(id=certificate.volunteer_id)
    if certificate is None or not seen:
        raise Http404
    return certificate


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
