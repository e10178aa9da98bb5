"""bench board: what a board costs at the size of a nation, against adding up raw sessions in PostgreSQL and in DuckDB."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import psutil
import psycopg

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.campaign import QUICK, QUICK_PART, simulate_in
from aoxanh.cli.bench.duck import Files, open_duckdb
from aoxanh.cli.bench.readers import Reader, enrol_reader
from aoxanh.cli.bench.site import BenchSite, bench_site

if TYPE_CHECKING:
    from aoxanh.oversight.reading import Sums

SESSIONS, VOLUNTEERS = 5_000_000, 240_000
PAGES, ROUNDS, ASKED = 40, 3, 5
MEASURED = ("web", "postgresql")
IDLE_SECONDS = 1.0, 0.3  # of a whole run and of a quick one


@dataclass(frozen=True)
class Month:
    """The month that the boards show: the last whole one of the campaign that was played."""

    first: date
    last: date

    @classmethod
    def before(cls, until: str) -> "Month":
        last = date.fromisoformat(until).replace(day=1) - timedelta(days=1)
        return cls(last.replace(day=1), last)

    @property
    def query(self) -> str:
        return f"?period=custom&from={self.first:%d/%m/%Y}&to={self.last:%d/%m/%Y}"


def measure(*, seed: int, size: float) -> Report:
    """Return CPU of whole pages (web and PostgreSQL), and how many times a board's sums cost in raw sessions and in DuckDB."""
    report = Report(
        goals={
            "raw_over_rollup": (">=", 20),
            "national_cpu_ms": ("<=", 50),
            "commune_cpu_ms": ("<=", 15),
            "duckdb_over_rollup": (">=", 1),
        }
    )
    duck = open_duckdb()
    is_quick = size < QUICK
    with bench_site() as site, site.connect() as connection:
        made = simulate_in(
            site.folder,
            sessions=int(SESSIONS * size / (10 if is_quick else 1)),
            volunteers=max(8_000, int(VOLUNTEERS * min(1.0, size) / (3 if is_quick else 1))),
            seed=seed,
            **(QUICK_PART if is_quick else {}),
        )
        month = Month.before(made["until"])
        report.size |= {name: made[name] for name in ("sessions", "volunteers", "teams", "commune_days")}
        report.versions["postgresql"] = site.version
        _pages(site, connection, month, report, max(10, int(PAGES * min(1.0, size))), IDLE_SECONDS[is_quick])
        folder = site.folder / "parquet"
        folder.mkdir()
        files = Files(duck, folder)
        report.versions["duckdb"] = files.version
        files.export(connection)
        _sums(site, files, month, report)
        _storage(connection, files, made["sessions"], report)
    return report


