"""What the tools of the named models keep: phrase cards, classes, loudspeaker rounds and joint duties."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.initiatives.models.adoptions import Adoption
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Language, Place


class PhraseCard(models.Model):
    """A sentence that a technology interpreter needs, in Vietnamese and in another language, to read aloud or to play."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_comment="Which commune added it")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    text_vi = models.CharField(_("in Vietnamese"), max_length=300, db_comment="Checked for personal data")
    text = models.CharField(
        _("in the language"), max_length=400, default="", blank=True, db_comment="Checked for personal data"
    )
    sound = models.BinaryField(
        null=True, db_comment="At most 300,000 bytes, of a type that its first bytes show"
    )
    sound_type = models.CharField(max_length=40, default="", blank=True)
    consent = models.CharField(
        max_length=200,
        default="",
        blank=True,
        db_comment="How whoever speaks agreed; of the paper, never a name",
    )
    made_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    privacy = Privacy(public="id commune language text_vi text sound sound_type consent made_at withdrawn_at")

    class Meta:
        ordering = ["language", "text_vi", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(sound=None) | ~Q(consent=""), name="phrasecard_consent"),
            models.CheckConstraint(condition=~Q(text="") | Q(sound__isnull=False), name="phrasecard_says"),
        ]


class ClassMeeting(models.Model):
    """One meeting of a digital literacy class: learners by count, and how many could do a task before, after and 30 days later."""

    class Task(models.TextChoices):
        SIGN_IN = "sign_in", _("sign in to the National Service Portal")
        LOOK_UP = "look_up", _("look up where a dossier stands")
        VNEID = "vneid", _("open VNeID and show a paper in it")
        SUBMIT = "submit", _("send in a simple dossier")
        PAY = "pay", _("pay a fee online")
        SCAM = "scam", _("tell a fraud call from a real one")

    id = models.UUIDField(primary_key=True, default=uuid7)
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="meetings")
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    spot = models.CharField(
        _("where"), max_length=120, default="", blank=True, db_comment="Checked for personal data"
    )
    task = models.CharField(_("task"), max_length=8, choices=Task)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    learners = models.PositiveSmallIntegerField(_("learners"))
    could_before = models.PositiveSmallIntegerField(_("could do it before, without help"))
    could_after = models.PositiveSmallIntegerField(_("could do it at the end, without help"))
    asked_later = models.PositiveSmallIntegerField(null=True, db_comment="How many were asked 30 days later")
    could_later = models.PositiveSmallIntegerField(
        null=True, db_comment="How many of those could still do it"
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id adoption commune day spot task minutes learners could_before could_after asked_later could_later made_at"
    )

    class Meta:
        ordering = ["-day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(could_before__lte=F("learners"), could_after__lte=F("learners")),
                name="classmeeting_counts",
            ),
            models.CheckConstraint(
                condition=Q(asked_later=None, could_later=None)
                | Q(asked_later__lte=F("learners"), could_later__lte=F("asked_later")),
                name="classmeeting_later",
            ),
        ]

    @property
    def is_due_later(self) -> bool:
        """Whether thirty days are over, so that learners can be asked again."""
        return clock.today() >= self.day + timedelta(days=30)


class OutreachRun(models.Model):
    """One round of the loudspeaker: its route, the script that was said, and who came within seven days because of it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="runs")
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    route = models.CharField(_("route"), max_length=300, db_comment="Checked for personal data")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+")
    script = models.CharField(_("script"), max_length=1500, db_comment="Checked for personal data")
    seconds = models.PositiveSmallIntegerField(db_comment="How long the script takes to say once")
    minutes = models.PositiveSmallIntegerField(_("minutes on the road"))
    came = models.PositiveSmallIntegerField(
        null=True, db_comment="People who came to the point within 7 days and named it"
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal="id adoption commune day route language script seconds minutes came made_at")

    class Meta:
        ordering = ["-day", "id"]


class JointDuty(models.Model):
    """A half day on which volunteers and commune police served together, each within their own remit."""

    class Half(models.TextChoices):
        MORNING = "am", _("morning")
        AFTERNOON = "pm", _("afternoon")

    id = models.UUIDField(primary_key=True, default=uuid7)
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="duties", db_index=False)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    half = models.CharField(_("half of the day"), max_length=2, choices=Half)
    volunteers = models.PositiveSmallIntegerField(_("volunteers"))
    police = models.PositiveSmallIntegerField(_("police officers"))
    waited = models.PositiveSmallIntegerField(_("minutes that people waited"), null=True, blank=True)
    activations = models.PositiveSmallIntegerField(
        null=True, db_comment="VNeID level 2, activated by the police and counted by them alone"
    )
    counted_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id adoption commune day half volunteers police waited activations counted_at made_at"
    )

    class Meta:
        ordering = ["-day", "half"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "day", "half"], name="jointduty_once"),
            models.CheckConstraint(
                condition=Q(volunteers__gte=1, police__gte=1), name="jointduty_of_two_organisations"
            ),
            models.CheckConstraint(
                condition=Q(activations=None, counted_at=None)
                | Q(activations__isnull=False, counted_at__isnull=False),
                name="jointduty_counted",
            ),
        ]
