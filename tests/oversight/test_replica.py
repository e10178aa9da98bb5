"""Boards are read from a real streaming replica while it is fresh, and from the primary when it is not, always in scope."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import dj_database_url
import psycopg
import pytest
from django.db import connections, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from aoxanh.kernel import clock, replica
from aoxanh.kernel.cluster import Cluster
from aoxanh.kernel.replica import reading_connection
from aoxanh.kernel.scope import Scope, scope, whole_nation
from aoxanh.people.models import Account, Team
from tests.cast import BA_DINH, BINH_TEAM, LAN_TEAM, LUNG_CU, account_id
from tests.standby import DATABASE, Standby, primary_and_standby

COPY, FALLBACK = 'data-read-from="replica"', 'data-read-from="primary"'


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Cluster, Standby]]:
    with primary_and_standby() as both:
        yield both


@dataclass
class Installation:
    """The test process, connected to a primary and its replica as the application role."""

    primary: Cluster
    standby: Standby

    def record(self, commune: str, team: object, sessions: int) -> None:
        """Set today's figure of a team, as the worker would."""
        with psycopg.connect(self.primary.url("owner", DATABASE), autocommit=True) as connection:
            connection.execute("DELETE FROM desk_dailyfigure WHERE team_id = %s", [team])
            names = [
                row[0]
                for row in connection.execute(
                    "SELECT attname FROM pg_attribute WHERE attrelid = 'desk_dailyfigure'::regclass AND attnum > 0"
                )
            ]
            given = {
                "commune_code": commune, "day": clock.today(), "team_id": team,
                "computed_at": datetime.now(UTC), "sessions": sessions,
            }  # fmt: skip
            connection.execute(
                f"INSERT INTO desk_dailyfigure ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})",
                [given.get(name, 0) for name in names],
            )

    def board(self, name: str, code: str) -> str:
        client = Client()
        client.force_login(Account.objects.get(id=account_id(name)))
        response = client.get(f"/board/{code}/?period=today")
        assert response.status_code == 200
        return response.content.decode()


@pytest.fixture
def installation(
    servers: tuple[Cluster, Standby], django_db_blocker: DjangoDbBlocker, settings: Any
) -> Iterator[Installation]:
    primary, standby = servers
    settings.DATABASE_ROUTERS = ["aoxanh.kernel.replica.Router"]
    usual = connections["default"]
    replica._rest.until = 0.0
    with django_db_blocker.unblock():
        for alias, url in (("default", primary.url("app", DATABASE)), (replica.ALIAS, standby.url())):
            connections.settings[alias] = usual.settings_dict | dict(dj_database_url.parse(url))
            connections[alias] = connections.create_connection(alias)
        try:
            yield Installation(primary, standby)
        finally:
            for alias in ("default", replica.ALIAS):
                connections[alias].close()
            connections["default"] = usual
            connections.settings["default"] = usual.settings_dict
            del connections[replica.ALIAS], connections.settings[replica.ALIAS]
            replica._rest.until = 0.0


def sessions_on(page: str) -> int:
    found = re.search(r'data-figure="sessions".*?<p class="value">([\d.]+)</p>', page, re.DOTALL)
    assert found
    return int(found[1].replace(".", ""))


def test_a_board_is_read_from_the_replica_and_says_as_of_when(installation: Installation) -> None:
    installation.record(LUNG_CU, LAN_TEAM, 41)
    installation.standby.catch_up()
    page = installation.board("son", LUNG_CU)
    assert sessions_on(page) == 41
    assert COPY in page
    installation.standby.pause()
    try:
        paused_at = clock.now()
        installation.record(LUNG_CU, LAN_TEAM, 42)
        late = installation.board("son", LUNG_CU)
    finally:
        installation.standby.resume()
    assert sessions_on(late) == 41, "it was not the replica that answered"
    moments = [
        datetime.fromisoformat(re.search(r'data-read-from="replica" datetime="([^"]+)"', text)[1])  # type: ignore[index]
        for text in (page, late)
    ]
    assert max(moments) <= paused_at, "it says that it holds what it does not"


