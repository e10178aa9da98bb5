"""A roster whose draft failed says so; how often it was begun, and when, is remembered."""

import django.db.models.functions.datetime
from django.db import migrations, models

import aoxanh.kernel.clock


class Migration(migrations.Migration):
    dependencies = [("staffing", "0002_roster_tables")]
    operations = [
        migrations.AlterField(
            model_name="roster",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waits"),
                    ("drafting", "being drafted"),
                    ("draft", "draft"),
                    ("published", "published"),
                    ("superseded", "replaced"),
                    ("discarded", "discarded"),
                    ("failed", "given up"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="roster",
            name="attempts",
            field=models.PositiveSmallIntegerField(
                db_comment="Drafts begun since it was ordered", db_default=0, default=0
            ),
        ),
        migrations.AddField(
            model_name="roster",
            name="touched_at",
            field=models.DateTimeField(
                db_comment="When it was ordered or a draft begun",
                db_default=django.db.models.functions.datetime.Now(),
                default=aoxanh.kernel.clock.now,
            ),
        ),
    ]
