"""What a private cluster promises when processes are killed."""

import os
import signal
import time
from contextlib import closing

import psycopg
import pytest

from aoxanh.kernel.cluster import Cluster, server

pytestmark = pytest.mark.faults

HOLD_A_SERVER = """
import sys, threading, time
from pathlib import Path
from aoxanh.kernel.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]))
thread = threading.Thread(target=lambda: cluster.start(attached=True))
thread.start()
thread.join()
time.sleep(float(sys.argv[2]))
print(cluster.status().pid, flush=True)
time.sleep(60)
"""


def wait_until(claim, seconds=30):
    give_up = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_no_acknowledged_row_is_lost_when_the_server_is_killed(cluster):
    acknowledged = 0
    for _ in range(2):
        pid = cluster.start(attached=True).pid
        with psycopg.connect(cluster.url("owner"), autocommit=True) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS helped (n int PRIMARY KEY)")
            for _ in range(50):
                connection.execute("INSERT INTO helped VALUES (%s)", [acknowledged])
                acknowledged += 1
            os.kill(pid, signal.SIGKILL)
    cluster.start(attached=True)
    with psycopg.connect(cluster.url("owner")) as connection:
        assert connection.execute("SELECT count(*), max(n) FROM helped").fetchone() == (100, 99)


def test_start_is_retried_while_an_orphan_of_the_killed_server_holds_its_memory(cluster):
    pid = cluster.start(attached=True).pid
    busy = "DO $$ BEGIN WHILE clock_timestamp() < now() + interval '2 s' LOOP END LOOP; END $$"
    with closing(psycopg.connect(cluster.url("owner"))) as connection:
        # Sent, not waited for: a session busy computing does not notice for a while that its server is gone.
        connection.pgconn.send_query(busy.encode())
        connection.pgconn.flush()
        with psycopg.connect(cluster.url("owner")) as watcher:
            computing = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO %' AND state = 'active'"
            wait_until(lambda: watcher.execute(computing).fetchone() == (1,))
        os.kill(pid, signal.SIGKILL)
        assert cluster.start(attached=True).pid != pid
    assert "shared memory block" in (cluster.data_dir / "server.log").read_text()


def test_server_shuts_down_cleanly_when_its_parent_is_killed(cluster, start_python):
    parent = start_python(HOLD_A_SERVER, cluster.data_dir, 0)
    pid = int(parent.stdout.readline())
    assert cluster.status().owner == parent.pid
    parent.kill()
    wait_until(lambda: not (cluster.pgdata / "postmaster.pid").exists())
    assert "database system is shut down" in (cluster.data_dir / "server.log").read_text()
    assert cluster.start(attached=True).pid != pid


def test_server_stays_when_only_the_thread_that_started_it_ends(cluster, start_python):
    parent = start_python(HOLD_A_SERVER, cluster.data_dir, 0.5)
    assert int(parent.stdout.readline()) == cluster.status().pid


def test_first_start_killed_half_way_is_repaired_by_the_next(cluster, start_python):
    parent = start_python(HOLD_A_SERVER, cluster.data_dir, 0)
    wait_until(lambda: list(cluster.data_dir.glob("pgdata.unfinished-*/PG_VERSION")))
    parent.kill()
    parent.wait()
    assert not cluster.pgdata.exists()
    cluster.start(attached=True)
    assert not list(cluster.data_dir.glob("pgdata.unfinished-*"))
    with psycopg.connect(cluster.url("app")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_start_waits_for_a_server_that_is_still_shutting_down(cluster, start_python):
    parent = start_python(HOLD_A_SERVER, cluster.data_dir, 0)
    pid = int(parent.stdout.readline())
    parent.kill()
    again = Cluster(cluster.data_dir).start(attached=True)
    assert again.pid != pid
    with psycopg.connect(cluster.url("app")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_lock_file_of_a_dead_server_is_not_taken_for_a_running_one(cluster):
    cluster.start(attached=True)
    lock = cluster.pgdata / "postmaster.pid"
    words = lock.read_text()
    cluster.stop()
    lock.write_text(words)
    os.chown(lock, cluster.pgdata.stat().st_uid, cluster.pgdata.stat().st_gid)
    assert server.find_running(cluster.pgdata) is None
    assert not cluster.status().running
    assert cluster.start(attached=True).running
