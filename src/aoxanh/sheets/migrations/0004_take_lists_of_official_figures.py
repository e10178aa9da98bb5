"""Take lists of the communes' own figures; no column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sheets', '0003_take_lists_of_needs'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sheetimport',
            name='kind',
            field=models.CharField(choices=[('volunteers', 'volunteers'), ('teams', 'teams'), ('memberships', 'memberships'), ('traits', 'traits'), ('needs', 'needs'), ('totals', 'totals')], max_length=12),
        ),
    ]
