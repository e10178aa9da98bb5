"""Somebody watches a board while its replica is killed and comes back: no page fails, and the figures go on."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from aoxanh.cli.bench.readers import Reader, enrol_reader
from tests.cast import LUNG_CU
from tests.database import Database
from tests.site import LiveSite, free_port
from tests.standby import DATABASE, Standby, primary_and_standby, wait_until

COPY = b'data-read-from="replica"'


@pytest.fixture
def replicated(tmp_path: Path) -> Iterator[tuple[LiveSite, Standby]]:
    with primary_and_standby() as (primary, standby):
        site = LiveSite(Database(primary, DATABASE, tmp_path), free_port())
        site.environment |= {"AOXANH_REPLICA_URL": standby.url()}
        try:
            site.start()
            yield site, standby
        finally:
            site.stop()


class Watcher(threading.Thread):
    """Asks for a board again and again."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(name="watcher")
        self.reader, self.done = reader, False
        self.statuses: list[int] = []
        self.by_copy: list[bool] = []

    def run(self) -> None:
        while not self.done:
            status, page = self.reader.get(f"/board/{LUNG_CU}/")
            self.statuses.append(status)
            self.by_copy.append(COPY in page)

    def wait_for(self, *, copy: bool) -> None:
        seen = len(self.by_copy)
        wait_until(lambda: copy in self.by_copy[seen:])


def test_no_board_fails_while_the_replica_dies_and_returns(replicated: tuple[LiveSite, Standby]) -> None:
    site, standby = replicated
    with psycopg.connect(site.database.url("owner"), autocommit=True) as owner:
        watcher = Watcher(enrol_reader(owner, site.url, "commune_secretary", LUNG_CU))
    watcher.start()
    try:
        watcher.wait_for(copy=True)
        postmaster = standby.cluster.status().pid
        assert postmaster
        os.kill(postmaster, signal.SIGKILL)
        watcher.wait_for(copy=False)
        standby.start()
        watcher.wait_for(copy=True)
    finally:
        watcher.done = True
        watcher.join()
        watcher.reader.close()
    assert set(watcher.statuses) == {200}
    assert "Traceback" not in site.log()
