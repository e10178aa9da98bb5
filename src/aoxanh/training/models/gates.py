"""CertificateGate: from which day on work of a skill group asks for a certificate, decision by decision."""

from django.db import models

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place
from aoxanh.training.models.certificates import SkillGroup


class CertificateGate(models.Model):
    """A decision about a place and a skill group; the latest one that reaches a commune counts, and without any the gate holds.

    Who decided stands in the audit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    group = models.ForeignKey(SkillGroup, models.PROTECT, related_name="+", db_index=False)
    holds_from = models.DateField(
        null=True, blank=True, db_comment="First day of work that asks for a certificate; null for none"
    )
    reason = models.CharField(max_length=200, db_comment="Why it was decided so")
    decided_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal="id place group holds_from reason decided_at")

    class Meta:
        ordering = ["-decided_at", "-id"]
