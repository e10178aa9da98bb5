"""Which official totals a province told for its communes; all until now were the communes' own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oversight", "0008_one_way_of_checking")]

    operations = [
        migrations.AddField(
            model_name="officialtotal",
            name="by_province",
            field=models.BooleanField(
                db_comment="Told by the province, which the commune may correct", db_default=False, default=False
            ),
        ),
    ]
