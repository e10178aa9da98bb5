"""The annexes of a report as tables of a page."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from aoxanh.oversight.reporting.tables import Cell, Table, header_cells

register = template.Library()


@register.simple_tag
def annex(table: Table, language: str) -> SafeString:
    """Return an annex as a table that scrolls sideways on a phone; every text is escaped here."""
    cells = header_cells(table.columns)
    levels = 1 + max(cell["y"] for cell in cells)
    head = "".join(
        "<tr>"
        + "".join(
            f'<th scope="{"col" if cell["colspan"] == 1 else "colgroup"}" colspan="{cell["colspan"]}"'
            f' rowspan="{cell["rowspan"]}">{escape(cell["title"])}</th>'
            for cell in cells
            if cell["y"] == level
        )
        + "</tr>"
        for level in range(levels)
    )
    body = "".join(_row(table, row, language) for row in table.rows)
    foot = f"<tfoot>{_row(table, table.total, language)}</tfoot>" if table.total else ""
    return SafeString(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.title)}"><table class="annex">'
        f"<thead>{head}</thead><tbody>{body}</tbody>{foot}</table></div>"
    )


def _row(table: Table, row: tuple[Cell, ...], language: str) -> str:
    if len(row) == 1:
        return f'<tr><th scope="rowgroup" colspan="{len(table.columns)}">{escape(row[0].text(language))}</th></tr>'
    told = zip(row, table.columns, strict=True)
    cells = (
        f"<td{' class=num' if column.is_number else ''}>{escape(cell.text(language))}</td>"
        for cell, column in told
    )
    return f"<tr>{''.join(cells)}</tr>"
