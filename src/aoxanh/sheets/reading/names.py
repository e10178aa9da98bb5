"""Names of people: composed, out of capitals, folded and with their key for Vietnamese order, word by word."""

import re
from dataclasses import dataclass
from functools import lru_cache

from aoxanh.kernel.text import fold, sort_key
from aoxanh.sheets.reading import cells
from aoxanh.sheets.reading.flaw import CellFlaw

LONGEST_NAME = 80
_LETTERS = re.compile(r"[^\W\d_]+(?:[ '’.\-][^\W\d_]+|\.| \([^\W\d_]{1,12}\))*")


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a name: as shown, folded, as a key for Vietnamese order, and whether it is letters only."""

    shown: str
    folded: str
    letters: str
    tones: str
    is_plain: bool


@lru_cache(maxsize=60_000)
def _word(text: str) -> _Word:
    """Return what a word becomes; names are made of few words, so each is looked at once."""
    letters, _, tones = sort_key(text).partition("\x01")
    return _Word(text, fold(text), letters, tones, bool(_LETTERS.fullmatch(text)))


@lru_cache(maxsize=60_000)
def _composed(text: str) -> str:
    """Return a word as text, or "" for one that needs a look at the whole cell."""
    try:
        return cells.text_of(text)
    except CellFlaw:
        return ""


@lru_cache(maxsize=60_000)
def _proper(word: str) -> str:
    """Return a word of a name as it is written: lists come in capitals."""
    return "-".join(part.capitalize() for part in word.split("-"))


def person(cell: str) -> str:
    """Return a cell as a name: composed, single spaces, out of all capitals."""
    name = " ".join([_composed(word) for word in cell.split()])
    if name.isupper() or name.islower():
        return " ".join([_proper(word) for word in name.split(" ")])
    return name


def is_name(name: str) -> bool:
    """Tell whether a text can be a name: letters, and short enough."""
    return len(name) <= LONGEST_NAME and (
        all(_word(word).is_plain for word in name.split(" ")) or bool(_LETTERS.fullmatch(name))
    )


def folded(name: str) -> str:
    """Return a name as it is searched."""
    return " ".join([_word(word).folded for word in name.split(" ")])


def listed(name: str) -> str:
    """Return the key that lists names as in Vietnam, by given name; put together from words, whose keys are few."""
    words = [_word(word) for word in name.split(" ")]
    words.insert(0, words[-1])
    key = " ".join([word.letters for word in words]) + "\x01" + "0".join([word.tones for word in words])
    return key[:400]
