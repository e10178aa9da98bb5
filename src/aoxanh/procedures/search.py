"""Finding a procedure by what people type: without accents, in short forms, by a citizen's own words or by a code."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from aoxanh.kernel.text import fold

TITLE, ALIAS, BODY = 4.0, 3.0, 0.6
"""How much a word counts by where it stands."""

WRITTEN_OUT = 0.95
"""What a reading with a short form written out counts against the words as typed."""

LEAST_SHARE = 0.3
"""An answer scores at least this share of the best one."""

LEAST_KNOWN = 0.5
"""Of what was asked (weighed by rarity) an answer must hold at least this much."""

MOST_WORDS, MOST_READINGS = 24, 16
"""Bounds on the work one search may cause."""

_WORDS = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_CODES = re.compile(r"\b[0-9]\.?[0-9]{6}\b")
# Folded, so a word is left out only where no word of a title folds to it ("thế" and "thẻ" do, hence whole phrases).
_FILLERS = frozenset(
    {"lam", "toi", "em", "muon", "xin", "cho", "hoi", "giup", "nhe", "phai", "la", "gi", "thi"}
    | {"want", "how", "of", "for", "my", "get"}
)
_FILLING_PHRASES = re.compile(
    r"\b(?:nhu the nao|the nao|o dau|bao nhieu|bao lau|how do i|how to|where do i)\b"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: a code, its titles, what citizens call it, and words that only help a little."""

    code: str
    titles: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An answer and how well it fits; only the order of scores means anything."""

    code: str
    score: float


@dataclass(slots=True)
class _Document:
    entry: Entry
    weights: dict[str, float] = field(default_factory=dict)
    phrases: list[tuple[frozenset[str], bool]] = field(default_factory=list)
    accented: frozenset[str] = frozenset()


class Index:
    """An in-memory index of a few hundred entries; building takes milliseconds, a search well under one."""

    def __init__(
        self, entries: Iterable[Entry], short_forms: Iterable[tuple[str, Sequence[str]]] = ()
    ) -> None:
        self._documents = [_document(entry) for entry in entries]
        self._codes = {entry.entry.code.replace(".", ""): entry.entry.code for entry in self._documents}
        self._short = {
            " ".join(words(short)): [words(long) for long in longs] for short, longs in short_forms
        }
        counts = Counter(term for document in self._documents for term in document.weights)
        total = len(self._documents)
        self._rarity = {
            term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in counts.items()
        }
        self._rarest = math.log(1 + (total + 0.5) / 0.5)

    def search(self, text: str, limit: int = 20) -> list[Found]:
        """Return the entries that fit, best first; nothing when nothing fits. Only the first words of a long text count."""
        by_code = [Found(code, 1000.0) for code in self._codes_in(text)]
        best: dict[str, float] = {}
        for place, reading in enumerate(self._readings(words(text[:300])[:MOST_WORDS])):
            for document in self._documents:
                score = self._score(document, reading) * (1.0 if place == 0 else WRITTEN_OUT)
                if score:
                    score *= 1 + 0.1 * _accents_agree(text, document)
                    best[document.entry.code] = max(best.get(document.entry.code, 0.0), score)
        top = max(best.values(), default=0.0)
        found = sorted(
            (Found(code, score) for code, score in best.items() if score >= LEAST_SHARE * top),
            key=lambda item: (-item.score, item.code),
        )
        known = {item.code for item in by_code}
        return (by_code + [item for item in found if item.code not in known])[:limit]

    def _codes_in(self, text: str) -> list[str]:
        wanted = [match.replace(".", "") for match in _CODES.findall(text)]
        wanted.append(text.strip().lower().replace(".", ""))
        return list(dict.fromkeys(self._codes[code] for code in wanted if code in self._codes))

    def _readings(self, asked: list[str]) -> list[list[str]]:
        """Return what the words may mean: as typed, and with each short form written out in each of its meanings."""
        readings: list[list[str]] = [[]]
        position = 0
        while position < len(asked):
            size, meanings = self._meanings_at(asked, position)
            options = [asked[position : position + size], *meanings]
            readings = [reading + option for reading in readings for option in options][:MOST_READINGS]
            position += size
        return [kept for reading in readings if (kept := _without_fillers(reading))]

    def _meanings_at(self, asked: list[str], position: int) -> tuple[int, list[list[str]]]:
        for size in (3, 2, 1):
            meanings = self._short.get(" ".join(asked[position : position + size]))
            if meanings and position + size <= len(asked):
                return size, meanings
        return 1, []

    def _score(self, document: _Document, reading: list[str]) -> float:
        """Return how well a document answers one reading, from 0 to about 2, so that long and short readings compare."""
        asked = dict.fromkeys(reading)
        known = sum(self._rarity[word] for word in asked if word in document.weights)
        share = known / sum(self._rarity.get(word, self._rarest) for word in asked)
        if share < LEAST_KNOWN:
            return 0.0
        reached = possible = 0.0
        for term in (*asked, *dict.fromkeys(_pairs(reading))):
            weight = document.weights.get(term, 0.0)
            possible += self._rarity.get(term, self._rarest)
            reached += self._rarity.get(term, self._rarest) * weight / (weight + 1.5)
        return reached / possible * share * (1 + self._phrase_fit(document, set(reading)))

    def _phrase_fit(self, document: _Document, asked: set[str]) -> float:
        """Return how nearly one title or alias says just what was asked (0 to 1): Jaccard over rarities."""
        return max(
            (
                self._likeness(phrase, asked) * (1.0 if is_title else 0.9)
                for phrase, is_title in document.phrases
            ),
            default=0.0,
        )

    def _likeness(self, phrase: frozenset[str], asked: set[str]) -> float:
        def mass(terms: Iterable[str]) -> float:
            return sum(self._rarity.get(term, self._rarest) for term in terms)

        return mass(phrase & asked) / (mass(phrase | asked) or 1.0)


def words(text: str) -> list[str]:
    """Return the folded words of a text, without whole phrases that ask and name nothing."""
    return _WORDS.findall(_FILLING_PHRASES.sub(" ", fold(text)))


def _document(entry: Entry) -> _Document:
    document = _Document(entry)
    accented: set[str] = set()
    for weight, texts in ((TITLE, entry.titles), (ALIAS, entry.aliases), (BODY, entry.body)):
        for text in texts:
            found = _without_fillers(words(text))
            for term in (*found, *_pairs(found)):
                document.weights[term] = max(document.weights.get(term, 0.0), weight)
            if weight != BODY:
                document.phrases.append((frozenset(found), weight == TITLE))
                accented.update(_marked(text))
    document.accented = frozenset(accented)
    return document


def _pairs(found: Sequence[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(found)]


def _without_fillers(found: list[str]) -> list[str]:
    kept = [word for word in found if word not in _FILLERS]
    return kept or found


def _marked(text: str) -> set[str]:
    """Return the words that carry diacritics, as written."""
    return {
        word for word in re.findall(r"\w+", unicodedata.normalize("NFC", text.lower())) if fold(word) != word
    }


def _accents_agree(text: str, document: _Document) -> float:
    marked = _marked(text)
    return len(marked & document.accented) / len(marked) if marked else 0.0
