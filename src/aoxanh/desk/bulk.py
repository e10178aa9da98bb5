"""Loading whole months of sessions at COPY speed into an installation that has none; for simulation.

PostgreSQL refuses COPY into a table with row-level security, and keeping indexes while loading costs more than building
them afterwards. So each month is copied into a table aside, which then takes the place of the empty month: attaching it
builds the parent's indexes and checks its foreign key. All of it is one transaction of the caller's, by the owning role.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from psycopg import sql

from aoxanh.desk.errors import NotTheOwner, SessionsExist
from aoxanh.desk.receive import COLUMN_NAMES

COPY_COLUMNS = (*COLUMN_NAMES, "volunteer_id", "device_id", "schema", "received_at")
"""The order in which loaded rows give their values, in PostgreSQL's text form of COPY."""

_OWNED = "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'desk_supportsession'::regclass"
_AMPLE_MEMORY = "SET LOCAL maintenance_work_mem = '128MB'; SET LOCAL work_mem = '64MB'"


class MonthLoader:
    """Takes months of rows one after the other; `attach` puts all of them in place at once, at the end."""

    def __init__(self) -> None:
        """Check that nothing is there yet and that the role may do it; raises SessionsExist or NotTheOwner."""
        self._months: list[tuple[date, str]] = []
        with connection.cursor() as cursor:
            cursor.execute(_OWNED)
            if cursor.fetchone() != (True,):
                raise NotTheOwner
            cursor.execute("SELECT EXISTS (SELECT FROM desk_supportsession)")
            if cursor.fetchone() == (True,):
                raise SessionsExist
            cursor.execute(_AMPLE_MEMORY)

    def load(self, month: date, chunks: Iterable[bytes]) -> None:
        """Copy one month's rows aside; `chunks` must not query the database, for the connection is busy copying."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT desk_make_partition(%s)", [month])
            name: str = cursor.fetchone()[0]
            cursor.execute(
                sql.SQL(
                    "CREATE TABLE {} (LIKE desk_supportsession INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
                ).format(_aside(name))
            )
            statement = sql.SQL("COPY {} ({}) FROM STDIN (FREEZE)").format(
                _aside(name), sql.SQL(", ").join(map(sql.Identifier, COPY_COLUMNS))
            )
            with cursor.copy(statement) as copy:
                for chunk in chunks:
                    copy.write(chunk)
        self._months.append((month, name))

    def attach(self) -> None:
        """Put the loaded months in the places of the empty ones."""
        with connection.cursor() as cursor:
            for month, name in self._months:
                table = sql.Identifier(name)
                cursor.execute(sql.SQL("DROP TABLE {}").format(table))
                cursor.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(_aside(name), table))
                cursor.execute(
                    sql.SQL(
                        "ALTER TABLE desk_supportsession ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})"
                    ).format(table, sql.Literal(month), sql.Literal(_next(month)))
                )


SAID = {
    "confirmation": ("code", "channel", "answer", "made_at"),
    "workcheck": ("kind", "verdict", "checked_at"),
    "casereturned": ("why", "noted_at"),
}
"""What others say of sessions: of each table the columns, after commune, day and id, that loaded lines give."""
_FIXED = {
    "confirmation": {"crowded": "false"},
    "workcheck": {"reason": "''", "made_at": "checked_at"},
    "casereturned": {"happened_on": "(noted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"},
}


def copy_said(table: str, lines: list[str]) -> None:
    """Add what others say of loaded sessions, given as lines of COPY; by way of a table aside, for the real one has policies."""
    names = ("commune_code", "day", "id", *SAID[table])
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    target, aside = sql.Identifier(f"desk_{table}"), sql.Identifier(f"{table}_loading")
    fixed = [(sql.Identifier(name), sql.SQL(value)) for name, value in _FIXED[table].items()]
    into = sql.SQL(", ").join([columns, *(name for name, _ in fixed)])
    values = sql.SQL(", ").join([columns, *(value for _, value in fixed)])
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(
                aside, columns, target
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(aside, columns)) as copy:
            copy.write("".join(lines).encode())
        cursor.execute(sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(target, into, values, aside))
        cursor.execute(sql.SQL("DROP TABLE {}").format(aside))


def settle_handovers_before(day: date) -> int:
    """Mark the hand-overs of sessions before a day as settled the day after, and return how many; for simulation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE desk_handover SET state = 'settled', settled_at = made_at + interval '1 day' WHERE day < %s AND state = 'waiting'",
            [day],
        )
        return int(cursor.rowcount)


def vacuum_loaded() -> None:
    """Let the planner know what was loaded, outside any transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE desk_supportsession")
        cursor.execute("VACUUM (ANALYZE) desk_dailyfigure, desk_handover")


def _aside(name: str) -> sql.Identifier:
    return sql.Identifier(f"{name}_loading")


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
