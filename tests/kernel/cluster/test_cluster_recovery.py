"""Any moment can be had again: the log is archived without ever being overwritten, and the documented commands go back to it."""

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from tests.architecture.house import ROOT
from tests.kernel.cluster.conftest import SOURCES

from aoxanh.kernel.cluster import Cluster, wal
from aoxanh.kernel.cluster.errors import ArchiveUnreachable

WAIT_SECONDS = 60


def documented(name: str) -> str:
    """Return the commands that docs/operate/backup.md shows under this mark."""
    page = (ROOT / "docs" / "operate" / "backup.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- tested: {name} -->\n```sh\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def shell(script: str, bindir: Path, folder: Path, **variables: object) -> str:
    """Run commands as an operator would, with PostgreSQL's programs and `aoxanh` within reach; return why they failed, if so."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    aoxanh = tools / "aoxanh"
    aoxanh.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m aoxanh "$@"\n')
    aoxanh.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tools}:{bindir}:{os.environ['PATH']}",
        "PYTHONPATH": SOURCES,
        **{name: str(value) for name, value in variables.items()},
        "DATABASE_URL": "",
    }
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    return (done.stdout + done.stderr or "failed") if done.returncode else ""


def write(cluster: Cluster, number: int) -> str:
    """Write one record and return a moment at which it was there and the next one was not."""
    with psycopg.connect(cluster.url("owner"), autocommit=True) as connection:
        connection.execute("INSERT INTO helped VALUES (%s)", [number])
        return str(connection.execute("SELECT clock_timestamp()").fetchone()[0])


def wait_until_archived(cluster: Cluster) -> None:
    """Finish the present segment and wait for the archiver's word that it is kept."""
    with psycopg.connect(cluster.url("owner"), autocommit=True) as connection:
        (last,) = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        give_up = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < give_up:
            (kept,) = connection.execute(
                "SELECT coalesce(max(last_archived_wal), '') FROM pg_stat_archiver"
            ).fetchone()
            if kept[:24] >= last:
                return
            time.sleep(0.05)
    raise AssertionError(f"{last} was not archived in {WAIT_SECONDS} s")


def test_the_record_before_a_moment_is_there_and_the_one_after_is_not(
    cluster: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, base = folder / "kept log", folder / "base backup"
    monkeypatch.setenv(wal.VARIABLE, str(archive))
    bindir = cluster.start(attached=True).bindir
    with psycopg.connect(cluster.url("owner")) as connection:
        connection.execute("CREATE TABLE helped (number int)")
    names = {"DATA": folder, "SOCKET": cluster.status().socket_dir, "BASE": base, "WAL": archive}
    moments = {0: write(cluster, 0)}
    assert shell(documented("base"), bindir, folder, **names) == ""
    for number in range(1, 7):
        moments[number] = write(cluster, number)
        if number % 2 == 0:
            wait_until_archived(cluster)
    cluster.stop()
    for last, moment in ((1, moments[1]), (4, moments[4]), (6, "")):
        new = folder / f"recovered {last}"
        assert shell(documented("recover"), bindir, folder, **names, NEW=new, MOMENT=moment) == ""
        recovered = Cluster(new / "pg")
        try:
            with psycopg.connect(recovered.url("owner")) as connection:
                found = [number for (number,) in connection.execute("SELECT number FROM helped ORDER BY 1")]
                connection.execute("INSERT INTO helped VALUES (100)")
            assert found == list(range(last + 1))
            assert (recovered.pgdata.stat().st_uid, recovered.data_dir.stat().st_mode) == (
                cluster.pgdata.stat().st_uid,
                cluster.data_dir.stat().st_mode,
            )
        finally:
            recovered.stop()
    beyond = {**names, "NEW": folder / "beyond", "MOMENT": "2999-01-01"}
    assert "did not start" in shell(documented("recover"), bindir, folder, **beyond)


@pytest.mark.parametrize("name", ["plain", "two words", "50% off", "it's", '"$HOME"'])
def test_a_segment_is_kept_once_and_never_overwritten(tmp_path: Path, name: str) -> None:
    archive = tmp_path / name
    archive.mkdir()
    segment = tmp_path / "pg_wal"
    segment.write_bytes(b"first" * 100)

    def keep() -> int:
        # As the server does: %p and %f are filled in, a doubled % is one.
        said = wal.command(archive).replace("%p", "pg_wal").replace("%f", "0" * 24).replace("%%", "%")
        return subprocess.run(["/bin/sh", "-c", said], cwd=tmp_path, check=False).returncode

    assert keep() == 0
    kept = (archive / f"{'0' * 24}.gz").read_bytes()
    assert keep() == 0
    segment.write_bytes(b"other" * 100)
    assert keep() != 0
    assert (archive / f"{'0' * 24}.gz").read_bytes() == kept
    assert [path.name for path in archive.iterdir()] == [f"{'0' * 24}.gz"]


def test_a_segment_that_cannot_be_kept_is_told_to_the_server(tmp_path: Path) -> None:
    (tmp_path / "pg_wal").write_bytes(b"first")
    said = wal.command(tmp_path / "nowhere").replace("%p", "pg_wal").replace("%f", "0" * 24)
    assert subprocess.run(
        ["/bin/sh", "-c", said], cwd=tmp_path, stderr=subprocess.DEVNULL, check=False
    ).returncode


def test_a_folder_that_the_server_cannot_write_stops_the_start(
    cluster: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    occupied = folder / "a file"
    occupied.touch()
    monkeypatch.setenv(wal.VARIABLE, str(occupied))
    with pytest.raises(ArchiveUnreachable, match="a file"):
        cluster.start(attached=True)
    assert not cluster.status().running


def test_without_a_folder_nothing_is_archived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(wal.VARIABLE, "")
    assert wal.settings_for(wal.archive_folder()) == {}
