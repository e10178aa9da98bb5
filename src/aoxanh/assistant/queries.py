"""Asking the assistant. What it knows is public, so nothing is filtered by who asks, only by day and province."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from aoxanh.assistant.entries import index_of, vocabulary
from aoxanh.assistant.retrieval import Index
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.queries import ShownCard


def find_procedures(text: str, province: Place | None = None, limit: int = 20) -> list[ShownCard]:
    """Find the procedures that a person may mean, best first: typed anyhow, short forms, citizens' words, codes.

    A code that was superseded finds the procedure that took its place.
    """
    codes = [found.code for found in _index(procedures.current_version_ids(province)).search(text, limit)]
    successor = procedures.living_successor(text.strip())
    if successor and successor not in codes:
        codes.insert(0, successor)
    cards = {shown.card.code: shown for shown in procedures.current_cards(province, codes=codes)}
    return [cards[code] for code in codes if code in cards][:limit]


def sayings() -> list[dict[str, Any]]:
    """Return what people say and may mean by it, as a phone takes it beside the short forms."""
    return [{"short": said, "longs": list(meant), "beside": True} for said, meant in vocabulary()]


@lru_cache(maxsize=40)
def _index(version_ids: tuple[UUID, ...]) -> Index:
    """Build the index over versions, which never change once published; so their ids are a safe key."""
    return index_of(procedures.cards_of_versions(version_ids))
