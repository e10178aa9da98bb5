"""A paper as an editable Word document: real styles and headings, tables whose header rows repeat, page numbers from page two on.

The fonts are named, not embedded: Times New Roman is on every office computer that opens it.
"""

import io
from typing import Any

from aoxanh.oversight.reporting.paper import Paper
from aoxanh.oversight.reporting.tables import Cell, Column, Table, header_cells

FONT = "Times New Roman"
_WIDTH_MM, _WIDE_MM = 162, 249  # of the text: A4 less both margins, upright and on its side


def docx_of(paper: Paper) -> bytes:
    """Return the paper as a Word document. About a quarter of a second of CPU, most of it the tables."""
    from docx import Document

    document = Document()
    _set_up(document, paper)
    _head(document, paper)
    _title(document, paper)
    for heading, blocks in paper.sections:
        document.add_heading(heading, level=1)
        for kind, text in blocks:
            if kind == "part":
                document.add_heading(text, level=2)
            else:
                document.add_paragraph(f"– {text}" if kind == "item" else text, style="Body Text")
    _signature(document, paper)
    for index, table in enumerate(paper.tables, start=1):
        _annex(document, paper, table, index)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, paper: Paper) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    document.core_properties.title = f"{paper.title} – {paper.excerpt}"
    document.core_properties.author = paper.head.issuer
    document.core_properties.language = paper.language
    _styles(document)


def _styles(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    for name, size, bold, before, after in (
        ("Normal", 14, False, 0, 0), ("Body Text", 14, False, 0, 6),
        ("Heading 1", 14, True, 10, 6), ("Heading 2", 14, True, 6, 4),
    ):  # fmt: skip
        style = document.styles[name]
        _face(style)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    body = document.styles["Body Text"].paragraph_format
    body.first_line_indent, body.alignment = Mm(10), WD_ALIGN_PARAGRAPH.JUSTIFY


def _face(style: Any) -> None:
    """Name the font for every script: Word keeps one for East Asian letters apart and would fall back to it."""
    from docx.oxml.ns import qn

    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(kind), None)


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields of its own


