"""Dump a database into one file and bring it back whole or not at all; any server, private or not."""

import os
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import conninfo, sql

from aoxanh.kernel.cluster import comparison
from aoxanh.kernel.cluster.account import environment
from aoxanh.kernel.cluster.binaries import Build
from aoxanh.kernel.cluster.errors import ArchiveFailed, DatabaseNotEmpty

# Called with tables done and tables in all.
Progress = Callable[[int, int], None]

COUNT_TABLES = """
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = ANY(%s) AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
"""
END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
RENAME_TRIES = 5


def quiet(done: int, total: int) -> None:
    """Show no progress."""


@contextmanager
def _failing_as(action: str) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise ArchiveFailed(action=action, reason=str(error).strip()) from error


@_failing_as("The dump")
def dump(build: Build, url: str, path: Path, *, progress: Progress = quiet) -> None:
    """Write the database to `path`, readable by its owner only; an older file there stays until the new is complete.

    Beside it goes what each table held at that very moment (comparison.py), so that a drill can tell whether all came back.
    """
    total = _count_tables(url, ["r"])
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise ArchiveFailed(action="The dump", reason=str(error)) from error
    os.close(handle)
    unfinished = Path(name)
    try:
        with comparison.held_still(url) as connection:
            same = f"--snapshot={comparison.snapshot_of(connection)}"
            command = (build.program("pg_dump"), "--format=custom", "--verbose", same, f"--file={unfinished}")
            _run("The dump", command, url, _Steps("dumping contents of table", total, progress))
            noted = comparison.contents(connection)
        comparison.sums_file(path).unlink(missing_ok=True)
        unfinished.replace(path)
        comparison.write_sums(path, noted)
    finally:
        unfinished.unlink(missing_ok=True)


@_failing_as("The restore")
def restore(
    build: Build,
    url: str,
    path: Path,
    *,
    force: bool = False,
    grants: bool = True,
    progress: Progress = quiet,
) -> None:
    """Replace the database of `url` by the one in `path`, in one step at the end.

    Refuses a database that holds tables unless `force`. Objects belong to the role of `url`; grants are kept, unless not
    wanted because their roles are not there, and settings made with ALTER DATABASE are not part of an archive.
    """
    dbname = str(conninfo.conninfo_to_dict(url)["dbname"])
    maintenance = conninfo.make_conninfo(url, dbname="postgres")
    existed = _exists(maintenance, dbname)
    tables = _count_tables(url, ["r", "p", "v", "m", "f", "S"]) if existed else 0
    if tables and not force:
        raise DatabaseNotEmpty(dbname=dbname, tables=tables)
    listing = subprocess.run(  # noqa: S603
        [build.program("pg_restore"), "--list", str(path)], capture_output=True, text=True, check=False
    )
    if listing.returncode:
        # A list of contents that is hurt can bring the program down before it says a word.
        reason = (
            listing.stderr.strip() or f"pg_restore ended with {listing.returncode} at the list of contents"
        )
        raise ArchiveFailed(action="The restore", reason=reason)
    fresh, replaced = f"{dbname}_restoring", f"{dbname}_replaced"
    _execute(maintenance, "DROP DATABASE IF EXISTS {}", fresh)
    _execute(maintenance, "DROP DATABASE IF EXISTS {}", replaced)
    _execute(maintenance, "CREATE DATABASE {} TEMPLATE template0", fresh)
    try:
        kept = () if grants else ("--no-privileges",)
        command = (
            *(build.program("pg_restore"), "--no-owner", *kept),
            *("--exit-on-error", "--verbose", str(path)),
        )
        total = listing.stdout.count(" TABLE DATA ")
        target = conninfo.make_conninfo(url, dbname=fresh)
        _run("The restore", command, target, _Steps("processing data for table", total, progress))
        _swap(maintenance, dbname, fresh, replaced if existed else None)
    finally:
        _execute(maintenance, "DROP DATABASE IF EXISTS {} WITH (FORCE)", fresh)
    _execute(maintenance, "DROP DATABASE IF EXISTS {} WITH (FORCE)", replaced)


def _swap(maintenance: str, dbname: str, fresh: str, replaced: str | None) -> None:
    """Exchange the names in one transaction; applications that keep reconnecting are put out again each time."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        for tries_left in reversed(range(RENAME_TRIES)):
            try:
                with connection.transaction():
                    connection.execute(END_SESSIONS, [dbname])
                    if replaced:
                        connection.execute(rename.format(sql.Identifier(dbname), sql.Identifier(replaced)))
                    connection.execute(rename.format(sql.Identifier(fresh), sql.Identifier(dbname)))
            except psycopg.errors.ObjectInUse as error:
                if not tries_left:
                    raise ArchiveFailed(action="The restore", reason=str(error)) from error
            else:
                return


@dataclass(frozen=True)
class _Steps:
    """How to read progress from a program that says what it does."""

    marker: str
    total: int
    progress: Progress


def _run(action: str, command: tuple[str, ...], url: str, steps: _Steps) -> None:
    # The password goes by the environment: everybody on the machine can read a command line.
    parts = conninfo.conninfo_to_dict(url)
    secret = {"PGPASSWORD": str(parts.pop("password", "") or "")}
    address = conninfo.make_conninfo("", **parts)
    tail: deque[str] = deque(maxlen=12)
    done, at_work = 0, ""
    with subprocess.Popen(  # noqa: S603
        [*command, f"--dbname={address}"], stderr=subprocess.PIPE, env={**environment(), **secret},
        text=True, errors="replace",
    ) as process:  # fmt: skip
        for line in process.stderr or ():
            tail.append(line.strip())
            if steps.marker in line:
                done, at_work = done + 1, line.strip()
                steps.progress(min(done, steps.total), steps.total)
    if process.returncode:
        errors = [line for line in tail if "error" in line] or list(tail)
        raise ArchiveFailed(action=action, reason="\n".join([*errors, at_work]).strip())


def _count_tables(url: str, kinds: list[str]) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(COUNT_TABLES, [kinds]).fetchone()
    return int(row[0]) if row else 0


def _exists(maintenance: str, dbname: str) -> bool:
    with psycopg.connect(maintenance) as connection:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [dbname]).fetchone())


def _execute(maintenance: str, statement: LiteralString, name: str) -> None:
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
