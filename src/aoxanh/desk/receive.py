"""Receiving a phone's batch: checked record by record, stored in one transaction, answered one by one."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from aoxanh.audit import actions as audit
from aoxanh.desk import errors, gate, history
from aoxanh.desk.known import LANGUAGES, PROCEDURES
from aoxanh.desk.partitions import FIRST_MONTH
from aoxanh.desk.sync import merge, records
from aoxanh.desk.sync.merge import Candidate, Key, Status
from aoxanh.desk.sync.records import Flaw, SessionRecord
from aoxanh.kernel import clock
from aoxanh.kernel.scope import Scope, scope
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.consent_queries import uncovered_days
from aoxanh.privacy.detection import find
from aoxanh.privacy.errors import kinds_in_words

OLDEST_DAYS = 400
FUTURE_DAYS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one record of a batch, in the batch's order."""

    id: UUID | None
    status: Status
    flaw: Flaw | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": str(self.id) if self.id else None,
            "status": self.status,
            "error": flaw_text(self.flaw) if self.flaw else None,
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answers to a batch and what the phone told about itself."""

    answers: list[Answer]
    pending: int
    sent_at: int
    app: str
    last_seq: int


def check_digest(body: bytes, digest: str) -> None:
    """Refuse a body that does not carry, or does not match, its `sha-256=:...:` Content-Digest (RFC 9530)."""
    if len(body) > records.MAX_BODY_BYTES:
        raise errors.BatchTooLarge
    name, _, value = digest.partition("=")
    try:
        claimed = base64.b64decode(value.strip().strip(":"), validate=True)
    except ValueError:  # not base64, or not ASCII at all
        raise errors.DamagedBody from None
    if name.strip().lower() != "sha-256" or claimed != hashlib.sha256(body).digest():
        raise errors.DamagedBody


def receive_batch(*, body: bytes, device_id: UUID, by: Actor, known_seq: int | None = None) -> Receipt:
    """Store what a phone hands in, exactly once, and say what became of each record.

    One transaction: rows, dirty days and audit entries are all there or none. Raises InvalidBatch or BatchTooLarge for the
    batch as a whole; a bad record is only answered. Never logs or keeps the text of a refused record. `known_seq` is the
    highest number seen from this phone, if it is known: records above it are new and need fewer checks.
    """
    try:
        envelope = records.read_envelope(body)
    except Flaw as flaw:
        too_many = len(body) > records.MAX_BODY_BYTES or "length <=" in flaw.detail
        raise (
            errors.BatchTooLarge
            if too_many
            else errors.InvalidBatch(field_name=flaw.field or "?", field=flaw.field)
        ) from None
    decoded = [_decode(raw) for raw in envelope.records]
    answers = _store([item for item in decoded if isinstance(item, Candidate)], device_id, by, known_seq)
    results = [
        Answer(item.record.id, *answers.pop(0)) if isinstance(item, Candidate) else item for item in decoded
    ]
    last_seq = max((item.record.seq for item in decoded if isinstance(item, Candidate)), default=0)
    return Receipt(results, envelope.pending, envelope.sent_at, envelope.app, last_seq)


def flaw_text(flaw: Flaw) -> dict[str, str]:
    """Return a record's refusal in the one error shape, in the reader's language."""
    message, remedy = errors.RECORD_FLAWS[flaw.code]
    return {
        "code": flaw.code,
        "field": flaw.field,
        "message": str(message).format(field_name=flaw.field or "?", kinds=flaw.detail),
        "remedy": str(remedy),
    }


def _decode(raw: msgspec.Raw) -> Candidate | Answer:
    try:
        record = records.read_record(raw)
        _check_notes(record)
    except Flaw as flaw:
        return Answer(records.identify(raw), "deferred" if flaw.code == "newer_schema" else "rejected", flaw)
    return Candidate(record, records.meaning(record))


def _check_notes(record: SessionRecord) -> None:
    for field in ("note", "reason"):
        text = getattr(record, field)
        if text and (findings := find(text)):
            raise Flaw("personal_data", field, kinds_in_words(findings))


def _store(
    candidates: list[Candidate], device_id: UUID, by: Actor, known_seq: int | None
) -> list[tuple[Status, Flaw | None]]:
    """Write the candidates that fit the volunteer's teams and our lists; return a status for each, in order."""
    if not candidates:
        return []
    with transaction.atomic(savepoint=False):
        batch = [candidate.record for candidate in candidates]
        flaws = _flaws_in_context(batch, by)
        communes = frozenset(record.commune for record, flaw in zip(batch, flaws, strict=True) if not flaw)
        with scope(by.scope | Scope(communes=communes)):
            flaws = history.flaws_against_stored(batch, flaws, by, known_seq)
            flaws = gate.flaws_of_uncertified(batch, flaws, by)
            fitting = [candidate for candidate, flaw in zip(candidates, flaws, strict=True) if flaw is None]
            statuses = iter(_insert(fitting, device_id, by))
    return [_verdict(next(statuses)) if flaw is None else ("rejected", flaw) for flaw in flaws]


def _verdict(status: Status) -> tuple[Status, Flaw | None]:
    return status, Flaw("clash", "id") if status == "rejected" else None


def _flaws_in_context(batch: list[SessionRecord], by: Actor) -> list[Flaw | None]:
    """Check each record against the calendar, the volunteer's memberships, the procedures and the languages."""
    days = [record.day for record in batch]
    memberships = (
        people.teams_of_volunteer_between(by.volunteer_id, min(days), max(days)) if by.volunteer_id else []
    )
    flaws = [_flaw_in_context(record, memberships) for record in batch]
    # Asked of minors alone, so that nobody else's batch costs a query more.
    uncovered = uncovered_days(by, days)
    return [
        flaw or (Flaw("consent_missing", "day") if record.day in uncovered else None)
        for record, flaw in zip(batch, flaws, strict=True)
    ]


