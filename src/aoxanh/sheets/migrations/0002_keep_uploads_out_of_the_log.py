"""Make the tables of uploads unlogged: what was sent by mistake reaches no write-ahead log, replica or base backup."""

from django.db import migrations

TABLES = ("sheets_sheetpiece", "sheets_shownrow")


class Migration(migrations.Migration):
    dependencies = [("sheets", "0001_first_tables")]
    operations = [
        migrations.RunSQL(f"ALTER TABLE {table} SET UNLOGGED", f"ALTER TABLE {table} SET LOGGED")
        for table in TABLES
    ] + [
        # What is sent is compressed already or read twice at most, so squeezing it would only cost.
        migrations.RunSQL(
            "ALTER TABLE sheets_sheetpiece ALTER COLUMN content SET STORAGE EXTERNAL",
            "ALTER TABLE sheets_sheetpiece ALTER COLUMN content SET STORAGE EXTENDED",
        )
    ]
