"""DuckDB on the same sessions as Parquet files: the columnar engine that a board's figures are compared with."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import psycopg

if TYPE_CHECKING:
    import duckdb

# Every column that a board's figure is made of, and the keys that find the revision that counts.
COLUMNS = (
    "commune_code, day, id, root_id, revision, withdrawn, volunteer_id, team_id, activity, procedure_id, mode, outcome, obstacle,"
    " minutes, quantity, language, age_band, cardinality(refused) AS refused"
)
TYPES = (
    "{'commune_code': 'VARCHAR', 'day': 'DATE', 'id': 'UUID', 'root_id': 'UUID', 'revision': 'SMALLINT', 'withdrawn': 'BOOLEAN',"
    " 'volunteer_id': 'UUID', 'team_id': 'UUID', 'activity': 'VARCHAR', 'procedure_id': 'VARCHAR', 'mode': 'VARCHAR',"
    " 'outcome': 'VARCHAR', 'obstacle': 'VARCHAR', 'minutes': 'SMALLINT', 'quantity': 'INTEGER', 'language': 'VARCHAR',"
    " 'age_band': 'VARCHAR', 'refused': 'SMALLINT'}"
)
SMALL = {
    "places_place": (
        "SELECT code, parent_id FROM places_place",
        "{'code': 'VARCHAR', 'parent_id': 'VARCHAR'}",
    ),
    "procedures_procedure": (
        'SELECT code, "group" FROM procedures_procedure',
        "{'code': 'VARCHAR', 'group': 'VARCHAR'}",
    ),
}
AS_POSTGRESQL_WRITES = (
    "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', nullstr = ''"
)


def open_duckdb() -> "duckdb.DuckDBPyConnection":
    """Return an empty DuckDB, or say what to install: only this bench needs it, so the product does not depend on it."""
    try:
        import duckdb
    except ImportError:
        raise click.ClickException(
            "This bench compares with DuckDB: run `make check` once, it installs what developers need."
        ) from None
    return duckdb.connect()


class Files:
    """The sessions as one Parquet file a month, which is how one would keep them for analysis."""

    def __init__(self, duck: "duckdb.DuckDBPyConnection", folder: Path) -> None:
        self.duck, self.folder = duck, folder
        self.version = str(duck.execute("SELECT version()").fetchall()[0][0])

    def export(self, connection: "psycopg.Connection[Any]") -> None:
        """Write every month, by way of one CSV file at a time, and keep the small tables in memory."""
        months = connection.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'desk_supportsession'::regclass ORDER BY 1"
        ).fetchall()
        for (month,) in months:
            self._copy(connection, f"SELECT {COLUMNS} FROM {month}")
            if not self._csv.stat().st_size:
                continue
            self.duck.execute(
                f"COPY (SELECT * FROM read_csv('{self._csv}', {AS_POSTGRESQL_WRITES}, columns = {TYPES}))"
                f" TO '{self.folder / month}.parquet' (FORMAT parquet, COMPRESSION zstd)"
            )
        for table, (query, columns) in SMALL.items():
            self._copy(connection, query)
            self.duck.execute(
                f"CREATE TABLE {table} AS FROM read_csv('{self._csv}', {AS_POSTGRESQL_WRITES}, columns = {columns})"
            )
        self._csv.unlink()
        self.duck.execute(f"CREATE VIEW desk_supportsession AS FROM read_parquet('{self.folder}/*.parquet')")

    @property
    def _csv(self) -> Path:
        return self.folder / "sessions.csv"

    def _copy(self, connection: "psycopg.Connection[Any]", query: str) -> None:
        with (
            self._csv.open("wb") as file,
            connection.cursor() as cursor,
            cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy,
        ):
            for block in copy:
                file.write(block)

    def ask(self, statement: str, times: int) -> tuple[list[tuple[Any, ...]], float]:
        """Return a statement's rows and the CPU seconds of one run, all threads counted; the first run only warms up."""
        rows = self.duck.execute(statement).fetchall()
        started = time.process_time()
        for _ in range(times):
            rows = self.duck.execute(statement).fetchall()
        return rows, (time.process_time() - started) / times

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.glob("*.parquet"))
