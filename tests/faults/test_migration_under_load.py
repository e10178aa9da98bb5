"""A migration while phones sync with the old server: nothing acknowledged is lost, nobody is told 500, both ways."""

import subprocess
import sys
import threading
import time

import psycopg
import pytest

from tests.faults import reckoning
from tests.faults.crowd import Crowd
from tests.site import LiveSite

pytestmark = pytest.mark.faults

RECORDS = 2000
ROUNDS = 3
NEXT = {"DJANGO_SETTINGS_MODULE": "tests.faults.next_version.settings"}


def has_the_new_column(site: LiveSite) -> bool:
    query = "SELECT 1 FROM information_schema.columns WHERE table_name = 'desk_supportsession' AND column_name = 'told_by'"
    return bool(site.sql(query))


def undo(site: LiveSite) -> None:
    """Take the next version's migration back, as an operator would after a failed upgrade."""
    command = [sys.executable, "-m", "django", "migrate", "next_version", "zero", "--verbosity=0"]
    environment = site.environment | NEXT | {"AOXANH_AS_OWNER": "true"}
    deadline = time.monotonic() + 60
    while subprocess.run(command, env=environment, check=False).returncode:
        assert time.monotonic() < deadline


def test_tables_are_altered_and_put_back_while_old_phones_sync_and_lose_nothing(live_site: LiveSite) -> None:
    crowd = Crowd.enrolled(live_site, 20, 16)
    working = threading.Thread(target=crowd.work, args=(20, RECORDS, time.monotonic() + 150))
    working.start()
    passed = 0
    for turn in range(ROUNDS):
        while crowd.acknowledged < RECORDS * turn / ROUNDS:
            assert working.is_alive()
            time.sleep(0.02)
        before = crowd.acknowledged
        live_site.run("migrate", "--quiet", **NEXT)
        assert has_the_new_column(live_site)
        undo(live_site)
        assert not has_the_new_column(live_site)
        passed += crowd.acknowledged > before
    working.join()
    assert passed > 0, "no record went through beside a migration"
    assert crowd.outstanding == []
    assert crowd.answers().keys() <= {200, 400, 503}
    flaws = reckoning.compare(
        crowd.good(),
        reckoning.stored(live_site, crowd.devices),
        reckoning.audited_ids(live_site, crowd.devices),
    )
    assert not flaws, flaws
    assert reckoning.broken_chains(live_site) == 0


def test_a_migration_that_cannot_get_its_lock_stands_aside_and_tries_again(live_site: LiveSite) -> None:
    """A long transaction holds the table: others must not queue behind the waiting migration for longer than it waits."""
    phone = Crowd.enrolled(live_site, 21, 1).volunteers[0]
    with psycopg.connect(live_site.database.url("owner")) as reader:
        reader.execute("SELECT count(*) FROM desk_supportsession")
        migration = subprocess.Popen(
            [sys.executable, "-m", "aoxanh", "migrate"],
            env=live_site.environment | NEXT,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert migration.stderr is not None
        told = ""
        while "locked" not in told:
            piece = migration.stderr.read(1)
            assert piece, told
            told += piece
        assert not has_the_new_column(live_site)
        phone.record()
        phone.phone.sync(10)
        assert phone.phone.outbox == {}
        reader.rollback()
    _, rest = migration.communicate(timeout=120)
    assert migration.returncode == 0, told + rest
    assert has_the_new_column(live_site)
    undo(live_site)
