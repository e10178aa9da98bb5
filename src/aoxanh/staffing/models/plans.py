"""Who serves where: Plan with the hand edits to it, the Assignments it was published as, and what people declined."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Volunteer
from aoxanh.places.models import Place
from aoxanh.staffing.models.needs import Kind


class Plan(models.Model):
    """A plan of a province or the nation, kept with all it was made from, so that it can be made again to the last digit.

    Who serves where stands in `answer` until the plan is published: a draft is one row, so that a planner that dies leaves
    everything else as it was.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a planner")
        PLANNING = "planning", _("being planned")
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("replaced by a later plan")
        DISCARDED = "discarded", _("discarded")
        FAILED = "failed", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    base = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", db_comment="Plan that people were used to"
    )
    step = models.CharField(max_length=12, default="", db_comment="What the planner is doing")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField(default=clock.now, db_comment="Last sign of life of its planner")
    inputs = models.BinaryField(
        null=True, db_comment="People by id, needs, edits and settings, as compressed canonical text"
    )
    inputs_sha256 = models.CharField(max_length=64, default="")
    answer = models.BinaryField(null=True, db_comment="Commune and kind of each person, and the prices")
    answer_sha256 = models.CharField(max_length=64, default="")
    engine = models.CharField(max_length=20, default="", db_comment="Version of the product that planned")
    value = models.BigIntegerField(default=0, db_comment="Points of the plan")
    bound = models.FloatField(default=0, db_comment="No plan is worth more points than this")
    measures = models.JSONField(default=dict)
    present = models.JSONField(default=dict, db_comment="The same figures of how people serve at present")
    shortages = models.JSONField(default=list)
    flaws = models.JSONField(default=list, db_comment="What was wrong with the rows: code, rows, count")
    approved = ArrayField(models.CharField(max_length=5), default=list, db_comment="Communes approved")
    released = ArrayField(models.CharField(max_length=5), default=list, db_comment="Communes published")
    made_at = models.DateTimeField(default=clock.now)
    made_by_id = models.UUIDField(null=True, db_comment="Account of who asked for it")
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, db_comment="Replaced, discarded or given up")

    privacy = Privacy(
        internal="id place name state base step done total attempts touched_at inputs_sha256 answer answer_sha256 engine value bound"
        " measures present shortages flaws approved released made_at published_at ended_at",
        personal="inputs made_by_id",
        keep="P12M",
        closed="ended_at",
        links="made_by_id:people.Account",
    )

    class Meta:
        indexes = [
            models.Index(fields=["place", "made_at"], name="plan_of_place"),
            models.Index(fields=["made_by_id"], name="plan_made_by"),
        ]

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.WAITING, self.State.PLANNING)


class PlanEdit(models.Model):
    """A hand edit of a draft: this person does, or does not, serve there."""

    class Verb(models.TextChoices):
        PIN = "pin", _("serves there")
        BAN = "ban", _("does not serve there")

    id = models.UUIDField(primary_key=True, default=uuid7)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="edits")
    verb = models.CharField(max_length=3, choices=Verb)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+")
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind, default="", blank=True)
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id plan verb commune kind made_at",
        personal="volunteer",
        keep="P12M",
        person="volunteer__account",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "volunteer", "verb", "commune", "kind"], name="planedit_once"
            )
        ]


class Assignment(models.Model):
    """A person is sent to a commune by a published plan; seen from where they live and from where they serve."""

    class State(models.TextChoices):
        HOLDS = "holds", _("holds")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("ended")

    id = models.UUIDField(primary_key=True, default=uuid7)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="assignments")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="assignments")
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    home = models.ForeignKey(
        Place, models.PROTECT, related_name="+", db_index=False, db_comment="Commune of residence when sent"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    km = models.PositiveIntegerField(default=0, db_comment="Way from home by road")
    state = models.CharField(max_length=8, choices=State, default=State.HOLDS)
    published_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id plan commune home kind km state published_at ended_at",
        personal="volunteer",
        keep="P12M",
        closed="ended_at",
        person="volunteer__account",
    )

    class Meta:
        indexes = [models.Index(fields=["commune", "state"], name="assignment_in_commune")]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer"], condition=Q(state="holds"), name="assignment_one_at_a_time"
            )
        ]


class Decline(models.Model):
    """A person said no: to one commune, or to serving anywhere in this campaign."""

    class Reason(models.TextChoices):
        DISTANCE = "distance", _("too far")
        STUDY = "study", _("study or exams")
        WORK = "work", _("work")
        FAMILY = "family", _("family")
        OTHER = "other", _("another reason")

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="declines")
    commune = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", db_index=False, db_comment="Null: anywhere"
    )
    reason = models.CharField(max_length=8, choices=Reason, db_comment="Never health or belief")
    day = models.DateField(default=clock.today)
    withdrawn_on = models.DateField(null=True, db_comment="Day on which they were ready again")

    privacy = Privacy(
        internal="id commune reason day withdrawn_on",
        personal="volunteer",
        keep="P12M",
        closed="withdrawn_on day",
        person="volunteer__account",
    )
