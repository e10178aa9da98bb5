"""A database of every earlier release is taken over by `aoxanh migrate`: nothing lost, rights right, old phones still welcome."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import psycopg
import pytest
from tests.cast import FIRST_DAY, LUNG_CU, PEOPLE
from tests.database import FOLDER_VARIABLE, Database, database_for_this_process
from tests.desk.record_examples import a_record
from tests.site import LiveSite, free_port
from tests.upgrade import campaign

from aoxanh.kernel import clock
from aoxanh.simulation.phone import Phone

SNAPSHOTS = sorted((Path(__file__).parent.parent / "upgrade").glob("*.sql"))
MOST_BYTES = 300_000
pytestmark = pytest.mark.faults


@pytest.fixture(params=SNAPSHOTS, ids=lambda path: path.stem)
def site(request: pytest.FixtureRequest) -> Iterator[LiveSite]:
    """Give a site on the old database, not migrated and not started yet."""
    name = f"aoxanh_old_{secrets.token_hex(4)}"
    cluster = database_for_this_process().cluster
    cluster.create_database(name)
    data_dir = Path(os.environ[FOLDER_VARIABLE]) / name
    data_dir.mkdir()
    old = LiveSite(Database(cluster, name, data_dir), free_port())
    with psycopg.connect(old.database.url("owner")) as connection:
        connection.execute(request.param.read_text(encoding="utf-8"))
    try:
        yield old
    finally:
        old.stop()
        old.database.drop()


def aoxanh(site: LiveSite, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "aoxanh", *words],
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_old_database_is_taken_over_whole(site: LiveSite) -> None:
    entries = site.sql("SELECT chain, number, hash FROM audit_auditentry ORDER BY 1, 2")
    assert len(entries) > 3
    assert site.sql("SELECT count(*) FROM places_place")[0][0] < 20
    aoxanh(site, "migrate", "--quiet")
    aoxanh(site, "migrate", "--quiet")

    assert site.sql("SELECT count(*) FROM people_account") == [(len(PEOPLE),)]
    assert site.sql("SELECT minutes, count(*) FROM desk_supportsession GROUP BY 1") == [
        (campaign.MINUTES, campaign.SESSIONS)
    ]
    figures = "SELECT commune_code, day, sessions, minutes FROM desk_dailyfigure"
    told = (LUNG_CU, campaign.DAY, campaign.SESSIONS, campaign.MINUTES * campaign.SESSIONS)
    assert site.sql(figures) == [told]
    assert site.sql("SELECT count(*) FROM places_place WHERE level = 'commune'") == [(3321,)]
    now = site.sql("SELECT chain, number, hash FROM audit_auditentry ORDER BY 1, 2")
    assert set(entries) <= set(now)
    assert json.loads(aoxanh(site, "audit", "verify", "--json"))["holds"]

    with psycopg.connect(site.database.url("app"), autocommit=True) as app:
        assert app.execute("SELECT count(*) FROM people_team").fetchone() == (2,)
        assert app.execute("SELECT count(*) FROM desk_supportsession").fetchone() == (0,)
        for forbidden in (
            "UPDATE audit_auditentry SET actor = ''",
            "DELETE FROM audit_auditentry",
            "SELECT * FROM desk_supportsession_202511",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)

    site.start()
    _an_old_phone_is_still_welcome(site)
    findings = {item["name"]: item for item in json.loads(aoxanh(site, "check", "--json"))["findings"]}
    assert findings["migrations"]["level"] == findings["partitions"]["level"] == "ok"


def _an_old_phone_is_still_welcome(site: LiveSite) -> None:
    phone = Phone(site.url, campaign.TOKEN, Random(1), device=campaign.PHONE, seq=campaign.SESSIONS)
    day = clock.today() - timedelta(days=2)
    assert day > FIRST_DAY
    record = a_record(day=day)
    phone.save(record)
    kept = dict(phone.outbox)
    assert [result["status"] for result in phone.sync(10)] == ["accepted"]
    phone.outbox |= kept
    assert [result["status"] for result in phone.sync(10)] == ["already"]
    phone.close()


def test_a_snapshot_is_small_and_holds_nothing_but_sql() -> None:
    assert SNAPSHOTS
    for path in SNAPSHOTS:
        text = path.read_text(encoding="utf-8")
        assert len(text.encode()) < MOST_BYTES
        assert not [line for line in text.splitlines() if line.startswith("\\")]


def test_the_oldest_version_that_can_be_upgraded_has_its_snapshot() -> None:
    assert "0.1.0" in {path.stem for path in SNAPSHOTS}
