"""Weighing a text by what marked examples taught: whole numbers that say what each feature speaks for, on server and phone alike.

`tools/weigh.py` makes them from questions and requests that are marked by hand; see docs/develop/assistant.md.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "data" / "learned.json"
FIRST, LAST = "<", ">"

Features = Mapping[str, float]
"""What is seen in a text, and how much of it."""


class Weights:
    """What each feature says for each class, in points."""

    def __init__(
        self, classes: Sequence[str], bias: Sequence[int], by_feature: Mapping[str, Sequence[int]]
    ) -> None:
        self.classes = tuple(classes)
        self._bias = tuple(bias)
        self._by_feature = by_feature

    def __contains__(self, feature: str) -> bool:
        return feature in self._by_feature

    def points(self, features: Features) -> dict[str, float]:
        """Return the points of each class; they do not grow with the length of a text, and features never seen count nothing."""
        known = [(one, much) for one, much in features.items() if one in self._by_feature]
        squares = 0.0
        for _, much in known:
            squares += much * much
        length = math.sqrt(squares) or 1.0
        points = [float(one) for one in self._bias]
        for one, much in known:
            held = self._by_feature[one]
            for at in range(0, len(held), 2):
                points[held[at]] += held[at + 1] * much / length
        return dict(zip(self.classes, points, strict=True))

    def pack(self) -> dict[str, Any]:
        """Return what the phone's twin weighs by: of each feature the number of a class and its points, in turn."""
        return {"classes": self.classes, "bias": self._bias, "weights": self._by_feature}


@cache
def learned(name: str) -> Weights:
    """Return the weights in force for one decision."""
    held = json.loads(PATH.read_text(encoding="utf-8"))[name]
    return Weights(held["classes"], held["bias"], held["weights"])


def with_neighbours(words: Sequence[str]) -> Iterator[str]:
    """Yield the words of a text between its ends, and each two neighbours."""
    ended = (FIRST, *words, LAST)
    yield from ended
    yield from (f"{one} {other}" for one, other in pairwise(ended))


def levels(name: str, value: float, steps: Sequence[float]) -> Iterator[str]:
    """Yield a feature for each step that a value is beyond, so that weights may follow it as a stair."""
    yield from (f"{name}>{step}" for step in steps if value > step)
