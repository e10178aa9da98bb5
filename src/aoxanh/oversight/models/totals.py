"""OfficialTotal: what a commune's own books say of a period, and why it differs from what volunteers recorded."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class OfficialTotal(models.Model):
    """One figure of a commune's own for one period; a correction is a new row, and the old one stays."""

    class Reason(models.TextChoices):
        LATE = "late", _("phones have not handed everything in yet")
        OTHER_CHANNEL = "channel", _("help was also given without volunteers")
        DEFINITION = "definition", _("the books count something else")
        NOT_RECORDED = "unrecorded", _("volunteers did not record all they did")
        BOOKS = "books", _("the books were wrong")
        OTHER = "other", _("another reason")

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=30)
    first_day = models.DateField()
    last_day = models.DateField()
    count = models.PositiveBigIntegerField()
    source = models.CharField(max_length=200, db_comment="Which book or report; checked for personal data")
    by_province = models.BooleanField(
        default=False, db_default=False, db_comment="Told by the province, which the commune may correct"
    )
    told_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=10, choices=Reason, default="", db_comment="Of the difference")
    answer = models.CharField(max_length=500, default="", db_comment="Checked for personal data")
    answered_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id commune indicator first_day last_day count source by_province told_at replaced_at reason answer answered_at"
    )

    class Meta:
        ordering = ["-last_day", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "indicator", "first_day", "last_day"],
                condition=Q(replaced_at=None),
                name="officialtotal_one_holds",
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="officialtotal_days"),
        ]
