"""UnansweredQuestion and AskedCount: what people ask that has no answer yet, and how often they ask what."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.places.models import Place
from aoxanh.procedures.models import Procedure


class UnansweredQuestion(models.Model):
    """A question that found no answer and that somebody chose to send to the province; nothing tells who."""

    class Why(models.TextChoices):
        OUTSIDE = "outside", _("no card speaks of it")
        NONE_OF_THESE = "none", _("none of the offered procedures")

    class Outcome(models.TextChoices):
        ALIAS = "alias", _("people’s words were added to a procedure")
        CARD = "card", _("a card answers it now")
        APPROVED = "approved", _("an approved answer says it now")
        NOT_OURS = "not_ours", _("not a matter of ours")

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 made where it was asked")
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(max_length=300, db_comment="Checked for personal data")
    why = models.CharField(max_length=8, choices=Why)
    offered = ArrayField(
        models.CharField(max_length=20),
        default=list,
        size=10,
        db_comment="Codes that were shown and declined",
    )
    sent_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=8, choices=Outcome, default="", blank=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id commune text why offered sent_at outcome procedure closed_at",
        keep="P12M",
        closed="closed_at sent_at",
    )

    class Meta:
        indexes = [models.Index(fields=["commune", "closed_at"], name="question_in_commune")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="question_closed",
            )
        ]


class AskedCount(models.Model):
    """How often something was asked in a commune on a day: no word of a question, nobody who asked."""

    pk = models.CompositePrimaryKey("commune_code", "day", "kind", "topic", "slot")
    commune_code = models.CharField(max_length=5)
    day = models.DateField()
    kind = models.CharField(max_length=8, db_comment="As in replies.Kind")
    topic = models.CharField(
        max_length=40, default="", db_comment="Code of the procedure; the rule where something was refused"
    )
    slot = models.CharField(max_length=8, default="", db_comment="As in replies.Slot")
    count = models.PositiveIntegerField(default=0)

    privacy = Privacy(internal="commune_code day kind topic slot count")
