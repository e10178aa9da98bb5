"""The ledger's counts in the province days; draws of blind checks; citizens' feedback."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


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
        ('oversight', '0002_scope_policy'),
        ('people', '0006_keep_guardian_consents'),
        ('places', '0001_first_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='provinceday',
            name='team_days',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='asked',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='asked_squared',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='checked',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='checks_failed',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='checks_passed',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='credit_asked',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='credit_squared',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='denied',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='doubted',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='returned',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='said_button',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='said_callback',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='said_qr',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='provinceday',
            name='said_slip',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='CheckSample',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('seed', models.CharField(db_comment="Made by the server at the draw, after the period's end", max_length=32)),
                ('population', models.PositiveIntegerField(db_comment='Sessions that could be drawn')),
                ('size', models.PositiveSmallIntegerField(db_comment='Sessions drawn')),
                ('drawn_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'drawn_at'], name='checksample_in_commune')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='checksample_period'), models.CheckConstraint(condition=models.Q(('size__lte', models.F('population'))), name='checksample_size')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('helped', models.CharField(choices=[('yes', 'yes'), ('partly', 'partly'), ('no', 'no')], max_length=6)),
                ('treated', models.CharField(choices=[('well', 'well'), ('fair', 'so-so'), ('badly', 'badly')], max_length=6)),
                ('waited', models.CharField(choices=[('short', 'under 15 minutes'), ('middle', '15 to 60 minutes'), ('long', 'over an hour')], max_length=6)),
                ('text', models.CharField(db_comment='Checked for personal data', default='', max_length=500)),
                ('is_complaint', models.BooleanField(db_comment='Treated badly, or wants an answer', default=False)),
                ('handler_id', models.UUIDField(db_comment='Account of who must answer the complaint', null=True)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('due_at', models.DateTimeField(db_comment='When a complaint must be answered', null=True)),
                ('answered_at', models.DateTimeField(db_comment='Of what is no complaint, the moment it was told', null=True)),
                ('answer', models.CharField(db_comment='Checked for personal data', default='', max_length=500)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'made_at'], name='feedback_in_commune'), models.Index(condition=models.Q(('handler_id__isnull', False)), fields=['handler_id'], name='feedback_handler')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('is_complaint', False)), models.Q(('due_at__isnull', False), ('is_complaint', True)), _connector='OR'), name='feedback_complaint')],
            },
        ),
        protect("oversight_feedback"),
    ]
