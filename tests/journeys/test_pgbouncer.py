"""The product behind the real PgBouncer in transaction mode: work is stored once, scopes never mix, jobs are done."""

import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from pytest_django import DjangoDbBlocker

from aoxanh.cli.bench.phones import HOMES, enrol, record_of
from aoxanh.cli.bench.readers import Reader, enrol_reader
from aoxanh.config.connection import connection_to
from aoxanh.kernel.scope import Scope, scope
from aoxanh.people.models import Team
from aoxanh.simulation.phone import Phone
from tests.cast import BA_DINH, BINH_TEAM, LAN_TEAM, LUNG_CU
from tests.database import clone
from tests.pgbouncer import pgbouncer
from tests.site import LiveSite, free_port
from tests.standby import wait_until

THREADS, ROUNDS, POOL = 8, 40, 2


@pytest.fixture(scope="module")
def site() -> Iterator[LiveSite]:
    database = clone(f"aoxanh_behind_{secrets.token_hex(4)}")
    with pgbouncer(database, POOL) as url:
        live = LiveSite(database, free_port())
        live.environment |= {"DATABASE_URL": url, "AOXANH_PGBOUNCER": "true"}
        try:
            live.start()
            yield live
        finally:
            live.stop()
    database.drop()


def test_phones_and_boards_share_two_connections_and_nobody_sees_the_others(site: LiveSite) -> None:
    with psycopg.connect(site.database.url("owner"), autocommit=True) as owner:
        phones = [enrol(owner, Random(number), site.url, number) for number in range(4)]
        readers = [
            (
                HOMES[phone.device][0],
                enrol_reader(owner, site.url, "commune_secretary", HOMES[phone.device][0]),
            )
            for phone in phones
        ]
    communes = [commune for commune, _reader in readers]

    def work(phone: Phone) -> None:
        for _ in range(6):
            for _ in range(5):
                phone.save(record_of(phone))
            phone.sync(5)

    def look(own: str, reader: Reader) -> list[tuple[str, str, int]]:
        return [
            (own, asked, reader.get(f"/board/{asked}/?period=today")[0])
            for _ in range(3)
            for asked in communes
        ]

    with ThreadPoolExecutor(THREADS) as pool:
        syncing = [pool.submit(work, phone) for phone in phones]
        looking = [pool.submit(look, own, reader) for own, reader in readers]
        for done in syncing:
            done.result()
        seen = [answer for looked in looking for answer in looked.result()]
    assert {(own, asked): status for own, asked, status in seen} == {
        (own, asked): 200 if own == asked else 404 for own in communes for asked in communes
    }
    saved = {id_ for phone in phones for id_ in phone.acknowledged}
    stored = [str(id_) for (id_,) in site.sql("SELECT id FROM desk_supportsession")]
    assert len(saved) == 4 * 6 * 5
    assert sorted(stored) == sorted(saved)
    wait_until(lambda: site.sql("SELECT sum(sessions) FROM desk_dailyfigure") == [(len(saved),)])
    for _own, reader in readers:
        reader.close()


def test_the_worker_does_its_jobs_without_hearing_notifications(site: LiveSite) -> None:
    site.sql("DROP TABLE desk_supportsession_202507")
    defer = "import django; django.setup(); from aoxanh.desk.tasks import make_months_ahead as task; task.defer(timestamp=0)"
    subprocess.run([sys.executable, "-c", defer], env=site.environment, check=True)
    wait_until(lambda: site.sql("SELECT to_regclass('desk_supportsession_202507') IS NOT NULL") == [(True,)])
    listening = (
        "SELECT count(*) FROM pg_stat_activity WHERE query ILIKE 'listen %%' AND datname = current_database()"
    )
    assert site.sql(listening) == [(0,)]


@pytest.fixture
def behind(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Connect this process to a database of its own through PgBouncer; it holds a day of Lan's and of Bình's team."""
    database = clone(f"aoxanh_pooled_{secrets.token_hex(4)}")
    usual = connections["default"]
    with psycopg.connect(database.url("owner"), autocommit=True) as owner:
        for commune, team in ((LUNG_CU, LAN_TEAM), (BA_DINH, BINH_TEAM)):
            _record_day(owner, commune, team)
    with pgbouncer(database, POOL) as url, django_db_blocker.unblock():
        connections.settings["default"] = usual.settings_dict | connection_to(url, is_pooled=True)
        connections["default"] = connections.create_connection("default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = usual
            connections.settings["default"] = usual.settings_dict
    database.drop()


def _record_day(owner: "psycopg.Connection[object]", commune: str, team: UUID) -> None:
    owner.execute("CREATE TEMPORARY TABLE IF NOT EXISTS day (LIKE desk_dailyfigure)")
    names = owner.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'desk_dailyfigure'::regclass AND attnum > 0 AND NOT attisdropped"
    ).fetchall()
    keys = {"commune_code": commune, "day": "2025-08-01", "team_id": team, "computed_at": "2025-08-01"}
    values = [keys.get(str(name), 1) for (name,) in names]
    owner.execute(
        f"INSERT INTO desk_dailyfigure ({', '.join(str(name) for (name,) in names)}) VALUES ({', '.join(['%s'] * len(names))})",
        values,
    )


def _seen() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT commune_code FROM desk_dailyfigure")
        return {code for (code,) in cursor.fetchall()}


@pytest.mark.usefixtures("behind")
def test_two_persons_reaches_never_mix_on_a_pooled_connection() -> None:
    start = threading.Barrier(THREADS)

    def person(number: int) -> list[tuple[str, set[str], set[str]]]:
        own = (LUNG_CU, BA_DINH)[number % 2]
        found = []
        start.wait()
        try:
            for _ in range(ROUNDS):
                with scope(Scope(communes=frozenset({own}))):
                    mine = _seen()
                with transaction.atomic():
                    found.append((own, mine, _seen()))
        finally:
            connection.close()
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        seen = [round_ for rounds in pool.map(person, range(THREADS)) for round_ in rounds]
    assert len(seen) == THREADS * ROUNDS
    assert [found for found in seen if found[1] != {found[0]} or found[2]] == []


@pytest.mark.usefixtures("behind")
def test_long_reads_and_repeated_statements_need_no_server_connection_of_their_own() -> None:
    def read(_number: int) -> list[int]:
        try:
            return [len([team.id for team in Team.objects.iterator(chunk_size=1)]) for _ in range(ROUNDS)]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        counts = {count for counted in pool.map(read, range(THREADS)) for count in counted}
    assert counts == {2}


@pytest.mark.usefixtures("behind")
def test_the_pool_is_one_that_would_show_a_cursor_held_across_transactions() -> None:
    """Without this the test above could pass in session mode, where nothing is shared."""
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = False

    def read(_number: int) -> None:
        connections.settings["default"]["DISABLE_SERVER_SIDE_CURSORS"] = False
        try:
            for _ in range(ROUNDS):
                list(Team.objects.iterator(chunk_size=1))
        finally:
            connection.close()

    # Closing the cursor meets the same absence, and then psycopg's own error is the one that comes out.
    lost = (ProgrammingError, OperationalError, psycopg.errors.InvalidCursorName)
    with pytest.raises(lost, match="does not exist"), ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(read, range(THREADS)))