def _flaw_in_context(
    record: SessionRecord, memberships: list[tuple[UUID, str, date, date | None]]
) -> Flaw | None:
    today = clock.today()
    oldest = max(FIRST_MONTH, today - timedelta(days=OLDEST_DAYS))
    if not oldest <= record.day <= today + timedelta(days=FUTURE_DAYS):
        return Flaw("day_out_of_range", "day")
    if not any(
        team == record.team
        and commune == record.commune
        and first <= record.day
        and (last is None or record.day < last)
        for team, commune, first, last in memberships
    ):
        return Flaw("not_your_team", "team")
    if record.procedure is not None and record.procedure not in PROCEDURES:
        return Flaw("unknown_procedure", "procedure")
    if record.language not in LANGUAGES:
        return Flaw("unknown_language", "language")
    return None


COLUMN_NAMES = (
    "commune_code",
    "day",
    "id",
    "root_id",
    "revision",
    "withdrawn",
    "reason",
    "team_id",
    "seq",
    "activity",
    "procedure_id",
    "procedure_version",
    "mode",
    "outcome",
    "obstacle",
    "minutes",
    "quantity",
    "language",
    "age_band",
    "typed_by",
    "steps_done",
    "refused",
    "handover_reason",
    "return_code",
    "note",
    "captured_at",
    "sha256",
)
_NAMES = ", ".join(COLUMN_NAMES)
# One parameter for the whole batch: bound column by column, the values of one record cost more than storing it.
_INSERT = (
    f"INSERT INTO desk_supportsession ({_NAMES}, volunteer_id, device_id, schema, received_at)"
    f" SELECT {_NAMES}, %s, %s, %s, %s FROM json_populate_recordset(NULL::desk_supportsession, %s)"
    " ON CONFLICT (commune_code, day, id) DO NOTHING RETURNING commune_code, day::text, id"
)


def as_row(candidate: Candidate) -> dict[str, Any]:
    """Return the record by the names of its columns."""
    record = candidate.record
    return {
        "commune_code": record.commune,
        "day": record.day,
        "id": record.id,
        "root_id": record.root,
        "revision": record.revision,
        "withdrawn": record.withdrawn,
        "reason": record.reason,
        "team_id": record.team,
        "seq": record.seq,
        "activity": record.activity,
        "procedure_id": record.procedure,
        "procedure_version": record.procedure_version,
        "mode": record.mode,
        "outcome": record.outcome,
        "obstacle": record.obstacle,
        "minutes": record.minutes,
        "quantity": record.quantity,
        "language": record.language,
        "age_band": record.age_band,
        "typed_by": record.typed_by,
        "steps_done": record.steps_done,
        "refused": record.refused,
        "handover_reason": record.handover_reason,
        "return_code": record.return_code,
        "note": record.note,
        "captured_at": clock.from_milliseconds(record.captured_at),
        "sha256": candidate.sha256,
    }


def _insert(candidates: list[Candidate], device_id: UUID, by: Actor) -> list[Status]:
    """Insert what is new in one statement, mark its days dirty, audit it; return a verdict for each candidate."""
    if not candidates:
        return []
    rows = merge.distinct(candidates)
    batch = msgspec.json.encode([as_row(row) for row in rows]).decode()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [by.volunteer_id, device_id, records.SCHEMA, clock.now(), batch])
        inserted = {Key(*row) for row in cursor.fetchall()}
    stored = {row.key: row.sha256 for row in rows if row.key in inserted}
    repeats = [row.key for row in rows if row.key not in inserted]
    stored |= _stored_hashes(repeats) if repeats else {}
    if inserted:
        mark_dirty({(key.commune, key.day) for key in inserted})
        _audit(inserted, device_id, by)
    return merge.verdicts(candidates, inserted, stored)


def _stored_hashes(keys: list[Key]) -> dict[Key, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commune_code, day::text, id, sha256 FROM desk_supportsession"
            " WHERE (commune_code, day, id) IN (SELECT * FROM unnest(%s::text[], %s::date[], %s::uuid[]))",
            [[key.commune for key in keys], [key.day for key in keys], [key.id for key in keys]],
        )
        return {Key(commune, day, id_): sha256 for commune, day, id_, sha256 in cursor.fetchall()}


def mark_dirty(days: set[tuple[str, str]]) -> None:
    """Note that the rollup of these (commune, day) keys is out of date.

    An existing mark is updated, not skipped: the row lock keeps the rollup from consuming it before this transaction's
    rows can be seen.
    """
    ordered = sorted(days)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO desk_dirtyday (commune_code, day, marked_at) SELECT *, now() FROM unnest(%s::text[], %s::date[])"
            " ON CONFLICT (commune_code, day) DO UPDATE SET marked_at = excluded.marked_at",
            [[commune for commune, _ in ordered], [day for _, day in ordered]],
        )


def _audit(inserted: set[Key], device_id: UUID, by: Actor) -> None:
    for commune in sorted({key.commune for key in inserted}):
        ids = sorted(str(key.id) for key in inserted if key.commune == commune)
        audit.record(
            chain=commune,
            actor=str(by),
            action="desk.session.accepted",
            subject=f"device:{device_id}",
            details={"ids": ids},
        )
