"""Who runs the server: never root, and never somebody else's data."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import aoxanh
from aoxanh.kernel.cluster import Cluster
from aoxanh.kernel.cluster.account import NOBODY
from aoxanh.kernel.cluster.errors import FolderUnreachable

ROOT = os.geteuid() == 0
PATHS = os.pathsep.join([str(Path(aoxanh.__file__).parents[1]), *sys.path])
USE_A_CLUSTER = """
import json, os, sys
from pathlib import Path
import psycopg
from aoxanh.kernel.cluster import Cluster, ClusterError
cluster = Cluster(Path(sys.argv[1]))
try:
    status = cluster.start(attached=True)
    with psycopg.connect(cluster.url("app")) as connection:
        user = connection.execute("SELECT current_user::text").fetchone()[0]
    facts = {"uid": os.geteuid(), "role": user, "running": status.running, "build": status.build}
    cluster.stop()
    facts["stopped"] = not cluster.status().running
except ClusterError as error:
    facts = {"uid": os.geteuid(), "refused": error.code, "remedy": error.remedy_text}
print(json.dumps(facts))
"""


def powers_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("CapEff:")), 16)


def namespaces_are_allowed() -> bool:
    return subprocess.run(["unshare", "--user", f"--map-user={NOBODY}", "true"], check=False).returncode == 0


def as_ordinary_user(code: str, *arguments: object) -> dict[str, object]:
    """Run Python as somebody who is not root: ourselves, or nobody with whichever interpreter nobody may use."""
    dropped = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if ROOT else {}
    ways = [
        ([sys.executable], dropped),
        (["/usr/bin/python3"], dropped),
        (["unshare", "-U", f"--map-user={NOBODY}", sys.executable], {}),
    ]
    environment = {**os.environ, "PYTHONPATH": PATHS, "HOME": "/"}
    for command, account in ways:
        options = {**account, "env": environment, "cwd": "/", "capture_output": True, "text": True}
        try:
            able = subprocess.run(
                [*command, "-c", "import psycopg, aoxanh.kernel.cluster"], check=False, **options
            )
        except PermissionError:
            continue
        if able.returncode == 0:
            done = subprocess.run(
                [*command, "-c", code, *map(str, arguments)], check=True, timeout=120, **options
            )
            return json.loads(done.stdout)
    raise AssertionError("no interpreter that an ordinary user may run")


def test_ordinary_user_makes_starts_and_stops_a_cluster(build, folder):
    mine = folder / "mine"
    mine.mkdir(mode=0o700)
    if ROOT:
        os.chown(mine, NOBODY, NOBODY)
    facts = as_ordinary_user(USE_A_CLUSTER, mine / "pg")
    assert facts.pop("uid") != 0
    assert facts == {"role": "aoxanh_app", "running": True, "build": build, "stopped": True}


def test_cluster_of_another_account_is_refused_with_the_remedy(build, folder):
    theirs = Path("/proc/1") if not ROOT else folder / "theirs"
    if ROOT:
        theirs.mkdir(mode=0o700)
    facts = as_ordinary_user(USE_A_CLUSTER, theirs / "pg")
    assert facts["refused"] == "cluster_folder_unreachable"
    assert "AOXANH_DATA_DIR" in str(facts["remedy"])


def test_server_has_no_powers_of_root_in_a_folder_open_to_others(cluster):
    pid = cluster.start(attached=True).pid
    assert powers_of(pid) == 0
    assert Path(f"/proc/{pid}").stat().st_uid != 0


def test_server_has_no_powers_of_root_in_a_folder_only_root_may_enter(build, folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "pg")
    if ROOT and not namespaces_are_allowed():
        with pytest.raises(FolderUnreachable):
            cluster.start(attached=True)
        return
    assert powers_of(cluster.start(attached=True).pid) == 0
    cluster.stop()
    assert cluster.start(attached=False).running
    cluster.stop()
    assert closed.stat().st_mode & 0o777 == 0o700


def test_cluster_keeps_the_account_that_owns_its_data(cluster):
    cluster.start(attached=True)
    cluster.stop()
    owner = cluster.pgdata.stat().st_uid
    pid = cluster.start(attached=True).pid
    assert Path(f"/proc/{pid}").stat().st_uid == owner
    assert cluster.pgdata.stat().st_uid == owner


def test_socket_folder_made_by_somebody_else_is_not_trusted(cluster):
    cluster.start(attached=True)
    cluster.stop()
    (cluster.data_dir / "run").rmdir()
    (cluster.data_dir / "run").mkdir(mode=0o777)
    (cluster.data_dir / "run").chmod(0o777)
    with pytest.raises(FolderUnreachable):
        cluster.start(attached=True)
