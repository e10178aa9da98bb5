"""EvaluationCycle, Evaluation, FileReview and Appeal: how a period's work is judged, and on what frozen grounds."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class EvaluationCycle(models.Model):
    """One period in which the units of a place are evaluated by one rubric."""

    class State(models.TextChoices):
        OPEN = "open", _("open for self-scores")
        FROZEN = "frozen", _("figures frozen")
        DRAWN = "drawn", _("files drawn for review")
        DECIDED = "decided", _("decided, open for appeals")
        LOCKED = "locked", _("locked")

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_comment="Whose units are evaluated")
    level = models.CharField(max_length=8, db_comment="Level of the units: commune or province")
    first_day = models.DateField()
    last_day = models.DateField()
    rubric = models.CharField(max_length=12, db_comment="Version of the rubric")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    files_each = models.PositiveSmallIntegerField(db_comment="Files drawn of each unit for blind review")
    appeal_days = models.PositiveSmallIntegerField(
        db_comment="Days after the decision in which units may appeal"
    )
    secret = models.CharField(max_length=64, db_comment="Half of the seed; shown when the files are drawn")
    commitment = models.CharField(max_length=64, db_comment="Hash of the secret, shown from the beginning")
    frozen_sha256 = models.CharField(max_length=64, default="", db_comment="Of the hashes of all snapshots")
    seed = models.CharField(max_length=64, default="", db_comment="Made of the secret and of frozen_sha256")
    opened_at = models.DateTimeField(default=clock.now)
    frozen_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    # The secret leads to nobody; it is told to everybody once the draw is made.
    privacy = Privacy(
        internal="id place level first_day last_day rubric state files_each appeal_days commitment frozen_sha256 seed opened_at"
        " frozen_at decided_at locked_at secret"
    )

    class Meta:
        ordering = ["-last_day", "-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="evaluationcycle_days"),
            models.CheckConstraint(
                condition=Q(state="open", frozen_at=None) | (~Q(state="open") & Q(frozen_at__isnull=False)),
                name="evaluationcycle_frozen",
            ),
            models.UniqueConstraint(
                fields=["place", "first_day", "last_day"], name="evaluationcycle_once_a_period"
            ),
        ]


class Evaluation(models.Model):
    """One unit in one cycle: what it says of itself, the figures frozen, what was found, and the grade that follows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    cycle = models.ForeignKey(EvaluationCycle, models.PROTECT, related_name="evaluations")
    unit = models.ForeignKey(Place, models.PROTECT, related_name="+")
    own_scores = models.JSONField(
        default=dict, db_comment="Points of 100 by criterion, as the unit sees itself"
    )
    own_note = models.CharField(max_length=1000, default="", db_comment="Checked for personal data")
    scored_at = models.DateTimeField(null=True)
    snapshot = models.TextField(default="", db_comment="Canonical JSON; never changed once it is there")
    snapshot_sha256 = models.CharField(max_length=64, default="")
    visited_on = models.DateField(null=True)
    visit_marks = models.JSONField(default=dict, db_comment="0 to 10 by item of the rubric")
    visit_note = models.CharField(max_length=1000, default="", db_comment="Checked for personal data")
    findings = models.TextField(default="", db_comment="Canonical JSON, sealed by the decision")
    findings_sha256 = models.CharField(max_length=64, default="")
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    band = models.CharField(max_length=12, default="")

    privacy = Privacy(
        internal="id cycle unit own_scores own_note scored_at snapshot snapshot_sha256 visited_on visit_marks visit_note findings"
        " findings_sha256 points band"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="evaluation_once"),
            models.CheckConstraint(
                condition=Q(points=None) | (Q(points__gte=0) & Q(points__lte=100)), name="evaluation_points"
            ),
        ]


class FileReview(models.Model):
    """One recorded session drawn for review; whoever reads it learns neither the commune nor who recorded it."""

    class Verdict(models.TextChoices):
        IN_ORDER = "in_order", _("in order")
        DOUBTFUL = "doubtful", _("doubtful")
        WRONG = "wrong", _("not as it should be")

    id = models.UUIDField(primary_key=True, default=uuid7)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="files")
    unit = models.ForeignKey(Place, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(db_comment="Place in the shuffled pile of the whole cycle")
    commune = models.CharField(max_length=5, db_comment="Where the session took place")
    day = models.DateField()
    root_id = models.UUIDField(db_comment="First revision of the session")
    verdict = models.CharField(max_length=8, choices=Verdict, default="")
    remark = models.CharField(max_length=300, default="", db_comment="Checked for personal data")
    reviewed_at = models.DateTimeField(null=True)

    privacy = Privacy(internal="id evaluation unit number commune day root_id verdict remark reviewed_at")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "commune", "day", "root_id"], name="filereview_once"
            )
        ]


class Appeal(models.Model):
    """A unit says that a criterion's points are wrong, and what became of it; the only way in which a grade changes."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=uuid7)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="appeals")
    unit = models.ForeignKey(Place, models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=20)
    reason = models.CharField(max_length=1000, db_comment="Checked for personal data")
    by_role = models.CharField(max_length=24, db_comment="Role of who appealed")
    made_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    points_before = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, db_comment="Of the criterion"
    )
    points_after = models.DecimalField(max_digits=5, decimal_places=2, null=True, db_comment="When granted")
    grade_before = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    grade_after = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    answer = models.CharField(max_length=1000, default="", db_comment="Checked for personal data")
    answered_by_role = models.CharField(max_length=24, default="")
    answered_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id evaluation unit criterion reason by_role made_at state points_before points_after grade_before grade_after"
        " answer answered_by_role answered_at"
    )

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "criterion"], condition=Q(state="open"), name="appeal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="appeal_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(points_after__gte=0, points_after__lte=100),
                name="appeal_points",
            ),
        ]
