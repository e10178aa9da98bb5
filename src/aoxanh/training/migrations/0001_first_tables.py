"""Skill groups and certificates."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0004_ask_how_far_volunteers_travel'),
    ]

    operations = [
        migrations.CreateModel(
            name='SkillGroup',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('name_vi', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('issued_on', models.DateField()),
                ('valid_to', models.DateField(blank=True, db_comment='First day it no longer holds; null for good', null=True)),
                ('revoked_on', models.DateField(blank=True, db_comment='Day from which it was taken back', null=True)),
                ('source', models.CharField(db_comment='Course or decision that says so', max_length=120)),
                ('recorded_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certificates', to='people.volunteer')),
                ('group', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.skillgroup')),
            ],
            options={
                'ordering': ['group', '-issued_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('issued_on')), _connector='OR'), name='certificate_dates')],
            },
        ),
    ]
