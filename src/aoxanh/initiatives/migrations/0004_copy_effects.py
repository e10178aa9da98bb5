"""What one single copy changed, beside communes like it."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("initiatives", "0003_waves")]

    operations = [
        migrations.CreateModel(
            name="CopyEffect",
            fields=[
                ("id", models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ("indicator", models.CharField(max_length=32)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("better", "better than its likes"),
                            ("worse", "worse than its likes"),
                            ("unclear", "not told apart from its likes"),
                            ("too_little", "too little to say"),
                        ],
                        max_length=10,
                    ),
                ),
                ("lack", models.CharField(db_comment="Why nothing can be said", default="", max_length=16)),
                ("cases", models.PositiveIntegerField(db_comment="What the share since the first day is of")),
                ("estimate", models.FloatField(null=True)),
                ("low", models.FloatField(db_comment="An end of the interval", null=True)),
                ("high", models.FloatField(db_comment="An end of the interval", null=True)),
                ("alike", models.PositiveSmallIntegerField(db_comment="Communes it is compared with")),
                ("placebos", models.PositiveSmallIntegerField(db_comment="Communes whose changes the interval is taken from")),
                ("last_day", models.DateField(db_comment="The last day that was read", null=True)),
                ("measured_at", models.DateTimeField(default=aoxanh.kernel.clock.now)),
                (
                    "adoption",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="initiatives.adoption",
                    ),
                ),
            ],
            options={
                "ordering": ["indicator"],
                "constraints": [
                    models.UniqueConstraint(fields=("adoption", "indicator"), name="copyeffect_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("estimate__isnull", True), ("high__isnull", True), ("low__isnull", True), ("verdict", "too_little")),
                            models.Q(
                                models.Q(("verdict", "too_little"), _negated=True),
                                ("high__gte", models.F("estimate")),
                                ("low__lte", models.F("estimate")),
                            ),
                            _connector="OR",
                        ),
                        name="copyeffect_interval",
                    ),
                ],
            },
        ),
    ]
