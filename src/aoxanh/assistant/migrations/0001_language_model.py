"""The switch of the optional language model, its budget by day, and its calls without a word of text."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LanguageModelSwitch",
            fields=[
                ("id", models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ("is_on", models.BooleanField()),
                ("reason", models.CharField(db_comment="Why it was decided so", max_length=200)),
                ("decided_at", models.DateTimeField(default=aoxanh.kernel.clock.now)),
            ],
            options={"ordering": ["-decided_at", "-id"]},
        ),
        migrations.CreateModel(
            name="LanguageModelDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("tokens", models.BigIntegerField(db_comment="Used and reserved")),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("tokens__gte", 0)), name="language_model_tokens")]},
        ),
        migrations.CreateModel(
            name="LanguageModelCall",
            fields=[
                ("id", models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("purpose", models.CharField(max_length=12)),
                ("outcome", models.CharField(max_length=16)),
                ("tokens", models.PositiveIntegerField(default=0)),
                ("ms", models.PositiveIntegerField(default=0)),
                ("kept", models.PositiveSmallIntegerField(db_comment="Claims that their quotes bore out", default=0)),
                ("dropped", models.PositiveSmallIntegerField(db_comment="Claims that were not shown", default=0)),
            ],
            options={"indexes": [models.Index(fields=["day"], name="language_model_call_day")]},
        ),
    ]
