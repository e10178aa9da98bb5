"""Walking the chains to see whether anybody touched what was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Literal

from aoxanh.audit.actions import FIRST_HASH, entry_hash
from aoxanh.audit.heads import ExportedHeads, Head, current_heads, newest_heads
from aoxanh.audit.models import AuditEntry

Reason = Literal["changed", "missing", "swapped", "cut", "rewritten", "extra", "head"]
BATCH = 2000
NO_HEAD = Head(0, FIRST_HASH)


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry of a chain that is not as it was written.

    changed: its content differs. missing: it is gone, later ones are there. swapped: what stands there was written under
    another number. cut: it and all after it are gone. rewritten: the chain holds, but not to the head that was exported.
    extra: it was added behind the chain's end. head: the last entry and the chain's end disagree, so one of them was changed.
    """

    chain: str
    number: int
    reason: Reason


@dataclass(slots=True)
class Verification:
    """What a walk saw."""

    chains: int = 0
    entries: int = 0
    breaks: list[Break] = field(default_factory=list)
    exported: ExportedHeads = field(default_factory=ExportedHeads)

    @property
    def holds(self) -> bool:
        """Whether every chain is as it was written and the exported heads are as they were signed."""
        return not self.breaks and not self.exported.bad_lines


def verify(chain: str | None = None, *, directory: Path | None = None) -> Verification:
    """Walk one chain or all, in order, and name the first broken entry of each.

    Compares with the newest exported heads, from `directory` when a copy in another place is given. Reads in batches, so memory
    does not grow with the chains; safe while others write. About 20 microseconds an entry.
    """
    seen = Verification(exported=newest_heads(directory))
    heads = current_heads(chain)
    exported = {name: head for name, head in seen.exported.heads.items() if chain in (None, name)}
    ends: dict[str, int] = {}
    for name, entries in groupby(_entries(chain), key=lambda entry: entry.chain):
        walk = _Walk(name, heads.get(name), exported.get(name))
        seen.breaks += walk.through(entries)
        seen.entries += walk.count
        ends[name] = walk.last
    gone = sorted((set(heads) | set(exported)) - set(ends))
    for name in gone:
        seen.breaks += _Walk(name, heads.get(name), exported.get(name)).through(iter(()))
    seen.breaks += _behind_the_end(ends, {found.chain for found in seen.breaks}, chain)
    seen.chains = len(ends) + len(gone)
    return seen


def _entries(chain: str | None) -> Iterator[AuditEntry]:
    """Yield the entries by chain and number, a batch at a time."""
    rows = AuditEntry.objects.filter(chain=chain) if chain else AuditEntry.objects.all()
    rows = rows.order_by("chain", "number")
    batch = list(rows[:BATCH])
    while batch:
        yield from batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH])


def _behind_the_end(ends: dict[str, int], broken: set[str], chain: str | None) -> list[Break]:
    """Return chains with entries behind their end; the ends are read again, since honest writers moved them meanwhile."""
    heads = current_heads(chain)
    found = (
        (name, heads.get(name, NO_HEAD).number, last) for name, last in ends.items() if name not in broken
    )
    return [Break(name, end + 1, "extra") for name, end, last in found if last > end]


def _differs(head: Head | None, entry: AuditEntry) -> bool:
    """Tell whether a head speaks of this entry and says otherwise."""
    return head is not None and head.number == entry.number and head.hash != entry.hash


class _Walk:
    """Going through one chain."""

    def __init__(self, chain: str, head: Head | None, exported: Head | None) -> None:
        self.chain = chain
        self.head = head
        self.exported = exported
        self.last = 0
        self.count = 0
        self._previous = FIRST_HASH

    def through(self, entries: Iterator[AuditEntry]) -> list[Break]:
        """Return the chain's first break, if any; goes to the end all the same, to count."""
        broken: Break | None = None
        for entry in entries:
            self.count += 1
            if broken is None:
                broken = self._look_at(entry)
            self.last, self._previous = entry.number, entry.hash
        if broken is None:
            broken = self._look_at_the_end()
        return [broken] if broken else []

    def _look_at(self, entry: AuditEntry) -> Break | None:
        if entry.number != self.last + 1:
            return Break(self.chain, self.last + 1, "missing")
        if entry.previous != self._previous or entry_hash(entry) != entry.hash:
            return self._explain(entry)
        if _differs(self.exported, entry):
            return Break(self.chain, entry.number, "rewritten")
        return Break(self.chain, entry.number, "head") if _differs(self.head, entry) else None

    def _look_at_the_end(self) -> Break | None:
        ends = [head.number for head in (self.head, self.exported) if head]
        return Break(self.chain, self.last + 1, "cut") if max(ends, default=0) > self.last else None

    def _explain(self, entry: AuditEntry) -> Break:
        """Say which entry was touched: this one, or the one before when this one is intact and what follows agrees with it."""
        if entry_hash(entry) != entry.hash:
            return Break(self.chain, entry.number, "swapped" if self._stands_elsewhere(entry) else "changed")
        touched = entry.number - 1 if entry.number > 1 and self._is_agreed(entry) else entry.number
        return Break(self.chain, touched, "changed")

    def _is_agreed(self, entry: AuditEntry) -> bool:
        """Tell whether the next entry, or the chain's end, was written after this very one."""
        following = AuditEntry.objects.filter(chain=self.chain, number=entry.number + 1).first()
        if following is not None:
            return following.previous == entry.hash
        return self.head == Head(entry.number, entry.hash)

    def _stands_elsewhere(self, entry: AuditEntry) -> bool:
        """Tell whether the entry is whole under another number of the chain. Tries them all, once for a broken chain."""
        number = entry.number
        ends = [head.number for head in (self.head, self.exported) if head]
        try:
            for entry.number in range(1, max(ends, default=number) + 1):
                if entry_hash(entry) == entry.hash:
                    return True
            return False
        finally:
            entry.number = number
