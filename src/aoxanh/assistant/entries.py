"""What a procedure card can be found by."""

from collections.abc import Iterable

from aoxanh.assistant.retrieval import Entry, Index
from aoxanh.procedures import seed
from aoxanh.procedures.card import Card


def entry_of(card: Card) -> Entry:
    """Return what a card can be found by; `entryOf` in retrieval.js does the same on the phone."""
    texts = [card.authority, *card.papers, *card.steps, *card.notes]
    titles = (card.name.vi, card.name.en)
    return Entry(card.code, titles, card.aliases, (card.result.vi,), tuple(text.vi for text in texts))


def index_of(cards: Iterable[Card]) -> Index:
    """Return an index over cards that also knows the short forms people type."""
    short_forms = [(item.short, item.meanings) for item in seed.abbreviations()]
    return Index([entry_of(card) for card in cards], short_forms)
