"""Adoption, how true a copy is to the original, and what adopting changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aoxanh.initiatives.models.initiatives import Initiative
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class Adoption(models.Model):
    """One commune's copy of an initiative: from when to when, what it changed in it, and why it stopped."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="adoptions", db_index=False)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    adapted = models.CharField(
        _("what was adapted"), max_length=1000, default="", blank=True, db_comment="Checked for personal data"
    )
    stopped_why = models.CharField(
        max_length=500, default="", blank=True, db_comment="Checked for personal data"
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(public="id initiative commune first_day last_day adapted stopped_why made_at")

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "commune"], condition=Q(last_day=None), name="adoption_running_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None, stopped_why="")
                | (Q(last_day__gte=F("first_day")) & ~Q(stopped_why="")),
                name="adoption_stopped",
            ),
        ]
        indexes = [models.Index(fields=["initiative", "first_day"], name="adoption_of_initiative")]

    @property
    def is_running(self) -> bool:
        return self.last_day is None


class FidelityCheck(models.Model):
    """How true a copy was to the original on a day: a mark for each item of its kind's checklist."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="checks", db_index=False)
    day = models.DateField()
    marks = models.JSONField(db_comment="2 yes, 1 in part, 0 no, by item")
    note = models.CharField(max_length=500, default="", blank=True, db_comment="Checked for personal data")
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(public="id adoption day marks note made_at")

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["adoption", "day"], name="fidelitycheck_once_a_day")]

    @property
    def percent(self) -> int:
        """How much of the checklist was kept, a mark "in part" counting half."""
        marks: dict[str, int] = self.marks
        return round(100 * sum(marks.values()) / (2 * len(marks))) if marks else 0


class Effect(models.Model):
    """What adopting an initiative changed in one indicator, with its interval and how sure it is; the last estimate only."""

    class Grade(models.TextChoices):
        PROVEN = "proven", _("proven")
        PROMISING = "promising", _("promising, not yet proven")
        NONE = "none", _("no effect seen")
        HARMFUL = "harmful", _("harmful")
        TOO_LITTLE = "too_little", _("too little to say")
        NOT_REPLICATED = "not_replicated", _("did not replicate")

    id = models.UUIDField(primary_key=True, default=uuid7)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="effects", db_index=False)
    indicator = models.CharField(max_length=32)
    grade = models.CharField(max_length=16, choices=Grade)
    estimate = models.FloatField(null=True)
    low = models.FloatField(null=True, db_comment="An end of the interval")
    high = models.FloatField(null=True, db_comment="An end of the interval")
    adopters = models.PositiveIntegerField(db_comment="Communes that adopted it and were counted")
    comparisons = models.PositiveIntegerField(db_comment="Communes they were compared with")
    sentence_vi = models.CharField(max_length=400)
    sentence_en = models.CharField(max_length=400)
    points = models.JSONField(
        default=list, db_comment="Of the plot: period since adoption, estimate, low, high"
    )
    doubts = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        db_comment="Keys of what keeps the grade from being better",
    )
    error = models.FloatField(null=True, db_comment="Standard error of the estimate")
    kinds = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        db_comment="By kind of place: kind, estimate, low, high, error, communes",
    )
    first_day = models.DateField()
    last_day = models.DateField()
    measured_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        public="id initiative indicator grade estimate low high adopters comparisons sentence_vi sentence_en points doubts"
        " error kinds first_day last_day measured_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "indicator"], name="effect_once"),
            models.CheckConstraint(
                condition=Q(low__lte=F("estimate"), high__gte=F("estimate"))
                | Q(estimate=None, low=None, high=None),
                name="effect_interval",
            ),
        ]

    @property
    def is_claim(self) -> bool:
        """Whether something is said of what changed; an interval without a claim behind it is not read as a result."""
        return self.grade != Effect.Grade.TOO_LITTLE

    @property
    def sentence(self) -> str:
        return self.sentence_en if get_language() == "en" else self.sentence_vi
