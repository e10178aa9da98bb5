"""What others say of sessions (citizens' answers, checks, returned cases) and their counts in the daily figures."""

import aoxanh.kernel.clock
from django.db import migrations, models


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


TABLES = ("desk_confirmation", "desk_workcheck", "desk_casereturned")


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0005_find_handovers_of_an_official'),
        ('places', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseReturned',
            fields=[
                ('pk', models.CompositePrimaryKey('commune_code', 'day', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('commune_code', models.CharField(max_length=5)),
                ('day', models.DateField()),
                ('id', models.UUIDField(db_comment='root_id of the session')),
                ('why', models.CharField(choices=[('dossier', 'the dossier was returned'), ('person', 'the citizen had to come back')], max_length=8)),
                ('noted_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('pk', models.CompositePrimaryKey('commune_code', 'day', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('commune_code', models.CharField(max_length=5)),
                ('day', models.DateField()),
                ('id', models.UUIDField(db_comment='root_id of the session')),
                ('code', models.CharField(db_comment="The session's return code, as the answer carried it", max_length=6)),
                ('channel', models.CharField(choices=[('qr', 'QR code on the citizen’s phone'), ('button', 'button on the volunteer’s phone'), ('slip', 'paper slip'), ('callback', 'code told by telephone')], max_length=8)),
                ('answer', models.CharField(choices=[('done', 'I was helped, it is done'), ('not_yet', 'I was helped, it is not done yet'), ('not_helped', 'I was not helped')], max_length=10)),
                ('crowded', models.BooleanField(db_comment='One of very many from one address within an hour; kept, not credited', default=False)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='team_days',
            field=models.IntegerField(db_comment='1 when anybody was asked; adds up to how many team days were', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='asked',
            field=models.IntegerField(db_comment='Sessions whose citizen was given a code', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='asked_squared',
            field=models.BigIntegerField(db_comment='For the spread between team days', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='checked',
            field=models.IntegerField(db_comment='Sessions a second person has judged', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='checks_failed',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='checks_passed',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='credit_asked',
            field=models.BigIntegerField(db_comment='Weights of confirmations, in hundredths, times asked', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='credit_squared',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='denied',
            field=models.IntegerField(db_comment='The citizen says: not helped', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='doubted',
            field=models.IntegerField(db_comment='Confirmed, but beyond what one volunteer or address is credited', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='returned',
            field=models.IntegerField(db_comment='Dossier returned or person back within 30 days', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='said_button',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='said_callback',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='said_qr',
            field=models.IntegerField(db_comment='Confirmed by QR', db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='dailyfigure',
            name='said_slip',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='WorkCheck',
            fields=[
                ('pk', models.CompositePrimaryKey('commune_code', 'day', 'id', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('commune_code', models.CharField(max_length=5)),
                ('day', models.DateField()),
                ('id', models.UUIDField(db_comment='root_id of the session')),
                ('kind', models.CharField(choices=[('file', 'blind file review'), ('visit', 'supervisor’s visit'), ('test', 'anonymous test visitor')], max_length=5)),
                ('sample_id', models.UUIDField(db_comment='The draw it belongs to, for a blind file review', null=True)),
                ('verdict', models.CharField(choices=[('', 'waiting'), ('passed', 'found right'), ('failed', 'found wrong'), ('unclear', 'cannot be told')], default='', max_length=7)),
                ('reason', models.CharField(db_comment='Checked for personal data', default='', max_length=200)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('checked_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['commune_code', 'sample_id'], name='workcheck_sample')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('checked_at', None), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('checked_at__isnull', False)), _connector='OR'), name='workcheck_checked')],
            },
        ),
        *[protect(table) for table in TABLES],
    ]
