"""The benches measure what they say: open-loop latencies, a bounded search for the rate held, and sums that must agree."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record

from aoxanh.cli.bench import Report, load
from aoxanh.cli.bench.board import Month, raw_sums
from aoxanh.cli.bench.traffic import Person, Ride, UnhopedFor, ride
from aoxanh.desk.actions import receive_batch
from aoxanh.desk.rollup import OF_SESSIONS, recompute_dirty_days
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight import reading
from aoxanh.oversight.periods import Period
from aoxanh.places.queries import place_by_code

BUSY_SECONDS = 0.05


class SlowPerson:
    """Somebody whose every request takes as long as a busy server would."""

    def ask(self, kind: str) -> None:
        time.sleep(BUSY_SECONDS)


class UnluckyPerson:
    """Somebody whose every request is refused."""

    def ask(self, kind: str) -> None:
        raise UnhopedFor("status 500")


def people(*persons: Any) -> list[Person]:
    return list(persons)


def test_a_request_counts_from_its_moment_so_that_waiting_for_a_slow_server_is_seen() -> None:
    done = ride(people(SlowPerson()), Random(1), rate=100, seconds=0.5)
    assert not done.failures
    # One person can make 20 requests a second; asked for 100, the later ones have waited for all before them.
    assert done.ms(95) > 10 * BUSY_SECONDS * 1000
    assert not done.is_held(500)


def test_a_refused_request_is_an_error_and_no_rate_is_held_with_one() -> None:
    done = ride(people(UnluckyPerson(), UnluckyPerson()), Random(1), rate=100, seconds=0.2)
    assert len(done.failures) == len(done.latencies) > 2
    assert not done.is_held(500)


@pytest.mark.parametrize("capacity", [30, 100, 333, 100_000])
def test_the_search_comes_close_below_what_is_held_in_a_bounded_number_of_steps(
    capacity: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []

    def pretend(_people: object, _random: object, rate: float, seconds: float) -> Ride:
        tried.append(rate)
        return Ride(rate, seconds, [0.1 if rate <= capacity else 1.0] * 100)

    monkeypatch.setattr(load, "_try", pretend)
    report = Report(figures={"p95_ms": 100 if capacity >= load.RATE else 900, "errors": 0})
    load._search([], Random(1), report, 1)
    held = report.figures["rate_held_per_s"]
    assert len(tried) <= load.STEPS + load.HALVES
    assert held <= capacity
    assert held == max(rate for rate in tried if rate <= capacity)
    if capacity < 500:
        assert held > capacity * 0.8


def test_raw_sessions_add_up_to_what_the_rollup_says(cast: Cast) -> None:
    first = a_record(minutes=10)
    records = [
        first,
        a_correction(first, minutes=25, outcome="guided"),
        a_record(refused=["otp"]),
        a_record(),
    ]
    records.append(a_correction(records[-1], withdrawn=True))
    numbered = [record | {"seq": number} for number, record in enumerate(records, start=1)]
    receipt = receive_batch(body=a_batch(*numbered), device_id=uuid7(), by=cast.actor("lan"))
    assert {answer.status for answer in receipt.answers} == {"accepted"}
    with whole_nation(), connection.cursor() as cursor:
        while recompute_dirty_days():
            pass
        days = [record["day"] for record in records]
        cursor.execute(raw_sums(OF_SESSIONS), {"first": min(days), "last": max(days)})
        raw = {
            str(row[0]): dict(zip(OF_SESSIONS, map(int, row[1:]), strict=True)) for row in cursor.fetchall()
        }
        source = reading.source_of(place_by_code("VN"), None)
        cursor.execute("SELECT min(day), max(day) FROM desk_dailyfigure")
        rollup, _before = reading.sums_by_child(source, Period(*cursor.fetchone()))
    assert raw == {place: {name: sums[name] for name in OF_SESSIONS} for place, sums in rollup.items()}
    assert [sums["sessions"] for sums in raw.values()] == [2]
    assert [sums["refusals"] for sums in raw.values()] == [1]


def test_the_month_of_a_board_is_the_last_whole_one() -> None:
    month = Month.before("2026-03-17")
    assert (str(month.first), str(month.last)) == ("2026-02-01", "2026-02-28")
    assert month.query == "?period=custom&from=01/02/2026&to=28/02/2026"


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder of its own under a name short enough for the path of a socket."""
    with tempfile.TemporaryDirectory(prefix="ab-") as folder:
        yield Path(folder)


@pytest.mark.parametrize(
    ("name", "what", "least"),
    [
        ("board", "sessions", 1000),
        ("load", "sessions", 1000),
        ("checkin", "people", 99),
        ("anomaly", "sessions", 1000),
        ("report", "sessions", 1000),
    ],
)
def test_a_small_bench_runs_from_beginning_to_end_and_leaves_nothing(
    name: str, what: str, least: int, short_folder: Path
) -> None:
    kept = ("AOXANH_DATA", "DATABASE_", "DJANGO_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(kept)}
    done = subprocess.run(
        [sys.executable, "-m", "aoxanh", "bench", name, "--quick", "--size", "0.3", "--json"],
        env=environment | {"TMPDIR": str(short_folder)},
        stdout=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 0
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["bench"] == name
    assert set(told["goals"]) <= set(told["figures"])
    assert all(value >= 0 for value in told["figures"].values())
    must_be_none = ("errors", "acked_missing", "miscounted", "communes_missing", "drafted_twice")
    assert not any(told["figures"].get(figure, 0) for figure in must_be_none)
    assert told["size"][what] > least
    assert not list(short_folder.glob("aoxanh-bench-*"))
