"""bench sync: batches of 1, 10 and 100 from many simulated phones against the running server, and a bare insert beside it."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any

import psycopg

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.phones import enrol, record_of
from aoxanh.cli.bench.site import BenchSite, bench_site
from aoxanh.kernel.ids import uuid7
from aoxanh.simulation.phone import Phone

PHONES = 64
CLIENTS = 8
BATCHES = {1: 800, 10: 300, 100: 120}
BARE_BATCH = 100


@dataclass
class Load:
    """What one batch size cost."""

    records: int
    seconds: float
    cpu: dict[str, float]
    latencies: list[float]

    @property
    def cpu_ms(self) -> float:
        return sum(self.cpu.values()) / self.records * 1000

    def p(self, percent: int) -> float:
        return statistics.quantiles(self.latencies, n=100)[percent - 1] * 1000


def measure(*, seed: int, size: float) -> Report:
    """Return throughput, latency and CPU per record for each batch size, and the ratio to a bare INSERT ... unnest."""
    report = Report(
        goals={
            "cpu_ms_per_record_batch": ("<=", 0.6),
            "cpu_ms_per_record_single": ("<=", 6.0),
            "ratio_to_bare_insert": (">=", 0.25),
            "acked_missing": ("<=", 0),
            "doubled": ("<=", 0),
        }
    )
    with bench_site() as site, site.connect() as connection:
        phones = [
            enrol(connection, Random(seed * 1000 + number), site.url, number) for number in range(PHONES)
        ]
        _warm_up(phones)
        loads = {
            batch: _load(site, phones, batch, max(16, int(count * size))) for batch, count in BATCHES.items()
        }
        shuffled = _load_shuffled(site, phones, max(16, int(BATCHES[1] * size)))
        rounds = [
            (_load(site, phones, 100, max(16, int(40 * size))), _bare(connection, max(16, int(40 * size))))
            for _ in range(3)
        ]
        report.versions["postgresql"] = site.version
        _fill(report, loads, rounds)
        report.figures["cpu_ms_per_record_single_shuffled"] = shuffled.cpu_ms
        _count_losses(report, connection, phones)
    return report


def _fill(report: Report, loads: dict[int, Load], rounds: list[tuple[Load, float]]) -> None:
    for batch, load in loads.items():
        report.figures[f"records_per_s_batch_{batch}"] = load.records / load.seconds
        report.figures[f"p50_ms_batch_{batch}"] = load.p(50)
        report.figures[f"p95_ms_batch_{batch}"] = load.p(95)
        report.figures[f"cpu_ms_per_record_batch_{batch}"] = load.cpu_ms
        for name, seconds in load.cpu.items():
            report.figures[f"cpu_ms_per_record_batch_{batch}_{name}"] = seconds / load.records * 1000
        report.size[f"records_batch_{batch}"] = load.records
    report.figures["cpu_ms_per_record_batch"] = report.figures["cpu_ms_per_record_batch_100"]
    report.figures["cpu_ms_per_record_single"] = report.figures["cpu_ms_per_record_batch_1"]
    report.figures["p95_ms_batch"] = report.figures["p95_ms_batch_100"]
    report.baselines["bare_insert_records_per_s"] = statistics.median(bare for _, bare in rounds)
    report.figures["ratio_to_bare_insert"] = statistics.median(
        load.records / load.seconds / bare for load, bare in rounds
    )


def _load(site: BenchSite, phones: list[Phone], batch: int, requests: int) -> Load:
    """Let CLIENTS threads hand in `requests` batches; the rollup's work is waited for and counted."""
    for number in range(requests):
        for _ in range(batch):
            phones[number % len(phones)].save(record_of(phones[number % len(phones)]))
    shares = [phones[start::CLIENTS] for start in range(CLIENTS)]
    latencies: list[float] = []
    cpu, started = site.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for part in pool.map(lambda share: _drain(share, batch), shares):
            latencies += part
    seconds = time.perf_counter() - started
    _wait_for_rollup(site)
    used = site.cpu_seconds()
    return Load(requests * batch, seconds, {name: used[name] - cpu[name] for name in used}, latencies)


