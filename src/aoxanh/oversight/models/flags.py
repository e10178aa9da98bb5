"""Flag: a question to one volunteer about figures that differ from those of comparable people; never a verdict."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Account, Team, Volunteer
from aoxanh.places.models import Place


class Flag(models.Model):
    """One question, from the figures that led to it to its end. `evidence` is a snapshot: what was counted, beside whom, on which days.

    Seen by the volunteer, by `coach` (who talks with them until `due_on`) and, after an appeal, by `reader`; by nobody else.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for the volunteer’s word")
        EXPLAINED = "explained", _("explained by the volunteer")
        COACHED = "coached", _("talked over")
        APPEALED = "appealed", _("before another reader")
        CLOSED = "closed", _("closed")

    class Outcome(models.TextChoices):
        FINE = "fine", _("there is a good reason")
        CORRECTED = "corrected", _("the entries were corrected")
        SHOWN = "shown", _("how to record was shown again")
        UNFOUNDED = "unfounded", _("the question was mistaken")

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    about_team = models.BooleanField(default=False, db_comment="Of the whole team, asked of whoever leads it")
    first_day = models.DateField()
    last_day = models.DateField(db_comment="Work up to here is never asked about again")
    evidence = models.JSONField(db_comment="Snapshot of the figures; names nobody")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    coach = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    reader = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(
        db_comment="Until when the coach, or the reader of an appeal, has talked it over"
    )
    answer = models.CharField(max_length=1000, default="", db_comment="Checked for personal data")
    note = models.CharField(max_length=1000, default="", db_comment="Checked for personal data")
    appeal = models.CharField(max_length=1000, default="", db_comment="Checked for personal data")
    outcome = models.CharField(max_length=9, choices=Outcome, default="")
    reason = models.CharField(max_length=1000, default="", db_comment="Checked for personal data")
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    coached_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id commune team about_team first_day last_day state due_on outcome made_at answered_at coached_at appealed_at closed_at",
        personal="volunteer coach reader evidence answer note appeal reason",
        keep="P12M",
        closed="closed_at made_at",
        person="volunteer__account",
        holds=False,
    )

    class Meta:
        indexes = [models.Index(fields=["commune", "closed_at"], name="question_of_commune")]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "about_team"], condition=Q(closed_at=None), name="flag_one_open"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="flag_days"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, outcome__gt="")
                | (~Q(state="closed") & Q(closed_at=None, outcome="")),
                name="flag_closed",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CLOSED

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < clock.today()
