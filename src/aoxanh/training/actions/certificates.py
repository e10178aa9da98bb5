"""Recording a certificate, and taking one back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor, system
from aoxanh.people.models import Volunteer
from aoxanh.people.permissions import Permission, require
from aoxanh.privacy.queries import check_text
from aoxanh.training.errors import CertificateRevoked, UnfitCertificate
from aoxanh.training.models import Certificate, SkillGroup

LONGEST_SOURCE = 120
YEARS_AWARDED = 1


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says. `valid_to` is the first day it no longer holds, None for good; `source` the course or decision."""

    group: SkillGroup
    issued_on: date
    source: str
    valid_to: date | None = None


@transaction.atomic
def record_certificate(*, volunteer: Volunteer, facts: CertificateFacts, by: Actor) -> Certificate:
    """Record that a volunteer may hold posts of a skill group. Raises UnfitCertificate, or PersonalData for its source.

    The same certificate told twice stays one.
    """
    require(by, Permission.CERTIFICATE_EDIT, volunteer.home)
    Volunteer.objects.select_for_update(of=("self",)).get(id=volunteer.id)
    source = _fit_source(facts.source)
    if facts.issued_on > clock.today():
        raise UnfitCertificate(field="issued_on", reason=_("it is issued in the future"))
    if facts.valid_to is not None and facts.valid_to <= facts.issued_on:
        raise UnfitCertificate(field="valid_to", reason=_("it ends before it begins"))
    certificate, made = Certificate.objects.get_or_create(
        volunteer=volunteer,
        group=facts.group,
        issued_on=facts.issued_on,
        valid_to=facts.valid_to,
        revoked_on=None,
        defaults={"source": source},
    )
    if made:
        _record(certificate, by, "training.certificate.recorded")
    return certificate


@transaction.atomic
def award_certificate(
    *, volunteer: Volunteer, group: SkillGroup, on: date, source: str, attempt: UUID
) -> Certificate:
    """Give the certificate that a passed quiz earns, for a year; passing twice on one day earns it once.

    The system gives it and nobody's role is asked: the caller has just marked the attempt, which the audit names.
    """
    certificate, made = Certificate.objects.get_or_create(
        volunteer=volunteer,
        group=group,
        issued_on=on,
        valid_to=_years_after(on, YEARS_AWARDED),
        revoked_on=None,
        defaults={"source": _fit_source(source)},
    )
    if made:
        _record(certificate, system("quiz"), "training.certificate.recorded", attempt=attempt)
    return certificate


def _years_after(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, by: Actor) -> Certificate:
    """Take a certificate back from today. Raises CertificateRevoked."""
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("volunteer__home", "group")
    certificate = rows.get(id=certificate.id)
    require(by, Permission.CERTIFICATE_EDIT, certificate.volunteer.home)
    if certificate.revoked_on is not None:
        raise CertificateRevoked
    certificate.revoked_on = clock.today()
    certificate.save(update_fields=["revoked_on"])
    _record(certificate, by, "training.certificate.revoked")
    return certificate


def _fit_source(text: str) -> str:
    source = check_text(" ".join(text.split()), "source")
    if not 0 < len(source) <= LONGEST_SOURCE:
        raise UnfitCertificate(field="source", reason=_("the source is missing or too long"))
    return source


def _record(certificate: Certificate, by: Actor, action: str, **more: UUID) -> None:
    audit.record(
        chain=certificate.volunteer.home_id,
        actor=str(by),
        action=action,
        subject=f"volunteer:{certificate.volunteer_id}",
        details={"certificate": certificate.id, "group": certificate.group_id, **more},
    )
