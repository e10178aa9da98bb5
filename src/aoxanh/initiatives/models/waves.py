"""Copying in waves: the order that was drawn, and what each commune answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.initiatives.models.adoptions import Adoption
from aoxanh.initiatives.models.initiatives import Initiative
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class WavePlan(models.Model):
    """One draw by lot of who copies an initiative when; the seed draws it again."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="plans")
    indicator = models.CharField(max_length=32, db_comment="What the communes are expected to gain in")
    first_day = models.DateField(_("first day of the first wave"))
    waves = models.PositiveSmallIntegerField(_("waves"))
    waiting = models.PositiveSmallIntegerField(_("communes that wait"))
    apart = models.PositiveSmallIntegerField(db_comment="Periods of four weeks from one wave to the next")
    seed = models.BigIntegerField(db_comment="The draw can be made again from it")
    balance = models.JSONField(
        default=list, db_comment="By trait: name, mean in each group, worst difference"
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(public="id initiative indicator first_day waves waiting apart seed balance made_at")

    class Meta:
        ordering = ["-made_at", "id"]


class Offer(models.Model):
    """A commune's place in a draw, from when it may copy, and what it answered."""

    class Answer(models.TextChoices):
        OPEN = "open", _("not answered yet")
        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=uuid7)
    plan = models.ForeignKey(WavePlan, models.CASCADE, related_name="offers", db_index=False)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    wave = models.PositiveSmallIntegerField(db_comment="From 0; the last one waits for comparison")
    first_day = models.DateField(db_comment="From when the commune may begin")
    gain = models.FloatField(null=True, db_comment="Expected when it was offered: cases in four weeks")
    gain_low = models.FloatField(null=True)
    gain_high = models.FloatField(null=True)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.OPEN)
    declined_why = models.CharField(max_length=500, default="", db_comment="Checked for personal data")
    adoption = models.OneToOneField(Adoption, models.PROTECT, null=True, related_name="offer")

    privacy = Privacy(
        public="id plan commune wave first_day gain gain_low gain_high answer declined_why adoption"
    )

    class Meta:
        ordering = ["wave", "commune"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "commune"], name="offer_once"),
            models.CheckConstraint(
                condition=(
                    Q(answer="taken", adoption__isnull=False) | (~Q(answer="taken") & Q(adoption=None))
                )
                & (Q(answer="declined") & ~Q(declined_why="") | ~Q(answer="declined") & Q(declined_why="")),
                name="offer_answered",
            ),
        ]
