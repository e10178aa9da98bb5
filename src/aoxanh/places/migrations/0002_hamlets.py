import aoxanh.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hamlet',
            fields=[
                ('id', models.UUIDField(default=aoxanh.kernel.ids.uuid7, primary_key=True, serialize=False)),
                ('name', models.CharField(db_comment='As the commune writes it, NFC; with its kind', max_length=60)),
                ('fold', models.CharField(db_comment='As it is searched: no diacritics or leading noughts', max_length=80)),
                ('sort_key', models.CharField(db_comment='ASCII key in Vietnamese order, numbers by value', max_length=500)),
                ('commune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='hamlets', to='places.place')),
            ],
            options={
                'ordering': ['sort_key'],
                'constraints': [models.UniqueConstraint(fields=('commune', 'fold'), name='hamlet_once')],
            },
        ),
    ]