def _pages(
    site: BenchSite,
    connection: "psycopg.Connection[Any]",
    month: Month,
    report: Report,
    pages: int,
    idle_seconds: float,
) -> None:
    """Open each level's board many times; the busiest commune and its province, so that no empty page flatters us."""
    ((commune, province),) = connection.execute(
        "SELECT commune_code, (SELECT parent_id FROM places_place WHERE code = commune_code) FROM desk_dailyfigure"
        " WHERE day BETWEEN %s AND %s GROUP BY 1 ORDER BY sum(sessions) DESC, 1 LIMIT 1",
        [month.first, month.last],
    ).fetchall()
    readers = {
        "national": (enrol_reader(connection, site.url, "central", "VN"), "VN"),
        "province": (enrol_reader(connection, site.url, "province_coordinator", province), province),
        "commune": (enrol_reader(connection, site.url, "commune_secretary", commune), commune),
    }
    report.figures["national_first_cpu_ms"] = _page_cpu(site, *readers["national"], month, 1, idle_seconds)
    for level, (reader, place) in readers.items():
        _page_cpu(site, reader, place, month, 8, 0)  # every worker process has then seen it
        rounds = sorted(_page_cpu(site, reader, place, month, pages, idle_seconds) for _ in range(ROUNDS))
        report.figures[f"{level}_cpu_ms"] = rounds[ROUNDS // 2]
        reader.close()


def _page_cpu(
    site: BenchSite, reader: Reader, place: str, month: Month, times: int, idle_seconds: float
) -> float:
    """Return the CPU milliseconds of the web server and PostgreSQL for one page.

    What both do by themselves (PostgreSQL's vacuum of rows just loaded, the worker's look at dirty days) is measured before
    and taken off, for the longer a page waits for a busy machine, the more of that would be counted as its own.
    """
    by_itself = _cpu_rate(site, idle_seconds)
    before, started = site.cpu_seconds(), time.monotonic()
    for _ in range(times):
        status, page = reader.get(f"/board/{place}/{month.query}")
        if status != 200 or b'data-figure="sessions"' not in page:
            raise RuntimeError(f"the board of {place} answered {status}")
    now, waited = site.cpu_seconds(), time.monotonic() - started
    used = sum(now[name] - before[name] for name in MEASURED) - by_itself * waited
    return used / times * 1000


def _cpu_rate(site: BenchSite, seconds: float) -> float:
    before, started = site.cpu_seconds(), time.monotonic()
    time.sleep(seconds)
    now = site.cpu_seconds()
    return sum(now[name] - before[name] for name in MEASURED) / (time.monotonic() - started)


def _sums(site: BenchSite, files: Files, month: Month, report: Report) -> None:
    """Ask for the national month by province from the rollup, from raw sessions and from DuckDB; all three must agree."""
    site.enter()
    from aoxanh.desk.rollup import OF_SESSIONS

    days = {"first": month.first, "last": month.last}
    rollup, rollup_s = _asked(lambda: _from_rollup(month), 20 * ASKED)
    report.baselines["rollup_cpu_ms"] = rollup_s * 1000
    rollup = {place: {name: sums[name] for name in OF_SESSIONS} for place, sums in rollup.items()}
    for kind, statement in (("", raw_sums(OF_SESSIONS)), ("_plain", raw_sums(OF_SESSIONS, is_plain=True))):
        raw, raw_s = _asked(partial(_select, statement, days), ASKED)
        columnar, duckdb_s = files.ask(_for_duckdb(statement, days), ASKED)
        for name, told, seconds in (("raw", raw, raw_s), ("duckdb", columnar, duckdb_s)):
            found = {str(row[0]): dict(zip(OF_SESSIONS, map(int, row[1:]), strict=True)) for row in told}
            if not kind and found != rollup:
                raise RuntimeError(f"the rollup and {name} do not agree")
            report.figures[f"{name}{kind}_over_rollup"] = seconds / rollup_s
            report.baselines[f"{name}{kind}_cpu_ms"] = seconds * 1000


def _for_duckdb(statement: str, days: dict[str, date]) -> str:
    for name, day in days.items():
        statement = statement.replace(f"%({name})s", f"DATE '{day}'")
    return statement.replace("cardinality(refused)", "refused")


def raw_sums(measures: dict[str, str], *, is_plain: bool = False) -> str:
    """Return the statement that adds a month up from raw sessions as the rollup defines it, for PostgreSQL and DuckDB alike.

    What the rollup counts a day and team (distinct volunteers) is counted a day and team here too, else they could not agree.
    `is_plain` leaves corrections and distinct volunteers out: less than a board needs, and the least that could be asked.
    """
    columns = dict(measures)
    columns["volunteers"] = "count(*)" if is_plain else "count(DISTINCT (volunteer_id, team_id, day))"
    columns["minutes"] = "coalesce(sum(minutes), 0)"
    distinct, order = (
        ("", "")
        if is_plain
        else (
            "DISTINCT ON (s.commune_code, s.day, s.root_id)",
            " ORDER BY s.commune_code, s.day, s.root_id, s.revision DESC, s.id DESC",
        )
    )
    return (
        f"SELECT place.parent_id, {', '.join(columns.values())} FROM ("
        f' SELECT {distinct} s.*, p."group" AS procedure_group'
        " FROM desk_supportsession s LEFT JOIN procedures_procedure p ON p.code = s.procedure_id"
        f" WHERE s.day BETWEEN %(first)s AND %(last)s{order}) effective"
        " JOIN places_place place ON place.code = effective.commune_code WHERE NOT withdrawn GROUP BY 1"
    )


def _from_rollup(month: Month) -> "dict[str, Sums]":
    from aoxanh.oversight import reading
    from aoxanh.oversight.periods import Period
    from aoxanh.places.queries import place_by_code

    nation = reading.source_of(place_by_code("VN"), None)
    now, _before = reading.sums_by_child(nation, Period(month.first, month.last))
    return now


def _select(statement: str, values: dict[str, date]) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _asked(ask: Callable[[], Any], times: int) -> tuple[Any, float]:
    """Return an answer and the CPU seconds PostgreSQL spent on it, in one process so that none of it is missed."""
    from django.db import connection

    from aoxanh.kernel.scope import whole_nation

    with whole_nation(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
        answer = ask()
        before = backend.cpu_times()
        for _ in range(times):
            answer = ask()
        after = backend.cpu_times()
    return answer, (after.user + after.system - before.user - before.system) / times


def _storage(connection: "psycopg.Connection[Any]", files: Files, sessions: int, report: Report) -> None:
    """Tell how many bytes a session takes in PostgreSQL, keys included, and what all else takes."""
    sizes = connection.execute(
        "SELECT coalesce(parent.inhparent::regclass, relation.oid::regclass)::text, sum(pg_total_relation_size(relation.oid))::bigint"
        " FROM pg_class relation LEFT JOIN pg_inherits parent ON parent.inhrelid = relation.oid"
        " WHERE relation.relkind = 'r' AND relation.relnamespace = 'public'::regnamespace GROUP BY 1"
    ).fetchall()
    by_table = dict(sizes)
    raw = by_table.pop("desk_supportsession")
    report.figures["session_bytes"] = raw / sessions
    report.figures["gb_per_million_sessions"] = raw / sessions / 1000
    report.baselines["daily_figures_mb"] = by_table["desk_dailyfigure"] / 1e6
    report.baselines["other_tables_mb"] = (sum(by_table.values()) - by_table["desk_dailyfigure"]) / 1e6
    report.baselines["parquet_mb"] = files.size() / 1e6
