"""What an effect's grade was doubted for, its error, and the effect by kind of place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("initiatives", "0001_first_tables")]

    operations = [
        migrations.AddField(
            "effect",
            "doubts",
            models.JSONField(
                default=list,
                db_default=models.Value([], models.JSONField()),
                db_comment="Keys of what keeps the grade from being better",
            ),
        ),
        migrations.AddField(
            "effect", "error", models.FloatField(null=True, db_comment="Standard error of the estimate")
        ),
        migrations.AddField(
            "effect",
            "kinds",
            models.JSONField(
                default=list,
                db_default=models.Value([], models.JSONField()),
                db_comment="By kind of place: kind, estimate, low, high, error, communes",
            ),
        ),
    ]
