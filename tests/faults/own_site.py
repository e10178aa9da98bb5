"""A live site on a PostgreSQL of its own, so that a test may break the database without hurting anybody else's."""

import contextlib
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
from psycopg import sql

from aoxanh.kernel.cluster import Cluster
from tests.database import Database
from tests.site import LiveSite, free_port

NAME = "aoxanh"


class OwnSite(LiveSite):
    """Web, worker and PostgreSQL, each of which can be killed; PostgreSQL is started by whoever broke it."""

    @classmethod
    @contextlib.contextmanager
    def open(cls, folder: Path | None = None, **settings: str) -> Iterator["OwnSite"]:
        """Make and start everything in `folder` (a temporary one by default); `settings` go to PostgreSQL's configuration."""
        home = folder or Path(tempfile.mkdtemp(prefix="aoxanh-faults-"))
        home.chmod(0o755)
        cluster = Cluster(home / "pg")
        try:
            cluster.start(attached=True)
            site = cls(Database(cluster, NAME, home), free_port())
            site.configure(settings)
            site.run("migrate", "--quiet")
            try:
                site.start()
                yield site
            finally:
                site.stop()
        finally:
            cluster.stop()
            shutil.rmtree(home, ignore_errors=True)

    def configure(self, settings: dict[str, str]) -> None:
        for name, value in settings.items():
            statement = sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            self.sql(statement.as_string())
        self.sql("SELECT pg_reload_conf()")

    def start_postgres(self) -> None:
        self.database.cluster.start(attached=True)

    def stop_postgres(self) -> None:
        """Shut PostgreSQL down as an operator would: fast, cutting every connection."""
        self.database.cluster.stop()

    def kill_postgres(self, *, whole: bool) -> None:
        """Kill the postmaster without warning, or it and all its processes at once."""
        pid = self.database.cluster.status().pid
        assert pid is not None
        postmaster = psutil.Process(pid)
        family = [postmaster, *(postmaster.children(recursive=True) if whole else [])]
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, timeout=20)
