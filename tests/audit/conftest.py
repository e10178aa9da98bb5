"""A chain that is really stored, which the owner of the database may tamper with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from aoxanh.audit.actions import record
from aoxanh.audit.heads import export_heads
from aoxanh.audit.models import AuditEntry, AuditHead
from aoxanh.audit.verify import Verification, verify

CHAIN = "99999"
LENGTH = 12
COLUMNS = ("chain", "number", "at", "actor", "action", "subject", "details", "previous", "hash")
Owner = Callable[..., list[tuple[Any, ...]]]


class StoredChain:
    """Twelve entries as the product writes them, committed by the owner; `tamper` is SQL as owner."""

    def __init__(self, tamper: Owner, directory: Path) -> None:
        self.tamper = tamper
        self.directory = directory
        self.rows, self.end = _written()
        self.restore()

    def restore(self) -> None:
        """Put the chain back as it was written."""
        self.remove()
        for row in self.rows:
            self.tamper(
                f"INSERT INTO audit_auditentry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})",
                *row,
            )
        self.tamper("INSERT INTO audit_audithead (chain, number, hash) VALUES (%s, %s, %s)", CHAIN, *self.end)

    def remove(self) -> None:
        self.tamper("DELETE FROM audit_auditentry WHERE chain = %s", CHAIN)
        self.tamper("DELETE FROM audit_audithead WHERE chain = %s", CHAIN)

    def export(self) -> None:
        export_heads(self.directory)

    def verify(self) -> Verification:
        return verify(CHAIN, directory=self.directory)

    def first_break(self) -> tuple[int, str] | None:
        """Return (number, reason) of the one break reported."""
        breaks = self.verify().breaks
        assert len(breaks) <= 1
        return (breaks[0].number, breaks[0].reason) if breaks else None


def _written() -> tuple[list[tuple[Any, ...]], tuple[int, str]]:
    with transaction.atomic():
        for number in range(LENGTH):
            record(
                chain=CHAIN,
                actor="account:x",
                action="tests.thing.done",
                subject=f"thing:{number}",
                details={"count": number},
            )
        rows = list(AuditEntry.objects.filter(chain=CHAIN).order_by("number").values_list(*COLUMNS))
        end = AuditHead.objects.values_list("number", "hash").get(chain=CHAIN)
        transaction.set_rollback(True)
    return rows, end


@pytest.fixture
def chain(db: None, owner_sql: Owner, tmp_path: Path) -> Iterator[StoredChain]:
    stored = StoredChain(owner_sql, tmp_path)
    yield stored
    stored.remove()
