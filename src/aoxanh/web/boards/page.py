"""Everything a board's page shows, ready for its template: cards, charts, map, table and texts to copy."""

from typing import Any

from aoxanh.oversight.measures import BREAKDOWNS
from aoxanh.oversight.queries import Figures, Row
from aoxanh.oversight.trend import Usual
from aoxanh.places.models import Place, Trait
from aoxanh.web.boards import cards, charts, confirmed, coverage, drawing, markup, table, words
from aoxanh.web.boards.choice import Choice, board_address
from aoxanh.web.boards.message import message_for


def context(figures: Figures, choice: Choice, usual: Usual | None) -> dict[str, Any]:
    """Return the names that the template of the figures reads; `usual` is how the days stand beside those of earlier weeks."""
    query = choice.query()
    listed = _table(figures, choice, query)
    first, lesser = cards.cards(figures), cards.lesser_cards(figures)
    sure = confirmed.of_all(figures.sums)
    drawn = {item.key: charts.bars(item, figures.sums, sure) for item in BREAKDOWNS}
    return {
        "figures": figures,
        "choice": choice,
        "live": f"?{choice.query(seen=figures.stamp)}",
        "span": words.span(figures),
        "heading": words.heading(figures),
        "file": f"{board_address(figures.place.code, figures.team.id if figures.team else None)}table.csv?{query}",
        "is_empty": not any(figures.sums.values()),
        "cards": first,
        "lesser_cards": lesser,
        "charts": drawn,
        "days": charts.days(figures),
        "map": drawing.draw(figures, choice),
        "usual": coverage.in_words(usual),
        "unreached": coverage.unreached(figures, query),
        "table": listed,
        "message": message_for(figures, (*first, *lesser), drawn, listed["lines"]),
    }


def _table(figures: Figures, choice: Choice, query: str) -> dict[str, Any]:
    columns = table.columns_for(figures)
    default = "name" if figures.team is not None else "sessions"
    sort = choice.sort if choice.sort in {"name", *(column.key for column in columns)} else default
    filled = table.in_order(table.filled(figures.rows, columns), columns, sort, descending=choice.descending)
    total = table.filled_row(table.total_row(figures), columns)
    traits = {key: str(name) for key, name in words.TRAITS.items()}
    lines = [
        markup.Line(
            item.row,
            words.row_name(figures, item.row),
            [traits[Trait.Key(trait)] for trait in item.row.traits],
            _child_address(figures, item.row, query),
            [cell.text for cell in item.cells],
        )
        for item in filled
    ]
    names = [*(line.name for line in lines), total.row.name]
    titles = [("name", words.heading(figures)), *((column.key, column.title) for column in columns)]
    heads = [{"title": title, **_sorting(key, sort, choice)} for key, title in titles]
    return {
        "heads": heads,
        "lines": lines,
        "body": markup.table_body(lines),
        "total": [cell.text for cell in total.cells],
        "text": table.as_text(names, [*filled, total], columns, words.heading(figures)),
    }


def _sorting(key: str, sort: str, choice: Choice) -> dict[str, str]:
    """Return the link that sorts by a column (or turns its order round) and the order it has now."""
    if key != sort:
        return {"href": f"?{choice.query(sort=key, order='asc' if key == 'name' else 'desc')}", "order": ""}
    turned = "asc" if choice.descending else "desc"
    return {
        "href": f"?{choice.query(sort=key, order=turned)}",
        "order": "descending" if choice.descending else "ascending",
    }


def _child_address(figures: Figures, row: Row, query: str) -> str:
    if figures.team is not None:
        return ""
    is_team = figures.place.level == Place.Level.COMMUNE
    address = board_address(figures.place.code, row.key) if is_team else board_address(row.key)
    return f"{address}?{query}"
