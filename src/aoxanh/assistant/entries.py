"""What a procedure card can be found by, and the words people use for it."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from aoxanh.assistant.dialogue import features
from aoxanh.assistant.retrieval import Entry, Index
from aoxanh.assistant.weighing import Weights, learned
from aoxanh.procedures import seed
from aoxanh.procedures.card import Card, Strict

PROCEDURES = "procedures"
"""The weights that say for a question which procedure answers it."""

VOCABULARY = Path(__file__).parent / "data" / "vocabulary.yaml"


class Said(Strict, frozen=True):
    """Ways of saying something, and what may be meant; nothing, where it only must not be taken for something else."""

    said: tuple[str, ...]
    meant: tuple[str, ...]
    region: str = ""


@cache
def vocabulary() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return everyday and regional sayings, each with what may be meant by it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with VOCABULARY.open(encoding="utf-8") as file:
        groups = msgspec.convert(yaml.load(file, Loader=loader), tuple[Said, ...])  # noqa: S506 - both are the safe ones
    return tuple((said, group.meant) for group in groups for said in group.said)


def entry_of(card: Card, said: tuple[str, ...] = ()) -> Entry:
    """Return what a card can be found by; `entryOf` in retrieval.js does the same on the phone.

    `said` are citizens' words for it that officials confirmed.
    """
    texts = [card.authority, *card.papers, *card.steps, *card.notes]
    titles = (card.name.vi, card.name.en)
    return Entry(card.code, titles, card.aliases, (card.result.vi,), tuple(text.vi for text in texts), said)


def index_of(
    cards: Iterable[Card],
    said: Mapping[str, tuple[str, ...]] | None = None,
    weights: Weights | None = None,
) -> Index:
    """Return an index over cards that also knows short forms, what people mean, confirmed words by code, and what examples taught.

    `weights` stand in for those in force.
    """
    short_forms = [(item.short, item.meanings) for item in seed.abbreviations()]
    entries = [entry_of(card, (said or {}).get(card.code, ())) for card in cards]
    return Index(entries, short_forms, vocabulary(), weights or learned(PROCEDURES))


def taught() -> dict[str, Any]:
    """Return what examples taught, for the decisions that a phone makes beside the limits."""
    return {name: learned(name).pack() for name in (PROCEDURES, features.SLOTS, features.ASKING_BACK)}
