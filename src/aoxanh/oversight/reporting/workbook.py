"""A report's annexes as an Excel workbook in the layout of the provinces' "biểu tổng hợp": merged heads, STT, units, a total.

Numbers are numbers: Excel writes 1.234,5 where the computer is set to Vietnamese, and sums can be made of them.
"""

import io
from dataclasses import dataclass
from typing import Any

from aoxanh.oversight.reporting.heads import NO_BREAK
from aoxanh.oversight.reporting.paper import Paper
from aoxanh.oversight.reporting.tables import Cell, Table, header_cells

_FORMATS = {"count": "#,##0", "decimal": "#,##0.0", "share": "0.0%", "change": "+0.0%;-0.0%;0%", "text": "@"}
_SHEETS = {
    "vi": {"figures": "Số liệu", "units": "Biểu tổng hợp", "breakdowns": "Phân loại", "confirmed": "Xác nhận", "entries": "Kiến nghị"},
    "en": {"figures": "Figures", "units": "Summary", "breakdowns": "Breakdowns", "confirmed": "Confirmed", "entries": "Proposals"},
}  # fmt: skip
FONT = "Times New Roman"
_HEAD_ROWS = 6


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of one workbook, made once: each call to `add_format` adds one to the file."""

    book: Any
    made: dict[tuple[tuple[str, Any], ...], Any]

    def of(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(
                {"font_name": FONT, "font_size": 12, "valign": "vcenter", **look}
            )
        return self.made[key]


def workbook_of(paper: Paper) -> bytes:
    """Return the annexes as one workbook, the summary by unit first."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": f"{paper.title} – {paper.excerpt}", "author": paper.head.issuer})
        looks = _Looks(book, {})
        names = _SHEETS[paper.language]
        for table in sorted(paper.tables, key=lambda table: table.key != "units"):
            _sheet(book.add_worksheet(names[table.key]), looks, paper, table)
    return out.getvalue()


def _sheet(sheet: Any, looks: _Looks, paper: Paper, table: Table) -> None:
    header = header_cells(table.columns)
    last = len(table.columns) - 1
    _head(sheet, looks, paper, table, last)
    for cell in header:
        _header(sheet, looks, cell)
    first = _HEAD_ROWS + 1 + max(cell["y"] for cell in header)
    for column, wanted in enumerate(table.columns):
        sheet.set_column(column, column, 11 * wanted.width if column else 6 * max(1.0, 2 * wanted.width))
    for number, row in enumerate(table.rows, start=first):
        _row(sheet, looks, number, row, last)
    end = first + len(table.rows)
    if table.total:
        _row(sheet, looks, end, table.total, last, is_bold=True)
        end += 1
    for number, note in enumerate(table.notes, start=end + 1):
        sheet.write_string(number, 0, note, looks.of(italic=True, font_size=10))
    sheet.freeze_panes(first, 2 if last > 3 else 1)
    sheet.repeat_rows(_HEAD_ROWS, first - 1)
    sheet.set_paper(9)
    if last > 6:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _head(sheet: Any, looks: _Looks, paper: Paper, table: Table, last: int) -> None:
    """Write issuer and motto side by side, and title and days across the sheet."""
    half = max(1, last // 2)
    lines = (
        (0, 0, half, paper.head.issuer.replace(NO_BREAK, " "), looks.of(bold=True, align="center")),
        (1, 0, half, paper.number, looks.of(align="center")),
        (3, 0, last, table.title.upper(), looks.of(bold=True, align="center", font_size=14)),
        (4, 0, last, paper.excerpt, looks.of(italic=True, align="center", text_wrap=True)),
        *((place, half + 1, last, text, looks.of(bold=True, align="center")) for place, text in enumerate(paper.head.right)),
    )  # fmt: skip
    for row, first, end, text, look in lines:
        if end > first:
            sheet.merge_range(row, first, row, end, text, look)
        else:
            sheet.write_string(row, first, text, look)
    sheet.set_row(4, 34)


def _header(sheet: Any, looks: _Looks, cell: dict[str, Any]) -> None:
    look = looks.of(bold=True, align="center", text_wrap=True, border=1, bg_color="#EEF2F6")
    top, left = _HEAD_ROWS + cell["y"], cell["x"]
    bottom, right = top + cell["rowspan"] - 1, left + cell["colspan"] - 1
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, cell["title"], look)
    else:
        sheet.merge_range(top, left, bottom, right, cell["title"], look)


def _row(
    sheet: Any, looks: _Looks, number: int, row: tuple[Cell, ...], last: int, *, is_bold: bool = False
) -> None:
    if len(row) == 1:
        sheet.merge_range(number, 0, number, last, str(row[0].value), looks.of(bold=True, border=1))
        return
    for column, cell in enumerate(row):
        look = looks.of(
            bold=is_bold, border=1, num_format=_FORMATS[cell.format], text_wrap=cell.format == "text",
            align="left" if cell.format == "text" else "right",
        )  # fmt: skip
        if cell.value is None:
            sheet.write_blank(number, column, None, look)
        elif isinstance(cell.value, str):
            sheet.write_string(number, column, cell.value, look)
        else:
            sheet.write_number(number, column, cell.value, look)
