"""Feedback: what a citizen says about a team in three taps, without a name; a complaint has a person and a deadline."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Team
from aoxanh.places.models import Place


class Feedback(models.Model):
    """Three taps and perhaps a sentence about a team; nothing tells who said it."""

    class Helped(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")

    class Treated(models.TextChoices):
        WELL = "well", _("well")
        FAIR = "fair", _("so-so")
        BADLY = "badly", _("badly")

    class Waited(models.TextChoices):
        SHORT = "short", _("under 15 minutes")
        MIDDLE = "middle", _("15 to 60 minutes")
        LONG = "long", _("over an hour")

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    helped = models.CharField(max_length=6, choices=Helped)
    treated = models.CharField(max_length=6, choices=Treated)
    waited = models.CharField(max_length=6, choices=Waited)
    text = models.CharField(max_length=500, default="", db_comment="Checked for personal data")
    at = models.CharField(
        max_length=80,
        default="",
        db_default="",
        db_comment="Where the poster hangs: a place of the team's shifts",
    )
    is_complaint = models.BooleanField(default=False, db_comment="Treated badly, or wants an answer")
    handler_id = models.UUIDField(null=True, db_comment="Account of who must answer the complaint")
    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True, db_comment="When a complaint must be answered")
    answered_at = models.DateTimeField(
        null=True, db_comment="Of what is no complaint, the moment it was told"
    )
    answer = models.CharField(max_length=500, default="", db_comment="Checked for personal data")

    privacy = Privacy(
        internal="id commune team helped treated waited text at is_complaint made_at due_at answered_at answer",
        personal="handler_id",
        keep="P24M",
        closed="answered_at",
        links="handler_id:people.Account",
    )

    class Meta:
        indexes = [
            models.Index(fields=["commune", "made_at"], name="feedback_in_commune"),
            models.Index(fields=["commune"], name="feedback_waiting", condition=Q(answered_at=None)),
            models.Index(
                fields=["handler_id"], name="feedback_handler", condition=Q(handler_id__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_complaint=False, answered_at__isnull=False)
                | Q(is_complaint=True, due_at__isnull=False),
                name="feedback_complaint",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_overdue(self) -> bool:
        return self.answered_at is None and self.due_at is not None and self.due_at < clock.now()
