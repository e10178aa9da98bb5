"""The long lists of a board as HTML, written in one go: a template spends more on a thousand cells than on all else of a page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from aoxanh.oversight.definitions import Definition
from aoxanh.oversight.queries import Row
from aoxanh.web.boards.cards import Card


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a board's table: the row behind it, its name and traits as shown, where it leads, and its cells."""

    row: Row
    name: str
    traits: Sequence[str]
    href: str
    cells: Sequence[str]


def table_body(lines: Iterable[Line]) -> SafeString:
    """Return the lines of a table as its rows; every text is escaped here."""
    return SafeString("".join(map(_table_row, lines)))


def _table_row(line: Line) -> str:
    name = escape(line.name)
    if line.href:
        name = f'<a href="{escape(line.href)}">{name}</a>'
    kind = f' <span class="mut small">{escape(line.row.kind)}</span>' if line.row.kind else ""
    traits = "".join(f' <span class="tag">{escape(trait)}</span>' for trait in line.traits)
    cells = escape("\n".join(line.cells)).replace("\n", '</td><td class="num">')
    return f'<tr><th scope="row">{name}{kind}{traits}</th><td class="num">{cells}</td></tr>'


def card_list(cards: Iterable[Card], what: Callable[[Definition], str]) -> SafeString:
    """Return the cards of key figures; `what` draws the mark that tells what a figure counts. Every text is escaped here."""
    return SafeString("".join(_card(card, what(card.definition)) for card in cards))


def _card(card: Card, mark: str) -> str:
    note = f'<p class="note {card.tone}">{escape(card.note)}</p>' if card.note else ""
    sure = f'<p class="note sure">{escape(card.sure)}</p>' if card.sure else ""
    return (
        f'<section class="kpi" data-figure="{card.definition.key}"><h2>{escape(str(card.definition.name))}</h2>{mark}\n'
        f'<p class="value">{escape(card.value)}</p>{sure}{note}{card.curve}</section>\n'
    )


def bar_list(bars: Iterable[tuple[str, str, str, SafeString]]) -> SafeString:
    """Return bars (label, value, share, drawing) as the items of a list; every text is escaped here."""
    return SafeString(
        "".join(
            f'<li><span>{escape(label)}</span><span class="num">{escape(value)}'
            f' <span class="mut">{escape(share)}</span></span>{drawing}</li>'
            for label, value, share, drawing in bars
        )
    )


def value_list(values: Iterable[tuple[str, str]]) -> SafeString:
    """Return names and values as the items of a list; every text is escaped here."""
    return SafeString(
        "".join(
            f'<li><span>{escape(name)}</span><span class="num">{escape(value)}</span></li>'
            for name, value in values
        )
    )
