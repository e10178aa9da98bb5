"""Names of people: composed, out of capitals, folded and with their key for Vietnamese order, word by word."""

import re
from dataclasses import dataclass
from functools import lru_cache

from aoxanh.kernel.text import fold, sort_key
from aoxanh.sheets.reading import cells
from aoxanh.sheets.reading.flaw import CellFlaw

LONGEST_NAME, LONGEST_KEY = 80, 400
MOST_WORDS = 60_000
_LETTERS = re.compile(r"[^\W\d_]+(?:[ '’.\-][^\W\d_]+|\.| \([^\W\d_]{1,12}\))*")


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a name: as shown, folded, as a key for Vietnamese order, and whether it is letters only."""

    shown: str
    folded: str
    letters: str
    tones: str
    is_plain: bool


@lru_cache(maxsize=MOST_WORDS)
def _word(text: str) -> _Word:
    """Return what a word becomes; names are made of few words, so each is looked at once."""
    letters, _, tones = sort_key(text).partition("\x01")
    return _Word(text, fold(text), letters, tones, bool(_LETTERS.fullmatch(text)))


@lru_cache(maxsize=MOST_WORDS)
def _composed(text: str) -> str:
    """Return a word as text, or "" for one that needs a look at the whole cell."""
    try:
        return cells.text_of(text)
    except CellFlaw:
        return ""


NO_NAME = "", "", ""
_ODD, _ONE_CASE, _BOTH_CASES = range(3)


class _Typed(dict[str, tuple[int, str, str, str, str]]):
    """What the words of names become: how plain a word is, then as shown, folded, its letters and its tones."""

    def __missing__(self, typed: str) -> tuple[int, str, str, str, str]:
        shown = _composed(typed)
        word = _word(shown)
        mark = _ODD
        if word.is_plain and shown and " " not in shown:
            mark = _ONE_CASE if shown.isupper() or shown.islower() else _BOTH_CASES
        said = mark, shown, word.folded, word.letters, word.tones
        if len(self) < MOST_WORDS:
            self[typed] = said
        return said


_TYPED = _Typed()


@lru_cache(maxsize=MOST_WORDS)
def _proper(word: str) -> str:
    """Return a word of a name as it is written: lists come in capitals."""
    return "-".join(part.capitalize() for part in word.split("-"))


def person(cell: str) -> str:
    """Return a cell as a name: composed, single spaces, out of all capitals."""
    name = " ".join([_composed(word) for word in cell.split()])
    if name.isupper() or name.islower():
        return " ".join([_proper(word) for word in name.split(" ")])
    return name


def written(cell: str) -> tuple[str, str, str]:
    """Return a cell's name as written, as searched, and as listed; blanks when it is not plainly a name.

    The same as `person`, `is_name`, `folded` and `listed`, with one look at each word.
    """
    words = [_TYPED[word] for word in cell.split()]
    if not words:
        return NO_NAME
    marks, shown, folds, letters, tones = zip(*words, strict=True)
    if _ODD in marks:
        return NO_NAME
    if _BOTH_CASES not in marks:
        words = [_TYPED[word] for word in person(cell).split()]
        marks, shown, folds, letters, tones = zip(*words, strict=True)
    name = " ".join(shown)
    if _ODD in marks or len(name) > LONGEST_NAME:
        return NO_NAME
    key = f"{letters[-1]} {' '.join(letters)}\x01{tones[-1]}0{'0'.join(tones)}"
    return name, " ".join(folds), key[:LONGEST_KEY]


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
    return key[:LONGEST_KEY]
