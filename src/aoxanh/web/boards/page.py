"""Everything a board's page shows, ready for its template: cards, charts, map, table and texts to copy."""

from typing import Any

from aoxanh.oversight.measures import BREAKDOWNS
from aoxanh.oversight.queries import Figures, Row
from aoxanh.places.models import Place, Trait
from aoxanh.web.boards import cards, charts, drawing, table, words
from aoxanh.web.boards.choice import Choice, board_address
from aoxanh.web.boards.message import message_for


def context(figures: Figures, choice: Choice) -> dict[str, Any]:
    """Return the names that the template of the figures reads."""
    listed = _table(figures, choice)
    return {
        "figures": figures,
        "choice": choice,
        "live": f"?{choice.query(seen=figures.stamp)}",
        "span": words.span(figures),
        "heading": words.heading(figures),
        "file": f"{board_address(figures.place.code, figures.team.id if figures.team else None)}table.csv?{choice.query()}",
        "is_empty": not any(figures.sums.values()),
        "cards": cards.cards(figures),
        "lesser_cards": cards.lesser_cards(figures),
        "charts": {item.key: charts.bars(item, figures.sums) for item in BREAKDOWNS},
        "days": charts.days(figures),
        "map": drawing.draw(figures, choice),
        "table": listed,
        "message": message_for(figures, listed["lines"]),
    }


def _table(figures: Figures, choice: Choice) -> dict[str, Any]:
    columns = table.columns_for(figures)
    default = "name" if figures.team is not None else "sessions"
    sort = choice.sort if choice.sort in {"name", *(column.key for column in columns)} else default
    rows = table.in_order(figures.rows, columns, sort, descending=choice.descending)
    names = [words.row_name(figures, row) for row in rows]
    total = table.total_row(figures)
    lines = [
        {
            "name": name,
            "traits": [words.TRAITS[Trait.Key(trait)] for trait in row.traits],
            "href": _child_address(figures, row, choice),
            "row": row,
            "cells": [(column.key, column.fill(row).text) for column in columns],
        }
        for name, row in zip(names, rows, strict=True)
    ]
    titles = [("name", words.heading(figures)), *((column.key, column.title) for column in columns)]
    heads = [{"title": title, **_sorting(key, sort, choice)} for key, title in titles]
    return {
        "heads": heads,
        "lines": lines,
        "total": [column.fill(total).text for column in columns],
        "text": table.as_text([*names, total.name], [*rows, total], columns, words.heading(figures)),
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


def _child_address(figures: Figures, row: Row, choice: Choice) -> str:
    if figures.team is not None:
        return ""
    is_team = figures.place.level == Place.Level.COMMUNE
    address = board_address(figures.place.code, row.key) if is_team else board_address(row.key)
    return f"{address}?{choice.query()}"
