"""The queue of background jobs: how it stands, and giving back what a dead worker had taken."""

import logging
from dataclasses import dataclass

from django.db import connection, transaction

SILENT_SECONDS = 60
STATES = {"todo": "waiting", "doing": "doing", "failed": "failed"}
log = logging.getLogger("aoxanh.jobs")


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs by state, and how long ago a worker was heard of (None: never, or it said goodbye)."""

    jobs: dict[str, int]
    heard_seconds: float | None

    @property
    def has_worker(self) -> bool:
        return self.heard_seconds is not None and self.heard_seconds <= SILENT_SECONDS


def queue() -> Queue:
    """Return how the queue stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1")
        counted: dict[str, int] = dict(cursor.fetchall())
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
        (heard,) = cursor.fetchone()
    jobs = {name: counted.get(state, 0) for state, name in STATES.items()}
    return Queue(jobs, None if heard is None else float(heard))


_STALLED = """
SELECT job.id, job.queueing_lock IS NOT NULL AND (
    EXISTS (SELECT FROM procrastinate_jobs later WHERE later.status = 'todo' AND later.queueing_lock = job.queueing_lock)
    OR row_number() OVER (PARTITION BY job.queueing_lock ORDER BY job.id DESC) > 1)
FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
"""


def give_back_stalled() -> int:
    """Put jobs that a worker took and never ended, and whose worker is silent, back into the queue; return how many.

    Jobs are idempotent, so one that had nearly ended is simply done again. One whose successor waits already (the same
    queueing lock) is let go instead, since a queue holds one of a kind.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STALLED, [SILENT_SECONDS])
        stalled: list[tuple[int, bool]] = cursor.fetchall()
        for job, has_successor in stalled:
            if has_successor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s AND status = 'doing'", [job])
            else:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job])
    if stalled:
        log.warning("jobs of a silent worker given back", extra={"facts": {"jobs": len(stalled)}})
    return len(stalled)
