"""Consents of guardians. Until one is recorded a minor is planned, rostered and recorded for nothing, so record them right after."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_keys_of_badges'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuardianConsent',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('given_on', models.DateField(db_comment='Day on the paper')),
                ('paper', models.CharField(db_comment='Which paper says so; no name, no number of anybody', max_length=120)),
                ('kept_at', models.CharField(db_comment='Where the paper is kept', max_length=120)),
                ('needed_until', models.DateField(db_comment='18th birthday as it was known; the consent is needed no longer')),
                ('recorded_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('withdrawn_on', models.DateField(db_comment='First day it no longer holds', null=True)),
                ('recorded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.volunteer')),
            ],
            options={
                'ordering': ['-given_on', '-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='guardianconsent_dates'),
                    models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('volunteer',), name='guardianconsent_one'),
                ],
            },
        ),
    ]
