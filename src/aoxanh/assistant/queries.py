"""Asking the assistant. What it knows is public, so nothing is filtered by who asks, only by day and province."""

from functools import lru_cache
from uuid import UUID

from aoxanh.assistant.alias_queries import said_in
from aoxanh.assistant.entries import index_of
from aoxanh.assistant.retrieval import Index
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.queries import ShownCard


def find_procedures(text: str, province: Place | None = None, limit: int = 20) -> list[ShownCard]:
    """Find the procedures that a person may mean, best first: typed anyhow, short forms, citizens' words, codes.

    A code that was superseded finds the procedure that took its place.
    """
    codes = [found.code for found in index_for(province).search(text, limit)]
    successor = procedures.living_successor(text.strip())
    if successor and successor not in codes:
        codes.insert(0, successor)
    cards = {shown.card.code: shown for shown in procedures.current_cards(province, codes=codes)}
    return [cards[code] for code in codes if code in cards][:limit]


def index_for(province: Place | None = None) -> Index:
    """Return the index of what holds today for a province, or for the nation, with the words that were confirmed there."""
    return _index(procedures.current_version_ids(province), said_in(province))


@lru_cache(maxsize=40)
def _index(version_ids: tuple[UUID, ...], said: tuple[tuple[str, tuple[str, ...]], ...]) -> Index:
    """Build the index over versions, which never change once published; so their ids and the words are a safe key."""
    return index_of(procedures.cards_of_versions(version_ids), dict(said))
