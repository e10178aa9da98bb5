"""`aoxanh db`, as an operator types it."""

import json
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from aoxanh.cli.db import command
from aoxanh.kernel.cluster import Cluster


@pytest.fixture
def data_dir(monkeypatch):
    """Give an empty data folder that the commands use."""
    folder = Path(tempfile.mkdtemp(prefix="aoxanh-test-"))
    folder.chmod(0o755)
    monkeypatch.setenv("AOXANH_DATA_DIR", str(folder))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    yield folder
    Cluster(folder / "pg").stop()
    shutil.rmtree(folder)


def run(*words: object):
    return CliRunner().invoke(command, [str(word) for word in words])


def test_database_started_is_seen_by_status_and_stays_until_stopped(data_dir):
    assert json.loads(run("status", "--json").stdout)["running"] is False
    assert "runs until `aoxanh db stop`" in run("start").output
    seen = run("status", "--json")
    facts = json.loads(seen.stdout)
    assert (seen.exit_code, facts["running"], facts["external"], facts["owner"]) == (0, True, False, None)
    assert facts["data_dir"] == str(data_dir / "pg")
    assert "is running as process" in run("status").output
    assert run("stop").exit_code == 0
    assert run("status").exit_code == 3


def test_no_command_shows_a_password(data_dir):
    said = run("start").output + run("status").output + run("status", "--json").output
    for role in ("owner", "app"):
        assert (data_dir / "pg" / f"{role}.password").read_text().strip() not in said


def test_dump_and_restore_need_no_running_server_and_leave_none(data_dir):
    cluster = Cluster(data_dir / "pg")
    cluster.start(attached=True)
    with psycopg.connect(cluster.url("owner")) as connection:
        connection.execute("CREATE TABLE helped AS SELECT 12 AS minutes")
    cluster.stop()
    archive = data_dir / "all.dump"
    assert run("dump", archive).exit_code == 0
    refused = run("restore", archive)
    assert refused.exit_code == 1
    assert "already holds 1 tables" in refused.output
    assert "--force" in refused.output
    assert run("restore", archive, "--force").exit_code == 0
    assert not cluster.status().running
    cluster.start(attached=True)
    with psycopg.connect(cluster.url("owner")) as connection:
        assert connection.execute("SELECT minutes FROM helped").fetchone() == (12,)


def test_external_database_is_dumped_but_never_started_or_stopped(data_dir, monkeypatch, tmp_path):
    server = Cluster(data_dir / "elsewhere")
    server.start(attached=True)
    monkeypatch.setenv("DATABASE_URL", server.url("app"))
    monkeypatch.setenv("DATABASE_OWNER_URL", server.url("owner"))
    try:
        assert "external database" in run("start").output
        assert "external database" in run("stop").output
        assert not (data_dir / "pg").exists()
        facts = json.loads(run("status", "--json").stdout)
        assert facts == {"external": True, "running": True, "version": server.status().version}
        assert run("dump", tmp_path / "all.dump").exit_code == 0
        assert (tmp_path / "all.dump").stat().st_size > 0
    finally:
        server.stop()
    assert run("status").exit_code == 3
    unreachable = run("dump", tmp_path / "none.dump")
    assert unreachable.exit_code == 1
    assert "The dump failed" in unreachable.output


def test_a_restored_database_has_a_new_epoch_so_that_phones_send_again(data_dir):
    run("start")
    owner = Cluster(data_dir / "pg").url("owner")
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE desk_syncepoch AS SELECT 1 AS id, gen_random_uuid() AS epoch")
        before = connection.execute("SELECT epoch FROM desk_syncepoch").fetchall()
    assert run("dump", data_dir / "all.dump").exit_code == 0
    assert run("restore", "--force", data_dir / "all.dump").exit_code == 0
    with psycopg.connect(owner) as connection:
        after = connection.execute("SELECT epoch FROM desk_syncepoch").fetchall()
    assert len(before) == len(after) == 1
    assert before != after
