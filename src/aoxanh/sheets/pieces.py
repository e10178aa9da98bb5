"""Understood rows on their way through PostgreSQL: kept in pieces as COPY text, and laid out in a table of a transaction.

They go there and back in binary: as text they would be twice as long, and parsed each way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from aoxanh.kernel.ids import uuid7
from aoxanh.sheets.kinds import STAGED, Kind, staging_table
from aoxanh.sheets.models import SheetImport, SheetPiece

_TABLE = SheetPiece._meta.db_table  # noqa: SLF001 - Django's documented way to name a table


def keep_rows(sheet: SheetImport, number: int, content: bytes) -> None:
    """Keep one piece of an upload's rows."""
    _execute(
        f"INSERT INTO {_TABLE} (id, sheet_id, holds, number, content) VALUES (%s, %s, %s, %s, %b)",
        [uuid7(), sheet.id, SheetPiece.Holds.ROWS.value, number, content],
    )


def lay_out(sheet: SheetImport, kind: Kind) -> None:
    """Copy an upload's rows into the table STAGED, which lives as long as the transaction."""
    pieces = SheetPiece.objects.filter(sheet=sheet, holds=SheetPiece.Holds.ROWS).order_by("number")
    with staging(kind) as copy:
        for piece_id in list(pieces.values_list("id", flat=True)):
            # One connection cannot read a piece while it copies another, and all at once would fill the memory.
            copy(_execute(f"SELECT content FROM {_TABLE} WHERE id = %s", [piece_id]))


@contextmanager
def staging(kind: Kind) -> Iterator[Callable[[bytes], None]]:
    """Make the table STAGED and yield what copies rows into it; once it is left, the planner knows what lies there."""
    with connection.cursor() as cursor:
        # Another import of the same transaction may have left its own.
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{STAGED}, pg_temp.sheet_verdicts")
        # Half a million rows are sorted and joined in memory, by one import at a time; a small sample tells how they lie.
        cursor.execute(
            "SELECT set_config('work_mem', '64MB', true), set_config('default_statistics_target', '10', true)"
        )
        cursor.execute(staging_table(kind))
        into = f"COPY {STAGED} (number, target, {', '.join(kind.layout.stored)}) FROM STDIN"

        def copy(content: bytes) -> None:
            with cursor.copy(into) as stream:
                stream.write(content)

        yield copy
        cursor.execute(f"ANALYZE {STAGED}")


def _execute(query: str, values: list[Any]) -> bytes:
    """Run a statement with its values and its answer in binary; return the first value of the answer, if there is one."""
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query.encode(), values, prepare=False, binary=True)
        row = cursor.fetchone() if cursor.description else None
        return bytes(row[0]) if row else b""
