"""A worker killed while it stores a list: nothing of the list is there, and the next worker stores all of it."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.database import clone
from tests.sheets import lists
from tests.site import LiveSite, free_port

pytestmark = pytest.mark.faults
BEGIN = """
import os, sys
from pathlib import Path
import django
django.setup()
from aoxanh.people import queries as people
from aoxanh.people.models import Account
from aoxanh.kernel.scope import whole_nation
from aoxanh.sheets import actions, tasks
with whole_nation():
    son = people.actor_of(Account.objects.get(username="son"))
"""
SEND = """
sheet = actions.receive_sheet(kind="volunteers", content=[Path(sys.argv[1]).read_bytes()], by=son)
actions.read_sheet(import_id=sheet.id, by=son)
actions.order_storing(import_id=sheet.id, good_rows_only=False, by=son)
tasks.store.defer(import_id=str(sheet.id))
"""
RESUME = "tasks.resume(timestamp=0)"
STORING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    " AND position('audit_audithead' in query) > 0 AND pid <> pg_backend_pid()"
)
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid <> pg_backend_pid()"
)
STORED = """
SELECT (SELECT count(*) FROM people_volunteer WHERE full_name = ANY (%s)),
       (SELECT count(*) FROM people_languageskill k JOIN people_volunteer v ON v.id = k.volunteer_id WHERE v.full_name = ANY (%s)),
       (SELECT count(*) FROM audit_auditentry WHERE action = 'people.volunteers.imported'),
       (SELECT state FROM sheets_sheetimport)
"""


@pytest.fixture
def site() -> Iterator[LiveSite]:
    """A database of its own, without a web server."""
    made = LiveSite(clone(f"aoxanh_killed_{secrets.token_hex(4)}"), free_port())
    try:
        yield made
    finally:
        made.stop()
        made.database.drop()


def play(site: LiveSite, script: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-c", BEGIN + script, *arguments], env=site.environment, check=True)


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 90
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in 90 s"
        time.sleep(0.05)


def test_a_worker_killed_while_it_stores_leaves_nothing_and_the_next_one_stores_all(
    site: LiveSite, tmp_path: Path
) -> None:
    titles, rows = [*lists.TITLES, "Ngôn ngữ"], [[*row, "Mông"] for row in lists.ROWS]
    play(site, SEND, str(lists.xlsx(tmp_path / "list.xlsx", titles, *rows)))
    names = [row[1] for row in rows]
    with psycopg.connect(site.database.url("owner")) as blocker:
        # The audit comes last, so who waits for it has written everything else.
        blocker.execute("LOCK TABLE audit_audithead IN ACCESS EXCLUSIVE MODE")
        site.worker = site._spawn("worker")
        wait_until(lambda: site.sql(STORING) == [(1,)])
        os.killpg(site.worker.pid, signal.SIGKILL)
        site.worker.wait()
    wait_until(lambda: site.sql(OTHERS) == [(0,)])
    assert site.sql(STORED, names, names) == [(0, 0, 0, "storing")]
    site.sql("UPDATE sheets_sheetimport SET touched_at = touched_at - interval '10 minutes'")
    play(site, RESUME)
    site.worker = site._spawn("worker")
    wait_until(lambda: site.sql("SELECT state FROM sheets_sheetimport") == [("stored",)])
    assert site.sql(STORED, names, names) == [(2, 2, 1, "stored")]
