"""Find volunteers by commune and name with one index instead of four, and languages by the constraint they have anyway.

A commune has some hundred volunteers at most, so sorting them takes no index, and nobody looks for a name in the whole nation.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0001_first_tables")]
    operations = [
        AddIndexConcurrently(
            "volunteer", models.Index(fields=["home", "fold"], name="volunteer_home_and_name")
        ),
        RemoveIndexConcurrently("volunteer", "volunteer_home"),
        RemoveIndexConcurrently("volunteer", "volunteer_fold"),
        migrations.AlterField(
            "volunteer",
            "home",
            models.ForeignKey(
                db_comment="Commune of residence",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.place",
            ),
        ),
        migrations.AlterField(
            "languageskill",
            "volunteer",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="language_skills",
                to="people.volunteer",
            ),
        ),
    ]
