"""Browsers in which people want to be told, each its owner's alone: under row security by account, for they belong to no place."""

import aoxanh.kernel.clock
import aoxanh.kernel.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "oversight_pushsubscription"
OWN = "current_setting('aoxanh.reach', true) = 'nation' OR account_id = NULLIF(current_setting('aoxanh.account', true), '')::uuid"


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0011_place_of_feedback'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PushSubscription',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('endpoint', models.CharField(db_comment='Where its push service takes messages for it; whoever knows it is believed', max_length=1000)),
                ('public_key', models.CharField(db_comment='P-256 point in base64url; only the browser can read what is sealed for it', max_length=88)),
                ('auth', models.CharField(db_comment='16 bytes in base64url, known to the browser and us', max_length=24)),
                ('server_key', models.CharField(db_comment="Mark of the site's key that the browser agreed to", max_length=16)),
                ('label', models.CharField(db_comment='Browser and system, to recognise it in a list', default='', max_length=40)),
                ('made_at', models.DateTimeField(default=aoxanh.kernel.clock.now)),
                ('last_success_at', models.DateTimeField(null=True)),
                ('refusals', models.PositiveSmallIntegerField(db_comment='How often in a row its push service refused', default=0)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('endpoint',), name='pushsubscription_endpoint_once')],
            },
        ),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY; ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;"
            f" CREATE POLICY within_scope ON {TABLE} USING ({OWN}) WITH CHECK ({OWN});",
            f"DROP POLICY within_scope ON {TABLE}; ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY;"
            f" ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;",
        ),
    ]
