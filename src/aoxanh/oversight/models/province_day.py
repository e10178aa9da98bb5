"""ProvinceDay: the daily figures of all teams of a province added up, so that the national board is quick at any size."""

from django.db import models

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.oversight.measures import COLUMNS, LEDGER


class ProvinceDay(models.Model):
    """One province's day, with the same summed columns as the desk's DailyFigure; rebuilt from it, never changed by hand."""

    pk = models.CompositePrimaryKey("province_code", "day")
    province_code = models.CharField(max_length=2)
    day = models.DateField()
    computed_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal=f"province_code day computed_at {' '.join(COLUMNS)}")

    class Meta:
        indexes = [models.Index(fields=["day"], name="provinceday_day")]


# The columns follow the desk's vocabulary, so they are added from it rather than written a second time.
for _column in COLUMNS:
    _field = (
        models.BigIntegerField(default=0, db_default=0)
        if _column in LEDGER
        else models.BigIntegerField(default=0)
    )
    ProvinceDay.add_to_class(_column, _field)
