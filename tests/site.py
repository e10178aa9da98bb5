"""A live site for tests: `aoxanh serve` and `aoxanh worker` as real processes on a database of their own."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import psycopg

from aoxanh.cli.processes import start_bound
from tests.cast import PASSWORD
from tests.database import Database, clone


class LiveSite:
    """The running site: `url`, the cast's `password`, `sql` as owner, and ways to break it."""

    password = PASSWORD

    def __init__(self, database: Database, port: int) -> None:
        self.database = database
        self.port = port
        self.url = f"http://localhost:{port}"
        self.environment = {
            **os.environ,
            "AOXANH_DATA_DIR": str(database.data_dir),
            "DATABASE_URL": database.url("app"),
            "DATABASE_OWNER_URL": database.url("owner"),
            "AOXANH_SECRET_KEY": "only for tests",
            "AOXANH_REQUIRE_MFA": "false",
            "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
        }
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextlib.contextmanager
    def open(cls, **settings: str) -> Iterator["LiveSite"]:
        site = cls(clone(f"aoxanh_live_{secrets.token_hex(4)}"), free_port())
        site.environment |= settings
        try:
            site.start()
            yield site
        finally:
            site.stop()
            site.database.drop()

    def start(self) -> None:
        """Start web and worker and wait until the site answers."""
        self.web = self._spawn("serve", "--port", str(self.port))
        self.worker = self._spawn("worker")
        self.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.url + "/healthz", timeout=5).read()
                return
            if self.web is not None and self.web.poll() is not None:
                raise RuntimeError(f"aoxanh serve ended with {self.web.returncode}: {self.log()}")
            time.sleep(0.1)
        raise RuntimeError(f"the site did not answer in 90 s: {self.log()}")

    def stop(self) -> None:
        for process in (self.web, self.worker):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()

    def kill9(self) -> None:
        """Kill the web server and its workers without warning."""
        assert self.web is not None
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()

    def restart(self) -> None:
        """Start the web server again on the same port."""
        self.web = self._spawn("serve", "--port", str(self.port))
        self.wait()

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run SQL as the owning role and commit."""
        with psycopg.connect(self.database.url("owner"), autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def run(self, *arguments: str, **environment: str) -> str:
        """Run an `aoxanh` command on this site to its end and return what it printed."""
        command = [sys.executable, "-m", "aoxanh", *arguments]
        whole = self.environment | environment
        return subprocess.run(command, env=whole, check=True, text=True, stdout=subprocess.PIPE).stdout

    def wait_for_rollup(self, seconds: float = 120) -> None:
        """Wait until the worker has counted every day that a sync left dirty."""
        deadline = time.monotonic() + seconds
        while self.sql("SELECT count(*) FROM desk_dirtyday")[0][0]:
            if time.monotonic() > deadline:
                raise TimeoutError(f"days stayed dirty for {seconds:.0f} s: {self.log()}")
            time.sleep(0.2)

    def log(self) -> str:
        """Return everything web and worker wrote."""
        return "\n".join(
            path.read_text(errors="replace") for path in sorted(self.database.data_dir.glob("*.log"))
        )

    def worker_log(self) -> str:
        """Return what the worker wrote."""
        return (self.database.data_dir / "worker.log").read_text(errors="replace")

    def _spawn(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.database.data_dir / f"{arguments[0]}.log").open("ab") as log:
            return start_bound(*arguments, environment=self.environment, log=log)


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
