"""Vietnamese text: one normal form, folding for search, and a key that sorts as Vietnamese readers expect."""

import re
import unicodedata
from functools import lru_cache

_STROKED = str.maketrans({"đ": "d", "Đ": "D"})
_SPACES = re.compile(r"\s+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
_LETTERS = {
    unicodedata.normalize("NFD", letter).translate({ord(mark): sign for mark, sign in _SHAPES.items()}): index
    for index, letter in enumerate(_ALPHABET)
}


def nfc(text: str) -> str:
    """Return the text composed (NFC), trimmed, with runs of white space made one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def is_storable(text: str) -> bool:
    """Tell whether PostgreSQL and JSON can hold the text: no NUL, no lone surrogate."""
    return "\x00" not in text and (text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text))


def fold(text: str) -> str:
    """Return the text lower-case and without diacritics, as people type in a hurry: 'Đường Đỗ' -> 'duong do'."""
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKED))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _SPACES.sub(" ", bare.replace("’", "'").lower()).strip()


@lru_cache(maxsize=8192)
def sort_key(text: str) -> str:
    """Return an ASCII key that sorts by the Vietnamese alphabet first and by tone (ngang huyền hỏi ngã sắc nặng) second."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        base, tone = _letter_and_tone(char)
        letters.append(base)
        tones.append(str(tone))
    return "".join(letters) + "\x01" + "".join(tones)


def _letter_and_tone(char: str) -> tuple[str, int]:
    """Split one character into its alphabet position (two digits after 'l') and its tone (0 to 5)."""
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), 0)
    shaped = "".join(_SHAPES.get(mark, mark) for mark in decomposed if mark not in _TONES)
    index = _LETTERS.get(shaped)
    if index is not None:
        return f"l{index:02d}", tone
    return ("0" + char, 0) if char.isalnum() else (" ", 0)
