"""A paper as PDF, laid out by Typst with the Times-like Tinos that lies beside it; one compiler a process serves every report.

Typst is loaded with the first paper and not before: it costs a process about 30 MB. Starting a compiler reads the fonts and costs
about as much as a short paper, so it is kept; it forgets by itself what it laid out before.
"""

import json
import threading
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aoxanh.oversight.reporting.paper import Paper, qr
from aoxanh.oversight.reporting.tables import Cell, Table, header_cells

if TYPE_CHECKING:
    import typst

_TURN = threading.Lock()
_FOLDER = Path(str(resources.files("aoxanh.oversight.reporting"))) / "papers"
_compilers: list["typst.Compiler"] = []


def pdf_of(paper: Paper) -> bytes:
    """Return the paper as PDF (tagged, so that a screen reader finds its headings and tables). About 50 ms of CPU."""
    inputs = {"told": json.dumps(_told(paper), ensure_ascii=False)}
    with _TURN:
        made = _compiler().compile(format="pdf", sys_inputs=inputs)
    if not isinstance(made, bytes):  # it gives pages one by one for pictures only
        raise TypeError("Typst returned no PDF")
    return made


def _compiler() -> "typst.Compiler":
    if not _compilers:
        import typst

        _compilers.append(
            typst.Compiler(
                str(_FOLDER / "report.typ"), font_paths=[str(_FOLDER / "fonts")], ignore_system_fonts=True
            )
        )
    return _compilers[0]


def _told(paper: Paper) -> dict[str, Any]:
    return {
        "language": paper.language,
        "form": paper.form,
        "above": paper.head.above,
        "issuer": paper.head.issuer,
        "stars": paper.head.stars,
        "right": list(paper.head.right),
        "number": paper.number,
        "place_and_day": paper.place_and_day,
        "title": paper.title,
        "excerpt": paper.excerpt,
        "replaces": paper.replaces,
        "sections": [
            {"heading": heading, "blocks": [{"kind": kind, "text": text} for kind, text in blocks]}
            for heading, blocks in paper.sections
        ],
        "recipients": {"heading": paper.recipients, "lines": list(paper.head.recipients)},
        "on_behalf": list(paper.head.on_behalf),
        "signer": paper.signer,
        "signed": paper.signed,
        "check": {"address": paper.check.address, "code": paper.check.code, "qr": qr(paper.check.address)}
        if paper.check
        else None,
        "draft": paper.draft if paper.is_draft else "",
        "annex": paper.annex,
        "notes": paper.notes,
        "tables": [_table(table, paper.language) for table in paper.tables],
    }


def _table(table: Table, language: str) -> dict[str, Any]:
    return {
        "title": table.title,
        "wide": table.is_wide,
        "columns": [
            {"title": column.title, "width": column.width, "is_number": column.is_number}
            for column in table.columns
        ],
        "header": header_cells(table.columns),
        "levels": 2 if any(column.over for column in table.columns) else 1,
        "rows": [_row(row, language) for row in table.rows],
        "total": _row(table.total, language),
        "notes": table.notes,
    }


def _row(row: tuple[Cell, ...], language: str) -> list[str]:
    return [cell.text(language) for cell in row]
