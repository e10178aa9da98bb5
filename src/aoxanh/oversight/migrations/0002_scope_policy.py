"""Row-level security under the query filters: a province's days are seen from that province and from the nation."""

from django.db import migrations

CONDITION = (
    "current_setting('aoxanh.reach', true) = 'nation'"
    " OR province_code = ANY (string_to_array(current_setting('aoxanh.provinces', true), ','))"
)


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_first_tables")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE oversight_provinceday ENABLE ROW LEVEL SECURITY; ALTER TABLE oversight_provinceday FORCE ROW LEVEL SECURITY;"
            f" CREATE POLICY within_scope ON oversight_provinceday USING ({CONDITION}) WITH CHECK ({CONDITION});",
            "DROP POLICY within_scope ON oversight_provinceday; ALTER TABLE oversight_provinceday NO FORCE ROW LEVEL SECURITY;"
            " ALTER TABLE oversight_provinceday DISABLE ROW LEVEL SECURITY;",
        )
    ]
