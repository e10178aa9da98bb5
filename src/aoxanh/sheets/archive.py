"""A long list as .xlsx, its rows written as XML straight into the archive: several times faster than cell by cell, and no larger in memory.

It knows what a list needs and no more: one sheet of texts, whole numbers and days, titles that stay in view, and drop-downs. Texts
are never formulas, whatever they begin with.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from aoxanh.sheets.reading.layout import Column
from aoxanh.sheets.writing import BLUE, Cell, for_a_sheet

# Excel's sheets end there.
LAST_ROW = 1_048_576
_TEXT, _DAY, _TITLE = 0, 1, 2
_EPOCH = date(1899, 12, 30)
_BLOCK = 1_000
# A fraction of the archive's size more for a third of the time.
_LEVEL = 3
_MOST_CELLS = 20_000
_ESCAPES = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATED}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    f'<fill><patternFill patternType="solid"><fgColor rgb="FF{BLUE[1:].upper()}"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left"/></xf>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}  # fmt: skip


def write_list(
    path: Path, title: str, columns: list[Column], rows: Iterable[Iterable[Cell]], *, spare: int
) -> int:
    """Write a list and return how many rows it has; drop-downs reach `spare` rows further."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, _HEAD + content)
        archive.writestr(
            "xl/workbook.xml",
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets><sheet name={quoteattr(title[:31])} sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out:
            return _write_sheet(out, columns, rows, spare)


def _write_sheet(out: IO[bytes], columns: list[Column], rows: Iterable[Iterable[Cell]], spare: int) -> int:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1" style="{_TEXT}"/>'
        for number, column in enumerate(columns, 1)
    )
    titles = "".join(_text(column.title, _TITLE) for column in columns)
    out.write(
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
        f' state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData><row r="1">{titles}</row>'.encode()
    )
    count, block = 0, []
    known: dict[Cell, str] = {}
    for count, row in enumerate(rows, 1):
        block.append(
            f'<row r="{count + 1}">{"".join([known.get(cell) or _cell(cell, known) for cell in row])}</row>'
        )
        if len(block) == _BLOCK:
            out.write("".join(block).encode())
            block.clear()
    out.write(
        "".join(
            [*block, "</sheetData>", *_choices(columns, min(count + 1 + spare, LAST_ROW)), "</worksheet>"]
        ).encode()
    )
    return count


def _cell(cell: Cell, known: dict[Cell, str]) -> str:
    """Return a cell as XML; most cells of a list say what others said, so they are looked at once."""
    if cell is None or cell == "":
        made = "<c/>"
    elif isinstance(cell, date):
        made = f'<c s="{_DAY}"><v>{(cell - _EPOCH).days}</v></c>'
    elif isinstance(cell, int):
        made = f"<c><v>{cell}</v></c>"
    else:
        made = _text(cell, _TEXT)
    # Names and codes come once only; emptied now and then, it holds what comes again.
    if len(known) >= _MOST_CELLS:
        known.clear()
    known[cell] = made
    return made


def _text(text: str, style: int) -> str:
    # A text that looks like the escape of a sign is escaped itself.
    shown = _ESCAPES.sub(r"_x005F_\1", escape(for_a_sheet(text)))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _choices(columns: list[Column], last: int) -> Iterator[str]:
    """Yield the drop-downs; other words are still taken when the list is read."""
    offered = [(number, column) for number, column in enumerate(columns) if column.choices]
    if offered:
        yield f'<dataValidations count="{len(offered)}">'
        for number, column in offered:
            letter, listed = chr(ord("A") + number), escape(",".join(column.choices))
            yield f'<dataValidation type="list" errorStyle="information" allowBlank="1" showErrorMessage="1" sqref="{letter}2:{letter}{last}">'
            yield f'<formula1>"{listed}"</formula1></dataValidation>'
        yield "</dataValidations>"
