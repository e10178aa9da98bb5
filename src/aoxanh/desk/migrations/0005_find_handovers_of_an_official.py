"""Let forgetting find the hand-overs an official took, without reading all of them; built while the table is in use."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("desk", "0004_detach_months")]
    operations = [
        AddIndexConcurrently(
            "handover",
            models.Index(
                fields=["official_id"],
                name="handover_official",
                condition=models.Q(("official_id__isnull", False)),
            ),
        )
    ]
