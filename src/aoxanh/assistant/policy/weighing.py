"""Weighing a text by words and neighbours as examples taught them: for requests that no phrase of the policy foresaw.

The weights are made by `tools/weigh_requests.py` from questions and requests that are marked by hand; see docs/develop/assistant.md.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from aoxanh.assistant.policy.reading import Token

PATH = Path(__file__).parents[1] / "data" / "request_weights.json"
FIRST, LAST, FIGURE = "<", ">", "#"


def spoken(tokens: Sequence[Token]) -> list[str]:
    """Return a word for each place: written out or decoded where it was short or raw, any figure alike."""
    found = [FIRST]
    for token in tokens:
        typed = token.options[0][0]
        found.append(FIGURE if any(sign in "0123456789" for sign in typed) else token.options[-1][0])
    return [*found, LAST]


def features(words: Sequence[str]) -> list[str]:
    """Return the words, the neighbours, and those with one between, each once."""
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    apart = (f"{one}_{other}" for one, other in zip(words, words[2:], strict=False))
    return list(dict.fromkeys((*words, *pairs, *apart)))


class Weights:
    """What each word and pair of words says for a refusal, in whole numbers, so that a phone counts the same."""

    def __init__(self, weights: Mapping[str, int], bias: int, least: int) -> None:
        self._weights = weights
        self._bias = bias
        self._least = least

    def is_refused(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a text is more like what is refused than like what is answered; bare words are too little to tell."""
        return self.weight(tokens) >= self._least

    def weight(self, tokens: Sequence[Token]) -> float:
        """Return how much a text is like what is refused."""
        known = [self._weights[one] for one in features(spoken(tokens)) if one in self._weights]
        return self._bias + sum(known) / math.sqrt(max(1, len(known)))

    def pack(self) -> dict[str, Any]:
        """Return what the phone's twin weighs by."""
        return {"weights": dict(self._weights), "bias": self._bias, "least": self._least}


@cache
def read_weights(path: Path = PATH) -> Weights:
    """Return the weights in force."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return Weights(held["weights"], held["bias"], held["least"])
