"""A private primary with the cast in it and a real streaming replica of it, on unix sockets only."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import conninfo

from aoxanh.kernel.cluster import Cluster, archive
from aoxanh.kernel.cluster.account import Account
from aoxanh.kernel.cluster.binaries import Build
from tests.database import TEMPLATE, database_for_this_process

DATABASE = "aoxanh"


class Standby:
    """A replica made with pg_basebackup; it follows its primary until it is stopped or promoted."""

    def __init__(self, primary: Cluster, folder: Path) -> None:
        self.primary = primary
        self.cluster = Cluster(folder / "pg")
        self.cluster.data_dir.mkdir()
        self.cluster.data_dir.chmod(0o711)
        for role in ("owner", "app"):
            shutil.copy(primary.data_dir / f"{role}.password", self.cluster.data_dir)
        status = primary.status()
        build = Build(status.build, status.bindir, status.version)
        owner = primary.pgdata.stat()
        account = Account(owner.st_uid, owner.st_gid, lent=owner.st_uid != 0)
        landing = self.cluster.data_dir / "landing"
        landing.mkdir(mode=0o700)
        account.take(landing)
        address = conninfo.make_conninfo(primary.url("owner", "postgres"), application_name="standby")
        done = account.run(
            build.program("pg_basebackup"), "--pgdata", str(landing / "pgdata"), "--dbname", address,
            "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        (landing / "pgdata").rename(self.cluster.pgdata)
        landing.rmdir()

    def start(self) -> None:
        self.cluster.start(attached=True)

    def stop(self) -> None:
        self.cluster.stop()

    def pause(self) -> None:
        """Let the replica receive but not replay: what a long query or a slow disk does to it."""
        self.sql("SELECT pg_wal_replay_pause()")
        wait_until(lambda: self.sql("SELECT pg_get_wal_replay_pause_state()") == [("paused",)])

    def resume(self) -> None:
        self.sql("SELECT pg_wal_replay_resume()")

    def catch_up(self) -> None:
        """Wait until everything that the primary has committed by now can be read here."""
        with psycopg.connect(self.primary.url("owner", "postgres"), autocommit=True) as connection:
            ((position,),) = connection.execute("SELECT pg_current_wal_lsn()::text").fetchall()
        wait_until(lambda: self.sql("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", position) == [(True,)])

    def url(self) -> str:
        return self.cluster.url("app", DATABASE)

    def sql(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.cluster.url("owner", "postgres"), autocommit=True) as connection:
            return connection.execute(query, values).fetchall()


@contextmanager
def primary_and_standby() -> Iterator[tuple[Cluster, Standby]]:
    """Give a running primary, with places, procedures and the cast, and a running replica of it."""
    folder = Path(tempfile.mkdtemp(prefix="aoxanh-test-"))
    folder.chmod(0o755)
    primary = Cluster(folder / "primary" / "pg")
    primary.data_dir.parent.mkdir()
    standby: Standby | None = None
    try:
        _copy_template(primary, folder / "template.dump")
        (folder / "standby").mkdir()
        standby = Standby(primary, folder / "standby")
        standby.start()
        yield primary, standby
    finally:
        if standby is not None:
            standby.stop()
        primary.stop()
        shutil.rmtree(folder)


def _copy_template(primary: Cluster, dump: Path) -> None:
    suite = database_for_this_process().cluster
    primary.start(attached=True)
    suite.dump(dump, TEMPLATE, progress=archive.quiet)
    primary.restore(dump, DATABASE)


def wait_until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something that comes about by itself; fail when it does not."""
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, "it did not come about"
        time.sleep(0.02)
