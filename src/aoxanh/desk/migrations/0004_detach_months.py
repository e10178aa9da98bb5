"""Functions that let go of a month of raw sessions whose time is over."""

from pathlib import Path

from django.db import migrations

FORWARD = (Path(__file__).parent.parent / "detach.sql").read_text()
BACKWARD = """
DROP FUNCTION desk_drop_detached(date);
DROP FUNCTION desk_count_detached(date);
DROP FUNCTION desk_detach_month(date);
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_scope_policies")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
