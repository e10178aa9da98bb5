"""Row-level security under the query filters: nothing set, nothing seen."""

from django.db import migrations

TABLES = ("desk_supportsession", "desk_handover", "desk_dailyfigure")
SETTING = "string_to_array(current_setting('aoxanh.{}', true), ',')"
CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    f" OR commune_code = ANY ({SETTING.format('communes')})"
    f" OR commune_code IN (SELECT code FROM places_place WHERE parent_id = ANY ({SETTING.format('provinces')}))"
)


def protect(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY within_scope ON {table} USING ({CONDITION}) WITH CHECK ({CONDITION});",
        f"DROP POLICY within_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_partition_sessions"), ("places", "0001_first_tables")]
    operations = [protect(table) for table in TABLES]
