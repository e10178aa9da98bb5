"""Letters as they are judged: look-alikes of other scripts made plain, hidden signs gone, each word with the marks it was typed with.

A word typed without marks may be any word that folds alike; one typed with marks, or with some of them, may only be a word
that has those marks: "hồ" is not "hộ", "mât" is "mật". Hỏi and ngã are mixed up so often that they count as one.
"""

import unicodedata
from dataclasses import dataclass

ANY_MARKS = "*"
"""Stands for the marks of a word that is no Vietnamese syllable (otp, zalo): whatever is typed on it agrees."""

_MARKS = {
    "\u0300": "f",
    "\u0301": "s",
    "\u0303": "r",
    "\u0309": "r",
    "\u0323": "j",
    "\u0302": "c",
    "\u0306": "b",
    "\u031b": "h",
}
STROKE, _STROKED = "d", "\ue000"

# Letters of other scripts that look like ours; NFKC already made plain what is full-width, bold, circled or raised.
LOOKALIKES = {
    pair[0]: pair[1]
    for pair in (
        "аa вb еe кk мm нh оo рp сc тt уy хx іi ѕs јj һh ԁd ԛq ԝw ӏl ьb пn иu αa βb γy εe ηn ιi κk νv οo ρp σo τt υu χx ωw"
        " ɑa ɡg ıi ƚl łl øo ɩi ʟl ᴏo ᴛt ᴘp ʀr ᴀa ᴇe ᴍm ᴋk ʜh ᴜu ɴn ɪi ꜱs"
    ).split()
}
_SPACES = " \t\n\r"
HIDDEN = "\u115f\u1160"
_LEET = str.maketrans("013457@$", "oieastas")


@dataclass(frozen=True, slots=True)
class Written:
    """A word as it was typed: its folded letters and signs, its marks in order of the alphabet, and its sentence."""

    letters: str
    marks: str
    sentence: int = 0


def agree(typed: str, meant: str) -> bool:
    """Tell whether a word typed with those marks can be the one that has these."""
    return meant == ANY_MARKS or all(typed.count(mark) <= meant.count(mark) for mark in typed)


def without_leet(word: str) -> str:
    """Return the word with digits and signs read as the letters they look like: "m4t" -> "mat"."""
    return word.translate(_LEET)


def written_words(text: str) -> list[Written]:
    """Return the words of a text; "." "?" "!" and ";" before a space end a sentence."""
    found: list[Written] = []
    letters, marks, sentence, is_ending = "", "", 0, False
    for sign in f"{_plain(text)} ":
        if sign in _MARKS or sign == _STROKED:
            marks += _MARKS.get(sign, STROKE) if letters else ""
        elif ("a" <= sign <= "z") or ("0" <= sign <= "9") or sign in "@$*":
            letters += sign
            is_ending = False
        elif not unicodedata.category(sign).startswith("M"):
            if letters.strip("@$*"):
                found.append(Written(letters, "".join(sorted(marks)), sentence))
            letters, marks = "", ""
            is_space = sign in _SPACES
            sentence += is_ending and is_space
            is_ending = sign in ".?!;" or (is_ending and not is_space)
    breaks = found[-1].sentence if found else 0
    # Stops between nearly all words are a disguise and no sentences.
    return [Written(one.letters, one.marks) for one in found] if breaks * 3 > len(found) else found


def _plain(text: str) -> str:
    small = unicodedata.normalize("NFKC", text).lower().replace("đ", f"d{_STROKED}")
    shown = (
        LOOKALIKES.get(sign, sign)
        for sign in small
        if unicodedata.category(sign) != "Cf" and sign not in HIDDEN
    )
    return unicodedata.normalize("NFD", "".join(shown))
