"""Observed practice, under row security by the commune of the team."""

import aoxanh.kernel.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "training_observation"
SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    f" OR commune_id = ANY ({SETTING.format('communes')})"
    f" OR commune_id IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_keep_guardian_consents'),
        ('places', '0001_first_tables'),
        ('training', '0005_certificate_gates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7 made on the phone', primary_key=True, serialize=False)),
                ('day', models.DateField(db_comment='Vietnam day fixed on the phone')),
                ('checklist', models.CharField(max_length=12)),
                ('version', models.PositiveSmallIntegerField(db_comment='Of the checklist that was asked')),
                ('marks', models.JSONField(db_comment='Point to done, needs_work or not_seen')),
                ('note', models.CharField(db_comment='Checked for personal data before storage', default='', max_length=280)),
                ('received_at', models.DateTimeField(db_comment="The server's clock", default=aoxanh.kernel.clock.now)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('observer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
            options={
                'indexes': [models.Index(fields=['volunteer', 'day'], name='observation_of_person')],
            },
        ),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY; ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;"
            f" CREATE POLICY within_scope ON {TABLE} USING ({CONDITION}) WITH CHECK ({CONDITION});",
            f"DROP POLICY within_scope ON {TABLE}; ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY;"
            f" ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;",
        ),
    ]
