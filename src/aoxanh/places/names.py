"""Place names as people type them: a form to search by, the words for kinds, and the runs of words that may be names."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from aoxanh.kernel.text import fold, nfc

LONGEST_NAME = 6  # words in "Văn Miếu - Quốc Tử Giám", the longest of all
MOST_WORDS = 20
MOST_LETTERS = 200
COMMUNE_KINDS = frozenset({"xa", "phuong", "thi_tran", "dac_khu"})
DISTRICT_KINDS = frozenset({"quan", "huyen", "thi_xa", "thanh_pho"})
PROVINCE_KINDS = frozenset({"tinh", "thanh_pho"})
WORDS_OF_KINDS = {
    "tinh": "tỉnh",
    "thanh_pho": "thành phố",
    "xa": "xã",
    "phuong": "phường",
    "dac_khu": "đặc khu",
    "thi_tran": "thị trấn",
    "quan": "quận",
    "huyen": "huyện",
    "thi_xa": "thị xã",
}
_KIND_OF = {fold(words): kind for kind, words in WORDS_OF_KINDS.items()} | {
    "p": "phuong",
    "x": "xa",
    "tt": "thi_tran",
    "dk": "dac_khu",
    "q": "quan",
    "h": "huyen",
    "tx": "thi_xa",
    "tp": "thanh_pho",
    "t": "tinh",
}
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_APOSTROPHES = re.compile(r"['’`]")
_BREAKS = re.compile(r"[,;/()\n]+|\s[-–]\s*(?=(?:xã|phường|quận|huyện|tỉnh|tp)\b)")
_GLUED_NUMBER = re.compile(r"\b([pq])(\d{1,2})\b", re.IGNORECASE)
_GLUED_CITY = re.compile(r"\btp\.?(?=hcm\b)", re.IGNORECASE)
_LONE_I = re.compile(r"^(h|k|l|m|s|t|v|qu)[iy]$")


@dataclass(frozen=True)
class Span:
    """A run of words that may be a name, with the kind that stands before it: "quận Ba Đình"."""

    start: int
    end: int
    text: str
    marked: str
    kind: str
    kind_words: int

    @property
    def first(self) -> int:
        return self.start - self.kind_words

    def overlaps(self, other: "Span") -> bool:
        return self.first < other.end and other.first < self.end


@dataclass(frozen=True)
class Asked:
    """What somebody typed, as words: folded and as written, in the pieces that commas make."""

    pieces: tuple[tuple[str, ...], ...]

    @cached_property
    def count(self) -> int:
        return sum(len(piece) for piece in self.pieces)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Every run of up to six words that no comma cuts, also without the kind word it begins with."""
        found = []
        offset = 0
        for piece in self.pieces:
            folded = [searchable(word) for word in piece]
            for start in range(len(piece)):
                kind, kind_words = _kind_before(folded, start)
                for end in range(start + 1, min(start + LONGEST_NAME, len(piece)) + 1):
                    marked = mark_key(" ".join(piece[start:end]))
                    text = " ".join(folded[start:end])
                    found.append(Span(offset + start, offset + end, text, marked, kind, kind_words))
            offset += len(piece)
        return tuple(found)

    @cached_property
    def by_text(self) -> dict[str, list[Span]]:
        """The spans by each spelling of their text that Vietnamese allows (lý or lí)."""
        grouped: dict[str, list[Span]] = {}
        for span in self.spans:
            for spelling in _spellings(span.text):
                grouped.setdefault(spelling, []).append(span)
        return grouped


def ask(text: str) -> Asked:
    """Read what was typed; what exceeds 200 letters or 20 words is left out."""
    plain = _GLUED_CITY.sub("tp ", _GLUED_NUMBER.sub(r"\1 \2", nfc(text[:MOST_LETTERS]).lower()))
    pieces = []
    left = MOST_WORDS
    for part in _BREAKS.split(_APOSTROPHES.sub("", plain)):
        words = [word for word in re.findall(r"[^\W_]+", part) if searchable(word)][:left]
        left -= len(words)
        if words:
            pieces.append(tuple(words))
    return Asked(tuple(pieces))


def searchable(name: str) -> str:
    """Return a name as it is searched: no diacritics, apostrophes, hyphens or leading noughts: "Ea M'Droh" -> "ea mdroh"."""
    words = re.findall(r"[a-z0-9]+", fold(_APOSTROPHES.sub("", name)))
    return " ".join(word.lstrip("0") or word if len(word) < 5 else word for word in words)


def mark_key(name: str) -> str:
    """Return a name with its diacritics, each tone at the end of its syllable: "hòa" and "hoà" are one spelling."""
    syllables = []
    for word in re.findall(r"\w+", _APOSTROPHES.sub("", nfc(name).lower())):
        decomposed = unicodedata.normalize("NFD", word)
        tones = "".join(char for char in decomposed if char in _TONES)
        syllables.append("".join(char for char in decomposed if char not in _TONES) + tones)
    return " ".join(syllables)


def named(kind: str, name: str) -> str:
    """Return a name with its kind as it is written in a sentence: "phường Trúc Bạch"."""
    return f"{WORDS_OF_KINDS.get(kind, '')} {name}".strip()


def _kind_before(folded: list[str], start: int) -> tuple[str, int]:
    for words in (2, 1):
        if start >= words:
            kind = _KIND_OF.get(" ".join(folded[start - words : start]))
            if kind:
                return kind, words
    return "", 0


def _spellings(text: str) -> set[str]:
    choices = []
    for word in text.split():
        lone = _LONE_I.match(word)
        choices.append((lone[1] + "i", lone[1] + "y") if lone else (word,))
    return {" ".join(words) for words in product(*choices)}
