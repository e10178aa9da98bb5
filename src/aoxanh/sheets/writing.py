"""Writing tables as .xlsx and .csv so that no cell is ever a formula, whatever a name begins with."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

_DANGEROUS = re.compile(r"'?[=+\-@\t\r\n|%＝＋－＠]")
_GUARDED = re.compile(r"'[=+\-@\t\r\n|%'＝＋－＠]")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_CELL = 32_000
BLUE, PALE, RED = "#0b5cab", "#fff6dc", "#fde7ea"
Cell = str | date | int | None
CSV_BLOCK = 500


def csv_lines(titles: list[str], rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """Yield a table as CSV in UTF-8 with its mark, as Excel wants it; a cell that could be a formula gets an apostrophe.

    Reading takes that apostrophe away again.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow(titles)
    for number, row in enumerate(rows, 1):
        writer.writerow([_guarded(_shown(cell), _DANGEROUS) for cell in row])
        if number % CSV_BLOCK == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


class Workbook:
    """An .xlsx file being written, one row after the other, without keeping them in memory."""

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(str(path), _OPTIONS)
        self._book.set_properties({"title": "Áo Xanh"})
        self.formats = {
            "title": self._book.add_format(
                {"bold": True, "font_color": "white", "bg_color": BLUE, "text_wrap": True, "valign": "top"}
            ),
            "day": self._book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
            "text": self._book.add_format({"num_format": "@"}),
            "wrong": self._book.add_format({"bg_color": RED, "num_format": "@"}),
            "remedy": self._book.add_format({"bg_color": PALE, "text_wrap": True, "valign": "top"}),
            "plain": self._book.add_format({"text_wrap": True, "valign": "top"}),
        }

    def sheet(self, name: str, titles: list[str], widths: list[int]) -> "Sheet":
        """Begin a sheet with its titles, which stay in view."""
        sheet = self._book.add_worksheet(name)
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width, self.formats["text"])
        for index, title in enumerate(titles):
            sheet.write_string(0, index, _clean(title), self.formats["title"])
        sheet.freeze_panes(1, 0)
        return Sheet(sheet, self.formats)

    def close(self) -> None:
        self._book.close()


class Sheet:
    """One sheet being written; rows go downwards only."""

    def __init__(self, sheet: Any, formats: dict[str, Any]) -> None:
        self.raw = sheet
        self._formats = formats
        self._next = 1

    def add(self, row: Iterable[Cell], shades: dict[int, str] | None = None) -> None:
        """Write the next row; `shades` names the format of some of its cells."""
        for index, cell in enumerate(row):
            shade = (shades or {}).get(index)
            if isinstance(cell, date):
                self.raw.write_datetime(self._next, index, cell, self._formats[shade or "day"])
            elif isinstance(cell, int):
                self.raw.write_number(self._next, index, cell, self._formats[shade] if shade else None)
            elif cell or shade:
                text = _guarded(_clean(cell or ""), _GUARDED)
                style = self._formats[shade or "text"]
                self.raw.write_string(self._next, index, text, style) if text else self.raw.write_blank(
                    self._next, index, None, style
                )
        self._next += 1


def _guarded(text: str, pattern: re.Pattern[str]) -> str:
    return "'" + text if pattern.match(text) else text


def _shown(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/}{cell.year:04}"
    return "" if cell is None else _UNWRITABLE.sub("", str(cell))


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text)[:MOST_CELL]
