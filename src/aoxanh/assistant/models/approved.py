"""ApprovedAnswer: what an office of a province, or of the centre, says about one slot of one procedure."""

from django.db import models
from django.db.models import Q

from aoxanh.assistant.models.slots import SlotName
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place
from aoxanh.procedures.models import Procedure, ProcedureVersion


class ApprovedAnswer(models.Model):
    """One version of an approved answer. It is shown while it stands and the procedure's card is still the one it was read beside."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_comment="A province, or the nation")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+", db_index=False)
    slot = models.CharField(max_length=8, choices=SlotName)
    number = models.PositiveIntegerField(db_comment="1, 2, 3 ... within place, procedure and slot")
    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="+", db_comment="The card it was read beside"
    )
    text_vi = models.CharField(max_length=600, db_comment="Checked for personal data")
    text_en = models.CharField(max_length=600, default="", blank=True)
    office = models.CharField(
        max_length=120, db_comment="Who answers for it, as text: an office, never a person"
    )
    approved_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, db_comment="Replaced by the next one, or withdrawn")

    privacy = Privacy(
        public="id place procedure slot number version text_vi text_en office approved_at ended_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "slot", "place", "number"], name="approvedanswer_number"
            ),
            models.UniqueConstraint(
                fields=["procedure", "slot", "place"],
                condition=Q(ended_at=None),
                name="approvedanswer_one_stands",
            ),
        ]

    @property
    def stands(self) -> bool:
        return self.ended_at is None
