"""Flag: a volunteer says that an answer is wrong."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.assistant.models.slots import SlotName
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.people.models import Volunteer
from aoxanh.places.models import Place
from aoxanh.procedures.models import Procedure, ProcedureVersion


class Flag(models.Model):
    """One volunteer's word on one answer, told once however often it is sent; answered by the province."""

    class Reason(models.TextChoices):
        OLD = "old", _("it is out of date")
        FIGURE = "figure", _("a fee, a time or a number is wrong")
        PLACE = "place", _("the place or office is wrong")
        MISSING = "missing", _("something is missing")
        UNCLEAR = "unclear", _("people do not understand it")
        OTHER = "other", _("something else")

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", _("the answer was corrected")
        CARD = "card", _("the procedure’s card is being corrected")
        RIGHT = "right", _("the answer is right as it stands")
        PASSED_ON = "passed_on", _("passed on to the office in charge")

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 made where it was told")
    commune = models.ForeignKey(
        Place, models.PROTECT, related_name="+", db_index=False, db_comment="Where the volunteer serves"
    )
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+", db_index=False)
    slot = models.CharField(max_length=8, choices=SlotName)
    approved = models.PositiveIntegerField(
        default=0, db_comment="Number of the approved answer that was shown; 0 for the card's own words"
    )
    reason = models.CharField(max_length=8, choices=Reason)
    note = models.CharField(max_length=300, default="", blank=True, db_comment="Checked for personal data")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    made_at = models.DateTimeField(db_comment="The phone's clock")
    received_at = models.DateTimeField(default=clock.now, db_comment="The server's clock")
    outcome = models.CharField(max_length=12, choices=Outcome, default="", blank=True)
    answer = models.CharField(max_length=500, default="", blank=True, db_comment="Checked for personal data")
    answered_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id commune procedure version slot approved reason note made_at received_at outcome answer answered_at",
        personal="volunteer",
        keep="P24M",
        closed="answered_at received_at",
        person="volunteer__account",
        holds=False,
    )

    class Meta:
        indexes = [models.Index(fields=["commune", "answered_at"], name="flag_in_commune")]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "version", "slot", "approved"], name="flag_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="flag_answered",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
