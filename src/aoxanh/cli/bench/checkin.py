"""bench checkin: an afternoon's broadcast begins, 20,000 people check in at 3,600 points in ten minutes, most of them at the start."""

import hashlib
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from random import Random
from typing import Any
from uuid import UUID

import click
import psycopg

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.arrivals import Arrival, Thrown, throw
from aoxanh.cli.bench.campaign import QUICK
from aoxanh.cli.bench.readers import Reader, enrol_reader
from aoxanh.cli.bench.site import BenchSite, bench_site
from aoxanh.kernel.ids import uuid7

PEOPLE, POINTS, SECONDS = 20_000, 3_600, 600
MOST_MS, MOST_CPU_MS, LEAST_RATE = 300, 6, 100
# Arrivals thin out as (1 - t)^2: three times the mean rate at the start, which is a hundred a second.
THINNING = 3
STEP_SECONDS, STEP, STEPS, HALVES = 10, 4 / 3, 6, 2
POLLS = 20


@dataclass(frozen=True, slots=True)
class Somebody:
    """A volunteer's phone: its token, and the commune and number of the point they go to."""

    token: str
    point: int


@dataclass(frozen=True)
class Ground:
    """The people, and what opens an event for them."""

    site: BenchSite
    connection: "psycopg.Connection[Any]"
    people: list[Somebody]
    communes: list[str]
    secret: str

    def open_event(self) -> list[tuple[str, UUID]]:
        """Open an event with all its points, straight in the tables; return the points."""
        event, now = uuid7(), datetime.now(UTC)
        self.connection.execute(
            "INSERT INTO training_trainingevent (id, title, kind, course, place_id, organiser, link, starts_at, ends_at, state, minutes, made_at)"
            " VALUES (%s, 'Bench', 'broadcast', '', 'VN', '', '', %s, %s, 'open', '', %s)",
            [event, now - timedelta(minutes=5), now + timedelta(hours=3), now],
        )
        points = [(commune, uuid7()) for commune in self.communes]
        with (
            self.connection.cursor() as cursor,
            cursor.copy(
                "COPY training_point (commune_code, id, event_id, place, capacity, link, present, made_at) FROM STDIN"
            ) as copy,
        ):
            for number, (commune, point) in enumerate(points):
                copy.write_row((commune, point, event, f"Điểm {number}", 20, "", 0, now))
        self.connection.execute("ANALYZE training_point")
        return points

    def counted(self, points: list[tuple[str, UUID]]) -> tuple[int, int]:
        """Return how many people the points count, and how many rows say so."""
        ((counted, rows),) = self.connection.execute(
            "SELECT (SELECT sum(present) FROM training_point WHERE id = ANY (%(ids)s)),"
            " (SELECT count(*) FROM training_attendance WHERE state = 'present' AND point_id = ANY (%(ids)s))",
            {"ids": [point for _commune, point in points]},
        ).fetchall()
        return int(counted), int(rows)


def measure(*, seed: int, size: float) -> Report:
    """Return latencies, errors and CPU of the ten minutes, the highest rate with a p95 under 300 ms, and what a poll of the board costs."""
    report = Report(
        goals={
            "p95_ms": ("<=", MOST_MS), "errors": ("<=", 0), "cpu_ms_per_checkin": ("<=", MOST_CPU_MS),
            "rate_held_per_s": (">=", LEAST_RATE), "miscounted": ("<=", 0),
        }
    )  # fmt: skip
    part = size / 8 if size < QUICK else size
    random = Random(seed)
    with bench_site() as site, site.connect() as connection, _thrower() as pool:
        ground = _ground(site, connection, random, max(100, int(PEOPLE * part)), max(60, int(POINTS * part)))
        report.versions["postgresql"] = site.version
        reader = enrol_reader(connection, site.url, "central", "VN")
        _warm_up(ground, pool, random)
        _fixed(ground, pool, random, report, SECONDS * part, reader)
        _search(ground, pool, random, report, max(1.5, STEP_SECONDS * min(1.0, part)))
        report.size |= {
            "people": len(ground.people),
            "points": len(ground.communes),
            "seconds": int(SECONDS * part),
        }
    return report


def _fixed(
    ground: Ground, pool: ProcessPoolExecutor, random: Random, report: Report, seconds: float, reader: Reader
) -> None:
    points = ground.open_event()
    moments = sorted(seconds * (1 - random.random() ** (1 / THINNING)) for _ in ground.people)
    order = random.sample(ground.people, len(ground.people))
    before = ground.site.cpu_seconds()
    done = _thrown(ground, pool, points, order, moments)
    used = {name: now - before[name] for name, now in ground.site.cpu_seconds().items()}
    counted, rows = ground.counted(points)
    people = len(ground.people)
    report.figures |= {
        "p50_ms": done.ms(50),
        "p95_ms": done.ms(95),
        "p99_ms": done.ms(99),
        "errors": len(done.failures),
        "sent_again": len(done.again),
        "peak_per_s": sum(moment < seconds / 60 for moment in moments) / (seconds / 60),
        "cpu_ms_per_checkin": sum(used.values()) / people * 1000,
        "miscounted": abs(counted - people + len(done.failures)) + abs(counted - rows),
    }
    report.figures |= {f"cpu_ms_per_checkin_{name}": value / people * 1000 for name, value in used.items()}
    report.figures |= _polled(ground, points, reader)
    if done.failures:
        click.echo("\n".join(sorted(set(done.failures))[:10]), err=True)


