"""CheckSample: which sessions a second person reads, drawn by lot from a seed so that anybody can draw them again."""

from django.db import models
from django.db.models import F, Q

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class CheckSample(models.Model):
    """One draw: a commune, a period, a seed, and of how many sessions how many were drawn; the sessions are the desk's checks."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    seed = models.CharField(
        max_length=32, db_comment="Made by the server at the draw, after the period's end"
    )
    population = models.PositiveIntegerField(db_comment="Sessions that could be drawn")
    size = models.PositiveSmallIntegerField(db_comment="Sessions drawn")
    drawn_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal="id commune first last seed population size drawn_at")

    class Meta:
        indexes = [models.Index(fields=["commune", "drawn_at"], name="checksample_in_commune")]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="checksample_period"),
            models.CheckConstraint(condition=Q(size__lte=F("population")), name="checksample_size"),
        ]
