"""Phones for a bench: accounts, teams and tokens put straight into the tables."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from aoxanh.kernel.ids import uuid7
from aoxanh.simulation.phone import Phone

COMMUNES_USED = 40
# Where each bench phone works: commune code and team id.
HOMES: dict[UUID, tuple[str, str]] = {}
_ENROL = (
    (
        "INSERT INTO people_account (id, username, email, display_name, language, is_active, created_at, password)"
        " VALUES (%(account)s, 'bench' || %(number)s, '', 'Bench', 'vi', true, now(), '!')"
    ),
    (
        "INSERT INTO people_volunteer (id, account_id, full_name, fold, sort_key, home_id, technology, communication, availability, is_active, created_at)"
        " VALUES (%(volunteer)s, %(account)s, 'Bench', 'bench', 'bench', %(commune)s, 1, 1, 0, true, now())"
    ),
    "INSERT INTO people_team (id, commune_id, name, kind, active_from) VALUES (%(team)s, %(commune)s, 'Bench ' || %(number)s, 'on_duty', '2025-07-01')",
    "INSERT INTO people_membership (id, team_id, volunteer_id, position, valid_from) VALUES (%(membership)s, %(team)s, %(volunteer)s, 'member', '2025-07-01')",
    "INSERT INTO people_roleassignment (id, account_id, role, place_id, valid_from) VALUES (%(role)s, %(account)s, 'volunteer', %(commune)s, '2025-07-01')",
    (
        "INSERT INTO training_certificate (id, volunteer_id, group_id, issued_on, source, recorded_at)"
        " VALUES (%(certificate)s, %(volunteer)s, 'services', '2025-07-01', 'Bench', now())"
    ),
    (
        "INSERT INTO people_device (id, account_id, token_hash, label, enrolled_at, last_seq, pending, skew_ms, app_version)"
        " VALUES (%(device)s, %(account)s, %(hash)s, '', now(), 0, 0, 0, '')"
    ),
)


def enrol(connection: "psycopg.Connection[Any]", random: Random, url: str, number: int) -> Phone:
    """Make an account, volunteer, team membership and phone, straight in the tables."""
    token = hashlib.sha256(os.urandom(32)).hexdigest()
    phone = Phone(url, token, random, orderly=True)
    row = connection.execute(
        "SELECT code FROM places_place WHERE level = 'commune' ORDER BY code OFFSET %s LIMIT 1",
        [number % COMMUNES_USED * 80],
    ).fetchone()
    ids = {
        "account": uuid7(),
        "volunteer": uuid7(),
        "team": uuid7(),
        "commune": row[0] if row else "",
        "number": number,
    }
    ids |= {
        "device": phone.device,
        "hash": hashlib.sha256(token.encode()).hexdigest(),
        "membership": uuid7(),
        "role": uuid7(),
        "certificate": uuid7(),
    }
    for statement in _ENROL:
        connection.execute(statement, ids)
    HOMES[phone.device] = (str(ids["commune"]), str(ids["team"]))
    return phone


def record_of(phone: Phone) -> dict[str, Any]:
    """Return a believable record with a note, so that the personal-data guard has work to do."""
    commune, team = HOMES[phone.device]
    id_, now = str(uuid7()), datetime.now(UTC)
    return {
        "id": id_, "schema": 1, "root": id_, "commune": commune, "day": (now + timedelta(hours=7)).date().isoformat(),
        "captured_at": int(now.timestamp() * 1000), "team": team, "activity": "procedure", "procedure": "1.001193",
        "procedure_version": 1, "mode": phone.random.choice(("desk", "home", "mobile")), "outcome": "finished",
        "obstacle": phone.random.choice(("none", "papers", "otp")), "minutes": phone.random.randint(3, 60), "quantity": 1,
        "language": "vie", "age_band": "old", "typed_by": "citizen", "steps_done": [1, 2, 3], "refused": [],
        "handover_reason": "", "return_code": "", "note": "Bà con quên mật khẩu nên hẹn quay lại chiều thứ năm", "revision": 0,
        "withdrawn": False, "reason": "",
    }  # fmt: skip
