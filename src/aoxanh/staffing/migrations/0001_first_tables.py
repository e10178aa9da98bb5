"""Needs and plans, with row-level security under the query filters: nothing set, nothing seen."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
NATION = "current_setting('aoxanh.reach', true) = 'nation'"


def within(column: str) -> str:
    return (
        f"{column} = ANY ({SETTING.format('communes')})"
        f" OR {column} IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
    )


# A person who is sent elsewhere is seen from home and from where they serve; a plan from its province, or the nation.
CONDITIONS = {
    "staffing_need": f"{NATION} OR {within('commune_id')}",
    "staffing_plan": f"{NATION} OR place_id = ANY ({SETTING.format('provinces')})",
    "staffing_assignment": f"{NATION} OR {within('commune_id')} OR {within('home_id')}",
}


def protect(table: str) -> migrations.RunSQL:
    condition = CONDITIONS[table]
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY within_scope ON {table} USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0004_ask_how_far_volunteers_travel'),
        ('places', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decline',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('reason', models.CharField(choices=[('distance', 'too far'), ('study', 'study or exams'), ('work', 'work'), ('family', 'family'), ('other', 'another reason')], db_comment='Never health or belief', max_length=8)),
                ('day', models.DateField(default=aoxanh.kernel.clock.today)),
                ('withdrawn_on', models.DateField(db_comment='Day on which they were ready again', null=True)),
                ('commune', models.ForeignKey(db_comment='Null: anywhere', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declines', to='people.volunteer')),
            ],
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('commune', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='places.place')),
                ('state', models.CharField(choices=[('suggested', 'suggested'), ('corrected', 'corrected by the commune'), ('confirmed', 'confirmed by the province')], default='suggested', max_length=9)),
                ('leaders', models.PositiveSmallIntegerField(db_comment='Team leaders wanted', default=0)),
                ('half_days', models.PositiveIntegerField(db_comment='Half days of work wanted in a week, in all', default=0)),
                ('open_halves', models.PositiveIntegerField(db_comment="14 bits like a volunteer's availability: when the service centre is open", default=0)),
                ('mobile_halves', models.PositiveIntegerField(db_comment='14 bits: when a mobile team goes to hamlets and markets', default=0)),
                ('has_road', models.BooleanField(db_comment='People from elsewhere can come by road or regular boat', default=True)),
                ('boat_km', models.PositiveSmallIntegerField(db_comment='Way by boat, counted on top of the road', default=0)),
                ('basis', models.JSONField(db_comment='Figures that the suggestion was counted from', default=dict)),
                ('changed_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('mobile_halves__lt', 16384), ('open_halves__lt', 16384)), name='need_halves'), models.CheckConstraint(condition=models.Q(('half_days__lte', 20000), ('leaders__lte', 100)), name='need_amounts')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('state', models.CharField(choices=[('waiting', 'waiting for a planner'), ('planning', 'being planned'), ('draft', 'draft'), ('published', 'published'), ('superseded', 'replaced by a later plan'), ('discarded', 'discarded'), ('failed', 'given up')], default='waiting', max_length=10)),
                ('step', models.CharField(db_comment='What the planner is doing', default='', max_length=12)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('touched_at', models.DateTimeField(db_comment='Last sign of life of its planner', default=aoxanh.kernel.clock.now)),
                ('inputs', models.BinaryField(db_comment='People by id, needs, edits and settings, as compressed canonical text', null=True)),
                ('inputs_sha256', models.CharField(default='', max_length=64)),
                ('answer', models.BinaryField(db_comment='Commune and kind of each person, and the prices', null=True)),
                ('answer_sha256', models.CharField(default='', max_length=64)),
                ('engine', models.CharField(db_comment='Version of the product that planned', default='', max_length=20)),
                ('value', models.BigIntegerField(db_comment='Points of the plan', default=0)),
                ('bound', models.FloatField(db_comment='No plan is worth more points than this', default=0)),
                ('measures', models.JSONField(default=dict)),
                ('present', models.JSONField(db_comment='The same figures of how people serve at present', default=dict)),
                ('shortages', models.JSONField(default=list)),
                ('flaws', models.JSONField(db_comment='What was wrong with the rows: code, rows, count', default=list)),
                ('approved', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), db_comment='Communes approved', default=list, size=None)),
                ('released', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), db_comment='Communes published', default=list, size=None)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('made_by_id', models.UUIDField(db_comment='Account of who asked for it', null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(db_comment='Replaced, discarded or given up', null=True)),
                ('base', models.ForeignKey(db_comment='Plan that people were used to', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='staffing.plan')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('outreach', 'outreach in hamlets'), ('vneid', 'help with VNeID'), ('services', 'help with online services'), ('ai', 'help with the AI assistant'), ('police', 'pair with the commune police')], max_length=8)),
                ('km', models.PositiveIntegerField(db_comment='Way from home by road', default=0)),
                ('state', models.CharField(choices=[('holds', 'holds'), ('declined', 'declined'), ('ended', 'ended')], default='holds', max_length=8)),
                ('published_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('home', models.ForeignKey(db_comment='Commune of residence when sent', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='people.volunteer')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='staffing.plan')),
            ],
        ),
        migrations.CreateModel(
            name='PlanEdit',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('verb', models.CharField(choices=[('pin', 'serves there'), ('ban', 'does not serve there')], max_length=3)),
                ('kind', models.CharField(blank=True, choices=[('outreach', 'outreach in hamlets'), ('vneid', 'help with VNeID'), ('services', 'help with online services'), ('ai', 'help with the AI assistant'), ('police', 'pair with the commune police')], default='', max_length=8)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='staffing.plan')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('pk', models.CompositePrimaryKey('need_id', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('outreach', 'outreach in hamlets'), ('vneid', 'help with VNeID'), ('services', 'help with online services'), ('ai', 'help with the AI assistant'), ('police', 'pair with the commune police')], max_length=8)),
                ('wanted', models.PositiveSmallIntegerField(default=0)),
                ('minimum', models.PositiveSmallIntegerField(db_comment='Cover that must not be missed', default=0)),
                ('technology', models.PositiveSmallIntegerField(db_comment='Level wanted: 0 any, 1 basic, 2 good', default=0)),
                ('communication', models.PositiveSmallIntegerField(db_comment='Level wanted: 0 any, 1 fair, 2 good', default=0)),
                ('need', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='staffing.need')),
            ],
        ),
        migrations.CreateModel(
            name='LanguageNeed',
            fields=[
                ('pk', models.CompositePrimaryKey('need_id', 'language_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('speakers', models.PositiveSmallIntegerField(default=0)),
                ('language', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.language')),
                ('need', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='staffing.need')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('speakers__lte', 500)), name='languageneed_speakers')],
            },
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['place', 'made_at'], name='plan_of_place'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['made_by_id'], name='plan_made_by'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['commune', 'state'], name='assignment_in_commune'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'holds')), fields=('volunteer',), name='assignment_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='planedit',
            constraint=models.UniqueConstraint(fields=('plan', 'volunteer', 'verb', 'commune', 'kind'), name='planedit_once'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('wanted__lte', 2000)), name='post_wanted'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('minimum__lte', models.F('wanted'))), name='post_minimum'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('communication__lte', 2), ('technology__lte', 2)), name='post_levels'),
        ),
        *(protect(table) for table in CONDITIONS),
    ]
