"""Reports and the entries of the weekly briefing, with row-level security under the query filters: a unit's own and those below."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models

SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    f" OR place_id = ANY ({SETTING.format('communes')}) OR place_id = ANY ({SETTING.format('provinces')})"
    f" OR place_id IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
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
        ('oversight', '0005_evaluation'),
        ('places', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Difficulty',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('difficulty', 'difficulty'), ('proposal', 'proposal')], max_length=10)),
                ('text', models.CharField(db_comment='Checked for personal data', max_length=600)),
                ('due', models.DateField(db_comment='Last day for the answer')),
                ('made_on', models.DateField(default=aoxanh.kernel.clock.today)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('answer', models.CharField(db_comment='Checked for personal data', default='', max_length=600)),
                ('answered_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(db_comment='The unit that must answer', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['due', 'id'],
                'indexes': [models.Index(fields=['place', 'made_on'], name='difficulty_of_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='difficulty_answered')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('weekly', 'weekly report'), ('midterm', 'mid-term report'), ('final', 'final report')], max_length=8)),
                ('form', models.CharField(choices=[('union', 'Youth Union format'), ('state', 'State format (service centre)')], max_length=8)),
                ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English')], default='vi', max_length=2)),
                ('first', models.DateField(db_comment='First day that it covers')),
                ('last', models.DateField(db_comment='Last day that it covers')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('change', models.CharField(db_comment='What a correction changed and why; checked for personal data', default='', max_length=500)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('signed', 'signed'), ('corrected', 'replaced by a correction')], default='draft', max_length=9)),
                ('figures', models.JSONField(db_comment='Snapshot of every figure, with definitions and labels')),
                ('figures_hash', models.CharField(db_comment='SHA-256 of the snapshot in canonical form', max_length=64)),
                ('text', models.JSONField(db_comment='The body by section; checked for personal data')),
                ('number', models.PositiveIntegerField(db_comment="In the unit's book of the year, without gaps", null=True)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('position', models.CharField(blank=True, choices=[('head', 'secretary or director'), ('deputy', 'deputy')], default='', max_length=6)),
                ('signer', models.CharField(db_comment='Name under the signature, as printed', default='', max_length=120)),
                ('signed_at', models.DateTimeField(null=True)),
                ('digest', models.CharField(db_comment='SHA-256 of all that was signed', default='', max_length=64)),
                ('code', models.CharField(db_comment='Start of the digest, in base 32', max_length=16, null=True, unique=True)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('edited_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='oversight.report')),
            ],
            options={
                'ordering': ['-last', '-version', 'id'],
                'constraints': [models.UniqueConstraint(fields=('place', 'form', 'kind', 'first', 'last', 'version'), name='report_once'), models.UniqueConstraint(fields=('place', 'form', 'year', 'number'), name='report_number_once'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='report_days'), models.CheckConstraint(condition=models.Q(models.Q(('code', None), ('digest', ''), ('number', None), ('signed_at', None), ('state', 'draft'), ('year', None)), models.Q(models.Q(('state', 'draft'), _negated=True), models.Q(('signer', ''), _negated=True), models.Q(('digest', ''), _negated=True), ('code__isnull', False), ('number__isnull', False), ('signed_at__isnull', False), ('year__isnull', False)), _connector='OR'), name='report_signed')],
            },
        ),
        protect("oversight_difficulty"),
        protect("oversight_report"),
    ]
