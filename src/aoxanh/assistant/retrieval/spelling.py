"""Reading what fingers meant: raw Telex and VNI, and one slip in a syllable."""

import re
from collections.abc import Mapping
from string import ascii_lowercase

from aoxanh.assistant.retrieval.words import is_syllable

LEAST_LETTERS = 3
"""Shorter words have too many neighbours to guess."""

NEIGHBOURS_COUNT = 10
"""A pair seen with the word beside it says more than how frequent a word is."""

_TELEX = (
    ("dd", "d"),
    ("aa", "a"),
    ("ee", "e"),
    ("oo", "o"),
    ("aw", "a"),
    ("ow", "o"),
    ("uw", "u"),
    ("w", "u"),
)
_TONE = re.compile(r"[sfrxj]")
_DIGITS = re.compile(r"[0-9]")


def read_keys(word: str) -> str | None:
    """Return the syllable that raw Telex ("ddawng") or VNI ("d9a8ng") keys stand for, or None when they stand for none."""
    bare = _DIGITS.sub("", word)
    if bare != word:
        return bare if len(word) >= LEAST_LETTERS and is_syllable(bare) else None
    for double, letter in _TELEX:
        bare = bare.replace(double, letter)
    # The tone's key comes last or right after the vowel: "tuoojc", "tuoocj".
    options = [
        bare,
        *(bare[: at.start()] + bare[at.end() :] for at in reversed(list(_TONE.finditer(bare, 1)))),
    ]
    return next((option for option in options if option != word and is_syllable(option)), None)


def meant(word: str, before: str, after: str, counts: Mapping[str, int]) -> tuple[str, bool] | None:
    """Return the known word one slip away that fits best, and whether a neighbour speaks for it; None when none fits.

    `counts` holds how often words and pairs of words were seen.
    """
    if len(word) < LEAST_LETTERS or any(sign.isdigit() for sign in word):
        return None
    best: tuple[int, str] | None = None
    is_backed = False
    for option in sorted(_one_slip_away(word)):
        seen = counts.get(option, 0)
        if not seen:
            continue
        beside = counts.get(f"{before} {option}", 0) + counts.get(f"{option} {after}", 0)
        score = beside * NEIGHBOURS_COUNT + seen
        if best is None or score > best[0]:
            best, is_backed = (score, option), beside > 0
    return (best[1], is_backed) if best else None


def _one_slip_away(word: str) -> set[str]:
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    missed = {left + sign + right for left, right in parts for sign in ascii_lowercase}
    struck = {left + right[1:] for left, right in parts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    wrong = {left + sign + right[1:] for left, right in parts if right for sign in ascii_lowercase}
    return (missed | struck | swapped | wrong) - {word}
