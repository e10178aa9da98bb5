"""AliasProposal: what citizens call a procedure, from its proposal to its place in every search."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place
from aoxanh.procedures.models import Procedure


class AliasProposal(models.Model):
    """Citizens' words for a procedure: proposed, then confirmed for a province or the nation, or declined."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="+", db_comment="Province or nation whose searches it is for"
    )
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(max_length=80, db_comment="Checked for personal data")
    fold = models.CharField(max_length=80, db_comment="Its words as the index has them")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    from_questions = models.PositiveIntegerField(
        default=0, db_comment="How many questions it was taken from; 0 when a person thought of it"
    )
    proposed_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)

    privacy = Privacy(
        public="procedure text fold place", internal="id state from_questions proposed_at decided_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "fold", "place"], name="aliasproposal_once"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="aliasproposal_decided",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PROPOSED
