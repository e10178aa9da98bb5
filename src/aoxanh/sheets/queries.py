"""Reads of the sheets room: a person's own uploads, and the rows of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from aoxanh.people.actors import Actor
from aoxanh.places import queries as places
from aoxanh.sheets.errors import NoSuchImport
from aoxanh.sheets.flaws import Told, tell
from aoxanh.sheets.models import SheetImport, ShownRow
from aoxanh.sheets.reading.layout import LAYOUTS
from aoxanh.sheets.reading.stage import SEPARATOR


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not right: its number, its cells as sent, and each flaw in words with its column's index in the file."""

    number: int
    cells: list[str]
    flaws: list[tuple[int | None, Told]]


def imports_of(actor: Actor) -> QuerySet[SheetImport]:
    """Return the actor's own uploads, newest first; nobody sees another's."""
    return SheetImport.objects.filter(account=actor.account_id, account__isnull=False).order_by("-made_at")


def import_of(actor: Actor, import_id: UUID, *, lock: bool = False) -> SheetImport:
    """Return one of the actor's uploads, locked for an action. Raises NoSuchImport."""
    rows = SheetImport.objects.filter(id=import_id, account=actor.account_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NoSuchImport
    return found


def bad_rows(sheet: SheetImport, limit: int | None = None) -> Iterator[BadRow]:
    """Yield the rows of an upload that are not right, in order."""
    rows = ShownRow.objects.filter(sheet_id=sheet.id, verdict=ShownRow.Verdict.BAD).order_by("number")
    rows = rows[:limit] if limit else rows
    addresses: dict[str, str] = {}
    for row in rows.iterator(chunk_size=2_000):
        flaws = row.flaws or []
        wanted = {code for flaw in flaws for code in flaw[2].get("codes", "").split()} - addresses.keys()
        if wanted:
            addresses |= places.addresses_of(wanted)
        told = [(sheet.columns.get(flaw[0]), tell(sheet.kind, flaw, addresses)) for flaw in flaws]
        yield BadRow(row.number, row.cells.split(SEPARATOR), told)


def good_rows(sheet: SheetImport, limit: int) -> list[ShownRow]:
    """Return the first rows of an upload that can be stored."""
    return list(
        ShownRow.objects.filter(sheet_id=sheet.id)
        .exclude(verdict=ShownRow.Verdict.BAD)
        .order_by("number")[:limit]
    )


def values_of(sheet: SheetImport, row: ShownRow) -> dict[str, str]:
    """Return an understood row's values by name."""
    return dict(zip(LAYOUTS[sheet.kind].stored, row.cells.split(SEPARATOR), strict=True))
