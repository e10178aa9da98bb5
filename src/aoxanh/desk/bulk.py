"""Loading many sessions at COPY speed, for simulation and import; the rules are the sync engine's own records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from aoxanh.desk.receive import COLUMN_NAMES, as_row, mark_dirty
from aoxanh.desk.sync import records
from aoxanh.desk.sync.merge import Candidate
from aoxanh.desk.sync.records import SessionRecord


@dataclass(frozen=True, slots=True)
class LoadedSession:
    """One record with what a phone's batch would have added."""

    record: SessionRecord
    volunteer_id: UUID
    device_id: UUID
    received_at: datetime


def settle_handovers_before(day: date) -> int:
    """Mark the hand-overs of sessions before a day as settled the day after, and return how many; for simulation and import."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE desk_handover SET state = 'settled', settled_at = made_at + interval '1 day' WHERE day < %s AND state = 'waiting'",
            [day],
        )
        return int(cursor.rowcount)


def copy_sessions(sessions: Iterable[LoadedSession]) -> int:
    """Write sessions with COPY in the caller's transaction, mark their days dirty, and return how many.

    By way of a temporary table, since PostgreSQL refuses COPY into a table with row-level security. The caller answers for
    ids being new: a repeated key is an error. `sessions` must not query the database: the connection is busy copying.
    """
    columns = ", ".join((*COLUMN_NAMES, "volunteer_id", "device_id", "schema", "received_at"))
    days: set[tuple[str, str]] = set()
    count = 0
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE loading (LIKE desk_supportsession) ON COMMIT DROP")
        with cursor.copy(f"COPY loading ({columns}) FROM STDIN") as copy:
            for session in sessions:
                row = as_row(Candidate(session.record, records.meaning(session.record)))
                copy.write_row(
                    (*row, session.volunteer_id, session.device_id, records.SCHEMA, session.received_at)
                )
                days.add((session.record.commune, session.record.day.isoformat()))
                count += 1
        cursor.execute(f"INSERT INTO desk_supportsession ({columns}) SELECT {columns} FROM loading")
        cursor.execute("DROP TABLE loading")
    mark_dirty(days)
    return count
