"""What a procedure card can be found by."""

from collections.abc import Iterable, Mapping

from aoxanh.assistant.retrieval import Entry, Index
from aoxanh.procedures import seed
from aoxanh.procedures.card import Card


def entry_of(card: Card, said: tuple[str, ...] = ()) -> Entry:
    """Return what a card can be found by; `entryOf` in retrieval.js does the same on the phone.

    `said` are citizens' words for it that officials confirmed.
    """
    texts = [card.authority, *card.papers, *card.steps, *card.notes]
    titles = (card.name.vi, card.name.en)
    return Entry(card.code, titles, card.aliases, (card.result.vi,), tuple(text.vi for text in texts), said)


def index_of(cards: Iterable[Card], said: Mapping[str, tuple[str, ...]] | None = None) -> Index:
    """Return an index over cards that also knows the short forms people type, and confirmed words by code."""
    short_forms = [(item.short, item.meanings) for item in seed.abbreviations()]
    return Index([entry_of(card, (said or {}).get(card.code, ())) for card in cards], short_forms)
