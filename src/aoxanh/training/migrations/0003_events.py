"""Training events, their points and attendance; row security where a commune stands."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models

TABLES = ("training_point", "training_attendance")
SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    f" OR commune_code = ANY ({SETTING.format('communes')})"
    f" OR commune_code IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
)


def protect(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY within_scope ON {table} USING ({CONDITION}) WITH CHECK ({CONDITION});",
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_first_tables'),
        ('training', '0002_skill_groups'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('pk', models.CompositePrimaryKey('commune_code', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('commune_code', models.CharField(db_comment="The point's; immutable", max_length=5)),
                ('id', models.UUIDField(db_comment='UUIDv7 made by whoever tells it')),
                ('event_id', models.UUIDField()),
                ('point_id', models.UUIDField()),
                ('volunteer_id', models.UUIDField()),
                ('how', models.CharField(choices=[('code', 'code on the screen'), ('spoken', 'spoken code'), ('list', 'list'), ('offline', 'told later without a code')], max_length=7)),
                ('state', models.CharField(choices=[('present', 'present'), ('held', 'to be looked at'), ('void', 'not counted')], max_length=7)),
                ('why', models.CharField(choices=[('', ''), ('elsewhere', 'counted at another point already'), ('shared_phone', 'one phone checked in several people'), ('unproven', 'told later, without a code that fits'), ('after_close', 'arrived after the event was closed')], default='', max_length=12)),
                ('is_late', models.BooleanField(db_comment='Handed in minutes or more after it was noted', default=False)),
                ('clock_off', models.BooleanField(db_comment="The phone's clock was wrong by minutes or more", default=False)),
                ('arrived_at', models.DateTimeField(db_comment="By the server's clock, as well as it can be told")),
                ('noted_at', models.DateTimeField(db_comment='By the clock of the phone that noted it')),
                ('received_at', models.DateTimeField(db_comment="The server's clock", default=aoxanh.kernel.clock.now)),
                ('device_id', models.UUIDField(db_comment='Enrolled phone that told it', null=True)),
                ('phone', models.CharField(db_comment='Mark of the browser, whoever is signed in; tells one phone for many', default='', max_length=32)),
                ('recorded_by_id', models.UUIDField(db_comment='Account of the host who noted it; null for oneself', null=True)),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['volunteer_id', 'event_id'], name='attendance_of_person'), models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['event_id', 'phone'], name='attendance_phone'), models.Index(condition=models.Q(('state', 'held')), fields=['event_id'], name='attendance_held'), models.Index(condition=models.Q(('recorded_by_id__isnull', False)), fields=['recorded_by_id'], name='attendance_recorder')],
                'constraints': [models.UniqueConstraint(fields=('commune_code', 'event_id', 'point_id', 'volunteer_id'), name='attendance_told_once'), models.UniqueConstraint(condition=models.Q(('state', 'present')), fields=('commune_code', 'event_id', 'volunteer_id'), name='attendance_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('pk', models.CompositePrimaryKey('commune_code', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('commune_code', models.CharField(max_length=5)),
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7)),
                ('event_id', models.UUIDField()),
                ('place', models.CharField(db_comment='Where in the commune; checked for personal data', max_length=120)),
                ('host_id', models.UUIDField(db_comment='Account of who answers for the point', null=True)),
                ('capacity', models.PositiveIntegerField(db_comment='Seats; 0 when nobody said', default=0)),
                ('link', models.URLField(db_comment="Instead of the event's own", default='', max_length=300)),
                ('present', models.PositiveIntegerField(db_comment='People counted as present', default=0)),
                ('connected_at', models.DateTimeField(db_comment='First sign of life', null=True)),
                ('last_seen_at', models.DateTimeField(db_comment='Latest sign of life', null=True)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('closed_at', models.DateTimeField(db_comment='When its attendance was frozen', null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['event_id', 'commune_code'], name='point_of_event'), models.Index(condition=models.Q(('host_id__isnull', False)), fields=['host_id'], name='point_host')],
                'constraints': [models.UniqueConstraint(fields=('commune_code', 'event_id', 'place'), name='point_place_once')],
            },
        ),
        migrations.CreateModel(
            name='TrainingEvent',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('broadcast', 'broadcast'), ('cascade', 'passed on'), ('class', 'class')], max_length=9)),
                ('course', models.CharField(db_comment='Code of a course that comes with us', default='', max_length=24)),
                ('organiser', models.CharField(db_comment='Organisation that teaches', default='', max_length=120)),
                ('link', models.URLField(db_comment='Where the broadcast is followed', default='', max_length=300)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('scheduled', 'announced'), ('open', 'check-in open'), ('closed', 'closed')], default='draft', max_length=9)),
                ('taught_by_id', models.UUIDField(db_comment='Volunteer who passes on what the parent taught', null=True)),
                ('minutes', models.CharField(db_comment='Checked for personal data', default='', max_length=4000)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('group', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.skillgroup')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='training.trainingevent')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['-starts_at'],
                'indexes': [models.Index(condition=models.Q(('taught_by_id__isnull', False)), fields=['taught_by_id'], name='trainingevent_teacher'), models.Index(fields=['state', 'starts_at'], name='trainingevent_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='trainingevent_times'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cascade'), ('parent__isnull', False), ('taught_by_id__isnull', False)), models.Q(models.Q(('kind', 'cascade'), _negated=True), ('parent', None), ('taught_by_id', None)), _connector='OR'), name='trainingevent_chain')],
            },
        ),
        *(protect(table) for table in TABLES),
    ]
