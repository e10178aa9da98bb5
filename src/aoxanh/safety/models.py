"""ScamReport, PoliceContact, SafetyNotice and NoticeReading."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Team, Volunteer
from aoxanh.places.models import Place


class ScamReport(models.Model):
    """What a citizen says that somebody asked of them; nothing in it tells who reports."""

    class Kind(models.TextChoices):
        OTP = "otp", _("asked for a one-time code (OTP)")
        PASSWORD = "password", _("asked for a password")
        CARD = "card", _("asked to photograph an identity or bank card")
        MONEY = "money", _("asked for money or a transfer")
        POSED = "posed", _("pretended to be a volunteer or an official")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        NEW = "new", _("new")
        SEEN = "seen", _("seen")
        HANDLING = "handling", _("being handled")
        ANSWERED = "answered", _("answered")

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="+", db_comment="Whose badge was shown"
    )
    about = models.UUIDField(null=True, db_comment="Volunteer whose badge was shown; no foreign key")
    badge = models.CharField(
        max_length=8, default="", db_comment="What the badge page said; empty without a badge"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=500, default="", db_comment="Checked for personal data")
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(db_comment="When it must be answered")
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, default="", db_comment="Checked for personal data")
    handler = models.CharField(max_length=24, default="", db_comment="Role of who took the last step")

    privacy = Privacy(
        internal="id commune team badge kind text state made_at due_at seen_at answered_at answer handler",
        personal="about",
        keep="P24M",
        closed="answered_at",
        links="about:people.Volunteer",
    )

    ORDER: ClassVar[tuple[str, ...]] = (State.NEW, State.SEEN, State.HANDLING, State.ANSWERED)

    class Meta:
        indexes = [
            models.Index(fields=["about"], name="scamreport_about"),
            models.Index(fields=["commune", "made_at"], name="scamreport_in_commune"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at=None)),
                name="scamreport_answered",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.state != self.State.ANSWERED

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_at < clock.now()


class PoliceContact(models.Model):
    """The office of the commune police as citizens may call it: a landline or a short number, never somebody's own."""

    commune = models.OneToOneField(Place, models.PROTECT, primary_key=True, related_name="+")
    office = models.CharField(_("office"), max_length=80)
    number = models.CharField(_("landline or hotline"), max_length=16, default="", blank=True)
    edited_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(public="commune office number", internal="edited_at")

    def __str__(self) -> str:
        return self.office


class SafetyNotice(models.Model):
    """A warning of the centre or of a province that every team in its place should read."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    title_vi = models.CharField(_("title in Vietnamese"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, default="", blank=True)
    text_vi = models.CharField(_("text in Vietnamese"), max_length=1500)
    text_en = models.CharField(_("text in English"), max_length=1500, default="", blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    published_at = models.DateTimeField(default=clock.now)
    last_day = models.DateField(_("last day"), db_comment="Last day on which phones show it")
    withdrawn_at = models.DateTimeField(null=True)

    privacy = Privacy(
        public="id place title_vi title_en text_vi text_en urgent published_at last_day withdrawn_at"
    )

    class Meta:
        ordering = ["-published_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("published_at")),
                name="safetynotice_order",
            )
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_vi

    @property
    def text(self) -> str:
        """The text in the reader's language, in Vietnamese where there is none."""
        return self.text_en if get_language() == "en" and self.text_en else self.text_vi

    @property
    def is_out(self) -> bool:
        return self.withdrawn_at is None and self.last_day >= clock.today()


class NoticeReading(models.Model):
    """A volunteer has read a notice; told by their phone, whose id makes it count once however often it is sent."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 made on the phone")
    notice = models.ForeignKey(SafetyNotice, models.CASCADE, related_name="readings", db_index=False)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(db_comment="The phone's clock")
    received_at = models.DateTimeField(default=clock.now, db_comment="The server's clock")

    privacy = Privacy(
        internal="id notice read_at received_at",
        personal="volunteer",
        keep="P12M",
        closed="received_at",
        person="volunteer__account",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "volunteer"], name="noticereading_once")]
