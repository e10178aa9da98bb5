"""The same questions as other fingers type them: without diacritics, with half of them, in raw Telex, with slips."""

import unicodedata
from collections.abc import Callable
from random import Random
from string import ascii_lowercase

from aoxanh.kernel.text import fold

ONE_IN = 5
LEAST_LETTERS = 3
_MODIFIERS = {"\u0302": "same", "\u0306": "w", "\u031b": "w"}
_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


def bare(text: str, random: Random) -> str:  # noqa: ARG001 - all ways of typing are asked alike
    """Return the text without any diacritic."""
    return fold(text)


def half(text: str, random: Random) -> str:
    """Return the text with the diacritics of about half its words."""
    return " ".join(fold(word) if random.random() < 0.5 else word for word in text.split())


def telex(text: str, random: Random) -> str:  # noqa: ARG001
    """Return the keys of a keyboard without an input method: "đăng ký" becomes "ddawng kys"."""
    return " ".join(_keys(word) for word in text.lower().split())


def slips(text: str, random: Random) -> str:
    """Return the text with a slip in one word of five: a letter missed, doubled, changed or swapped with the next."""
    return " ".join(
        _slipped(word, random) if len(word) >= LEAST_LETTERS and random.random() < 1 / ONE_IN else word
        for word in text.split()
    )


WAYS: dict[str, Callable[[str, Random], str]] = {"bare": bare, "half": half, "telex": telex, "slips": slips}


def _keys(word: str) -> str:
    letters, tone = "", ""
    for sign in unicodedata.normalize("NFD", word.replace("đ", "dd")):
        if sign in _TONES:
            tone = _TONES[sign]
        elif sign in _MODIFIERS:
            letters += letters[-1:] if _MODIFIERS[sign] == "same" else _MODIFIERS[sign]
        else:
            letters += sign
    end = len(letters.rstrip("?!.,;:\"')"))
    return letters[:end] + tone + letters[end:]


def _slipped(word: str, random: Random) -> str:
    at = random.randrange(len(word) - 1)
    return random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + random.choice(ascii_lowercase) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
