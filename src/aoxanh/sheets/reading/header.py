"""Finding the header: title rows above, merged cells, two-row headers, and titles in any spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from aoxanh.sheets.reading.cells import text_of
from aoxanh.sheets.reading.flaw import CellFlaw
from aoxanh.sheets.reading.layout import Layout, title_key

DEEPEST = 40
_NUMBERING = re.compile(r"\(?([0-9]{1,2}|[a-z])\)?\.?")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and which column holds what.

    `columns` maps a column's key to its index, `first` is the index of the first row below, `titles` are all as shown,
    `left_out` those that nothing is read from (with whether we know them: True means known and on purpose not kept).
    `spill` are indexes of untitled columns that continue the one before (a merged header over two columns).
    """

    columns: dict[str, int]
    first: int
    titles: list[str]
    left_out: list[tuple[str, bool]]
    spill: dict[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def find_header(rows: list[list[Any]], layout: Layout) -> Header | None:
    """Return the best header among the first rows, the one with the fewest required columns missing; None without any."""
    best: tuple[int, int, int, Header] | None = None
    texts = [[_shown(value) for value in row] for row in rows[:DEEPEST]]
    for index, row in enumerate(texts):
        for height in (1, 2):
            if index + height > len(texts):
                continue
            titles = row if height == 1 else _combined(row, texts[index + 1])
            header = _read(titles, index + height, layout)
            if len(header.columns) < 2 and len(header.columns) < len(layout.required):
                continue
            # A two-row header must earn its second row, else a first row of data could be taken for one.
            rank = (-len(header.missing), len(header.columns) + len(header.left_out_known), -height, header)
            if best is None or rank[:3] > best[:3]:
                best = rank
    if best is None:
        return None
    return _past_numbering(best[3], texts)


def _shown(value: Any) -> str:
    try:
        return text_of(value)
    except CellFlaw:
        return ""


def _combined(upper: list[str], lower: list[str]) -> list[str]:
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    return [below or above for above, below in zip(upper, lower, strict=True)]


def _read(titles: list[str], first: int, layout: Layout) -> "_Header":
    columns: dict[str, int] = {}
    left_out: list[tuple[str, bool]] = []
    for index, title in enumerate(titles):
        key = title_key(title)
        if not key:
            continue
        meant = layout.meaning(key)
        if meant is None or meant in columns:
            left_out.append((title[:80], False))
        elif layout.columns[meant].is_read:
            columns[meant] = index
        else:
            left_out.append((title[:80], True))
    spill = {
        key: index + 1
        for key, index in columns.items()
        if key in layout.may_spill and index + 1 < len(titles) and not titles[index + 1]
    }
    return _Header(columns, first, titles, left_out, spill, layout.missing(columns))


class _Header(Header):
    """A header being judged."""

    @property
    def left_out_known(self) -> list[str]:
        return [title for title, known in self.left_out if known]


def _past_numbering(header: Header, texts: list[list[str]]) -> Header:
    """Step over a row that only numbers the columns: (1) (2) (3) or A B C."""
    if header.first < len(texts):
        cells = [cell for cell in texts[header.first] if cell]
        marks = [_NUMBERING.fullmatch(cell.lower()) for cell in cells]
        if len(cells) >= 3 and all(marks) and _counts_up([mark[1] for mark in marks if mark]):
            return Header(
                header.columns, header.first + 1, header.titles, header.left_out, header.spill, header.missing
            )
    return header


def _counts_up(marks: Iterable[str]) -> bool:
    values = [int(mark) if mark.isdigit() else ord(mark) for mark in marks]
    steps = [later - earlier for earlier, later in pairwise(values)]
    return bool(steps) and steps.count(1) >= len(steps) * 0.8
