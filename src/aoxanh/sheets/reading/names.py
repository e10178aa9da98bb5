"""Names of people: composed, out of capitals, folded and with their key for Vietnamese order, word by word."""

import re
from dataclasses import dataclass
from functools import lru_cache

from aoxanh.kernel.text import fold, sort_key
from aoxanh.sheets.reading import cells
from aoxanh.sheets.reading.flaw import CellFlaw

LONGEST_NAME, LONGEST_KEY = 80, 400
MOST_WORDS, MOST_HEADS = 60_000, 30_000
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


_Part = tuple[int, str, str, str, str]


class _Typed(dict[str, _Part]):
    """What the words of names become: how plain a word is, then as shown, folded, its letters and its tones."""

    def __missing__(self, typed: str) -> _Part:
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


class _Heads(dict[str, _Part]):
    """The same of all words of a name but the last: a nation's names begin in far fewer ways than there are people."""

    def __missing__(self, typed: str) -> _Part:
        said: _Part = (_ODD, "", "", "", "")
        if words := [_TYPED[word] for word in typed.split()]:
            marks, shown, folds, letters, tones = zip(*words, strict=True)
            mark = _ODD if _ODD in marks else max(marks)
            said = mark, " ".join(shown), " ".join(folds), " ".join(letters), "0".join(tones)
        if len(self) < MOST_HEADS:
            self[typed] = said
        return said


_HEADS = _Heads()


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

    The same as `person`, `is_name`, `folded` and `listed`, with one look at all words but the last and one at that.
    """
    typed, _, last = cell.rpartition(" ")
    mark, given, given_fold, letters, tones = _TYPED[last]
    if not (mark and typed):
        return _written_singly(cell)
    head_mark, head, head_fold, head_letters, head_tones = _HEADS[typed]
    if not head_mark or head_mark + mark == 2 * _ONE_CASE:
        return _written_singly(cell)
    name = f"{head} {given}"
    if len(name) > LONGEST_NAME:
        return NO_NAME
    key = f"{letters} {head_letters} {letters}\x01{tones}0{head_tones}0{tones}"
    return name, f"{head_fold} {given_fold}", key[:LONGEST_KEY]


def _written_singly(cell: str) -> tuple[str, str, str]:
    """Return the same of a name of one word, all in capitals, with other blanks in it, or that is none."""
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
