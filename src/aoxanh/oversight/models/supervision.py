"""SupervisionTask and Visit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Account, Role, Team
from aoxanh.places.models import Place


class SupervisionTask(models.Model):
    """Something that somebody must look into: opened by a rule, closed by who answers it or when its cause is gone."""

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        GONE = "gone", _("the cause is gone")

    id = models.UUIDField(primary_key=True, default=uuid7)
    rule = models.CharField(max_length=24, db_comment="Name in data/alerts.yaml, or own_alert")
    subject = models.CharField(max_length=60, db_comment="What it is about, e.g. team:<id>; never a person")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    owner = models.CharField(
        max_length=24, choices=Role, default="", db_comment="Role that answers; empty for one's own alert"
    )
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="+", db_comment="Whose own alert it is"
    )
    n = models.IntegerField(db_comment="The figure as last measured")
    weight = models.FloatField(default=1)
    opened_on = models.DateField(default=clock.today)
    due_on = models.DateField()
    resting_until = models.DateField(null=True, db_comment="Put off, or not to be opened again, until then")
    handed_on = models.PositiveSmallIntegerField(default=0, db_comment="How often it was handed up")
    reason = models.CharField(max_length=280, default="", db_comment="Checked for personal data")
    outcome = models.CharField(max_length=4, choices=Outcome, default="", blank=True)
    closed_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id rule subject place team owner n weight opened_on due_on resting_until handed_on reason outcome closed_at",
        personal="account",
        keep="P12M",
        closed="closed_at",
        person="account",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject"], condition=Q(closed_at=None), name="supervisiontask_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="supervisiontask_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "place"], name="supervisiontask_open", condition=Q(closed_at=None))
        ]

    @property
    def is_overdue(self) -> bool:
        return self.closed_at is None and self.due_on < clock.today()


class Visit(models.Model):
    """A supervisor goes to a commune on a half day; afterwards what was seen there, told by a phone once."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    class Half(models.TextChoices):
        AM = "am", _("morning")
        PM = "pm", _("afternoon")

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Account, models.CASCADE, related_name="+")
    day = models.DateField()
    half = models.CharField(max_length=2, choices=Half)
    place_in_trip = models.PositiveSmallIntegerField(default=1, db_comment="1, 2 ... within the half day")
    announced = models.BooleanField(default=False, db_comment="Whether the commune may know beforehand")
    reasons = models.JSONField(default=dict, db_comment="Figures for which the commune was chosen")
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    report_id = models.UUIDField(
        null=True, db_comment="UUIDv7 made on the phone; makes the report count once"
    )
    seen_on = models.DateField(null=True, db_comment="Vietnam day fixed on the phone")
    version = models.PositiveSmallIntegerField(null=True, db_comment="Of the checklist that was filled in")
    marks = models.JSONField(default=dict, db_comment="Point to done, needs_work or not_seen")
    note = models.CharField(max_length=280, default="", db_comment="Checked for personal data before storage")
    planned_at = models.DateTimeField(default=clock.now)
    received_at = models.DateTimeField(null=True, db_comment="The server's clock")

    privacy = Privacy(
        internal="id commune day half place_in_trip announced reasons state report_id seen_on version marks note planned_at received_at",
        personal="supervisor",
        keep="P24M",
        closed="day",
        person="supervisor",
    )

    class Meta:
        indexes = [models.Index(fields=["commune", "day"], name="visit_of_commune")]
        constraints = [
            models.UniqueConstraint(
                fields=["supervisor", "commune", "day", "half"],
                condition=Q(state="planned"),
                name="visit_planned_once",
            ),
            models.UniqueConstraint(fields=["report_id"], name="visit_report_once"),
        ]
