"""SavedView and AlertRule: what somebody keeps of the boards for themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Account
from aoxanh.places.models import Place


class SavedView(models.Model):
    """A board with its choices under a name; its owner's alone."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60, db_comment="Checked for personal data")
    address = models.CharField(max_length=300, db_comment="Path of a board and its choices, of this site")
    saved_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id address saved_at",
        personal="account name",
        keep="P12M",
        closed="saved_at",
        person="account",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="savedview_name_once")]


class AlertRule(models.Model):
    """Somebody wants to be told when a figure of a board lies above or below a limit."""

    class Side(models.TextChoices):
        ABOVE = "above", _("above")
        BELOW = "below", _("below")

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    figure = models.CharField(max_length=24, db_comment="Key in supervision/board_figures.py")
    side = models.CharField(max_length=5, choices=Side)
    threshold = models.FloatField()
    days = models.PositiveSmallIntegerField(db_comment="Over so many days up to yesterday")
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id place figure side threshold days made_at",
        personal="account",
        keep="P12M",
        closed="made_at",
        person="account",
    )
