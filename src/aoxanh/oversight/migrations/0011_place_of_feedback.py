"""Where the poster hangs that a citizen scanned; until now a team had one poster for all its places."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oversight", "0010_find_what_waits")]
    operations = [
        migrations.AddField(
            model_name="feedback",
            name="at",
            field=models.CharField(
                db_comment="Where the poster hangs: a place of the team's shifts", db_default="", default="", max_length=80
            ),
        )
    ]
