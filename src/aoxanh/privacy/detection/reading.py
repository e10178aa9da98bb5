"""Free text as the rules read it: hidden characters gone, every digit ASCII, with and without capitals and diacritics."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from aoxanh.privacy.detection.rules import FOLD, SAME, ZEROS


@dataclass(frozen=True, slots=True)
class Reading:
    """Four views of one text, all of one length; `at[i]` is where character i stood in the composed (NFC) text.

    `shown` keeps capitals and diacritics, `marked` keeps diacritics only, `cased` capitals only, `plain` neither.
    """

    shown: str
    marked: str
    cased: str
    plain: str
    at: list[int]

    def blotted(self, start: int, end: int) -> "Reading":
        """Return the reading with one span unreadable in every view."""

        def blot(view: str) -> str:
            return view[:start] + "#" * (end - start) + view[end:]

        return Reading(blot(self.shown), blot(self.marked), blot(self.cased), blot(self.plain), self.at)


def read(text: str) -> Reading:
    """Return the views of a text."""
    shown: list[str] = []
    at: list[int] = []
    for index, char in enumerate(unicodedata.normalize("NFC", text)):
        clean = _clean(char)
        if clean == " " and shown[-1:] == [" "]:
            continue
        shown.extend(clean)
        at.extend([index] * len(clean))
    cased = "".join(map(_bare, shown))
    return Reading("".join(shown), "".join(map(_small, shown)), cased, "".join(map(_small, cased)), at)


@lru_cache(maxsize=4096)
def _clean(char: str) -> str:
    """Return what stands for one character: nothing for hidden ones, one space, dash or ASCII digit for their many kinds."""
    if char in SAME:
        return SAME[char]
    for part in unicodedata.normalize("NFKC", char) if not char.isascii() else char:
        category = unicodedata.category(part)
        if category == "Cf" or category.startswith("M"):
            return ""
        if category.startswith("Z") or part in "\t\n\r":
            return " "
        if category == "Pd":
            return "-"
    return "".join(map(_digit, unicodedata.normalize("NFKC", char)))


def _digit(char: str) -> str:
    """Return the ASCII digit for a digit of any script; `ZEROS` names the zero of each, so that old browsers agree."""
    if char.isascii():
        return char
    code = ord(char)
    return next((str(code - zero) for zero in ZEROS if zero <= code < zero + 10), char)


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    """Return the letter without its diacritics; exactly one character, so that the views stay in step."""
    if char in FOLD:
        return FOLD[char]
    letters = [
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.category(part).startswith("M")
    ]
    return letters[0] if len(letters) == 1 else char


@lru_cache(maxsize=4096)
def _small(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char
