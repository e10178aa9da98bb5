"""PostgreSQL away, killed or restarted under load: every door says 503 and when to come back, and all recover by themselves."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults import reckoning
from tests.faults.crowd import Crowd
from tests.faults.own_site import OwnSite
from tests.openapi import assert_described

pytestmark = pytest.mark.faults

PAGES = ("/", "/account/login/", "/nothing-here", "/boards/", "/healthz")
OPERATIONS = ("/api/v1/sync", "/api/v1/reference", "/api/v1/csrf", "/api/v1/places/00715")
# More than the web server has threads, so that every kept connection meets the outage and the return.
EVERY_THREAD = 24
RECORDS = 1500
RESTARTS = 3


@pytest.fixture(scope="module")
def site() -> Iterator[OwnSite]:
    with OwnSite.open() as opened:
        yield opened


def ask(
    site: OwnSite, path: str, token: str = "", method: str = "GET"
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("localhost", site.port, timeout=30)
    headers = (
        {"Authorization": f"Bearer {token}"}
        if token
        else {"Cookie": "sessionid=0123456789abcdef0123456789abcdef"}
    )
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers, body


def statuses(site: OwnSite, path: str, count: int) -> set[int]:
    with ThreadPoolExecutor(count) as pool:
        return {status for status, _, _ in pool.map(lambda _: ask(site, path), range(count))}


def test_without_its_database_every_door_says_503_and_when_to_come_back(site: OwnSite) -> None:
    token = Crowd.enrolled(site, 10, 1).volunteers[0].phone.token
    assert statuses(site, "/healthz", EVERY_THREAD) == {200}
    site.stop_postgres()
    try:
        for path in PAGES:
            status, headers, body = ask(site, path)
            assert (path, status, headers["Retry-After"]) == (path, 503, "5")
            assert "Máy chủ tạm thời chưa mở được dữ liệu." in body.decode()
            assert '<meta http-equiv="refresh" content="5">' in body.decode()
        for path in OPERATIONS:
            status, headers, body = ask(site, path, token)
            assert (path, status, headers["Retry-After"]) == (path, 503, "5")
            assert json.loads(body)["error"]["code"] == "database_away"
            assert_described("GET", path, status, headers, body)
        assert statuses(site, "/", EVERY_THREAD) == {503}
    finally:
        site.start_postgres()
    assert statuses(site, "/healthz", EVERY_THREAD) == {200}
    assert ask(site, "/api/v1/sync", token)[0] == 200


def test_a_form_sent_while_the_database_is_away_is_not_sent_again_by_itself(site: OwnSite) -> None:
    site.stop_postgres()
    try:
        status, _, body = ask(site, "/account/login/", method="POST")
        assert status == 503
        assert b'http-equiv="refresh"' not in body
    finally:
        site.start_postgres()


def test_postgresql_restarted_under_load_loses_nothing_and_nobody_is_told_500(site: OwnSite) -> None:
    crowd = Crowd.enrolled(site, 11, 16)
    working = threading.Thread(target=crowd.work, args=(11, RECORDS, time.monotonic() + 120))
    working.start()
    for restart in range(RESTARTS):
        while crowd.acknowledged < RECORDS * restart / (RESTARTS + 1):
            assert working.is_alive()
            time.sleep(0.02)
        site.stop_postgres()
        site.start_postgres()
    working.join()
    assert crowd.outstanding == []
    assert crowd.answers().keys() <= {200, 400, 503}
    assert crowd.answers()[503] > 0
    good = crowd.good()
    flaws = reckoning.compare(
        good, reckoning.stored(site, crowd.devices), reckoning.audited_ids(site, crowd.devices)
    )
    assert not flaws, flaws
    assert reckoning.broken_chains(site) == 0


def test_the_worker_outlives_deaths_of_postgresql_and_counts_on(site: OwnSite) -> None:
    assert site.worker is not None
    for number in range(RESTARTS):
        before = len(site.worker_log())
        site.kill_postgres(whole=number % 2 == 0)
        deadline = time.monotonic() + 30
        while "WARNING aoxanh.worker" not in site.worker_log()[before:]:
            assert time.monotonic() < deadline, site.worker_log()[before:]
            time.sleep(0.05)
        site.start_postgres()
    site.sql("INSERT INTO desk_dirtyday VALUES ('00004', '2026-01-01', now())")
    site.wait_for_rollup()
    assert site.worker.poll() is None
