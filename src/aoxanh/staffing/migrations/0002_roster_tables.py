"""Rosters, shifts, who is on them, absences, wishes, swaps, check-ins and calendar addresses; row security where a commune stands."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import aoxanh.places.models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("staffing_roster", "staffing_shift", "staffing_shiftassignment", "staffing_swap", "staffing_checkin")
SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    f" OR commune_id = ANY ({SETTING.format('communes')})"
    f" OR commune_id IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
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
        ('people', '0004_ask_how_far_volunteers_travel'),
        ('places', '0001_first_tables'),
        ('staffing', '0001_first_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(db_comment='SHA-256 of the secret in the address', max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('volunteer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
        ),
        migrations.CreateModel(
            name='RosterRun',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('first_day', models.DateField(db_comment='A Monday')),
                ('weeks', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('waiting', 'waits'), ('working', 'at work'), ('done', 'done')], default='waiting', max_length=8)),
                ('total', models.PositiveIntegerField(db_comment='Teams to look at', default=0)),
                ('done', models.PositiveIntegerField(db_comment='Teams looked at', default=0)),
                ('drafted', models.PositiveIntegerField(db_comment='Teams that got a draft', default=0)),
                ('had_one', models.PositiveIntegerField(db_comment='Teams that had a roster already', default=0)),
                ('unable', models.PositiveIntegerField(db_comment='Teams with nobody, or whose draft failed', default=0)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Roster',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('first_day', models.DateField(db_comment='A Monday')),
                ('last_day', models.DateField(db_comment='A Sunday, some weeks later')),
                ('state', models.CharField(choices=[('waiting', 'waits'), ('drafting', 'being drafted'), ('draft', 'draft'), ('published', 'published'), ('superseded', 'replaced'), ('discarded', 'discarded')], default='waiting', max_length=10)),
                ('inputs', models.BinaryField(db_comment='Canonical JSON, compressed; people are numbers', null=True)),
                ('inputs_sha256', models.CharField(db_comment='Of the JSON before compression', default='', max_length=64)),
                ('outcome_sha256', models.CharField(db_comment='Of the seats as drafted', default='', max_length=64)),
                ('base_sha256', models.CharField(db_comment='Of the seats of the published roster that is mended', default='', max_length=64)),
                ('objective', models.IntegerField(db_comment='Points; the fewer the better', null=True)),
                ('bound', models.IntegerField(db_comment='Proven: no roster of these inputs costs less', null=True)),
                ('flaws', models.JSONField(db_comment='Codes and counts of what was wrong with the rows', default=list)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('published_at', models.DateTimeField(null=True)),
                ('commune', models.ForeignKey(db_comment="The team's; immutable", on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('mends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mended_by', to='staffing.roster')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rosters', to='staffing.rosterrun')),
            ],
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('half', models.CharField(choices=[('am', 'morning'), ('pm', 'afternoon')], max_length=2)),
                ('kind', models.CharField(choices=[('duty', 'duty at the centre'), ('mobile', 'mobile outreach'), ('home_visit', 'home visits')], default='duty', max_length=10)),
                ('seats', models.JSONField(db_comment='People wanted by kind of post', default=dict)),
                ('leader', models.BooleanField(db_comment='A leader or experienced person must be there', default=True)),
                ('language', models.CharField(db_comment='ISO 639-3 code of a speaker wanted', default='', max_length=3)),
                ('place', models.CharField(db_comment='Hamlet or market; checked for personal data', default='', max_length=80)),
                ('km', models.PositiveSmallIntegerField(db_comment="By road from the team's seat", default=0)),
                ('hot', models.BooleanField(db_comment='A heat warning is out for the day', default=False)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('roster', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='staffing.roster')),
            ],
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7 made on the phone', primary_key=True, serialize=False)),
                ('day', models.DateField(db_comment="The shift's")),
                ('arrived_at', models.DateTimeField(db_comment="The phone's clock")),
                ('left_at', models.DateTimeField(db_comment="The phone's clock", null=True)),
                ('received_at', models.DateTimeField(db_comment="The server's clock", default=aoxanh.kernel.clock.now)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
                ('shift', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staffing.shift')),
            ],
        ),
        migrations.CreateModel(
            name='ShiftAssignment',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('day', models.DateField(db_comment="The shift's; here for the constraint")),
                ('half', models.CharField(choices=[('am', 'morning'), ('pm', 'afternoon')], max_length=2)),
                ('seat', models.CharField(db_comment='Kind of post', max_length=8)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('signed_up', 'signed up'), ('swapped', 'swapped'), ('away', 'cannot come')], default='planned', max_length=9)),
                ('pinned', models.BooleanField(db_comment='Set by hand: a new draft leaves it', default=False)),
                ('holds', models.BooleanField(default=False)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('roster', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='staffing.roster')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='staffing.shift')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
        ),
        migrations.CreateModel(
            name='Swap',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('proposed', 'asked'), ('accepted', 'accepted'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], default='proposed', max_length=9)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('settled_at', models.DateTimeField(null=True)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
                ('shift', models.ForeignKey(db_comment='The one that is given away', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staffing.shift')),
                ('taker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
                ('wanted', models.ForeignKey(db_comment="The taker's shift that is asked for", null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staffing.shift')),
            ],
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('likes', models.BooleanField(default=True)),
                ('day', models.DateField(null=True)),
                ('weekday', models.PositiveSmallIntegerField(db_comment='0 is Monday', null=True)),
                ('half', models.CharField(db_comment='am or pm, empty for both', default='', max_length=2)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('half', models.CharField(db_comment='am or pm, empty for whole days', default='', max_length=2)),
                ('kind', models.CharField(choices=[('leave', 'leave'), ('exam', 'exam'), ('other', 'other')], default='other', max_length=5)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='absence_days'), models.UniqueConstraint(fields=('volunteer', 'first_day', 'last_day', 'half'), name='absence_once')],
            },
        ),
        migrations.CreateModel(
            name='RosterMember',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('roster', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='staffing.roster')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('roster', 'number'), name='rostermember_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='roster',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gt', models.F('first_day'))), name='roster_days'),
        ),
        migrations.AddConstraint(
            model_name='roster',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'published')), expressions=[(models.F('team'), '='), (aoxanh.places.models.DateRange('first_day', 'last_day', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='roster_one_published'),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(fields=['roster', 'day', 'half'], name='shift_of_roster'),
        ),
        migrations.AddIndex(
            model_name='checkin',
            index=models.Index(fields=['volunteer', 'day'], name='checkin_of_person'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.UniqueConstraint(fields=('shift', 'volunteer'), name='checkin_once'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(('left_at', None), ('left_at__gt', models.F('arrived_at')), _connector='OR'), name='checkin_order'),
        ),
        migrations.AddIndex(
            model_name='shiftassignment',
            index=models.Index(fields=['volunteer', 'day'], name='shiftassignment_of_person'),
        ),
        migrations.AddConstraint(
            model_name='shiftassignment',
            constraint=models.UniqueConstraint(condition=models.Q(('holds', True)), fields=('volunteer', 'day', 'half'), name='shiftassignment_one_place'),
        ),
        migrations.AddConstraint(
            model_name='shiftassignment',
            constraint=models.UniqueConstraint(fields=('roster', 'shift', 'volunteer'), name='shiftassignment_once'),
        ),
        migrations.AddConstraint(
            model_name='shiftassignment',
            constraint=models.CheckConstraint(condition=models.Q(('holds', True), ('state', 'away'), _negated=True), name='shiftassignment_away'),
        ),
        migrations.AddConstraint(
            model_name='swap',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='swap_two_people'),
        ),
        migrations.AddConstraint(
            model_name='swap',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('shift', 'giver', 'taker'), name='swap_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day', None), ('weekday__lte', 6)), models.Q(('day__isnull', False), ('weekday', None)), _connector='OR'), name='wish_when'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(fields=('volunteer', 'day', 'weekday', 'half'), name='wish_once', nulls_distinct=False),
        ),
        *(protect(table) for table in TABLES),
    ]
