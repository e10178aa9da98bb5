"""Whether two databases hold the same rows: a count and a checksum of each table, whatever order the rows lie in."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

# Partitions one by one, so that a difference is found in its month and no table is read in one go.
TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2
"""
# A sum of hashes, which unlike an exclusive or also sees a row that is there twice; md5, since it is the same in every
# version of PostgreSQL, which hashtext need not be. It guards against accidents, not against forgers: the audit does that.
SUM = "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0)::text FROM {} t"
# How values are written as text must not depend on the server, and a filtered read must fail rather than pass as whole.
SAME_WORDS = (
    "SET TIME ZONE 'UTC'", "SET datestyle TO 'ISO, YMD'", "SET intervalstyle TO 'postgres'",
    "SET extra_float_digits TO 1", "SET bytea_output TO 'hex'", "SET row_security TO off",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table holds and the sum of their hashes."""

    rows: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A table that is not the same in both; None where it is missing."""

    table: str
    there: Content | None
    here: Content | None


@contextmanager
def held_still(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Open a transaction that sees the database as it is now, for as long as it lasts, while others go on writing."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        for words in SAME_WORDS:
            connection.execute(words)
        yield connection


def snapshot_of(connection: psycopg.Connection[Any]) -> str:
    """Return the name under which pg_dump can see exactly what this transaction sees."""
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    return str(row[0]) if row else ""


def contents(connection: psycopg.Connection[Any]) -> dict[str, Content]:
    """Return what every table holds; reads all rows once, about a second for each million."""
    found: dict[str, Content] = {}
    for schema, table in connection.execute(TABLES).fetchall():
        row = connection.execute(sql.SQL(SUM).format(sql.Identifier(schema, table))).fetchone()
        if row:
            found[table if schema == "public" else f"{schema}.{table}"] = Content(*row)
    return found


def contents_at(url: str) -> dict[str, Content]:
    """Return what every table of this database holds now."""
    with held_still(url) as connection:
        return contents(connection)


def differences(there: Mapping[str, Content], here: Mapping[str, Content]) -> list[Difference]:
    """Return the tables that are not the same in both, by name."""
    names = sorted(set(there) | set(here))
    return [
        Difference(name, there.get(name), here.get(name))
        for name in names
        if there.get(name) != here.get(name)
    ]


def sums_file(dump: Path) -> Path:
    """Return where the contents noted when a dump was taken lie: beside it."""
    return dump.with_name(f"{dump.name}.sums")


def write_sums(dump: Path, noted: Mapping[str, Content]) -> None:
    """Keep the contents beside the dump, readable by its owner only."""
    draft = sums_file(dump).with_name(f".{dump.name}.sums.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(
        json.dumps({name: asdict(content) for name, content in noted.items()}, indent=1), encoding="utf-8"
    )
    draft.replace(sums_file(dump))


def read_sums(dump: Path) -> dict[str, Content] | None:
    """Return what was noted when the dump was taken; None when nothing readable is there."""
    try:
        told = json.loads(sums_file(dump).read_text(encoding="utf-8"))
        return {name: Content(**content) for name, content in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None
