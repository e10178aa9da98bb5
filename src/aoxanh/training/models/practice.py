"""Observation."""

from django.db import models

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.people.models import Account, Team, Volunteer
from aoxanh.places.models import Place


class Observation(models.Model):
    """A supervisor watched a volunteer at work and marked the points of a checklist; told by a phone, whose id makes it count once."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 made on the phone")
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    observer = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    day = models.DateField(db_comment="Vietnam day fixed on the phone")
    checklist = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField(db_comment="Of the checklist that was asked")
    marks = models.JSONField(db_comment="Point to done, needs_work or not_seen")
    note = models.CharField(max_length=280, default="", db_comment="Checked for personal data before storage")
    received_at = models.DateTimeField(default=clock.now, db_comment="The server's clock")

    privacy = Privacy(
        internal="id commune team day checklist version marks note received_at",
        personal="volunteer observer",
        keep="P12M",
        closed="day",
        person="volunteer__account",
    )

    class Meta:
        indexes = [models.Index(fields=["volunteer", "day"], name="observation_of_person")]
