"""LanguageModelSwitch, LanguageModelDay and LanguageModelCall: whether the optional model may be asked, and what it cost; no text."""

from django.db import models

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7


class LanguageModelSwitch(models.Model):
    """A decision to let the model be asked or not; the latest counts, and without any the settings alone do.

    Who decided stands in the audit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    is_on = models.BooleanField()
    reason = models.CharField(max_length=200, db_comment="Why it was decided so")
    decided_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal="id is_on reason decided_at")

    class Meta:
        ordering = ["-decided_at", "-id"]


class LanguageModelDay(models.Model):
    """The tokens of one day, reserved before each call and settled after it, so that several servers share one budget."""

    day = models.DateField(primary_key=True)
    tokens = models.BigIntegerField(db_comment="Used and reserved")

    privacy = Privacy(internal="day tokens", keep="P24M", closed="day")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(tokens__gte=0), name="language_model_tokens")
        ]


class LanguageModelCall(models.Model):
    """One call: what for, how it ended, what it cost, how many claims were kept. No word of what was asked or answered."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    day = models.DateField()
    purpose = models.CharField(max_length=12)
    outcome = models.CharField(max_length=16)
    tokens = models.PositiveIntegerField(default=0)
    ms = models.PositiveIntegerField(default=0)
    kept = models.PositiveSmallIntegerField(default=0, db_comment="Claims that their quotes bore out")
    dropped = models.PositiveSmallIntegerField(default=0, db_comment="Claims that were not shown")

    privacy = Privacy(internal="id day purpose outcome tokens ms kept dropped", keep="P24M", closed="day")

    class Meta:
        indexes = [models.Index(fields=["day"], name="language_model_call_day")]
