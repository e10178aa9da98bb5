"""The order of copying an initiative in waves, and the place that each commune was offered in it."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0002_effect_detail'),
        ('places', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='WavePlan',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('indicator', models.CharField(db_comment='What the communes are expected to gain in', max_length=32)),
                ('first_day', models.DateField(verbose_name='first day of the first wave')),
                ('waves', models.PositiveSmallIntegerField(verbose_name='waves')),
                ('waiting', models.PositiveSmallIntegerField(verbose_name='communes that wait')),
                ('apart', models.PositiveSmallIntegerField(db_comment='Periods of four weeks from one wave to the next')),
                ('seed', models.BigIntegerField(db_comment='The draw can be made again from it')),
                ('balance', models.JSONField(db_comment='By trait: name, mean in each group, worst difference', default=list)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['-made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('wave', models.PositiveSmallIntegerField(db_comment='From 0; the last one waits for comparison')),
                ('first_day', models.DateField(db_comment='From when the commune may begin')),
                ('gain', models.FloatField(db_comment='Expected when it was offered: cases in four weeks', null=True)),
                ('gain_low', models.FloatField(null=True)),
                ('gain_high', models.FloatField(null=True)),
                ('answer', models.CharField(choices=[('open', 'not answered yet'), ('taken', 'taken'), ('declined', 'declined')], default='open', max_length=8)),
                ('declined_why', models.CharField(db_comment='Checked for personal data', default='', max_length=500)),
                ('adoption', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offer', to='initiatives.adoption')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='initiatives.waveplan')),
            ],
            options={
                'ordering': ['wave', 'commune'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'commune'), name='offer_once'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('adoption__isnull', False), ('answer', 'taken')), models.Q(models.Q(('answer', 'taken'), _negated=True), ('adoption', None)), _connector='OR'), models.Q(models.Q(('answer', 'declined'), models.Q(('declined_why', ''), _negated=True)), models.Q(models.Q(('answer', 'declined'), _negated=True), ('declined_why', '')), _connector='OR')), name='offer_answered')],
            },
        ),
    ]
