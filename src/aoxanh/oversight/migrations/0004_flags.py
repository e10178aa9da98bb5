"""Questions about figures, under row security by the commune of the team."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "oversight_flag"
SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    f" OR commune_id = ANY ({SETTING.format('communes')})"
    f" OR commune_id IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
)


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0003_ledger'),
        ('people', '0006_keep_guardian_consents'),
        ('places', '0001_first_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('about_team', models.BooleanField(db_comment='Of the whole team, asked of whoever leads it', default=False)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(db_comment='Work up to here is never asked about again')),
                ('evidence', models.JSONField(db_comment='Snapshot of the figures; names nobody')),
                ('state', models.CharField(choices=[('open', 'waits for the volunteer’s word'), ('explained', 'explained by the volunteer'), ('coached', 'talked over'), ('appealed', 'before another reader'), ('closed', 'closed')], default='open', max_length=9)),
                ('due_on', models.DateField(db_comment='Until when the coach, or the reader of an appeal, has talked it over')),
                ('answer', models.CharField(db_comment='Checked for personal data', default='', max_length=1000)),
                ('note', models.CharField(db_comment='Checked for personal data', default='', max_length=1000)),
                ('appeal', models.CharField(db_comment='Checked for personal data', default='', max_length=1000)),
                ('outcome', models.CharField(choices=[('fine', 'there is a good reason'), ('corrected', 'the entries were corrected'), ('shown', 'how to record was shown again'), ('unfounded', 'the question was mistaken')], default='', max_length=9)),
                ('reason', models.CharField(db_comment='Checked for personal data', default='', max_length=1000)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('coached_at', models.DateTimeField(null=True)),
                ('appealed_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('coach', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'closed_at'], name='question_of_commune')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('volunteer', 'about_team'), name='flag_one_open'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='flag_days'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('outcome__gt', ''), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None), ('outcome', '')), _connector='OR'), name='flag_closed')],
            },
        ),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY; ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;"
            f" CREATE POLICY within_scope ON {TABLE} USING ({CONDITION}) WITH CHECK ({CONDITION});",
            f"DROP POLICY within_scope ON {TABLE}; ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY;"
            f" ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;",
        ),
    ]
