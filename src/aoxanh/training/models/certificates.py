"""SkillGroup and Certificate."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Volunteer


class SkillGroup(models.Model):
    """One of the campaign's skill groups; `number` is how the campaign's plan counts them."""

    code = models.CharField(primary_key=True, max_length=12)
    number = models.PositiveSmallIntegerField(unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    privacy = Privacy(public="code number name_vi name_en")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi


class Certificate(models.Model):
    """A volunteer was found able to hold posts of a skill group, between two dates, unless it was taken back."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="certificates")
    group = models.ForeignKey(SkillGroup, models.PROTECT, related_name="+", db_index=False)
    issued_on = models.DateField()
    valid_to = models.DateField(
        null=True, blank=True, db_comment="First day it no longer holds; null for good"
    )
    revoked_on = models.DateField(null=True, blank=True, db_comment="Day from which it was taken back")
    source = models.CharField(max_length=120, db_comment="Course or decision that says so")
    recorded_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id group issued_on valid_to revoked_on source recorded_at",
        personal="volunteer",
        keep="P12M",
        closed="revoked_on valid_to",
        person="volunteer__account",
        holds=False,
    )

    class Meta:
        ordering = ["group", "-issued_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("issued_on")), name="certificate_dates"
            )
        ]

    @property
    def holds_today(self) -> bool:
        return self.holds_on(clock.today())

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return (
            self.issued_on <= day
            and (self.valid_to is None or self.valid_to > day)
            and (self.revoked_on is None or self.revoked_on > day)
        )
