"""No migration keeps phones from writing for longer than a moment: its SQL takes no long lock on a table of events."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture.house import models, room_of
from tests.architecture.migration_locks import DANGERS, dangers

# Besides those with a commune in their keys: what every sync writes to.
ALSO_HOT = {"audit_auditentry", "audit_audithead", "people_device"}


def hot_tables() -> set[str]:
    keyed = {
        model._meta.db_table
        for model in models()
        if any(column.column == "commune_code" for column in model._meta.pk_fields)
    }
    return keyed | ALSO_HOT


def our_migrations() -> list[tuple[str, str]]:
    rooms = {room_of(model.__module__) for model in models()}
    return sorted(key for key in MigrationLoader(None).disk_migrations if key[0] in rooms)


def sql_of(key: tuple[str, str]) -> str:
    """Return the SQL of a migration; collecting it runs nothing, so one that wants no transaction may be read in ours."""
    loader = MigrationLoader(connection)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        editor.connection.in_atomic_block, outer = False, editor.connection.in_atomic_block
        try:
            loader.disk_migrations[key].apply(
                loader.project_state((key[0], key[1]), at_end=False), editor, collect_sql=True
            )
        finally:
            editor.connection.in_atomic_block = outer
    return "\n".join(line for line in editor.collected_sql if not line.startswith("--"))


def test_the_tables_that_phones_write_to_are_known() -> None:
    assert {"desk_supportsession", "desk_dailyfigure", "desk_dirtyday", "desk_handover"} <= hot_tables()


@pytest.mark.django_db
@pytest.mark.parametrize("key", our_migrations(), ids=".".join)
def test_a_migration_takes_no_long_lock_on_a_table_of_events(key: tuple[str, str]) -> None:
    assert list(dangers(sql_of(key), hot_tables())) == []


BAD = [
    "CREATE INDEX late ON desk_supportsession (day);",
    'ALTER TABLE "desk_supportsession" ADD COLUMN "told_by" varchar(20) NOT NULL;',
    "ALTER TABLE desk_supportsession ALTER COLUMN told_by DROP DEFAULT;",
    "ALTER TABLE desk_supportsession ALTER COLUMN minutes TYPE bigint;",
    "ALTER TABLE desk_supportsession ALTER COLUMN note SET NOT NULL;",
    "ALTER TABLE desk_supportsession ADD CONSTRAINT short CHECK (minutes < 500);",
    "ALTER TABLE desk_supportsession ADD CONSTRAINT one UNIQUE (id, day, commune_code);",
    "ALTER TABLE desk_supportsession DROP COLUMN note;",
    "CLUSTER desk_supportsession USING session_root;",
]
GOOD = [
    "CREATE INDEX CONCURRENTLY late ON desk_supportsession (day);",
    "CREATE INDEX late ON places_place (name);",
    "ALTER TABLE desk_supportsession ADD COLUMN told_by varchar(20) NOT NULL DEFAULT '';",
    "ALTER TABLE desk_supportsession ADD COLUMN told_by varchar(20) DEFAULT '' NOT NULL;",
    "ALTER TABLE desk_supportsession ADD COLUMN told_by varchar(20) NULL;",
    "ALTER TABLE desk_supportsession ADD CONSTRAINT short CHECK (minutes < 500) NOT VALID;",
    "CREATE TABLE desk_supportsession (day date); CREATE INDEX late ON desk_supportsession (day);",
]


@pytest.mark.parametrize(("sql", "why"), list(zip(BAD, DANGERS, strict=True)))
def test_each_danger_is_seen(sql: str, why: str) -> None:
    assert list(dangers(sql, ["desk_supportsession"])) == [f"desk_supportsession: {why}"]


@pytest.mark.parametrize("sql", GOOD)
def test_what_runs_beside_phones_is_let_pass(sql: str) -> None:
    assert list(dangers(sql, ["desk_supportsession"])) == []
