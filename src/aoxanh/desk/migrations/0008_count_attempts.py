"""Counts of what was tried too often, over all processes; in a table that no write-ahead log, replica or base backup holds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0007_enter_by_code")]
    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                (
                    "key",
                    models.CharField(
                        db_comment="Keyed hash of what, who and the number of the while",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("count", models.IntegerField(default=1)),
            ],
        ),
        migrations.RunSQL("ALTER TABLE desk_attempts SET UNLOGGED", "ALTER TABLE desk_attempts SET LOGGED"),
    ]
