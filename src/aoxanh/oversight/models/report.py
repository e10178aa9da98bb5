"""Report: what a unit tells the unit above of a week, of the campaign half way, or of all of it, as it was signed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class Report(models.Model):
    """One version of a report. Its figures are a snapshot that nobody types; signed, it never changes again.

    A correction is a row of its own that names the one it replaces, and has a number of its own in the same book.
    """

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("weekly report")
        MIDTERM = "midterm", _("mid-term report")
        FINAL = "final", _("final report")

    class Form(models.TextChoices):
        UNION = "union", _("Youth Union format")
        STATE = "state", _("State format (service centre)")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIGNED = "signed", _("signed")
        CORRECTED = "corrected", _("replaced by a correction")

    class Position(models.TextChoices):
        HEAD = "head", _("secretary or director")
        DEPUTY = "deputy", _("deputy")

    class Language(models.TextChoices):
        VIETNAMESE = "vi", "Tiếng Việt"
        ENGLISH = "en", "English"

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    form = models.CharField(max_length=8, choices=Form)
    language = models.CharField(max_length=2, choices=Language, default=Language.VIETNAMESE)
    first = models.DateField(db_comment="First day that it covers")
    last = models.DateField(db_comment="Last day that it covers")
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    change = models.CharField(
        max_length=500, default="", db_comment="What a correction changed and why; checked for personal data"
    )
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    figures = models.JSONField(db_comment="Snapshot of every figure, with definitions and labels")
    figures_hash = models.CharField(max_length=64, db_comment="SHA-256 of the snapshot in canonical form")
    text = models.JSONField(db_comment="The body by section; checked for personal data")
    number = models.PositiveIntegerField(null=True, db_comment="In the unit's book of the year, without gaps")
    year = models.PositiveSmallIntegerField(null=True)
    position = models.CharField(max_length=6, choices=Position, default="", blank=True)
    signer = models.CharField(max_length=120, default="", db_comment="Name under the signature, as printed")
    signed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, default="", db_comment="SHA-256 of all that was signed")
    code = models.CharField(
        max_length=16, null=True, unique=True, db_comment="Start of the digest, in base 32"
    )
    made_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(default=clock.now)

    # The name under a signed paper is printed on it and shown to whoever checks it; who pressed the button is in the audit.
    privacy = Privacy(
        public="id place kind form language first last version replaces change state number year position signer signed_at digest code",
        internal="figures figures_hash text made_at edited_at",
    )

    class Meta:
        ordering = ["-last", "-version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "form", "kind", "first", "last", "version"], name="report_once"
            ),
            models.UniqueConstraint(fields=["place", "form", "year", "number"], name="report_number_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_days"),
            models.CheckConstraint(
                condition=Q(state="draft", number=None, year=None, signed_at=None, digest="", code=None)
                | (
                    ~Q(state="draft")
                    & ~Q(signer="")
                    & ~Q(digest="")
                    & Q(number__isnull=False, year__isnull=False, signed_at__isnull=False, code__isnull=False)
                ),
                name="report_signed",
            ),
        ]

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT
