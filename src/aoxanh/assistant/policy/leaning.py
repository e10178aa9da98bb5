"""What a text is most like, of those that examples show: one to be refused, one about nothing we hold, or one to be answered."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from aoxanh.assistant.policy.reading import Token
from aoxanh.assistant.replies import Kind
from aoxanh.assistant.weighing import FIRST, LAST, Features, learned

REQUESTS = "requests"
REFUSED, OUTSIDE, ANSWERED = "refuse", "outside", "answer"

A_RULE = 2.0
"""How much it counts that a phrase of the policy was said, beside 1 for a word."""

LEAST_REFUSED = -6
"""From so many points more for refusing than for answering on, a text is refused that no phrase foresaw."""

OUTWEIGHED = {Kind.REFUSE: 8, Kind.OUTSIDE: 3}
"""So many points more for answering overrule a phrase of this kind."""

LEAST_WORDS = 3
"""Fewer words are too little to tell a request from the name of a thing."""

FIGURE = "#"


def leaning(tokens: Sequence[Token], rule: str = "") -> dict[str, float]:
    """Return the points of each class for a text, and for the rule whose phrase was said in it."""
    return learned(REQUESTS).points(features(spoken(tokens), rule))


def is_refused(points: Mapping[str, float]) -> bool:
    """Tell whether a text that meets no phrase is like what is refused, more than like what lies outside."""
    refused = points[REFUSED]
    return refused - points[ANSWERED] >= LEAST_REFUSED and refused >= points[OUTSIDE]


def is_outweighed(kind: Kind, points: Mapping[str, float]) -> bool:
    """Tell whether a text is so clearly one to be answered that a phrase for refusing it, or for calling it outside, is overruled."""
    against = OUTSIDE if kind is Kind.OUTSIDE else REFUSED
    return points[ANSWERED] - points[against] >= OUTWEIGHED[kind]


def spoken(tokens: Sequence[Token]) -> list[str]:
    """Return a word for each place: written out or decoded where it was short or raw, any figure alike."""
    found = [FIRST]
    for token in tokens:
        typed = token.options[0][0]
        found.append(FIGURE if any(sign in "0123456789" for sign in typed) else token.options[-1][0])
    return [*found, LAST]


def features(words: Sequence[str], rule: str = "") -> Features:
    """Return the words, the neighbours, those with one between, and the rule that was met."""
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    apart = (f"{one}_{other}" for one, other in zip(words, words[2:], strict=False))
    found = dict.fromkeys((*words, *pairs, *apart), 1.0)
    return {**found, f"rule:{rule}": A_RULE} if rule else found


def leaning_pack() -> dict[str, Any]:
    """Return what the phone's twin leans by."""
    return {
        **learned(REQUESTS).pack(),
        "least": LEAST_REFUSED,
        "least_words": LEAST_WORDS,
        "outweighed": {kind.value: least for kind, least in OUTWEIGHED.items()},
        "rule": A_RULE,
    }
