"""Reports of fraud, with row security by commune, the police's numbers, and notices with who has read them."""

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
PROTECT = (
    "ALTER TABLE safety_scamreport ENABLE ROW LEVEL SECURITY; ALTER TABLE safety_scamreport FORCE ROW LEVEL SECURITY;"
    f" CREATE POLICY within_scope ON safety_scamreport USING ({CONDITION}) WITH CHECK ({CONDITION});"
)
UNPROTECT = (
    "DROP POLICY within_scope ON safety_scamreport; ALTER TABLE safety_scamreport NO FORCE ROW LEVEL SECURITY;"
    " ALTER TABLE safety_scamreport DISABLE ROW LEVEL SECURITY;"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0005_keys_of_badges'),
        ('places', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='PoliceContact',
            fields=[
                ('commune', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='places.place')),
                ('office', models.CharField(max_length=80, verbose_name='office')),
                ('number', models.CharField(blank=True, default='', max_length=16, verbose_name='landline or hotline')),
                ('edited_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='SafetyNotice',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('title_vi', models.CharField(max_length=120, verbose_name='title in Vietnamese')),
                ('title_en', models.CharField(blank=True, default='', max_length=120, verbose_name='title in English')),
                ('text_vi', models.CharField(max_length=1500, verbose_name='text in Vietnamese')),
                ('text_en', models.CharField(blank=True, default='', max_length=1500, verbose_name='text in English')),
                ('urgent', models.BooleanField(default=False, verbose_name='urgent')),
                ('published_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('last_day', models.DateField(db_comment='Last day on which phones show it', verbose_name='last day')),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['-published_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='NoticeReading',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7 made on the phone', primary_key=True, serialize=False)),
                ('read_at', models.DateTimeField(db_comment="The phone's clock")),
                ('received_at', models.DateTimeField(db_comment="The server's clock", default=aoxanh.kernel.clock.now)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='safety.safetynotice')),
            ],
        ),
        migrations.CreateModel(
            name='ScamReport',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('about', models.UUIDField(db_comment='Volunteer whose badge was shown; no foreign key', null=True)),
                ('badge', models.CharField(db_comment='What the badge page said; empty without a badge', default='', max_length=8)),
                ('kind', models.CharField(choices=[('otp', 'asked for a one-time code (OTP)'), ('password', 'asked for a password'), ('card', 'asked to photograph an identity or bank card'), ('money', 'asked for money or a transfer'), ('posed', 'pretended to be a volunteer or an official'), ('other', 'something else')], max_length=8)),
                ('text', models.CharField(db_comment='Checked for personal data', default='', max_length=500)),
                ('state', models.CharField(choices=[('new', 'new'), ('seen', 'seen'), ('handling', 'being handled'), ('answered', 'answered')], default='new', max_length=8)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('due_at', models.DateTimeField(db_comment='When it must be answered')),
                ('seen_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(db_comment='Checked for personal data', default='', max_length=500)),
                ('handler', models.CharField(db_comment='Role of who took the last step', default='', max_length=24)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('team', models.ForeignKey(db_comment='Whose badge was shown', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
            ],
        ),
        migrations.AddConstraint(
            model_name='safetynotice',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__gte', models.F('published_at')), _connector='OR'), name='safetynotice_order'),
        ),
        migrations.AddConstraint(
            model_name='noticereading',
            constraint=models.UniqueConstraint(fields=('notice', 'volunteer'), name='noticereading_once'),
        ),
        migrations.AddIndex(
            model_name='scamreport',
            index=models.Index(fields=['about'], name='scamreport_about'),
        ),
        migrations.AddIndex(
            model_name='scamreport',
            index=models.Index(fields=['commune', 'made_at'], name='scamreport_in_commune'),
        ),
        migrations.AddConstraint(
            model_name='scamreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at', None)), _connector='OR'), name='scamreport_answered'),
        ),
        migrations.RunSQL(PROTECT, UNPROTECT),
    ]
