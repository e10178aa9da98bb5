"""Target: what an indicator should reach, for a type of place and a period, with what it was before."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class Target(models.Model):
    """A target set by the centre or a province; a change is a new row, and the old one stays with when it ended."""

    class PlaceType(models.TextChoices):
        ANY = "", _("all places")
        URBAN = "urban", _("urban")
        RURAL = "rural", _("rural")
        BORDER = "border", _("border")
        ISLAND = "island", _("island")

    id = models.UUIDField(primary_key=True, default=uuid7)
    indicator = models.CharField(max_length=30)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_comment="Holds here downwards")
    place_type = models.CharField(max_length=6, choices=PlaceType, default="", blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=4, db_comment="Shares as a part of 1")
    reason = models.CharField(max_length=300, db_comment="Checked for personal data")
    by_role = models.CharField(max_length=24)
    set_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id indicator place place_type first_day last_day value reason by_role set_at replaced_at"
    )

    class Meta:
        ordering = ["indicator", "-first_day", "-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "place", "place_type", "first_day", "last_day"],
                condition=Q(replaced_at=None),
                name="target_one_holds",
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="target_days"),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_value"),
        ]
