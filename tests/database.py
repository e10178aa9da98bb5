"""The suite's PostgreSQL: one private cluster a run, one template database, one clone for each worker and live site."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import psycopg

from aoxanh.kernel.cluster import Cluster

TEMPLATE = "aoxanh_template"
FOLDER_VARIABLE = "AOXANH_TEST_FOLDER"


@dataclass(frozen=True)
class Database:
    """One database of the suite's cluster."""

    cluster: Cluster
    name: str
    data_dir: Path

    def url(self, role: Literal["owner", "app"]) -> str:
        return self.cluster.url(role, self.name)

    def drop(self) -> None:
        self.cluster.drop_database(self.name)


@cache
def database_for_this_process() -> Database:
    """Return the calling process's own clone, starting the cluster when this is the first process of the run."""
    if FOLDER_VARIABLE not in os.environ:
        _start_cluster()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return clone(f"aoxanh_{worker}_{os.getpid()}")


def clone(name: str) -> Database:
    """Return a fresh database with the reference data and the cast in it."""
    folder = Path(os.environ[FOLDER_VARIABLE])
    cluster = Cluster(folder / "pg")
    cluster.create_database(name, template=TEMPLATE)
    data_dir = folder / name
    data_dir.mkdir()
    return Database(cluster, name, data_dir)


def _start_cluster() -> None:
    folder = Path(tempfile.mkdtemp(prefix="aoxanh-test-"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "pg")
    cluster.start(attached=True)
    _allow_a_crowd(cluster)
    atexit.register(_stop_cluster, cluster, folder, os.getpid())
    cluster.create_database(TEMPLATE)
    environment = {
        **os.environ,
        "AOXANH_DATA_DIR": str(folder),
        "DATABASE_URL": cluster.url("app", TEMPLATE),
        "DATABASE_OWNER_URL": cluster.url("owner", TEMPLATE),
        "AOXANH_SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
    }
    subprocess.run([sys.executable, "-m", "aoxanh", "migrate", "--quiet"], env=environment, check=True)
    make_cast = "import django; django.setup(); from tests import cast; cast.create()"
    environment |= {"AOXANH_AS_OWNER": "true"}
    subprocess.run(
        [sys.executable, "-c", make_cast], env=environment, check=True, cwd=Path(__file__).parent.parent
    )
    os.environ[FOLDER_VARIABLE] = str(folder)


def _allow_a_crowd(cluster: Cluster) -> None:
    """Make room for several live sites at once, each with web processes, worker and watchers of its own."""
    with psycopg.connect(cluster.url("owner", "postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET max_connections = 250")
    cluster.stop()
    cluster.start(attached=True)


def _stop_cluster(cluster: Cluster, folder: Path, owner_pid: int) -> None:
    if os.getpid() == owner_pid:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
