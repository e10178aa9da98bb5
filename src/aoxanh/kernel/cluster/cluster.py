"""Cluster: one folder holding a PostgreSQL server of our own, its passwords, socket and log."""

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from aoxanh.kernel.cluster import archive, server, wal
from aoxanh.kernel.cluster.account import Account, account_for
from aoxanh.kernel.cluster.binaries import Build, Kind, find_build
from aoxanh.kernel.cluster.errors import ClusterBusy, ClusterNotMade, FolderUnreachable, StartFailed
from aoxanh.kernel.cluster.setup import Role, make_data, read_password

LOCK_SECONDS = 90
SOCKET_PATH_LIMIT = 103  # bytes; Linux allows 107, macOS 103


@dataclass(frozen=True)
class ClusterStatus:
    """What an operator asks of a cluster; `owner` is the process it stops with, None if it stands alone or is down."""

    running: bool
    version: str
    build: Kind
    bindir: Path
    data_dir: Path
    socket_dir: Path
    pid: int | None
    owner: int | None
    size_bytes: int


class Cluster:
    """A private PostgreSQL in `data_dir`: socket only, password only, never opened by another major version.

    The folder holds `pgdata`, `owner.password`, `app.password`, `server.log` and `run` (the socket).
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.resolve()
        self.pgdata = self.data_dir / "pgdata"

    def start(self, *, attached: bool) -> ClusterStatus:
        """Make the data if there is none and see that a server runs; a server already running is left as it is.

        `attached`: it stops when this process ends, however that happens. Otherwise it stays until `stop`. The status
        returned says whose it is. Data survives a kill at any moment; recovery may take minutes on a large database.
        """
        with self._locked():
            build = self._build()
            account = account_for(self.data_dir, self.pgdata, build.program("postgres"))
            if not self.pgdata.exists():
                make_data(self.data_dir, self.pgdata, build, account)
            socket_dir = self._socket_dir()
            _make_private(socket_dir, account)
            recovering = (self.pgdata / "recovery.signal").exists()
            archived = wal.archive_folder()
            wal.prepare(archived, account)
            server.ensure_started(
                build, account, self.pgdata, socket_dir, attached=attached, extra=wal.settings_for(archived)
            )
            if recovering:
                self._wait_until_recovered()
        return self.status()

    def stop(self) -> None:
        """Stop the server cleanly, whoever started it; do nothing if none runs."""
        if not self.data_dir.is_dir() or not self._running():
            return
        with self._locked():
            build = self._build()
            account = account_for(self.data_dir, self.pgdata, build.program("postgres"))
            server.stop(build, account, self.pgdata)

    def status(self) -> ClusterStatus:
        build, running = self._build(), self._running()
        return ClusterStatus(
            running=running is not None,
            version=build.version,
            build=build.kind,
            bindir=build.bindir,
            data_dir=self.data_dir,
            socket_dir=running.socket_dir if running else self._socket_dir(),
            pid=running.pid if running else None,
            owner=running.owner if running else None,
            size_bytes=_size(self.pgdata),
        )

    def url(self, role: Role, dbname: str = "aoxanh") -> str:
        """Return a postgresql:// address with the password in it: never print or log it."""
        running = self._running()
        socket_dir = running.socket_dir if running else self._socket_dir()
        password = read_password(self.data_dir, role)
        return f"postgresql://aoxanh_{role}:{password}@{_as_host(socket_dir)}:{server.PORT}/{quote(dbname, safe='')}"

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database; from a template it is a copy, which takes well under a second for a small one."""
        statement = sql.SQL("CREATE DATABASE {} OWNER aoxanh_owner TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template or "template1")))

    def drop_database(self, name: str) -> None:
        """Drop a database, ending the sessions in it; do nothing if there is none."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def dump(self, path: Path, dbname: str = "aoxanh", *, progress: archive.Progress = archive.quiet) -> None:
        archive.dump(self._build(), self.url("owner", dbname), path, progress=progress)

    def restore(
        self,
        path: Path,
        dbname: str = "aoxanh",
        *,
        force: bool = False,
        progress: archive.Progress = archive.quiet,
    ) -> None:
        archive.restore(self._build(), self.url("owner", dbname), path, force=force, progress=progress)

    def _build(self) -> Build:
        return find_build(self.data_dir, major=self._major())

    def _major(self) -> int | None:
        try:
            return int((self.pgdata / "PG_VERSION").read_text(encoding="ascii"))
        except FileNotFoundError as error:
            if self.pgdata.is_dir():
                raise ClusterNotMade(data_dir=self.data_dir, missing="pgdata/PG_VERSION") from error
            return None
        except OSError as error:
            raise FolderUnreachable(data_dir=self.data_dir) from error

    def _running(self) -> server.Running | None:
        try:
            return server.find_running(self.pgdata)
        except OSError as error:
            raise FolderUnreachable(data_dir=self.data_dir) from error

    def _wait_until_recovered(self) -> None:
        """Wait while the log is replayed up to the wanted moment: until then the server takes readers only."""
        give_up = time.monotonic() + server.RECOVERY_SECONDS
        while time.monotonic() < give_up and self._running():
            try:
                with psycopg.connect(self.url("owner", "postgres")) as connection:
                    row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
            except psycopg.OperationalError:
                row = None  # it is ending: the moment lies beyond what was archived
            if row and not row[0]:
                return
            time.sleep(0.1)
        raise StartFailed(reason="the wanted moment was not reached", log=self.pgdata.with_name("server.log"))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("owner", "postgres"), autocommit=True) as connection:
            connection.execute(statement)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        # The lock is on the folder itself: a lock *file* left by root would shut out everybody else.
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self.data_dir, os.O_RDONLY)
        except OSError as error:
            raise FolderUnreachable(data_dir=self.data_dir) from error
        try:
            self._wait_for_lock(handle)
            yield
        finally:
            os.close(handle)

    def _wait_for_lock(self, handle: int) -> None:
        give_up = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > give_up:
                    raise ClusterBusy(data_dir=self.data_dir, seconds=LOCK_SECONDS) from error
                time.sleep(0.1)

    def _socket_dir(self) -> Path:
        usual = self.data_dir / "run"
        # libpq takes a comma in a host for the end of its name.
        if len(os.fsencode(usual / f".s.PGSQL.{server.PORT}")) <= SOCKET_PATH_LIMIT and "," not in str(usual):
            return usual
        owner = self.pgdata.stat().st_uid if self.pgdata.exists() else os.geteuid()
        session = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
        mine = session.is_dir() and session.stat().st_uid == owner == os.geteuid()
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        name = f"aoxanh-{owner}-{digest}"
        usable = (session if mine else None, Path(tempfile.gettempdir()), Path("/tmp"))  # noqa: S108 - made private below
        return next(
            folder / name
            for folder in usable
            if folder
            and (
                len(os.fsencode(folder / name / f".s.PGSQL.{server.PORT}")) <= SOCKET_PATH_LIMIT
                or folder == usable[-1]
            )
        )


def _make_private(folder: Path, account: Account) -> None:
    """See that a folder is there and that only the account can enter it, even where others could have made it first."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        account.take(folder)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != account.uid or found.st_mode & 0o077:
        raise FolderUnreachable(data_dir=folder)


def _as_host(folder: Path) -> str:
    # Parsers of addresses lower the case of a host name, so capitals must be encoded as well as slashes.
    plain = b"abcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(chr(byte) if byte in plain else f"%{byte:02X}" for byte in os.fsencode(folder))


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).lstat().st_size
            except FileNotFoundError:
                continue  # the server removes files while we count
    return total
