"""How the installation stands at the moment it is asked: backlog, jobs, audit, database, disk, memory."""

import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
from django.conf import settings
from django.db import Error, connection, transaction
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from aoxanh.audit.checks import last_check
from aoxanh.audit.heads import exported_at
from aoxanh.desk.partitions import months_ahead
from aoxanh.desk.queries import rollup_backlog
from aoxanh.kernel import backups
from aoxanh.kernel.counting import counting_processes
from aoxanh.kernel.jobs import queue
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.queries import count_overdue_devices
from aoxanh.web.watch.migrations import unapplied

PATIENCE = "5s"


class Readings(Collector):
    """Reads everything anew each time; a database that is away is told as such, and the rest all the same."""

    def collect(self) -> Iterable[Metric]:
        yield from self._machine()
        yield from self._keeping()
        try:
            with transaction.atomic(), whole_nation(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
                told = [*self._database(), *self._work()]
        except Error:
            connection.close()
            told = []
        yield _gauge("aoxanh_database_up", "1 when the database answers.", int(bool(told)))
        yield from told

    def _machine(self) -> Iterator[Metric]:
        disk = shutil.disk_usage(settings.DATA_DIR)
        yield _gauge("aoxanh_disk_free_bytes", "Space left where the data folder lies.", disk.free)
        yield _gauge("aoxanh_disk_size_bytes", "Size of the disk that holds the data folder.", disk.total)
        pids = counting_processes()
        resident = [psutil.Process(pid).memory_info().rss for pid in pids if psutil.pid_exists(pid)]
        yield _gauge("aoxanh_web_processes", "Processes that have answered requests.", len(pids))
        yield _gauge(
            "aoxanh_web_resident_bytes", "Resident memory of those processes, added up.", sum(resident)
        )

    def _keeping(self) -> Iterator[Metric]:
        check = last_check()
        if check is not None:
            yield _gauge(
                "aoxanh_audit_checked_timestamp_seconds",
                "When all audit chains were last walked.",
                check.at.timestamp(),
            )
            breaks = len(check.breaks) + check.bad_lines
            yield _gauge(
                "aoxanh_audit_breaks", "Broken chains and bad lines of heads that the walk found.", breaks
            )
        exported = exported_at()
        if exported is not None:
            yield _gauge(
                "aoxanh_audit_exported_timestamp_seconds",
                "When the chains' heads were last exported.",
                exported,
            )
        kept = backups.read(Path(settings.DATA_DIR))
        if kept.dumped_at is not None:
            yield _gauge(
                "aoxanh_dump_timestamp_seconds", "When `aoxanh db dump` last succeeded.", kept.dumped_at
            )
        if kept.drilled_at is not None:
            yield _gauge(
                "aoxanh_drill_timestamp_seconds", "When `aoxanh db drill` last ended.", kept.drilled_at
            )
            yield _gauge("aoxanh_drill_passed", "1 when that drill passed.", int(kept.drill_passed))

    def _database(self) -> Iterator[Metric]:
        yield _gauge(
            "aoxanh_migrations_unapplied",
            "Migrations of this version that the database lacks.",
            len(unapplied()),
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_database_size(current_database()), failed_count, extract(epoch FROM last_archived_time)"
                " FROM pg_stat_archiver"
            )
            size, failed, archived = cursor.fetchone()
        yield _gauge("aoxanh_database_size_bytes", "Size of the database.", size)
        yield CounterMetricFamily(
            "aoxanh_wal_archive_failures", "Tries at archiving a WAL segment that failed.", value=failed
        )
        if archived is not None:
            meaning = "When a WAL segment was last archived."
            yield _gauge("aoxanh_wal_archived_timestamp_seconds", meaning, float(archived))
        yield _gauge(
            "aoxanh_partitions_ahead", "Months after the present one whose partitions exist.", months_ahead()
        )

    def _work(self) -> Iterator[Metric]:
        days, oldest = rollup_backlog()
        yield _gauge("aoxanh_dirty_days", "Days of communes whose figures wait to be counted.", days)
        yield _gauge("aoxanh_dirty_days_oldest_seconds", "How long the oldest of them has waited.", oldest)
        overdue = count_overdue_devices()
        yield _gauge(
            "aoxanh_devices_overdue", "Phones with unsent work that were silent for two days.", overdue
        )
        standing = queue()
        jobs = GaugeMetricFamily("aoxanh_jobs", "Background jobs by state.", labels=["state"])
        for state, count in standing.jobs.items():
            jobs.add_metric([state], count)
        yield jobs
        if standing.heard_seconds is not None:
            heard = time.time() - standing.heard_seconds
            yield _gauge(
                "aoxanh_worker_heartbeat_timestamp_seconds", "When a worker was last heard of.", heard
            )
        yield _gauge(
            "aoxanh_worker_alive",
            "1 when a worker was heard of in the last minute.",
            int(standing.has_worker),
        )


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)
