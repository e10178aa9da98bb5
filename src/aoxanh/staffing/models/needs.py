"""What a commune needs: Need, with a Post for each kind of work and a LanguageNeed for each language."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.places.models import Language, Place


class Kind(models.TextChoices):
    """The kinds of post that people are sent to; the same words as in `allocation.problem.KINDS`, in its order."""

    OUTREACH = "outreach", _("outreach in hamlets")
    VNEID = "vneid", _("help with VNeID")
    SERVICES = "services", _("help with online services")
    AI = "ai", _("help with the AI assistant")
    POLICE = "police", _("pair with the commune police")


class Need(models.Model):
    """What one commune needs in all; suggested from its figures, corrected by the commune, confirmed by the province."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        CORRECTED = "corrected", _("corrected by the commune")
        CONFIRMED = "confirmed", _("confirmed by the province")

    commune = models.OneToOneField(Place, models.PROTECT, primary_key=True, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.SUGGESTED)
    leaders = models.PositiveSmallIntegerField(default=0, db_comment="Team leaders wanted")
    half_days = models.PositiveIntegerField(
        default=0, db_comment="Half days of work wanted in a week, in all"
    )
    open_halves = models.PositiveIntegerField(
        default=0, db_comment="14 bits like a volunteer's availability: when the service centre is open"
    )
    mobile_halves = models.PositiveIntegerField(
        default=0, db_comment="14 bits: when a mobile team goes to hamlets and markets"
    )
    has_road = models.BooleanField(
        default=True, db_comment="People from elsewhere can come by road or regular boat"
    )
    boat_km = models.PositiveSmallIntegerField(
        default=0, db_comment="Way by boat, counted on top of the road"
    )
    basis = models.JSONField(default=dict, db_comment="Figures that the suggestion was counted from")
    changed_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        internal="commune state leaders half_days open_halves mobile_halves has_road boat_km basis changed_at confirmed_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(open_halves__lt=1 << 14, mobile_halves__lt=1 << 14), name="need_halves"
            ),
            models.CheckConstraint(condition=Q(leaders__lte=100, half_days__lte=20_000), name="need_amounts"),
        ]


class Post(models.Model):
    """How many people a commune needs for one kind of work, and the least it cannot do without."""

    pk = models.CompositePrimaryKey("need_id", "kind")
    need = models.ForeignKey(Need, models.CASCADE, related_name="posts", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    wanted = models.PositiveSmallIntegerField(default=0)
    minimum = models.PositiveSmallIntegerField(default=0, db_comment="Cover that must not be missed")
    technology = models.PositiveSmallIntegerField(
        default=0, db_comment="Level wanted: 0 any, 1 basic, 2 good"
    )
    communication = models.PositiveSmallIntegerField(
        default=0, db_comment="Level wanted: 0 any, 1 fair, 2 good"
    )

    privacy = Privacy(internal="need kind wanted minimum technology communication")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wanted__lte=2_000), name="post_wanted"),
            models.CheckConstraint(condition=Q(minimum__lte=F("wanted")), name="post_minimum"),
            models.CheckConstraint(condition=Q(technology__lte=2, communication__lte=2), name="post_levels"),
        ]


class LanguageNeed(models.Model):
    """How many speakers of a language a commune needs."""

    pk = models.CompositePrimaryKey("need_id", "language_id")
    need = models.ForeignKey(Need, models.CASCADE, related_name="languages", db_index=False)
    language = models.ForeignKey(Language, models.PROTECT, related_name="+", db_index=False)
    speakers = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy(internal="need language speakers")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(speakers__lte=500), name="languageneed_speakers")]
