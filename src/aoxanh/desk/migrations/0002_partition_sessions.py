"""Partition the raw sessions by month of `day`; months are made ahead by desk_make_partition."""

from pathlib import Path

from django.db import migrations

FORWARD = """
ALTER TABLE desk_supportsession RENAME TO desk_supportsession_plain;
CREATE TABLE desk_supportsession (
    LIKE desk_supportsession_plain INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING COMMENTS
) PARTITION BY RANGE (day);
DROP TABLE desk_supportsession_plain;
ALTER TABLE desk_supportsession ADD PRIMARY KEY (commune_code, day, id);
CREATE INDEX session_root ON desk_supportsession (commune_code, day, root_id);
CREATE INDEX session_volunteer ON desk_supportsession (volunteer_id, day);
CREATE INDEX session_return_code ON desk_supportsession (commune_code, return_code) WHERE NOT (return_code = '');
ALTER TABLE desk_supportsession ADD CONSTRAINT session_procedure_known
    FOREIGN KEY (procedure_id) REFERENCES procedures_procedure (code) DEFERRABLE INITIALLY DEFERRED;
"""
MAKE_PARTITION = (Path(__file__).parent.parent / "partitions.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_first_tables")]
    operations = [
        migrations.RunSQL(FORWARD, "DROP TABLE desk_supportsession; CREATE TABLE desk_supportsession ();"),
        migrations.RunSQL(MAKE_PARTITION, "DROP FUNCTION desk_make_partition(date);"),
    ]
