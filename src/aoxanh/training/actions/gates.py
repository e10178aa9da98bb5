"""Deciding from which day on work of a skill group asks for a certificate."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text
from aoxanh.training.errors import UnfitGate
from aoxanh.training.models import CertificateGate, SkillGroup

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class GateFacts:
    """A decision: `holds_from` is the first day of work that asks for a certificate of the group, None for no day."""

    group: SkillGroup
    holds_from: date | None
    reason: str


@transaction.atomic
def decide_gate(*, place: Place, facts: GateFacts, by: Actor) -> CertificateGate:
    """Decide for a place and all below it; the latest decision that reaches a commune counts. Raises UnfitGate or PersonalData."""
    require(by, Permission.GATE_EDIT, place)
    reason = check_text(" ".join(facts.reason.split()), "reason")
    if not 0 < len(reason) <= LONGEST_REASON:
        raise UnfitGate(field="reason", reason=_("the reason is missing or too long"))
    gate = CertificateGate.objects.create(
        place=place, group=facts.group, holds_from=facts.holds_from, reason=reason
    )
    audit.record(
        chain=place.code,
        actor=str(by),
        action="training.gate.decided",
        subject=f"place:{place.code}",
        details={"group": facts.group.code, "from": facts.holds_from and facts.holds_from.isoformat()},
    )
    return gate