def _polled(ground: Ground, points: list[tuple[str, UUID]], reader: Reader) -> dict[str, float]:
    """Ask for the national board again and again, as an open page does."""
    ((event,),) = ground.connection.execute(
        "SELECT event_id FROM training_point WHERE id = %s", [points[0][1]]
    ).fetchall()
    before, took = sum(ground.site.cpu_seconds().values()), []
    for _ in range(POLLS):
        began = time.perf_counter()
        status, page = reader.get(f"/events/{event}/?place=VN", {"HX-Request": "true"})
        took.append(time.perf_counter() - began)
        if status != 200 or b'id="present"' not in page:
            raise RuntimeError(f"the board could not be read: {status}")
    used = sum(ground.site.cpu_seconds().values()) - before
    return {"board_ms": sorted(took)[POLLS // 2] * 1000, "board_cpu_ms": used / POLLS * 1000}


def _search(
    ground: Ground, pool: ProcessPoolExecutor, random: Random, report: Report, seconds: float
) -> None:
    """Find the highest held rate in a bounded number of steps; every step is an event of its own, with people who come once."""
    held, failed, rate = 0.0, 0.0, float(LEAST_RATE)
    for _ in range(STEPS):
        is_held = _try(ground, pool, random, rate, seconds)
        held, failed = (rate, failed) if is_held else (held, rate)
        if held and failed:
            break
        rate = rate * STEP if is_held else rate / STEP
    for _ in range(HALVES if held and failed else 0):
        rate = (held + failed) / 2
        is_held = _try(ground, pool, random, rate, seconds)
        held, failed = (rate, failed) if is_held else (held, rate)
    report.figures["rate_held_per_s"] = held


def _try(ground: Ground, pool: ProcessPoolExecutor, random: Random, rate: float, seconds: float) -> bool:
    people = random.sample(ground.people, min(len(ground.people), int(rate * seconds)))
    moments = sorted(random.uniform(0, len(people) / rate) for _ in people)
    done = _thrown(ground, pool, ground.open_event(), people, moments)
    click.echo(f"  {rate:.0f}/s: p95 {done.ms(95):.0f} ms, {len(done.failures)} errors", err=True)
    return not done.failures and done.ms(95) < MOST_MS


def _warm_up(ground: Ground, pool: ProcessPoolExecutor, random: Random) -> None:
    people = random.sample(ground.people, 100)
    _thrown(ground, pool, ground.open_event(), people, [number / 50 for number in range(100)])


def _thrown(
    ground: Ground,
    pool: ProcessPoolExecutor,
    points: list[tuple[str, UUID]],
    people: list[Somebody],
    moments: list[float],
) -> Thrown:
    arrivals = [
        Arrival(moment, one.token, *points[one.point % len(points)])
        for moment, one in zip(moments, people, strict=True)
    ]
    return pool.submit(throw, ground.site.url, ground.secret, arrivals).result()


@contextmanager
def _thrower() -> Iterator[ProcessPoolExecutor]:
    """Give a process of its own to whoever asks, so that counting here costs the asking nothing."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def _ground(
    site: BenchSite, connection: "psycopg.Connection[Any]", random: Random, people: int, points: int
) -> Ground:
    rows = connection.execute(
        "SELECT code FROM places_place WHERE level = 'commune' ORDER BY code"
    ).fetchall()
    codes = [code for (code,) in rows]
    step = max(1, len(codes) // points)
    communes = [codes[number * step % len(codes)] for number in range(points)]
    made = [Somebody(f"{random.getrandbits(256):064x}", number % points) for number in range(people)]
    _enrol(connection, made, communes)
    secret = os.environ.get("AOXANH_SECRET_KEY") or (site.folder / "secret-key").read_text()
    return Ground(site, connection, made, communes, secret)


def _enrol(connection: "psycopg.Connection[Any]", people: list[Somebody], communes: list[str]) -> None:
    """Write accounts, volunteers, roles and phones at COPY speed."""
    now = datetime.now(UTC)
    tables: dict[str, list[tuple[Any, ...]]] = {
        "people_account (id, username, email, display_name, language, is_active, created_at, password)": [],
        "people_volunteer (id, account_id, full_name, fold, sort_key, home_id, technology, communication, availability, is_active, created_at)": [],
        "people_roleassignment (id, account_id, role, place_id, valid_from)": [],
        "people_device (id, account_id, token_hash, label, enrolled_at, last_seq, pending, skew_ms, app_version)": [],
    }
    accounts, volunteers, roles, devices = tables.values()
    for number, one in enumerate(people):
        account, commune = uuid7(), communes[one.point]
        accounts.append((account, f"came{number}", "", "Bench", "vi", True, now, "!"))
        volunteers.append((uuid7(), account, "Bench", "bench", "bench", commune, 1, 1, 0, True, now))
        roles.append((uuid7(), account, "volunteer", commune, "2025-07-01"))
        devices.append(
            (uuid7(), account, hashlib.sha256(one.token.encode()).hexdigest(), "", now, 0, 0, 0, "")
        )
    for table, rows in tables.items():
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    connection.execute("ANALYZE")
