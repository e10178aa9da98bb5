"""What a private cluster promises while all goes well."""

import dataclasses
import os
import stat
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from aoxanh.kernel.cluster import Cluster, ClusterError
from aoxanh.kernel.cluster.errors import ClusterNotMade

OPEN_A_SERVER = """
import sys, time
from pathlib import Path
from aoxanh.kernel.cluster import Cluster
status = Cluster(Path(sys.argv[1])).start(attached=sys.argv[2] == "attached")
print(status.pid, status.owner, flush=True)
if sys.argv[2] == "attached":
    time.sleep(60)
"""


def ask(cluster: Cluster, question: str, role="owner", dbname="aoxanh"):
    with psycopg.connect(cluster.url(role, dbname), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_application_role_has_no_power_to_pass_row_security(running):
    powers = "SELECT (rolsuper, rolbypassrls, rolcreatedb, rolcreaterole)::text FROM pg_roles WHERE rolname = current_user"
    assert ask(running, powers, role="app") == "(f,f,f,f)"
    assert (
        ask(running, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = 'aoxanh'")
        == "aoxanh_owner"
    )


def test_text_is_utf8_sorted_by_code_point_and_knows_vietnamese_letters(running):
    assert ask(running, "SHOW server_encoding") == "UTF8"
    assert ask(running, "SELECT datcollate FROM pg_database WHERE datname = 'aoxanh'") == "C"
    assert ask(running, "SELECT lower('ĐƯỜNG ẤP')") == "đường ấp"


def test_pages_carry_checksums_and_nothing_listens_on_the_network(running):
    assert ask(running, "SHOW data_checksums") == "on"
    assert ask(running, "SHOW listen_addresses") == ""
    assert ask(running, "SHOW wal_level") == "replica"
    assert ask(running, "SHOW jit") == "off"


def test_wrong_password_is_refused_even_over_the_socket(running):
    address = running.url("owner")
    secret = (running.data_dir / "owner.password").read_text().strip()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address.replace(secret, "guess"))


def test_secrets_socket_and_data_are_closed_to_others(running):
    assert {mode(running.data_dir / f"{role}.password") for role in ("owner", "app")} == {0o600}
    assert mode(running.status().socket_dir) == 0o700
    assert mode(running.pgdata) == 0o700
    assert mode(running.data_dir) & 0o007 == 0


def test_refused_statement_leaves_no_personal_text_in_the_log(running):
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        ask(running, "SELECT 'Nguyễn Thị Mai'::int")
    with pytest.raises(psycopg.errors.SyntaxError):
        ask(running, "SELEC 'bà Mai'")
    assert "bà Mai" not in (running.data_dir / "server.log").read_text()


def test_second_start_finds_the_same_server(running):
    before = running.status()
    again = Cluster(running.data_dir).start(attached=False)
    assert again.pid == before.pid
    assert again.owner == os.getpid()


def test_status_tells_what_runs_where(running, build):
    status = running.status()
    assert status.running
    assert status.build == build
    assert ask(running, "SHOW server_version").split()[0] == status.version
    assert ask(running, "SELECT pg_read_file('postmaster.pid')").splitlines()[0] == str(status.pid)
    assert status.size_bytes > 20_000_000


def test_database_is_copied_from_a_template_and_dropped_while_in_use(running):
    running.create_database("mold")
    ask(running, "CREATE TABLE kept AS SELECT 7 AS seven", dbname="mold")
    running.create_database("cast-1", template="mold")
    with psycopg.connect(running.url("owner", "cast-1"), autocommit=True) as user:
        assert user.execute("SELECT seven FROM kept").fetchone() == (7,)
        running.drop_database("cast-1")
    running.drop_database("cast-1")
    running.drop_database("mold")
    assert ask(running, "SELECT count(*) FROM pg_database WHERE datname IN ('mold', 'cast-1')") == 0


def test_durability_cannot_be_switched_off(cluster):
    cluster.start(attached=True)
    for setting in ("fsync", "full_page_writes"):
        ask(cluster, f"ALTER SYSTEM SET {setting} = off")
    ask(cluster, "ALTER SYSTEM SET max_connections = 21")
    cluster.stop()
    cluster.start(attached=True)
    assert ask(cluster, "SHOW fsync") == "on"
    assert ask(cluster, "SHOW full_page_writes") == "on"
    assert ask(cluster, "SHOW max_connections") == "21"


def test_stop_is_clean_and_may_be_repeated(cluster):
    cluster.stop()
    first = cluster.start(attached=True)
    cluster.stop()
    cluster.stop()
    status = cluster.status()
    assert not status.running
    assert status.pid is None
    assert dataclasses.replace(
        first, running=False, pid=None, owner=None, size_bytes=0
    ) == dataclasses.replace(status, size_bytes=0)
    assert "database system is shut down" in (cluster.data_dir / "server.log").read_text()


def test_detached_server_outlives_the_command_that_started_it(cluster, start_python):
    process = start_python(OPEN_A_SERVER, cluster.data_dir, "detached")
    said, _ = process.communicate(timeout=60)
    status = cluster.start(attached=True)
    assert said.split() == [str(status.pid), "None"]
    assert ask(cluster, "SELECT 1") == 1


def test_two_processes_starting_at_once_share_one_server(cluster, start_python):
    both = [start_python(OPEN_A_SERVER, cluster.data_dir, "attached") for _ in range(2)]
    said = [process.stdout.readline().split() for process in both]
    assert said[0] == said[1]
    assert int(said[0][1]) in {process.pid for process in both}


@pytest.mark.parametrize("name", ["Đội Áo, \"Xanh\" 'số 1'", "x" * 100])
def test_awkward_folder_still_gives_a_usable_address(build, folder, name):
    cluster = Cluster(folder / name / "pg")
    cluster.start(attached=True)
    try:
        parsed = dj_database_url.parse(cluster.url("app"))
        names = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
        with psycopg.connect(**{theirs: parsed[ours] for theirs, ours in names.items()}) as connection:
            assert connection.execute("SELECT current_user::text").fetchone() == ("aoxanh_app",)
        assert ask(cluster, "SELECT 1") == 1
    finally:
        cluster.stop()
        if not cluster.status().socket_dir.is_relative_to(cluster.data_dir):
            cluster.status().socket_dir.rmdir()


def test_address_of_a_cluster_not_yet_made_is_refused_with_the_remedy(cluster):
    with pytest.raises(ClusterNotMade) as refusal:
        cluster.url("app")
    assert "aoxanh db start" in refusal.value.remedy_text


def test_failed_start_tells_the_servers_own_words(cluster):
    cluster.start(attached=True)
    cluster.stop()
    with (cluster.pgdata / "postgresql.conf").open("a") as conf:
        conf.write("no_such_setting = 1\n")
    with pytest.raises(ClusterError, match="no_such_setting"):
        cluster.start(attached=True)
