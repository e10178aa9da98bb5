"""Letting go of whole months of raw sessions: archived without people if wanted, detached, dropped, and told in the audit."""

import gzip
import os
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from aoxanh.audit import actions as audit
from aoxanh.desk.errors import MonthInUse
from aoxanh.desk.partitions import attached_months, detached_months
from aoxanh.kernel.scope import whole_nation

NATION = "VN"
TRIES = 10
WAIT_SECONDS = 1.0
# What an archive holds: the effective sessions without ids, times, free text or return codes, since those lead to a person by way of
# the audit, of a citizen's slip of paper, or of what somebody wrote.
ARCHIVED = (
    "commune_code day team_id activity procedure_id procedure_version mode outcome obstacle minutes quantity language age_band"
    " typed_by steps_done refused handover_reason"
).split()
_EFFECTIVE = (
    f"COPY (SELECT {', '.join(ARCHIVED)} FROM (SELECT DISTINCT ON (commune_code, day, root_id) * FROM desk_supportsession"
    " WHERE day >= %s AND day < %s ORDER BY commune_code, day, root_id, revision DESC, id DESC) effective WHERE NOT withdrawn"
    " ORDER BY commune_code, day) TO STDOUT (FORMAT csv, HEADER)"
)


def on_months_over(*, before: date, by: str, **_signal: Any) -> int:
    """Let go of every month before `before`, oldest first, and of what an interrupted run left detached; return the rows that went.

    Each month is archived, detached and dropped in transactions of its own, so that a run that was stopped is simply run again.
    The daily figures stay. Raises MonthInUse when other work held the table through every try.
    """
    gone = sum(_drop(month, by) for month in detached_months())
    for month in attached_months():
        if month >= before:
            break
        if settings.ARCHIVE_DIR:
            _archive(month, Path(settings.ARCHIVE_DIR))
        _patiently(month, partial(_call, "desk_detach_month", month))
        gone += _drop(month, by)
    return gone


def _archive(month: date, folder: Path) -> None:
    """Write the month's effective sessions as gzipped CSV, whole or not at all; an earlier try is written over."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f".sessions-{month:%Y-%m}.csv.gz.part"
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with (
            gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed,
            whole_nation(),
            connection.cursor() as cursor,
            cursor.copy(_EFFECTIVE, [month, following]) as copy,
        ):
            for block in copy:
                packed.write(block)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / f"sessions-{month:%Y-%m}.csv.gz")


def _drop(month: date, by: str) -> int:
    """Drop a detached month and tell the audit, together.

    The audit's lock is taken before the table's: whoever waits then holds nothing that a sync needs.
    """
    rows = int(_call("desk_count_detached", month))

    def drop() -> None:
        with transaction.atomic():
            audit.record(
                chain=NATION,
                actor=by,
                action="desk.month.dropped",
                subject=f"month:{month:%Y-%m}",
                details={"sessions": rows},
            )
            _call("desk_drop_detached", month)

    _patiently(month, drop)
    return rows


def _call(function: str, month: date) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [month])
        return cursor.fetchone()[0]


def _patiently(month: date, work: Callable[[], Any]) -> None:
    """Try again while other work holds the table; each try gives up by itself before syncs could feel it."""
    for attempt in range(TRIES):
        if attempt:
            time.sleep(WAIT_SECONDS)
        try:
            work()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
        else:
            return
    raise MonthInUse(month=f"{month:%m/%Y}")
