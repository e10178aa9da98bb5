"""Difficulty: what stands in a unit's way or what it proposes, with who must answer by when; the list of the weekly briefing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class Difficulty(models.Model):
    """One entry of the weekly briefing; `owner` is the unit that must answer, the raiser's own or one above it."""

    class Kind(models.TextChoices):
        DIFFICULTY = "difficulty", _("difficulty")
        PROPOSAL = "proposal", _("proposal")

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=600, db_comment="Checked for personal data")
    owner = models.ForeignKey(Place, models.PROTECT, related_name="+", db_comment="The unit that must answer")
    due = models.DateField(db_comment="Last day for the answer")
    made_on = models.DateField(default=clock.today)
    made_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=600, default="", db_comment="Checked for personal data")
    answered_at = models.DateTimeField(null=True)

    privacy = Privacy(internal="id place kind text owner due made_on made_at answer answered_at")

    class Meta:
        ordering = ["due", "id"]
        indexes = [models.Index(fields=["place", "made_on"], name="difficulty_of_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="difficulty_answered",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < clock.today()
