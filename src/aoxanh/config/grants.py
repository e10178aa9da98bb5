"""What the application role may do: rows everywhere, but the audit only grows and partitions are reached through their parent."""

from django.db import connection
from psycopg import sql

APPEND_ONLY = ("audit_auditentry",)


def grant_to(role: str) -> None:
    """Give the application role its rights on every table, sequence and function of ours; idempotent.

    A partition gets none: rows are reached through the parent, where the scope policy holds. Nor does a month that was detached
    from it and waits to be dropped.
    """
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        for (table,) in _tables(cursor):
            cursor.execute(
                sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}").format(
                    sql.Identifier(table), name
                )
            )
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))
        for table in APPEND_ONLY:
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), name)
            )


def _tables(cursor: object) -> list[tuple[str]]:
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition AND NOT starts_with(relname, 'desk_detached_')"
    )
    rows: list[tuple[str]] = cursor.fetchall()  # type: ignore[attr-defined]
    return rows
