"""The small campaign that a snapshot holds: written by a version's own actions, looked for by every later version."""

import json
from datetime import date
from uuid import UUID

from aoxanh.audit import actions as audit
from aoxanh.desk.receive import receive_batch
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.models import Account, Device
from aoxanh.people.queries import actor_of, token_digest
from tests import cast
from tests.desk.record_examples import a_record

TOKEN = "the token of lan's phone in a snapshot"
PHONE = cast.fixed_id(7, 1)
DAY = date(2025, 11, 3)
SESSIONS = 6
MINUTES = 12


def session_id(number: int) -> UUID:
    return cast.fixed_id(8, number)


def write() -> None:
    """Write it into the connected database (as owner)."""
    cast.create()
    Device.objects.create(
        id=PHONE, account_id=cast.account_id("lan"), token_hash=token_digest(TOKEN), last_seq=SESSIONS
    )
    records = [
        a_record(id=session_id(number), seq=number, day=DAY, minutes=MINUTES)
        for number in range(1, SESSIONS + 1)
    ]
    with whole_nation():
        lan = actor_of(Account.objects.get(id=cast.account_id("lan")))
        body = json.dumps({"sent_at": 1, "records": records}).encode()
        statuses = {
            str(answer.status) for answer in receive_batch(body=body, device_id=PHONE, by=lan).answers
        }
        if statuses != {"accepted"}:
            raise RuntimeError(f"the snapshot's own sessions were answered {statuses}")
        audit.record(
            chain="VN", actor="system:snapshot", action="simulation.seeded", details={"sessions": SESSIONS}
        )
    while recompute_dirty_days():
        pass
