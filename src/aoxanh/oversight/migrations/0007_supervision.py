"""Tasks that come by themselves and visits, under row security; saved views and alert rules, their owner's alone."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
NATION = "current_setting('aoxanh.reach', true) = 'nation'"


def within(column: str) -> str:
    """Return the condition for a column that names a commune or a province."""
    return (
        f"{NATION} OR {column} = ANY ({SETTING.format('communes')}) OR {column} = ANY ({SETTING.format('provinces')})"
        f" OR {column} IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
    )


def protect(table: str, column: str) -> migrations.RunSQL:
    """Let rows be seen and written within the reach of the transaction only."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY within_scope ON {table} USING ({within(column)}) WITH CHECK ({within(column)});",
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0006_reports'),
        ('people', '0006_keep_guardian_consents'),
        ('places', '0001_first_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AlertRule',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('figure', models.CharField(db_comment='Key in supervision/board_figures.py', max_length=24)),
                ('side', models.CharField(choices=[('above', 'above'), ('below', 'below')], max_length=5)),
                ('threshold', models.FloatField()),
                ('days', models.PositiveSmallIntegerField(db_comment='Over so many days up to yesterday')),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('name', models.CharField(db_comment='Checked for personal data', max_length=60, verbose_name='name')),
                ('address', models.CharField(db_comment='Path of a board and its choices, of this site', max_length=300)),
                ('saved_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'name'), name='savedview_name_once')],
            },
        ),
        migrations.CreateModel(
            name='SupervisionTask',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('rule', models.CharField(db_comment='Name in data/alerts.yaml, or own_alert', max_length=24)),
                ('subject', models.CharField(db_comment='What it is about, e.g. team:<id>; never a person', max_length=60)),
                ('owner', models.CharField(choices=[('volunteer', 'volunteer'), ('team_leader', 'team leader'), ('commune_secretary', 'commune Union secretary'), ('pasc_official', 'service-centre official'), ('police_contact', 'contact of the commune police'), ('province_coordinator', 'province coordinator'), ('central', 'central coordinator'), ('auditor', 'auditor')], db_comment="Role that answers; empty for one's own alert", default='', max_length=24)),
                ('n', models.IntegerField(db_comment='The figure as last measured')),
                ('weight', models.FloatField(default=1)),
                ('opened_on', models.DateField(default=aoxanh.kernel.clock.today)),
                ('due_on', models.DateField()),
                ('resting_until', models.DateField(db_comment='Put off, or not to be opened again, until then', null=True)),
                ('handed_on', models.PositiveSmallIntegerField(db_comment='How often it was handed up', default=0)),
                ('reason', models.CharField(db_comment='Checked for personal data', default='', max_length=280)),
                ('outcome', models.CharField(blank=True, choices=[('done', 'done'), ('gone', 'the cause is gone')], default='', max_length=4)),
                ('closed_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_comment='Whose own alert it is', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['owner', 'place'], name='supervisiontask_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('rule', 'subject'), name='supervisiontask_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='supervisiontask_closed')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('half', models.CharField(choices=[('am', 'morning'), ('pm', 'afternoon')], max_length=2)),
                ('place_in_trip', models.PositiveSmallIntegerField(db_comment='1, 2 ... within the half day', default=1)),
                ('announced', models.BooleanField(db_comment='Whether the commune may know beforehand', default=False)),
                ('reasons', models.JSONField(db_comment='Figures for which the commune was chosen', default=dict)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('done', 'done'), ('dropped', 'dropped')], default='planned', max_length=8)),
                ('report_id', models.UUIDField(db_comment='UUIDv7 made on the phone; makes the report count once', null=True)),
                ('seen_on', models.DateField(db_comment='Vietnam day fixed on the phone', null=True)),
                ('version', models.PositiveSmallIntegerField(db_comment='Of the checklist that was filled in', null=True)),
                ('marks', models.JSONField(db_comment='Point to done, needs_work or not_seen', default=dict)),
                ('note', models.CharField(db_comment='Checked for personal data before storage', default='', max_length=280)),
                ('planned_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('received_at', models.DateTimeField(db_comment="The server's clock", null=True)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('supervisor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'day'], name='visit_of_commune')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('supervisor', 'commune', 'day', 'half'), name='visit_planned_once'), models.UniqueConstraint(fields=('report_id',), name='visit_report_once')],
            },
        ),
        protect('oversight_supervisiontask', 'place_id'),
        protect('oversight_visit', 'commune_id'),
    ]
