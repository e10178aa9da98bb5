"""Let boards find complaints without an answer, without reading all that was ever said; built while the table is in use."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("oversight", "0009_totals_told_by_province")]
    operations = [
        AddIndexConcurrently(
            "feedback",
            models.Index(fields=["commune"], name="feedback_waiting", condition=models.Q(("answered_at", None))),
        )
    ]
