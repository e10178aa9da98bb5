"""Ask volunteers how far they will travel and whether they would help another province; nobody is sent beyond what they offered.

The defaults stand in the database, so that a server of the release before goes on registering people.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_index_only_what_is_looked_up")]
    operations = [
        migrations.AddField(
            "volunteer",
            "reach_km",
            models.PositiveSmallIntegerField(
                db_comment="Kilometres by road from the commune of residence; 0 is that commune only",
                db_default=0,
                default=0,
                verbose_name="how far you will travel",
            ),
        ),
        migrations.AddField(
            "volunteer",
            "willing_abroad",
            models.BooleanField(
                db_comment="Would serve in another province that is short of people",
                db_default=False,
                default=False,
                verbose_name="ready to help another province",
            ),
        ),
    ]
