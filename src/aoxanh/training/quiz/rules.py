"""What an item must be before anybody is asked it."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aoxanh.training.quiz.item import Item, texts_of

NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
MOST_OPTIONS = 8
LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with an item: the field as a dotted path, and a code that the doors put into words."""

    item: str
    field: str
    code: str


def flaws_of(item: Item) -> list[Flaw]:
    """Return what is wrong with one item; nothing when it can be asked, marked and sent to Moodle."""
    found = [Flaw(item.id, "id", "name")] if not NAME.fullmatch(item.id) else []
    for path, text in texts_of(item):
        for language, words in (("vi", text.vi), ("en", text.en)):
            found += [Flaw(item.id, f"{path}.{language}", code) for code in _flaws_of_text(words)]
    answers = {"truefalse": _claim, "matching": _pairs, "numeric": _number}.get(item.kind, _options)
    found += [Flaw(item.id, field, code) for field, code in (*answers(item), *_foreign(item))]
    return found


def flaws_of_bank(items: Iterable[Item], modules: Iterable[str]) -> list[Flaw]:
    """Return what is wrong with a bank: its items, two with one id, and items of modules that are not there."""
    known, seen = set(modules), set[str]()
    found: list[Flaw] = []
    for item in items:
        found += flaws_of(item)
        if item.id in seen:
            found.append(Flaw(item.id, "id", "twice"))
        if item.module not in known:
            found.append(Flaw(item.id, "module", "no_module"))
        seen.add(item.id)
    return found


def _flaws_of_text(words: str) -> Iterator[str]:
    if not words.strip():
        yield "empty"
    elif words != words.strip():
        yield "edges"
    if len(words) > LONGEST_TEXT:
        yield "long"
    if any(_has_no_place_in_text(letter) for letter in words):
        yield "letters"


def _has_no_place_in_text(letter: str) -> bool:
    """Tell whether XML cannot carry it or a reader cannot see it: controls but the line's end, half characters, non-characters."""
    return (unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n") or letter in "\ufffe\uffff"


def _options(item: Item) -> Iterator[tuple[str, str]]:
    if not 2 <= len(item.options) <= MOST_OPTIONS:
        yield "options", "how_many"
    right = sum(option.right for option in item.options)
    if item.kind == "single" and right != 1:
        yield "options", "one_right"
    if item.kind == "multiple" and not 1 <= right < len(item.options):
        yield "options", "some_right"
    for language in ("vi", "en"):
        words = [getattr(option, language).strip().casefold() for option in item.options]
        if len(set(words)) < len(words):
            yield f"options.{language}", "alike"


def _claim(item: Item) -> Iterator[tuple[str, str]]:
    if item.holds is None:
        yield "holds", "no_answer"


def _pairs(item: Item) -> Iterator[tuple[str, str]]:
    # GIFT parts the sides by an arrow and has no way to say that one belongs to the text.
    if not 2 <= len(item.pairs) <= MOST_OPTIONS:
        yield "pairs", "how_many"
    if any(
        "->" in words
        for pair in item.pairs
        for side in (pair.left, pair.right)
        for words in (side.vi, side.en)
    ):
        yield "pairs", "arrow"
    for language in ("vi", "en"):
        for side in ("left", "right"):
            words = [getattr(getattr(pair, side), language).strip().casefold() for pair in item.pairs]
            if len(set(words)) < len(words):
                yield f"pairs.{side}.{language}", "alike"


def _number(item: Item) -> Iterator[tuple[str, str]]:
    if item.number is None or not math.isfinite(item.number):
        yield "number", "no_answer"
    if not (math.isfinite(item.within) and item.within >= 0):
        yield "within", "no_answer"


def _foreign(item: Item) -> Iterator[tuple[str, str]]:
    """Answers that belong to another kind would be silently ignored, so they are refused."""
    if item.options and item.kind not in ("single", "multiple"):
        yield "options", "foreign"
    if item.pairs and item.kind != "matching":
        yield "pairs", "foreign"
    if item.holds is not None and item.kind != "truefalse":
        yield "holds", "foreign"
    if item.number is not None and item.kind != "numeric":
        yield "number", "foreign"
