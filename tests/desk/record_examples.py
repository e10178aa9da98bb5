"""Records for tests: a good one, its JSON, and strategies that make many."""

import json
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from hypothesis import strategies as st

from aoxanh.desk import receive
from aoxanh.desk.sync import merge, records
from aoxanh.desk.sync.records import SessionRecord
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from tests.cast import LAN_TEAM, LUNG_CU


def a_record(**changes: Any) -> dict[str, Any]:
    """Return a good record of Lan's as the phone would send it, with changes."""
    id_ = str(changes.pop("id", uuid7()))
    day = changes.pop("day", clock.today())
    noon = datetime.combine(day if isinstance(day, date) else clock.today(), time(12), clock.VIETNAM)
    record: dict[str, Any] = {
        "id": id_,
        "seq": 1,
        "schema": 1,
        "root": id_,
        "revision": 0,
        "withdrawn": False,
        "reason": "",
        "commune": LUNG_CU,
        "day": day.isoformat() if isinstance(day, date) else day,
        "captured_at": clock.milliseconds(noon),
        "team": str(LAN_TEAM),
        "activity": "procedure",
        "procedure": "1.001193",
        "procedure_version": 1,
        "mode": "desk",
        "outcome": "finished",
        "obstacle": "none",
        "minutes": 12,
        "quantity": 1,
        "language": "vie",
        "age_band": "unknown",
        "typed_by": "citizen",
        "steps_done": [1, 2],
        "refused": [],
        "handover_reason": "",
        "return_code": "",
        "note": "",
    }
    return record | {key: str(value) if isinstance(value, UUID) else value for key, value in changes.items()}


def a_correction(of: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a later revision of a record."""
    return (
        of
        | {"id": str(uuid7()), "revision": of["revision"] + 1, "reason": "chọn nhầm", "seq": of["seq"] + 1}
        | changes
    )


def a_batch(*records: dict[str, Any]) -> bytes:
    return json.dumps(
        {
            "sent_at": clock.milliseconds(clock.now()),
            "pending": len(records),
            "app": "0.1.0",
            "records": records,
        }
    ).encode()


def decoded(record: dict[str, Any]) -> SessionRecord:
    return msgspec.json.decode(json.dumps(record), type=SessionRecord)


def store_as_then(record: dict[str, Any], volunteer_id: UUID, device_id: UUID) -> None:
    """Write a record's row as if it had been handed in on its day, which may be too long ago for the sync door."""
    told = decoded(record)
    row = receive.as_row(merge.Candidate(told, records.meaning(told)))
    with connection.cursor() as cursor:
        cursor.execute(
            receive._INSERT,
            [volunteer_id, device_id, records.SCHEMA, clock.now(), msgspec.json.encode([row]).decode()],
        )
    receive.mark_dirty({(told.commune, told.day.isoformat())})


@st.composite
def histories(draw: st.DrawFn) -> list[SessionRecord]:
    """Draw the revisions of a few sessions: corrections, withdrawals and rival corrections of one revision."""
    history: list[SessionRecord] = []
    for _ in range(draw(st.integers(1, 4))):
        first = a_record(minutes=draw(st.integers(0, 600)))
        history.append(decoded(first))
        for _step in range(draw(st.integers(0, 4))):
            base = draw(st.sampled_from([first, first | {"revision": draw(st.integers(0, 3))}]))
            history.append(
                decoded(a_correction(base, withdrawn=draw(st.booleans()), minutes=draw(st.integers(0, 600))))
            )
    return history
