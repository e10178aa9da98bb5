"""Writing to the audit chains."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock

FIRST_HASH = "0" * 64


def record(
    *, chain: str, actor: str, action: str, subject: str = "", details: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Append one entry to a chain, in the caller's transaction.

    Locks the chain's head until that transaction ends, so take it last in an action. Costs two statements.
    Citizens' data must never be passed: `details` holds codes, counts and ids.
    """
    number, previous = _take_next(chain)
    entry = AuditEntry(
        chain=chain,
        number=number,
        at=clock.now(),
        actor=actor[:200],
        action=action,
        subject=subject[:200],
        details=canonical(details or {}),
        previous=previous,
    )
    entry.hash = entry_hash(entry)
    _append(entry)
    return entry


def record_read(
    *, chain: str, actor: str, what: str, subject: str = "", details: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Append "somebody read this", for rows that could lead to a citizen (a return code, a note); `what` names the kind of row.

    The entry's action is `<what>.read`, e.g. desk.handover.read. Call it in the transaction that reads.
    """
    return record(chain=chain, actor=actor, action=f"{what}.read", subject=subject, details=details)


def canonical(details: Mapping[str, Any]) -> str:
    """Return details as JSON that is the same for equal content: sorted keys, no spaces, UTF-8."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def entry_hash(entry: AuditEntry) -> str:
    """Return the SHA-256 that the entry must carry: over its fields, each with its length, and the hash before."""
    digest = hashlib.sha256()
    for part in (
        entry.previous,
        entry.chain,
        str(entry.number),
        _stamp(entry.at),
        entry.actor,
        entry.action,
        entry.subject,
        entry.details,
    ):
        raw = part.encode()
        digest.update(f"{len(raw)}:".encode())
        digest.update(raw)
    return digest.hexdigest()


def _stamp(at: datetime) -> str:
    return str(round(at.timestamp() * 1_000_000))


def _take_next(chain: str) -> tuple[int, str]:
    """Lock the chain's head and return the next number and the hash to build on; a new chain is begun."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT number + 1, hash FROM audit_audithead WHERE chain = %s FOR UPDATE", [chain]
            )
            head: tuple[int, str] | None = cursor.fetchone()
            if head is not None:
                return head
            cursor.execute(
                "INSERT INTO audit_audithead (chain, number, hash) VALUES (%s, 0, %s) ON CONFLICT DO NOTHING",
                [chain, FIRST_HASH],
            )


def _append(entry: AuditEntry) -> None:
    """Write the entry and move the head to it, in one statement since every sync pays for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH written AS (INSERT INTO audit_auditentry"
            " (chain, number, at, actor, action, subject, details, previous, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s))"
            " UPDATE audit_audithead SET number = %s, hash = %s WHERE chain = %s",
            [
                *(entry.chain, entry.number, entry.at, entry.actor, entry.action, entry.subject),
                *(entry.details, entry.previous, entry.hash),
                *(entry.number, entry.hash, entry.chain),
            ],
        )
