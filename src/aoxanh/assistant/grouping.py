"""Questions that mean the same, put together: pure, and the same groups in whatever order they came.

Two questions are alike by the telling words and pairs they share, and a little by the procedures that a search finds for them.
A group is only as wide as its two farthest questions: chains of neighbours, of which the ends have nothing in common, do not grow.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

ALIKE = 0.42
"""From here on two questions may share a group; found on questions about one matter in different words."""

WORDS_COUNT = 0.8
"""What shared words count; the rest is what a search finds for both."""


NOTHING_FOUND = 0.75
"""That both are about nothing we hold makes two questions nearly as alike as finding the same would."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: an id, its weighted terms as `retrieval` reads them, and what a search found, best first."""

    key: str
    terms: Mapping[str, float]
    found: Sequence[str] = ()


def groups(asked: Iterable[Asked]) -> list[list[str]]:
    """Return the keys of the questions group by group: the largest group first, then by its first key."""
    questions = sorted(asked, key=lambda one: one.key)
    together = {number: [number] for number in range(len(questions))}
    home = list(range(len(questions)))
    likeness = _likenesses(questions)
    for (left, right), _ in sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0])):
        one, other = home[left], home[right]
        if one == other or not _all_alike(together[one], together[other], likeness):
            continue
        kept, gone = min(one, other), max(one, other)
        for number in together[gone]:
            home[number] = kept
        together[kept] = sorted(together[kept] + together.pop(gone))
    found = [[questions[number].key for number in numbers] for numbers in together.values()]
    return sorted(found, key=lambda keys: (-len(keys), keys[0]))


def likeness(one: Asked, other: Asked, rarity: Mapping[str, float]) -> float:
    """Return how alike two questions are, from 0 to 1; the same whichever is named first."""
    terms = sorted({*one.terms, *other.terms})
    shared = whole = 0.0
    for term in terms:
        first, second = one.terms.get(term, 0.0), other.terms.get(term, 0.0)
        shared += min(first, second) * rarity[term]
        whole += max(first, second) * rarity[term]
    if not whole:
        return 0.0
    # Half of all words in common is nearly the same matter: the root lifts short questions, which have few.
    return WORDS_COUNT * math.sqrt(shared / whole) + (1 - WORDS_COUNT) * _same_finds(one.found, other.found)


def _same_finds(one: Sequence[str], other: Sequence[str]) -> float:
    if not one and not other:
        return NOTHING_FOUND
    if not one or not other:
        return 0.0
    if one[0] == other[0]:
        return 1.0
    return 0.5 if one[0] in other[:3] or other[0] in one[:3] else 0.0


def _likenesses(questions: Sequence[Asked]) -> dict[tuple[int, int], float]:
    """Return the likeness of every pair that shares a term and is alike enough."""
    holders: dict[str, list[int]] = {}
    for number, question in enumerate(questions):
        for term in question.terms:
            holders.setdefault(term, []).append(number)
    rarity = {term: math.log(1 + len(questions) / len(numbers)) for term, numbers in holders.items()}
    pairs = {
        (left, right)
        for numbers in holders.values()
        for at, left in enumerate(numbers)
        for right in numbers[at + 1 :]
    }
    found = {pair: likeness(questions[pair[0]], questions[pair[1]], rarity) for pair in pairs}
    return {pair: value for pair, value in found.items() if value >= ALIKE}


def _all_alike(one: Sequence[int], other: Sequence[int], likeness: Mapping[tuple[int, int], float]) -> bool:
    return all((min(left, right), max(left, right)) in likeness for left in one for right in other)
