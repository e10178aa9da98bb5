"""Quizzes as they were taken, the banks they are marked against, and how far somebody has read."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

MARKED = Q(received_at=None, score=None, passed=None) | Q(
    received_at__isnull=False, score__isnull=False, passed__isnull=False
)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_ask_how_far_volunteers_travel'),
        ('training', '0003_events'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuizBank',
            fields=[
                ('version', models.CharField(db_comment='SHA-256 of what phones are given', max_length=64, primary_key=True, serialize=False)),
                ('course', models.CharField(db_comment='Code of the course', max_length=12)),
                ('content', models.JSONField(db_comment='Items with their key, and how right sides are numbered on phones')),
                ('kept_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(db_comment='The sealed start number, and the seed of the form', primary_key=True, serialize=False)),
                ('course', models.CharField(db_comment='Code of the course', max_length=12)),
                ('number', models.PositiveIntegerField(db_comment='Which attempt of this course it is, counted from 1')),
                ('device', models.UUIDField(db_comment='The phone that handed it in; null for a browser', null=True)),
                ('started_at', models.DateTimeField(db_comment="The phone's clock; the earliest start told")),
                ('heard_at', models.DateTimeField(db_comment="The server's clock, when it first heard", default=aoxanh.kernel.clock.now)),
                ('handed_in_at', models.DateTimeField(db_comment="The phone's clock", null=True)),
                ('received_at', models.DateTimeField(db_comment="The server's clock, when the answers came", null=True)),
                ('digest', models.CharField(blank=True, db_comment='SHA-256 of the answers, to know them again', max_length=64)),
                ('score', models.PositiveIntegerField(db_comment='Hundredths of a percent, rounded down', null=True)),
                ('passed', models.BooleanField(null=True)),
                ('late', models.BooleanField(db_comment='It took longer than the course allows', default=False)),
                ('doubtful', models.BooleanField(db_comment="The phone's times cannot be", default=False)),
                ('again', models.JSONField(db_comment='Modules to read again, the weakest first', default=list)),
                ('bank', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.quizbank')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['device'], name='attempt_device'),
                    models.Index(fields=['course', 'received_at'], name='attempt_course'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('volunteer', 'course', 'number'), name='attempt_once'),
                    models.CheckConstraint(condition=MARKED, name='attempt_marked'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AttemptAnswers',
            fields=[
                ('attempt', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='answers', serialize=False, to='training.attempt')),
                ('answers', models.JSONField(db_comment="By item, in the item's own numbering")),
                ('received_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('course', models.CharField(db_comment='Code of the course', max_length=12)),
                ('module', models.CharField(max_length=40)),
                ('part', models.PositiveSmallIntegerField(db_comment='The furthest part that was opened, from 0', default=0)),
                ('seen_at', models.DateTimeField(db_comment="The phone's clock, the latest told")),
                ('read_at', models.DateTimeField(db_comment="The phone's clock, the latest told; null until read", null=True)),
                ('version', models.CharField(blank=True, db_comment='The text that was read at read_at', max_length=64)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.volunteer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'course', 'module'), name='reading_once')],
            },
        ),
    ]
