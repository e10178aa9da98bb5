"""bench simulate: a national campaign drawn and stored, beside a bare COPY of the same rows into a table with the same keys."""

import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.campaign import QUICK, simulate_in
from aoxanh.cli.bench.site import bench_site

SESSIONS = 1_000_000
VOLUNTEERS = 240_000
UNTIL = "2025-12-31"
PIECE = 1 << 16


def measure(*, seed: int, size: float) -> Report:
    """Return sessions per second, the ratio to a bare COPY in the same run, and the peak memory of the simulating process.

    `ratio_to_copy` counts the step that draws, hashes and stores the sessions with their indexes; `ratio_to_copy_whole` counts
    people, figures and statistics too.
    """
    report = Report(goals={"ratio_to_copy": (">=", 0.2), "peak_mib": ("<=", 600)})
    is_quick = size < QUICK
    with bench_site() as site:
        before = site.cpu_seconds()
        made = simulate_in(
            site.folder,
            sessions=max(1_000, int(SESSIONS * size / (2 if is_quick else 1))),
            volunteers=max(4_000, int(VOLUNTEERS * min(1.0, size) / (3 if is_quick else 1))),
            seed=seed,
            until=UNTIL,
        )
        postgres = site.cpu_seconds()["postgresql"] - before["postgresql"]
        bare, copied = _bare(site.owner_url, site.folder / "rows")
        report.versions["postgresql"] = site.version
    rows, seconds = made["sessions"], made["seconds"]
    whole = sum(seconds.values())
    report.figures = {
        "rows_per_s": rows / seconds["sessions"],
        "rows_per_s_whole": rows / whole,
        "ratio_to_copy": rows / seconds["sessions"] / (copied / bare),
        "ratio_to_copy_whole": rows / whole / (copied / bare),
        "peak_mib": made["peak_mib"],
        "cpu_s": made["cpu_s"] + postgres,
        "cpu_s_postgresql": postgres,
        **{f"{step}_s": value for step, value in seconds.items()},
    }
    report.baselines["bare_copy_rows_per_s"] = copied / bare
    report.size = {"sessions": rows, "volunteers": made["volunteers"], "commune_days": made["commune_days"]}
    return report


def _bare(url: str, path: Path) -> tuple[float, int]:
    """Return the seconds and rows of a COPY from a file into an empty table that has the session table's keys."""
    with psycopg.connect(url, autocommit=True) as connection:
        with (
            path.open("wb") as file,
            connection.cursor().copy("COPY (TABLE desk_supportsession) TO STDOUT") as out,
        ):
            for data in out:
                file.write(data)
        connection.execute("CREATE TABLE bench_bare (LIKE desk_supportsession INCLUDING DEFAULTS)")
        for definition in _keys(connection):
            connection.execute(definition)
        cursor = connection.cursor()
        started = time.perf_counter()
        with path.open("rb") as file, cursor.copy("COPY bench_bare FROM STDIN") as copy:
            while data := file.read(PIECE):
                copy.write(data)
        seconds = time.perf_counter() - started
        path.unlink()
        return seconds, cursor.rowcount


def _keys(connection: "psycopg.Connection[Any]") -> list[sql.Composed]:
    """Return the session table's index definitions, for the bare table."""
    rows = connection.execute(
        "SELECT substring(indexdef from ' USING .*'), indexdef LIKE 'CREATE UNIQUE%'"
        " FROM pg_indexes WHERE tablename = 'desk_supportsession'"
    ).fetchall()
    return [
        sql.SQL("CREATE {} INDEX ON bench_bare {}").format(
            sql.SQL("UNIQUE" if unique else ""), sql.SQL(using)
        )
        for using, unique in rows
    ]
