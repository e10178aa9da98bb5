"""The rows of a file as lists of plain values, whichever form it has; the first sheet with content, hidden ones left out."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine

from aoxanh.sheets.reading.container import MOST_ROWS, Form
from aoxanh.sheets.reading.encoding import decode
from aoxanh.sheets.reading.flaw import FileFlaw

Row = list[Any]
_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 200_000


def sheets_of(path: Path, form: Form) -> Iterator[tuple[str, int, Iterator[Row]]]:
    """Yield (name, number of rows, rows) of each sheet that can be seen, in order; a CSV file is one without a name.

    Rows are numbered from 1 as Excel shows them: the first row yielded is row 1, blank rows included.
    """
    if form == "csv":
        yield "", 0, _rows_of_text(path)
    else:
        yield from _rows_of_workbook(path)


def _rows_of_workbook(path: Path) -> Iterator[tuple[str, int, Iterator[Row]]]:
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        for name in visible:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS:
                raise FileFlaw("too_many_rows", limit=f"{MOST_ROWS:,}".replace(",", "."))
            yield name, sheet.total_height, sheet.iter_rows()
    except calamine.PasswordError:
        raise FileFlaw("locked") from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        if isinstance(error, FileFlaw):
            raise
        raise FileFlaw("broken") from None


def _rows_of_text(path: Path) -> Iterator[Row]:
    text = decode(path.read_bytes())
    delimiter = _delimiter(text[:20_000])
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader):
            if number >= MOST_ROWS:
                raise FileFlaw("too_many_rows", limit=f"{MOST_ROWS:,}".replace(",", "."))
            yield row
    except csv.Error:
        raise FileFlaw("broken") from None


def _delimiter(sample: str) -> str:
    """Return what separates the cells: the sign by which most lines fall into equally many, and into more than one."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()][:30]
    best, most = ",", 0.0
    for sign in _DELIMITERS:
        counts = [len(next(csv.reader([line], delimiter=sign), [])) for line in lines]
        common = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
        score = counts.count(common) * (common - 1)
        if score > most:
            best, most = sign, score
    return best