def _head(document: Any, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = document.add_table(rows=1, cols=2)
    _widths(table, (0.45, 0.55))
    left, right = table.rows[0].cells
    lines: list[tuple[str, dict[str, Any]]] = [(paper.head.above, {"size": 12.5})] if paper.head.above else []
    lines.append((paper.head.issuer, {"size": 12.5, "bold": True, "underline": not paper.head.stars}))
    lines += [("***", {"size": 12})] if paper.head.stars else []
    lines.append((paper.number, {"size": 13}))
    _lines(left, lines, WD_ALIGN_PARAGRAPH.CENTER)
    union = len(paper.head.right) == 1
    titles = [
        (text, {"size": 14 if union else 12.5 + place, "bold": True, "underline": union or place == 1})
        for place, text in enumerate(paper.head.right)
    ]
    _lines(
        right,
        [*titles, (paper.place_and_day, {"size": 13.5, "italic": True})],
        WD_ALIGN_PARAGRAPH.CENTER,
    )


def _title(document: Any, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    texts = [(paper.title, 16, True, False), (paper.excerpt, 14, True, False)]
    texts += [(paper.replaces, 13, False, True)] if paper.replaces else []
    texts = [*([(f"({paper.draft})", 14, False, True)] if paper.is_draft else []), *texts]
    for place, (text, size, bold, italic) in enumerate(texts):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(14 if place == 0 else 2)
        run = paragraph.add_run(text)
        run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _signature(document: Any, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    _widths(table, (0.42, 0.58))
    left, right = table.rows[0].cells
    _lines(
        left,
        [(paper.recipients, {"size": 12, "bold": True, "italic": True})]
        + [(line, {"size": 11}) for line in paper.head.recipients],
        WD_ALIGN_PARAGRAPH.LEFT,
    )
    lines: list[tuple[str, dict[str, Any]]] = [
        (line, {"size": 13, "bold": True}) for line in paper.head.on_behalf
    ]
    if paper.check:
        lines += [
            ("", {"size": 14}),
            (paper.signed, {"size": 10, "italic": True}),
            (f"{paper.check.address}", {"size": 9}),
            (paper.check.code, {"size": 9}),
        ]
    else:
        lines += [("", {"size": 14})] * 3
    _lines(right, [*lines, (paper.signer, {"size": 14, "bold": True})], WD_ALIGN_PARAGRAPH.CENTER)


def _annex(document: Any, paper: Paper, table: Table, index: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    if table.is_wide:
        _turn(document, on_its_side=True)
    heading = document.add_heading(f"{paper.annex} {index}", level=1)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.page_break_before = index == 1 and not table.is_wide
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_after = Pt(6)
    run = title.add_run(table.title)
    run.bold, run.font.size = True, Pt(13)
    _table(document, table, paper.language)
    for place, note in enumerate(([paper.notes, *table.notes]) if table.notes else ()):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(note if place == 0 else f"– {note}")
        run.font.size, run.bold, run.italic = Pt(10), place == 0, place == 0
    if table.is_wide and index < len(paper.tables):
        _turn(document, on_its_side=False)


def _turn(document: Any, *, on_its_side: bool) -> None:
    """Begin a page on its side, or upright again; it has its number like any other."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.add_section()
    section.different_first_page_header_footer = False
    section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if on_its_side else (Mm(210), Mm(297))


def _table(document: Any, table: Table, language: str) -> None:
    header = header_cells(table.columns)
    levels = 1 + max(cell["y"] for cell in header)
    rows = [*table.rows, *([table.total] if table.total else [])]
    drawn = document.add_table(rows=levels + len(rows), cols=len(table.columns))
    drawn.style = "Table Grid"
    total = sum(column.width for column in table.columns)
    whole = _WIDE_MM if table.is_wide else _WIDTH_MM
    _widths(drawn, tuple(column.width / total for column in table.columns), whole)
    # Each look at `.cells` of a row walks the whole table, so they are looked at once.
    cells = drawn._cells  # noqa: SLF001 - python-docx' own list of all cells, row by row
    width = len(table.columns)
    grid = [cells[start : start + width] for start in range(0, len(cells), width)]
    for cell in header:
        start = grid[cell["y"]][cell["x"]]
        end = grid[cell["y"] + cell["rowspan"] - 1][cell["x"] + cell["colspan"] - 1]
        _write(start.merge(end) if end is not start else start, cell["title"], place="center", bold=True)
    for row in drawn.rows[:levels]:
        _repeat(row)
    for row_number, row in enumerate(rows, start=levels):
        _fill(grid[row_number], row, table.columns, language, bold=row is table.total)


def _fill(
    cells: Any, row: tuple[Cell, ...], columns: tuple[Column, ...], language: str, *, bold: bool
) -> None:
    if len(row) == 1:
        _write(cells[0].merge(cells[-1]), row[0].text(language), place="left", bold=True)
        return
    for cell, value, column in zip(cells, row, columns, strict=True):
        _write(cell, value.text(language), place="right" if column.is_number else "left", bold=bold)


def _write(cell: Any, text: str, *, place: str, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, place.upper())
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(11), bold


def _repeat(row: Any) -> None:
    """Let Word show this row again on top of every page that the table runs over."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no setting for it


def _widths(table: Any, parts: tuple[float, ...], whole: int = _WIDTH_MM) -> None:
    """Set the widths on columns alone; the cells of a long table would each cost a look-up and say the same."""
    from docx.shared import Mm

    table.autofit = False
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Mm(whole * part)


def _lines(cell: Any, lines: list[tuple[str, dict[str, Any]]], alignment: Any) -> None:
    from docx.shared import Pt

    for place, (text, look) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = alignment
        run = paragraph.add_run(text)
        run.font.size = Pt(look["size"])
        run.bold, run.italic = look.get("bold", False), look.get("italic", False)
        run.underline = look.get("underline", False)
