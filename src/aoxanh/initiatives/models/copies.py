"""What one copy changed in one indicator, as far as a single commune can show it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.initiatives.models.adoptions import Adoption
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7


class CopyEffect(models.Model):
    """The change of one commune since it copied, beside that of its likes over the same days; the last estimate only."""

    class Verdict(models.TextChoices):
        BETTER = "better", _("better than its likes")
        WORSE = "worse", _("worse than its likes")
        UNCLEAR = "unclear", _("not told apart from its likes")
        TOO_LITTLE = "too_little", _("too little to say")

    id = models.UUIDField(primary_key=True, default=uuid7)
    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="changes", db_index=False)
    indicator = models.CharField(max_length=32)
    verdict = models.CharField(max_length=10, choices=Verdict)
    lack = models.CharField(max_length=16, default="", db_comment="Why nothing can be said")
    cases = models.PositiveIntegerField(db_comment="What the share since the first day is of")
    estimate = models.FloatField(null=True)
    low = models.FloatField(null=True, db_comment="An end of the interval")
    high = models.FloatField(null=True, db_comment="An end of the interval")
    alike = models.PositiveSmallIntegerField(db_comment="Communes it is compared with")
    placebos = models.PositiveSmallIntegerField(
        db_comment="Communes whose changes the interval is taken from"
    )
    last_day = models.DateField(null=True, db_comment="The last day that was read")
    measured_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        public="id adoption indicator verdict lack cases estimate low high alike placebos last_day measured_at"
    )

    class Meta:
        ordering = ["indicator"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "indicator"], name="copyeffect_once"),
            models.CheckConstraint(
                condition=Q(verdict="too_little", estimate__isnull=True, low__isnull=True, high__isnull=True)
                | ~Q(verdict="too_little") & Q(low__lte=F("estimate"), high__gte=F("estimate")),
                name="copyeffect_interval",
            ),
        ]
