"""A mixed day of requests at a rate of one's own choosing: phones syncing, boards open, procedures and places looked up.

Open loop: every request has its moment beforehand and its latency counts from then, so a slow server cannot slow the
asking down and hide what people would have waited.
"""

import html
import http.client
import queue
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

import psycopg

from aoxanh.cli.bench.kept import KeptConnection
from aoxanh.cli.bench.phones import enrol, record_of
from aoxanh.cli.bench.readers import Reader, enrol_reader
from aoxanh.simulation.phone import Phone, Unreachable

# Of a hundred requests. Half are syncs; an open board asks again every few seconds, so it is polled more than it is opened.
MIX = {"sync": 50, "poll": 20, "board": 5, "procedures": 15, "places": 10}
# Sessions in a batch: most phones have a signal and hand in a few at once, some come back from a day without one.
BATCHES = (1, 1, 2, 3, 5, 5, 8, 15)
PATIENCE_SECONDS = 20


@dataclass
class Person:
    """One volunteer with a phone, one reader of a board, and a connection of somebody who looks things up."""

    phone: Phone
    reader: Reader
    home: str
    words: dict[str, list[str]]
    random: Random
    live: str = ""
    _lookups: KeptConnection | None = None

    def ask(self, kind: str) -> None:
        """Make one request and read the whole answer; raises when it is not the one hoped for."""
        actions: dict[str, Callable[[], None]] = {
            "sync": self._sync,
            "poll": self._poll,
            "board": self._open_board,
            "procedures": lambda: self._look_up("procedures"),
            "places": lambda: self._look_up("places"),
        }
        actions[kind]()

    def _sync(self) -> None:
        size = self.random.choice(BATCHES)
        while len(self.phone.outbox) < size:
            self.phone.save(record_of(self.phone))
        self.phone.sync(size)

    def _open_board(self) -> None:
        status, page = self.reader.get(f"/board/{self.home}/")
        _hope_for(status, 200)
        found = re.search(r'hx-get="(\?[^"]+)"', page.decode())
        self.live = html.unescape(found[1]) if found else ""

    def _poll(self) -> None:
        if not self.live:
            self._open_board()
        status, part = self.reader.get(f"/board/{self.home}/{self.live}", {"HX-Request": "true"})
        _hope_for(status, 200, 204)
        found = re.search(r'hx-get="(\?[^"]+)"', part.decode())
        self.live = html.unescape(found[1]) if found else self.live

    def _look_up(self, what: str) -> None:
        if self._lookups is None:
            self._lookups = KeptConnection(self.phone.url, timeout=PATIENCE_SECONDS)
        word = quote(self.random.choice(self.words[what]))
        response, _answer = self._lookups.ask("GET", f"/api/v1/{what}?q={word}")
        _hope_for(response.status, 200)


@dataclass
class Ride:
    """What a while at one rate brought: how long each request took from its moment on, and what failed."""

    rate: float
    seconds: float
    latencies: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def ms(self, percent: int) -> float:
        return statistics.quantiles(self.latencies, n=100)[percent - 1] * 1000

    def is_held(self, most_ms: float) -> bool:
        return not self.failures and self.ms(95) < most_ms


def make_people(connection: "psycopg.Connection[Any]", url: str, random: Random, count: int) -> list[Person]:
    """Make so many people; of eight readers one looks at the nation, two at a province, the rest at a commune."""
    communes = connection.execute(
        "SELECT code, parent_id FROM places_place WHERE level = 'commune' ORDER BY code"
    ).fetchall()
    words = {
        "procedures": [
            row[0] for row in connection.execute("SELECT name_vi FROM procedures_procedureversion").fetchall()
        ],
        "places": [row[0] for row in connection.execute("SELECT name FROM places_place").fetchall()],
    }
    people = []
    for number in range(count):
        commune, province = random.choice(communes)
        role, home = (
            ("central", "VN")
            if number % 8 == 0
            else ("province_coordinator", province)
            if number % 8 < 3
            else ("commune_secretary", commune)
        )
        phone = enrol(connection, Random(random.random()), url, number)
        people.append(
            Person(phone, enrol_reader(connection, url, role, home), home, words, Random(random.random()))
        )
    return people


def ride(people: list[Person], random: Random, rate: float, seconds: float) -> Ride:
    """Send requests at `rate` a second for `seconds`, at random moments as independent people do."""
    done = Ride(rate, seconds)
    waiting: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
    threads = [threading.Thread(target=_serve, args=(person, waiting, done)) for person in people]
    for thread in threads:
        thread.start()
    moment = start = time.perf_counter() + 0.1
    while (moment := moment + random.expovariate(rate)) < start + seconds:
        time.sleep(max(0.0, moment - time.perf_counter()))
        waiting.put((moment, random.choices(list(MIX), list(MIX.values()))[0]))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    return done


def _serve(person: Person, waiting: "queue.SimpleQueue[tuple[float, str] | None]", done: Ride) -> None:
    """Take the next request that is due; give up what waited too long, as a person would."""
    while (due := waiting.get()) is not None:
        moment, kind = due
        if time.perf_counter() - moment > PATIENCE_SECONDS:
            done.failures.append(f"{kind}: waited too long")
            continue
        try:
            person.ask(kind)
        except (OSError, http.client.HTTPException, Unreachable, UnhopedFor) as error:
            done.failures.append(f"{kind}: {error!r}")
        done.latencies.append(time.perf_counter() - moment)


class UnhopedFor(Exception):
    """An answer came that the person could do nothing with."""


def _hope_for(status: int, *hoped_for: int) -> None:
    if status not in hoped_for:
        raise UnhopedFor(f"status {status}")
