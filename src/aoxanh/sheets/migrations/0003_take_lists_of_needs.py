"""Take lists of what communes need; no column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sheets', '0002_keep_uploads_out_of_the_log'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sheetimport',
            name='kind',
            field=models.CharField(choices=[('volunteers', 'volunteers'), ('teams', 'teams'), ('memberships', 'memberships'), ('traits', 'traits'), ('needs', 'needs')], max_length=12),
        ),
    ]