def _load_shuffled(site: BenchSite, phones: list[Phone], requests: int) -> Load:
    """Hand in single records out of their order, which the server must look for among those it has."""
    for phone in phones:
        phone.orderly = False
    load = _load(site, phones, 1, requests)
    for phone in phones:
        phone.orderly = True
    return load


def _drain(phones: list[Phone], batch: int) -> list[float]:
    latencies: list[float] = []
    for phone in phones:
        while phone.outbox:
            started = time.perf_counter()
            phone.sync(batch)
            latencies.append(time.perf_counter() - started)
    return latencies


def _wait_for_rollup(site: BenchSite) -> None:
    with site.connect() as connection:
        while connection.execute("SELECT EXISTS (SELECT FROM desk_dirtyday)").fetchone() == (True,):
            time.sleep(0.1)


def _warm_up(phones: list[Phone]) -> None:
    for phone in phones:
        phone.save(record_of(phone))
        phone.sync(1)


def _bare(connection: "psycopg.Connection[Any]", batches: int) -> float:
    """Return records per second of a bare INSERT ... unnest of rows of the same shape into a table with the same keys."""
    connection.execute("CREATE UNLOGGED TABLE IF NOT EXISTS bench_source AS TABLE desk_supportsession")
    connection.execute("DROP TABLE IF EXISTS bench_bare")
    connection.execute("CREATE TABLE bench_bare (LIKE desk_supportsession INCLUDING DEFAULTS)")
    connection.execute("ALTER TABLE bench_bare ADD PRIMARY KEY (commune_code, day, id)")
    connection.execute("CREATE INDEX ON bench_bare (commune_code, day, root_id)")
    connection.execute("CREATE INDEX ON bench_bare (volunteer_id, day)")
    cursor = connection.execute("SELECT * FROM bench_source LIMIT %s", [BARE_BATCH])
    types = {row[0]: row[1] for row in connection.execute(_COLUMN_TYPES).fetchall()}
    names = [column.name for column in cursor.description or ()]
    rows = cursor.fetchall()
    kinds = [types[name] for name in names]
    insert = _unnest(names, kinds)
    work = [_columns(rows, names, kinds) for _ in range(batches)]
    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(
            pool.map(
                lambda share: _insert_all(connection.info.dsn, connection.info.password, insert, share),
                [work[start::CLIENTS] for start in range(CLIENTS)],
            )
        )
    return batches * len(rows) / (time.perf_counter() - started)


_COLUMN_TYPES = "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'bench_source'::regclass AND attnum > 0"


def _unnest(names: list[str], kinds: list[str]) -> str:
    selected = ", ".join(
        f"{name}::{kind}" if kind.endswith("[]") else name for name, kind in zip(names, kinds, strict=True)
    )
    arrays = ", ".join(f"%s::{'text' if kind.endswith('[]') else kind}[]" for kind in kinds)
    return f"INSERT INTO bench_bare ({', '.join(names)}) SELECT {selected} FROM unnest({arrays}) AS b ({', '.join(names)})"


def _columns(rows: list[tuple[Any, ...]], names: list[str], kinds: list[str]) -> list[list[Any]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    columns[names.index("id")] = [uuid7() for _ in rows]
    return [
        ["{" + ",".join(map(str, value)) + "}" for value in column] if kind.endswith("[]") else column
        for column, kind in zip(columns, kinds, strict=True)
    ]


def _insert_all(dsn: str, password: str, insert: str, work: list[list[list[Any]]]) -> None:
    with psycopg.connect(dsn, password=password, autocommit=True) as connection:
        for columns in work:
            connection.execute(insert, columns)


def _count_losses(report: Report, connection: "psycopg.Connection[Any]", phones: list[Phone]) -> None:
    acked = {id_ for phone in phones for id_ in phone.acknowledged}
    rows = [str(row[0]) for row in connection.execute("SELECT id FROM desk_supportsession").fetchall()]
    report.figures["acked_missing"] = len(acked - set(rows))
    report.figures["doubled"] = len(rows) - len(set(rows))
    report.figures["refused"] = sum(len(phone.rejected) for phone in phones)
