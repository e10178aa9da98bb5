"""How alike two initiatives are in their words: trigrams of folded text, and no model.

The share of trigrams that two texts have in common (Jaccard) finds what was told twice in other words of the same sentence. It does
not find the same idea in quite different words; kind and title therefore count beside the texts, and people decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from aoxanh.kernel.text import fold

K = TypeVar("K")
TITLE, TEXT, KIND = 0.55, 0.35, 0.10
NEAR = 0.42


@dataclass(frozen=True, slots=True)
class Told(Generic[K]):
    """What is compared of an initiative; `key` is whatever the caller knows it by."""

    key: K
    kind: str
    title: str
    text: str


def trigrams(text: str) -> frozenset[str]:
    """Return the groups of three letters of each word, its beginning and end marked, as PostgreSQL's pg_trgm cuts them."""
    words = "".join(char if char.isalnum() else " " for char in fold(text)).split()
    return frozenset(f"  {word} "[at : at + 3] for word in words for at in range(len(word) + 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of trigrams that are in both, 0 to 1; two empty texts have nothing in common."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def nearest(
    wanted: Told[K], others: Iterable[Told[K]], *, most: int = 5, least: float = NEAR
) -> list[tuple[float, K]]:
    """Return (likeness, key) of the others that are most like the wanted one, the most alike first."""
    title, text = trigrams(wanted.title), trigrams(wanted.text)
    found = []
    for other in others:
        of_title = similarity(title, trigrams(other.title))
        # A text adds little to titles that have nothing in common, and reading it costs most.
        of_text = similarity(text, trigrams(other.text)) if of_title > 0.1 else 0.0
        score = TITLE * of_title + TEXT * of_text + (KIND if wanted.kind == other.kind else 0.0)
        if score >= least:
            found.append((round(score, 3), other.key))
    return sorted(found, key=lambda pair: (-pair[0], str(pair[1])))[:most]
