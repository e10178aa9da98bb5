"""Files for blind review are drawn by evaluation cycles alone; the table of other draws, which nothing ever wrote, goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("oversight", "0007_supervision")]
    operations = [migrations.DeleteModel(name="CheckSample")]
