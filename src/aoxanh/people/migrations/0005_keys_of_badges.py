"""The keys and papers that badges are known by, and a role for the contact of the commune police."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_ask_how_far_volunteers_travel'),
    ]

    operations = [
        migrations.AlterField(
            model_name='roleassignment',
            name='role',
            field=models.CharField(choices=[('volunteer', 'volunteer'), ('team_leader', 'team leader'), ('commune_secretary', 'commune Union secretary'), ('pasc_official', 'service-centre official'), ('police_contact', 'contact of the commune police'), ('province_coordinator', 'province coordinator'), ('central', 'central coordinator'), ('auditor', 'auditor')], max_length=24),
        ),
        migrations.CreateModel(
            name='BadgeKey',
            fields=[
                ('id', models.UUIDField(db_comment='Made on the phone; stands in every badge', primary_key=True, serialize=False)),
                ('public_key', models.BinaryField(db_comment='P-256, an uncompressed point; the other half never leaves the phone', max_length=65, unique=True)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('device', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='badge_key', to='people.device')),
            ],
        ),
        migrations.CreateModel(
            name='PrintedBadge',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('printed_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('last_day', models.DateField(db_comment='Last day on which it is good')),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='printed_badges', to='people.volunteer')),
            ],
        ),
    ]
