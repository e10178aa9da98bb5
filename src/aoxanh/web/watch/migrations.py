"""Which migrations of this version the database lacks; the files are read once a process."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader

Name = tuple[str, str]


def unapplied() -> list[Name]:
    """Return the migrations that `aoxanh migrate` would still run; all of them for an empty database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return sorted(_ours())
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted(_ours() - set(cursor.fetchall()))


@cache
def _ours() -> frozenset[Name]:
    # Without a connection the loader reads the files alone. A squashed migration stands for those it replaces.
    loader = MigrationLoader(None)
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    return frozenset(set(loader.disk_migrations) - replaced)
