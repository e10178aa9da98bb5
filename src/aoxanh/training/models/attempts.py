"""QuizBank, Attempt, AttemptAnswers and Reading."""

from django.db import models

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Volunteer


class QuizBank(models.Model):
    """The items of a course as phones had them, with their key: what an answer is marked against, however late it comes."""

    version = models.CharField(primary_key=True, max_length=64, db_comment="SHA-256 of what phones are given")
    course = models.CharField(max_length=12, db_comment="Code of the course")
    content = models.JSONField(db_comment="Items with their key, and how right sides are numbered on phones")
    kept_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal="version course content kept_at")


class Attempt(models.Model):
    """A volunteer sat the quiz of a course, under a start number that the server had sealed for them."""

    id = models.UUIDField(primary_key=True, db_comment="The sealed start number, and the seed of the form")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    course = models.CharField(max_length=12, db_comment="Code of the course")
    number = models.PositiveIntegerField(db_comment="Which attempt of this course it is, counted from 1")
    bank = models.ForeignKey(QuizBank, models.PROTECT, related_name="+", db_index=False)
    device = models.UUIDField(null=True, db_comment="The phone that handed it in; null for a browser")
    started_at = models.DateTimeField(db_comment="The phone's clock; the earliest start told")
    heard_at = models.DateTimeField(default=clock.now, db_comment="The server's clock, when it first heard")
    handed_in_at = models.DateTimeField(null=True, db_comment="The phone's clock")
    received_at = models.DateTimeField(null=True, db_comment="The server's clock, when the answers came")
    digest = models.CharField(
        max_length=64, blank=True, db_comment="SHA-256 of the answers, to know them again"
    )
    score = models.PositiveIntegerField(null=True, db_comment="Hundredths of a percent, rounded down")
    passed = models.BooleanField(null=True)
    late = models.BooleanField(default=False, db_comment="It took longer than the course allows")
    doubtful = models.BooleanField(default=False, db_comment="The phone's times cannot be")
    again = models.JSONField(default=list, db_comment="Modules to read again, the weakest first")

    privacy = Privacy(
        internal="id course number bank started_at heard_at handed_in_at received_at digest late doubtful",
        personal="volunteer device score passed again",
        keep="P24M",
        closed="received_at heard_at",
        person="volunteer__account",
        links="device:people.Device",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "course", "number"], name="attempt_once"),
            models.CheckConstraint(
                condition=models.Q(received_at=None, score=None, passed=None)
                | models.Q(received_at__isnull=False, score__isnull=False, passed__isnull=False),
                name="attempt_marked",
            ),
        ]
        indexes = [
            models.Index(fields=["device"], name="attempt_device"),
            models.Index(fields=["course", "received_at"], name="attempt_course"),
        ]

    @property
    def percent(self) -> float:
        return (self.score or 0) / 100


class AttemptAnswers(models.Model):
    """What was answered in an attempt; goes before the attempt does, whose score stays."""

    attempt = models.OneToOneField(Attempt, models.CASCADE, primary_key=True, related_name="answers")
    answers = models.JSONField(db_comment="By item, in the item's own numbering")
    received_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="received_at",
        personal="attempt answers",
        keep="P12M",
        closed="received_at",
        person="attempt__volunteer__account",
    )


class Reading(models.Model):
    """How far a volunteer has come in a module; what several phones tell of it is merged."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    course = models.CharField(max_length=12, db_comment="Code of the course")
    module = models.CharField(max_length=40)
    part = models.PositiveSmallIntegerField(default=0, db_comment="The furthest part that was opened, from 0")
    seen_at = models.DateTimeField(db_comment="The phone's clock, the latest told")
    read_at = models.DateTimeField(
        null=True, db_comment="The phone's clock, the latest told; null until read"
    )
    version = models.CharField(max_length=64, blank=True, db_comment="The text that was read at read_at")

    privacy = Privacy(
        internal="id course module part seen_at read_at version",
        personal="volunteer",
        keep="P24M",
        closed="seen_at",
        person="volunteer__account",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "course", "module"], name="reading_once"),
        ]