def test_a_replica_too_far_behind_is_passed_over_and_the_board_says_so(
    installation: Installation, settings: Any
) -> None:
    usual, settings.REPLICA_MOST_LAG = settings.REPLICA_MOST_LAG, 0
    installation.record(LUNG_CU, LAN_TEAM, 50)
    installation.standby.catch_up()
    installation.standby.pause()
    try:
        installation.record(LUNG_CU, LAN_TEAM, 51)
        page = installation.board("son", LUNG_CU)
    finally:
        installation.standby.resume()
    assert sessions_on(page) == 51
    assert FALLBACK in page
    # Signing in writes after the catching up, so no replica is level with its primary to the byte when the board asks.
    settings.REPLICA_MOST_LAG = usual
    installation.standby.catch_up()
    assert COPY in installation.board("son", LUNG_CU)


def test_an_idle_primary_does_not_make_its_replica_look_late(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.standby.catch_up()
    position, moment = replica._primary_position()
    installation.standby.catch_up()
    # A day on, nobody has written: the position is given here, for a server tidies up whenever it likes.
    monkeypatch.setattr(replica, "_primary_position", lambda: (position, moment + timedelta(days=1)))
    with whole_nation():
        assert replica.read(lambda: 1).by_replica


def test_a_dead_replica_is_passed_over_and_taken_again_when_it_is_back(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replica, "REST_SECONDS", 0.0)
    installation.record(LUNG_CU, LAN_TEAM, 60)
    installation.standby.catch_up()
    assert COPY in installation.board("son", LUNG_CU)
    installation.standby.stop()
    try:
        installation.record(LUNG_CU, LAN_TEAM, 61)
        page = installation.board("son", LUNG_CU)
    finally:
        installation.standby.start()
    assert sessions_on(page) == 61
    assert FALLBACK in page
    installation.standby.catch_up()
    assert COPY in installation.board("son", LUNG_CU)


def test_a_dead_replica_is_left_alone_for_a_while(installation: Installation) -> None:
    asked: list[str] = []
    installation.standby.stop()
    try:
        with whole_nation():
            replica.read(lambda: 1)
            connections[replica.ALIAS].ensure_connection = lambda: asked.append("again")  # type: ignore[method-assign]
            assert replica.read(lambda: 2).is_fallback
    finally:
        installation.standby.start()
    assert asked == []


def test_a_server_that_follows_nobody_is_no_replica(installation: Installation) -> None:
    connections[replica.ALIAS].settings_dict.update(
        dj_database_url.parse(installation.primary.url("app", DATABASE))
    )
    with whole_nation():
        told = replica.read(lambda: 1)
    assert told.is_fallback


def test_row_level_security_holds_on_the_replica_too(installation: Installation) -> None:
    installation.record(LUNG_CU, LAN_TEAM, 70)
    installation.record(BA_DINH, BINH_TEAM, 71)
    installation.standby.catch_up()

    def seen() -> set[str]:
        with reading_connection().cursor() as cursor:
            cursor.execute("SELECT DISTINCT commune_code FROM desk_dailyfigure")
            return {code for (code,) in cursor.fetchall()}

    for reach, expected in (
        (Scope(communes=frozenset({LUNG_CU})), {LUNG_CU}),
        (Scope(communes=frozenset({BA_DINH})), {BA_DINH}),
        (Scope(), set()),
        (Scope(nation=True), {LUNG_CU, BA_DINH}),
    ):
        with scope(reach):
            told = replica.read(seen)
        assert (told.answer, told.by_replica) == (expected, True)
    with transaction.atomic(using=replica.ALIAS), connections[replica.ALIAS].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM desk_dailyfigure")
        assert cursor.fetchone() == (0,), "the connection carried a reach on"


def test_only_reads_go_to_the_replica_and_a_refusal_passes_through(installation: Installation) -> None:
    def refuse() -> None:
        raise LookupError("as it is")

    with whole_nation():
        assert replica.read(lambda: Team.objects.first()._state.db).answer == replica.ALIAS  # type: ignore[union-attr]
        with pytest.raises(LookupError, match="as it is"):
            replica.read(refuse)
        assert Team.objects.first()._state.db == "default"  # type: ignore[union-attr]


def test_a_statement_that_only_the_replica_refuses_is_asked_of_the_primary(
    installation: Installation,
) -> None:
    def ask() -> str:
        with reading_connection().cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            ((on_replica,),) = cursor.fetchall()
            cursor.execute("SELECT 1 / %s", [0 if on_replica else 1])
        return "answered"

    with whole_nation():
        told = replica.read(ask)
    assert (told.answer, told.is_fallback) == ("answered", True)
