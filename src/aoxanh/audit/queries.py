"""Reading the audit: entries newest first, a page at a time."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock

PAGE = 50


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some entries, newest first, and the mark from which the next page goes on ("" at the end)."""

    entries: list[AuditEntry]
    next: str


def entries_in(
    chains: list[str] | None, *, action: str = "", day: date | None = None, after: str = "", size: int = PAGE
) -> EntryPage:
    """Return entries of these chains (None: of all), newest first, from the mark `after` on; a mark that makes no sense is ignored.

    Goes on by key, never by offset, so that a page costs the same however deep it is.
    """
    rows = AuditEntry.objects.order_by("-at", "chain", "number")
    if chains is not None:
        rows = rows.filter(chain__in=chains)
    if action:
        rows = rows.filter(action=action)
    if day:
        start = datetime.combine(day, time.min, clock.VIETNAM)
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    found = list(_from_mark(rows, after)[: size + 1])
    return EntryPage(found[:size], _mark(found[size - 1]) if len(found) > size else "")


def _mark(entry: AuditEntry) -> str:
    return f"{round(entry.at.timestamp() * 1_000_000)}.{entry.chain}.{entry.number}"


def _from_mark(rows: "QuerySet[AuditEntry]", mark: str) -> "QuerySet[AuditEntry]":
    stamp, _, rest = mark.partition(".")
    chain, _, number = rest.partition(".")
    with suppress(ValueError, OverflowError):
        at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(stamp))
        later = Q(chain__gt=chain) | Q(chain=chain, number__gt=min(int(number), 2**62))
        return rows.filter(Q(at__lt=at) | Q(at=at) & later)
    return rows
