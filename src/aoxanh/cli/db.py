"""`aoxanh db`: the database of this installation, private or external."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click
import psycopg

from aoxanh.cli.distribute import distribute
from aoxanh.kernel import backups
from aoxanh.kernel.cluster import Cluster, ClusterStatus, archive
from aoxanh.kernel.cluster.binaries import Build, find_build
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.ids import uuid7

P = ParamSpec("P")


def plain_errors(function: Callable[P, None]) -> Callable[P, None]:
    """Show a DomainError as its message and remedy, without a traceback."""

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            function(*args, **kwargs)
        except DomainError as error:
            raise click.ClickException(f"{error}\n{error.remedy_text}".strip()) from error

    return wrapper


@click.group()
def command() -> None:
    """Start, stop, watch, dump, restore, rehearse and distribute the database."""


command.add_command(distribute)


@command.command()
@plain_errors
def start() -> None:
    """Start the private PostgreSQL and leave it running, making it first if there is none."""
    if _external():
        _say_external()
        return
    status = _cluster().start(attached=False)
    click.echo(_describe(status))


@command.command()
@plain_errors
def stop() -> None:
    """Stop the private PostgreSQL cleanly."""
    if _external():
        _say_external()
        return
    _cluster().stop()
    click.echo("PostgreSQL is not running.")


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@plain_errors
def status(*, as_json: bool) -> None:
    """Say which database is used and whether it runs; ends with 3 if it does not."""
    facts, sentence = _external_status() if _external() else _private_status()
    click.echo(json.dumps(facts, default=str) if as_json else sentence)
    if not facts["running"]:
        sys.exit(3)


@command.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@plain_errors
def dump(path: Path) -> None:
    """Write the whole database into one file (pg_dump's custom format, readable by you only)."""
    with _database() as (build, url), _progress("Dumping") as progress:
        archive.dump(build, url, path, progress=progress)
    backups.note_dump(_data_dir())
    click.echo(f"Dumped into {path}.")


@command.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace a database that already holds tables.")
@plain_errors
def restore(path: Path, *, force: bool) -> None:
    """Bring back a dump, whole or not at all; refuses to replace data unless forced.

    Phones notice a restored database by its new epoch, and hand in again what they still keep of the last 14 days.
    """
    with _database() as (build, url), _progress("Restoring") as progress:
        archive.restore(build, url, path, force=force, progress=progress)
        _begin_new_epoch(url)
    click.echo(f"Restored from {path}.")


@command.command()
@click.argument("path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--live", is_flag=True, help="Compare with the database as it is now, not as it was when dumped."
)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the throw-away copy may lie; it needs the space of the database. The system's temporary folder when left out.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@plain_errors
def drill(path: Path | None, *, live: bool, folder: Path | None, as_json: bool) -> None:
    """Prove that a dump (a fresh one when none is named) comes back: restore it aside, compare, verify, open pages.

    Every table's rows and checksum are compared, the migrations of this version run, the audit chains are walked and pages are
    opened for the person with the widest role. Everything is removed again. Ends with 1 when something is not as it was.
    """
    from aoxanh.cli.drill import rehearsal

    with _database() as (build, url):
        report = rehearsal.rehearse(build, url, path, live=live, folder=folder)
    backups.note_drill(_data_dir(), passed=report.passed)
    click.echo(json.dumps(report.as_dict(), indent=2) if as_json else report.as_text())
    if not report.passed:
        sys.exit(1)


def _begin_new_epoch(url: str) -> None:
    """Change the mark that phones compare; in plain SQL, since the archive may be older than this version's models."""
    with psycopg.connect(url) as connection:
        known = connection.execute("SELECT to_regclass('desk_syncepoch') IS NOT NULL").fetchone()
        if known and known[0]:
            connection.execute("UPDATE desk_syncepoch SET epoch = %s", [uuid7()])


def _external() -> str:
    """Return the address of the operator's own server, as the role that owns the tables, or nothing."""
    url = os.environ.get("DATABASE_URL", "")
    return url and (os.environ.get("DATABASE_OWNER_URL") or url)


def _say_external() -> None:
    click.echo("DATABASE_URL names an external database: start and stop it where it runs. Nothing was done.")


def _cluster() -> Cluster:
    return Cluster(_data_dir() / "pg")


def _data_dir() -> Path:
    return Path(os.environ.get("AOXANH_DATA_DIR") or ".aoxanh")


def _describe(status: ClusterStatus) -> str:
    what = f"PostgreSQL {status.version} ({status.build})"
    if not status.running:
        return f"{what} is not running; its data folder is {status.data_dir}."
    life = f"stops with process {status.owner}" if status.owner else "runs until `aoxanh db stop`"
    return f"{what} is running as process {status.pid} on {status.data_dir}; it {life}."


def _private_status() -> tuple[dict[str, object], str]:
    status = _cluster().status()
    return {"external": False, **asdict(status)}, _describe(status)


def _external_status() -> tuple[dict[str, object], str]:
    try:
        with psycopg.connect(_external(), connect_timeout=5) as connection:
            major, minor = divmod(connection.info.server_version, 10000)
    except psycopg.Error:
        return {"external": True, "running": False, "version": None}, "The external database does not answer."
    version = f"{major}.{minor}"
    facts: dict[str, object] = {"external": True, "running": True, "version": version}
    return facts, f"The external PostgreSQL {version} answers."


@contextmanager
def _database() -> Iterator[tuple[Build, str]]:
    """Give the programs and the owner's address, running the private server for as long as it is needed."""
    if _external():
        yield find_build(), _external()
        return
    cluster = _cluster()
    was_running = cluster.status().running
    started = cluster.start(attached=True)
    try:
        yield Build(started.build, started.bindir, started.version), cluster.url("owner")
    finally:
        if not was_running:
            cluster.stop()


@contextmanager
def _progress(label: str) -> Iterator[archive.Progress]:
    if not sys.stderr.isatty():
        yield archive.quiet
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show
