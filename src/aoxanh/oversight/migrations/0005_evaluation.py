"""Evaluation cycles, targets and official totals, with row-level security under the query filters."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
NATION = "current_setting('aoxanh.reach', true) = 'nation'"


def within(column: str) -> str:
    return (
        f"{NATION} OR {column} = ANY ({SETTING.format('communes')}) OR {column} = ANY ({SETTING.format('provinces')})"
        f" OR {column} IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
    )


# A cycle and a target are decisions, of nobody; what is said of a unit is seen from it and from above.
COLUMNS = {
    "oversight_evaluation": "unit_id",
    "oversight_filereview": "unit_id",
    "oversight_appeal": "unit_id",
    "oversight_officialtotal": "commune_id",
}


def protect(table: str) -> migrations.RunSQL:
    condition = within(COLUMNS[table])
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY within_scope ON {table} USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0004_flags'),
        ('places', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='EvaluationCycle',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('level', models.CharField(db_comment='Level of the units: commune or province', max_length=8)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('rubric', models.CharField(db_comment='Version of the rubric', max_length=12)),
                ('state', models.CharField(choices=[('open', 'open for self-scores'), ('frozen', 'figures frozen'), ('drawn', 'files drawn for review'), ('decided', 'decided, open for appeals'), ('locked', 'locked')], default='open', max_length=8)),
                ('files_each', models.PositiveSmallIntegerField(db_comment='Files drawn of each unit for blind review')),
                ('appeal_days', models.PositiveSmallIntegerField(db_comment='Days after the decision in which units may appeal')),
                ('secret', models.CharField(db_comment='Half of the seed; shown when the files are drawn', max_length=64)),
                ('commitment', models.CharField(db_comment='Hash of the secret, shown from the beginning', max_length=64)),
                ('frozen_sha256', models.CharField(db_comment='Of the hashes of all snapshots', default='', max_length=64)),
                ('seed', models.CharField(db_comment='Made of the secret and of frozen_sha256', default='', max_length=64)),
                ('opened_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('frozen_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('locked_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(db_comment='Whose units are evaluated', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['-last_day', '-opened_at'],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('own_scores', models.JSONField(db_comment='Points of 100 by criterion, as the unit sees itself', default=dict)),
                ('own_note', models.CharField(db_comment='Checked for personal data', default='', max_length=1000)),
                ('scored_at', models.DateTimeField(null=True)),
                ('snapshot', models.TextField(db_comment='Canonical JSON; never changed once it is there', default='')),
                ('snapshot_sha256', models.CharField(default='', max_length=64)),
                ('visited_on', models.DateField(null=True)),
                ('visit_marks', models.JSONField(db_comment='0 to 10 by item of the rubric', default=dict)),
                ('visit_note', models.CharField(db_comment='Checked for personal data', default='', max_length=1000)),
                ('findings', models.TextField(db_comment='Canonical JSON, sealed by the decision', default='')),
                ('findings_sha256', models.CharField(default='', max_length=64)),
                ('points', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('band', models.CharField(default='', max_length=12)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='oversight.evaluationcycle')),
            ],
        ),
        migrations.CreateModel(
            name='FileReview',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(db_comment='Place in the shuffled pile of the whole cycle')),
                ('commune', models.CharField(db_comment='Where the session took place', max_length=5)),
                ('day', models.DateField()),
                ('root_id', models.UUIDField(db_comment='First revision of the session')),
                ('verdict', models.CharField(choices=[('in_order', 'in order'), ('doubtful', 'doubtful'), ('wrong', 'not as it should be')], default='', max_length=8)),
                ('remark', models.CharField(db_comment='Checked for personal data', default='', max_length=300)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='oversight.evaluation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='OfficialTotal',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('indicator', models.CharField(max_length=30)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('count', models.PositiveBigIntegerField()),
                ('source', models.CharField(db_comment='Which book or report; checked for personal data', max_length=200)),
                ('told_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(choices=[('late', 'phones have not handed everything in yet'), ('channel', 'help was also given without volunteers'), ('definition', 'the books count something else'), ('unrecorded', 'volunteers did not record all they did'), ('books', 'the books were wrong'), ('other', 'another reason')], db_comment='Of the difference', default='', max_length=10)),
                ('answer', models.CharField(db_comment='Checked for personal data', default='', max_length=500)),
                ('answered_at', models.DateTimeField(null=True)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['-last_day', 'indicator'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('indicator', models.CharField(max_length=30)),
                ('place_type', models.CharField(blank=True, choices=[('', 'all places'), ('urban', 'urban'), ('rural', 'rural'), ('border', 'border'), ('island', 'island')], default='', max_length=6)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('value', models.DecimalField(db_comment='Shares as a part of 1', decimal_places=4, max_digits=14)),
                ('reason', models.CharField(db_comment='Checked for personal data', max_length=300)),
                ('by_role', models.CharField(max_length=24)),
                ('set_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(db_comment='Holds here downwards', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['indicator', '-first_day', '-set_at'],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('criterion', models.CharField(max_length=20)),
                ('reason', models.CharField(db_comment='Checked for personal data', max_length=1000)),
                ('by_role', models.CharField(db_comment='Role of who appealed', max_length=24)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('state', models.CharField(choices=[('open', 'waiting for an answer'), ('granted', 'granted'), ('declined', 'declined')], default='open', max_length=8)),
                ('points_before', models.DecimalField(db_comment='Of the criterion', decimal_places=2, max_digits=5, null=True)),
                ('points_after', models.DecimalField(db_comment='When granted', decimal_places=2, max_digits=5, null=True)),
                ('grade_before', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('grade_after', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('answer', models.CharField(db_comment='Checked for personal data', default='', max_length=1000)),
                ('answered_by_role', models.CharField(default='', max_length=24)),
                ('answered_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='oversight.evaluation')),
            ],
            options={
                'ordering': ['made_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('evaluation', 'criterion'), name='appeal_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='appeal_answered'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), models.Q(('points_after__gte', 0), ('points_after__lte', 100)), _connector='OR'), name='appeal_points')],
            },
        ),
        migrations.AddConstraint(
            model_name='evaluationcycle',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='evaluationcycle_days'),
        ),
        migrations.AddConstraint(
            model_name='evaluationcycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('frozen_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('frozen_at__isnull', False)), _connector='OR'), name='evaluationcycle_frozen'),
        ),
        migrations.AddConstraint(
            model_name='evaluationcycle',
            constraint=models.UniqueConstraint(fields=('place', 'first_day', 'last_day'), name='evaluationcycle_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(fields=('cycle', 'unit'), name='evaluation_once'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('points', None), models.Q(('points__gte', 0), ('points__lte', 100)), _connector='OR'), name='evaluation_points'),
        ),
        migrations.AddConstraint(
            model_name='filereview',
            constraint=models.UniqueConstraint(fields=('evaluation', 'commune', 'day', 'root_id'), name='filereview_once'),
        ),
        migrations.AddConstraint(
            model_name='officialtotal',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('commune', 'indicator', 'first_day', 'last_day'), name='officialtotal_one_holds'),
        ),
        migrations.AddConstraint(
            model_name='officialtotal',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='officialtotal_days'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('indicator', 'place', 'place_type', 'first_day', 'last_day'), name='target_one_holds'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='target_days'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='target_value'),
        ),
        *(protect(table) for table in COLUMNS),
    ]
