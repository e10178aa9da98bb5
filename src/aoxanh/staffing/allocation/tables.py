"""The engine's rows as plain CSV text, for campaigns that keep their people in a spreadsheet.

A cell that cannot be read names its row and column; several values in a cell are parted by semicolons. The columns are told in
docs/develop/allocation.md.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from aoxanh.staffing.allocation.plan import Plan
from aoxanh.staffing.allocation.problem import KINDS, Commune, Edit, Volunteer

YES = frozenset({"1", "yes", "y", "true", "x", "có", "co"})
NO = frozenset({"", "0", "no", "n", "false", "không", "khong"})
LONGEST = 500


class UnreadableTable(Exception):
    """A table cannot be read; the message names row, column and remedy."""


@dataclass(frozen=True)
class Row:
    """One row of a table with its number as a spreadsheet shows it."""

    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        text = self.cells.get(column, "").strip()
        if len(text) > LONGEST:
            raise UnreadableTable(
                f"row {self.number}, column {column}: longer than {LONGEST} letters; shorten it"
            )
        return text

    def number_of(self, column: str, default: int = 0) -> int:
        text = self.text(column)
        try:
            return int(text) if text else default
        except ValueError:
            raise UnreadableTable(
                f"row {self.number}, column {column}: {text!r} is not a whole number; correct it or leave it empty"
            ) from None

    def decimal(self, column: str) -> float | None:
        text = self.text(column)
        try:
            return float(text) if text else None
        except ValueError:
            raise UnreadableTable(
                f"row {self.number}, column {column}: {text!r} is not a number like 21.03; correct it or leave it empty"
            ) from None

    def flag(self, column: str, *, default: bool = False) -> bool:
        text = self.text(column).lower()
        if text in YES:
            return True
        if text in NO:
            return default if not text else False
        raise UnreadableTable(f"row {self.number}, column {column}: {text!r} is neither yes nor no")

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(filter(None, (word.strip() for word in self.text(column).split(";"))))

    def amounts(self, column: str) -> dict[str, int]:
        """Read "hmn:3;tyz:2"."""
        found = {}
        for word in self.words(column):
            name, _, amount = word.partition(":")
            if not amount.strip().isdecimal():
                raise UnreadableTable(f"row {self.number}, column {column}: write {name}:3 for three of them")
            found[name.strip()] = int(amount)
        return found


def rows(file: TextIO, needed: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of a table whose first line names its columns."""
    reader = csv.DictReader(file)
    names = [name.strip().lstrip("\ufeff") for name in reader.fieldnames or []]
    missing = [name for name in needed if name not in names]
    if missing:
        raise UnreadableTable(f"the first row has no column {', '.join(missing)}; add it")
    reader.fieldnames = names
    try:
        for cells in reader:
            yield Row(reader.line_num, {key: value or "" for key, value in cells.items() if key is not None})
    except csv.Error as error:
        raise UnreadableTable(f"row {reader.line_num}: {error}; save the table as CSV again") from None


def read_people(file: TextIO, last: dict[str, tuple[str, str]] | None = None) -> Iterator[Volunteer]:
    """Yield volunteers; `last` is where each served in the last plan, and wins over the table's own column."""
    for row in rows(file, ("id", "home")):
        id_ = row.text("id")
        commune, kind = (last or {}).get(id_, (row.text("last"), row.text("last_kind")))
        yield Volunteer(
            id_, row.text("home"), row.number_of("technology"), row.number_of("communication"),
            tuple(_group(row, word) for word in row.words("certificates")), row.words("languages"),
            row.number_of("shifts", 1), row.number_of("reach"), row.flag("adult", default=True), row.flag("leads"),
            row.flag("abroad"), commune, kind, row.words("refuses"), row.flag("available", default=True),
        )  # fmt: skip


def _group(row: Row, word: str) -> int:
    if not word.isdecimal():
        raise UnreadableTable(
            f"row {row.number}, column certificates: write the numbers of skill groups, like 1;2"
        )
    return int(word)


def read_communes(file: TextIO) -> Iterator[Commune]:
    """Yield communes with their needs: one column for each kind of post, floor_<kind> where the minimum is set by hand, and the levels wanted."""
    for row in rows(file, ("code", "province")):
        yield Commune(
            row.text("code"), row.text("province"), row.decimal("lat"), row.decimal("lon"),
            {kind: row.number_of(kind) for kind in KINDS},
            {kind: row.number_of(f"floor_{kind}") for kind in KINDS if row.text(f"floor_{kind}")},
            row.amounts("languages"), row.number_of("leaders"), row.number_of("shifts"), row.flag("priority"),
            row.flag("road", default=True), row.number_of("boat_km"),
            {kind: _levels(row, kind) for kind in KINDS},
        )  # fmt: skip


def _levels(row: Row, kind: str) -> tuple[int, int]:
    return row.number_of(f"technology_{kind}"), row.number_of(f"communication_{kind}")


def read_edits(file: TextIO) -> Iterator[Edit]:
    """Yield hand edits: verb (pin or ban), person, commune, kind."""
    for row in rows(file, ("verb", "person", "commune")):
        yield Edit(row.text("verb"), row.text("person"), row.text("commune"), row.text("kind"))


def read_plan(file: TextIO) -> dict[str, tuple[str, str]]:
    """Return where each person of an earlier plan serves, and as what."""
    return {
        row.text("person"): (row.text("commune"), row.text("kind"))
        for row in rows(file, ("person", "commune"))
    }


def write_plan(plan: Plan, file: TextIO) -> None:
    """Write who serves where, in the order of the people; those in reserve have an empty commune."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(("person", "commune", "kind"))
    codes = plan.problem.communes.codes
    for id_, where, kind in zip(
        plan.problem.people.ids, plan.where.tolist(), plan.kind.tolist(), strict=True
    ):
        out.writerow((_safe(id_), codes[where] if where >= 0 else "", KINDS[kind] if where >= 0 else ""))


def _safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
