"""A throw-away installation for a bench: private PostgreSQL, web server and worker, and their CPU time."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from aoxanh.cli.processes import run_bound, start_bound
from aoxanh.kernel.cluster import Cluster


@dataclass
class BenchSite:
    """The running installation of a bench."""

    folder: Path
    url: str
    owner_url: str
    processes: dict[str, int]
    postgres: int
    version: str

    def connect(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self.owner_url, autocommit=True)

    def cpu_seconds(self) -> dict[str, float]:
        """Return user + system seconds used so far by web and worker, where they serve, and PostgreSQL, children that ended included."""
        processes = {**self.processes, "postgresql": self.postgres}
        return {name: _tree_seconds(pid) for name, pid in processes.items()}

    def enter(self) -> None:
        """Let this process speak to the database as the product does: as the application role, within a reach."""
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aoxanh.config.settings")
        os.environ["AOXANH_DATA_DIR"] = str(self.folder)
        os.environ.pop("DATABASE_URL", None)
        django.setup()


@contextmanager
def bench_site(*, serves: bool = True, **more: str) -> Iterator[BenchSite]:
    """Make, start and finally remove an installation with the reference data and no campaign; `more` are further settings.

    A bench that asks neither the web server nor the worker anything has the database alone (`serves`).
    """
    folder = Path(tempfile.mkdtemp(prefix="aoxanh-bench-"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "pg")
    children: list[subprocess.Popen[bytes]] = []
    try:
        status = cluster.start(attached=True)
        environment = {
            **_clean_environment(),
            "AOXANH_DATA_DIR": str(folder),
            "AOXANH_REQUIRE_MFA": "false",
            **more,
        }
        run_bound("migrate", "--quiet", environment=environment)
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        if serves:
            children = [
                start_bound("serve", "--port", str(port), environment=environment),
                start_bound("worker", environment=environment),
            ]
            _wait(url, children[0])
        pids = {name: child.pid for name, child in zip(("web", "worker"), children, strict=False)}
        yield BenchSite(folder, url, cluster.url("owner"), pids, status.pid or 0, status.version)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(20)
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _clean_environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("AOXANH_DATA", "DATABASE_"))
    }


def _wait(url: str, web: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and web.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(url + "/healthz", timeout=5).read()  # noqa: S310 - our own loopback address
            return
        time.sleep(0.1)
    raise RuntimeError("the bench's web server did not start")


def _tree_seconds(pid: int) -> float:
    total = 0.0
    try:
        root = psutil.Process(pid)
        processes = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    ended = root.cpu_times()
    return total + ended.children_user + ended.children_system


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
