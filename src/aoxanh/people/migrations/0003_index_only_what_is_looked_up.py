"""Keep indexes only of what is looked up: of accounts that volunteers have, and none of the languages of their skills.

Most volunteers of a list have no account yet, and each of them had an entry in its index. Two indexes led from a language to the
people who speak it; nothing asks that way, and a language that somebody speaks is never deleted.
"""

import django.db.models.deletion
from django.db import migrations, models

OLD, NEW = "people_volunteer_account_id_key", "volunteer_account_once"


class Migration(migrations.Migration):
    # Each statement stands alone, and may be met again when a later one had to stand aside for a lock.
    atomic = False
    dependencies = [("people", "0002_find_volunteers_by_home_and_name")]
    operations = [
        migrations.RunSQL(
            f"DROP INDEX CONCURRENTLY IF EXISTS {NEW}", f"DROP INDEX CONCURRENTLY IF EXISTS {NEW}"
        ),
        migrations.RunSQL(
            f"CREATE UNIQUE INDEX CONCURRENTLY {NEW} ON people_volunteer (account_id) WHERE account_id IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            f"ALTER TABLE people_volunteer DROP CONSTRAINT IF EXISTS {OLD}",
            f"ALTER TABLE people_volunteer ADD CONSTRAINT {OLD} UNIQUE (account_id)",
        ),
        migrations.AlterField(
            "languageskill",
            "language",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.language",
            ),
        ),
    ]
