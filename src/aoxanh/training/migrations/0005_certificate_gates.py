"""Gates by certificate, the keys that sign certificates, and their places in the status lists.

A campaign that runs already gets two weeks before the gates hold, since its volunteers have no certificates yet; a new
installation asks for them from its first day.
"""

from datetime import timedelta
from typing import Any

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

GRACE = timedelta(days=14)
REASON = "Chiến dịch đang chạy khi nâng cấp: có hai tuần để cấp chứng nhận"


def give_time(apps: Any, _schema_editor: Any) -> None:
    if not apps.get_model("people", "Volunteer").objects.exists():
        return
    gate = apps.get_model("training", "CertificateGate")
    first_day = timezone.localdate() + GRACE
    for group in apps.get_model("training", "SkillGroup").objects.all():
        gate.objects.create(place_id="VN", group=group, holds_from=first_day, reason=REASON)


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0001_first_tables"),
        ("training", "0004_attempts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateGate",
            fields=[
                ("id", models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ("holds_from", models.DateField(blank=True, db_comment="First day of work that asks for a certificate; null for none", null=True)),
                ("reason", models.CharField(db_comment="Why it was decided so", max_length=200)),
                ("decided_at", models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ("group", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.skillgroup")),
                ("place", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.place")),
            ],
            options={"ordering": ["-decided_at", "-id"]},
        ),
        migrations.CreateModel(
            name="CredentialKey",
            fields=[
                ("thumbprint", models.CharField(db_comment="RFC 7638, names the key", max_length=43, primary_key=True, serialize=False)),
                ("public", models.CharField(db_comment="Ed25519 public key, hexadecimal", max_length=64)),
                ("first_used_at", models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, db_comment="From then on nothing that it signed is believed", null=True)),
            ],
            options={"ordering": ["first_used_at", "thumbprint"]},
        ),
        migrations.CreateModel(
            name="CredentialIndex",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("certificate", models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="credential", to="training.certificate")),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("number__gte", 0)), name="credential_number")]},
        ),
        migrations.RunPython(give_time, migrations.RunPython.noop),
    ]
