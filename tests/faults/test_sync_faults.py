"""Phones go offline, die, repeat, reorder and duplicate while the server is killed -9: nothing lost, doubled or half-written.

Each run follows its seed. A failing seed is named; `AOXANH_FAULT_SEEDS=17,42 make test` replays just those.
"""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Any

import pytest

from aoxanh.desk.sync import merge, records
from aoxanh.kernel.ids import uuid7
from aoxanh.simulation.phone import Fault, Phone, Unreachable
from tests.cast import account_id
from tests.desk.record_examples import a_correction, a_record, decoded
from tests.faults.reckoning import Flaws, audited_ids, compare, stored
from tests.site import LiveSite

pytestmark = pytest.mark.faults

SEEDS = [int(seed) for seed in os.environ.get("AOXANH_FAULT_SEEDS", "").split(",") if seed] or list(
    range(1, 105)
)
RUNS_AT_ONCE = 8
PHONES = 3
RECORDS = 7
FAULTS = [Fault.NONE] * 4 + [
    Fault.DROP_REQUEST,
    Fault.CUT_REQUEST,
    Fault.DROP_REPLY,
    Fault.TWICE,
    Fault.CORRUPT,
    Fault.DIE,
]
REQUESTS_A_KILL = (25, 90)


@dataclass
class Run:
    """One seed's phones and what their owners were told was saved."""

    seed: int
    phones: list[Phone]
    killer: "Killer"
    saved: dict[str, dict[str, Any]] = field(default_factory=dict)

    def play(self) -> None:
        """Record and sync through every fault, then keep trying without new faults until nothing is left."""
        random = Random(self.seed)
        plan = [phone for phone in self.phones for _ in range(RECORDS)]
        random.shuffle(plan)
        for phone in plan:
            self._record(phone, random)
            if random.random() < 0.7:
                self._try(phone, random)
        deadline = time.monotonic() + 120
        for phone in self.phones:
            while phone.outbox and time.monotonic() < deadline:
                self._try(phone, random, calm=True)

    def flaws(self, site: LiveSite) -> Flaws:
        devices = [phone.device for phone in self.phones]
        return compare(self.saved, stored(site, devices), audited_ids(site, devices))

    def _record(self, phone: Phone, random: Random) -> None:
        known = [
            record
            for record in [*phone.outbox.values(), *phone.acknowledged.values()]
            if record["revision"] == 0
        ]
        record = (
            a_correction(random.choice(known), minutes=random.randint(0, 600))
            if known and random.random() < 0.2
            else a_record(minutes=random.randint(0, 600))
        )
        phone.save(record)
        self.saved[record["id"]] = phone.outbox[record["id"]]

    def _try(self, phone: Phone, random: Random, *, calm: bool = False) -> None:
        fault = Fault.NONE if calm else random.choice(FAULTS)
        self.killer.count_request()
        try:
            phone.sync(random.choice((1, 2, 5, 20)), fault)
        except Unreachable:
            time.sleep(0.2 if calm else 0.02)
        if fault == Fault.DIE:
            phone.die()


def enrol(site: LiveSite, seed: int) -> list[Phone]:
    """Put phones of Lan and Minh straight into the table, as enrolling would."""
    phones = []
    for number in range(PHONES):
        token = f"token-{seed}-{number}"
        phone = Phone(site.url, token, Random(seed * 100 + number))
        site.sql(
            "INSERT INTO people_device (id, account_id, token_hash, label, enrolled_at, last_seq, pending, skew_ms, app_version)"
            " VALUES (%s, %s, %s, '', now(), 0, 0, 0, '')",
            phone.device,
            account_id("lan" if number % 2 else "minh"),
            sha256(token.encode()).hexdigest(),
        )
        phones.append(phone)
    return phones


class Killer(threading.Thread):
    """Kills the server -9 in the middle of the traffic, after a number of requests its seed decides, and starts it again."""

    def __init__(self, site: LiveSite, seed: int) -> None:
        super().__init__(name="killer")
        self.site, self.random, self.kills, self.requests = site, Random(seed), 0, 0
        self.due, self.done = threading.Event(), False
        self.next_kill = self.random.randint(*REQUESTS_A_KILL)
        self.failure: Exception | None = None

    def count_request(self) -> None:
        self.requests += 1
        if self.requests >= self.next_kill:
            self.due.set()

    def run(self) -> None:
        try:
            while not self.done:
                if self.due.wait(0.2):
                    time.sleep(self.random.uniform(0, 0.02))
                    self.site.kill9()
                    self.kills += 1
                    self.site.restart()
                    self.next_kill = self.requests + self.random.randint(*REQUESTS_A_KILL)
                    self.due.clear()
        except Exception as error:  # noqa: BLE001 - told to the test's own thread
            self.failure = error


def test_a_hundred_runs_through_every_fault_lose_double_and_halve_nothing(live_site: LiveSite) -> None:
    killer = Killer(live_site, SEEDS[0])
    runs = [Run(seed, enrol(live_site, seed), killer) for seed in SEEDS]
    killer.start()
    with ThreadPoolExecutor(RUNS_AT_ONCE) as pool:
        list(pool.map(Run.play, runs))
    killer.done = True
    killer.join()
    assert killer.failure is None
    wrong = {run.seed: run.flaws(live_site) for run in runs}
    left = {run.seed: sum(len(phone.outbox) for phone in run.phones) for run in runs}
    assert {seed: flaws for seed, flaws in wrong.items() if flaws} == {}
    assert {seed: count for seed, count in left.items() if count} == {}
    assert all(not phone.rejected for run in runs for phone in run.phones)
    print(
        f"{len(runs)} runs, {sum(len(run.saved) for run in runs)} records, {killer.requests} requests, {killer.kills} kills"
    )
    assert killer.kills >= len(SEEDS) // 10
    figures_equal_the_phones(live_site, runs)


def figures_equal_the_phones(site: LiveSite, runs: list[Run]) -> None:
    """The rollup of everything equals what the pure engine says of the phones' own records."""
    expected = merge.effective(decoded(record) for run in runs for record in run.saved.values())
    deadline = time.monotonic() + 60
    while site.sql("SELECT count(*) FROM desk_dirtyday")[0][0] and time.monotonic() < deadline:
        time.sleep(0.2)
    assert site.sql("SELECT sum(sessions), sum(minutes) FROM desk_dailyfigure") == [
        (len(expected), sum(record.minutes for record in expected.values()))
    ]


def test_the_check_sees_a_lost_a_doubled_a_changed_a_foreign_and_an_unaudited_record() -> None:
    record = a_record()
    id_, stranger = record["id"], str(uuid7())
    saved, good = {id_: record}, records.meaning(decoded(record))
    assert not compare(saved, {id_: [good]}, [id_])
    assert compare(saved, {}, []) == Flaws(lost=[id_])
    assert compare(saved, {id_: [good, good]}, [id_]) == Flaws(doubled=[id_])
    assert compare(saved, {id_: ["0"]}, [id_]) == Flaws(changed=[id_])
    assert compare(saved, {id_: [good], stranger: ["0"]}, [id_, stranger]) == Flaws(foreign=[stranger])
    assert compare(saved, {id_: [good]}, []) == Flaws(unaudited=[id_])
    assert compare(saved, {id_: [good]}, [id_, id_]) == Flaws(unaudited=[id_])
    assert compare(saved, {id_: [good]}, [id_, stranger]) == Flaws(unaudited=[stranger])
