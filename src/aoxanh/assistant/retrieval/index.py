"""BM25F over folded syllables and their pairs, lifted by how much of a title the question says, and what examples taught.

Weights and k1 as measured on Vietnamese procedures (docs/develop/assistant.md). Everything is plain arithmetic in a fixed
order, logarithms rounded, so that a phone gets the same scores to the last digit.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from aoxanh.assistant.retrieval.meaning import Saying, Vocabulary
from aoxanh.assistant.retrieval.reading import MOST_SIGNS, Question, Reader
from aoxanh.assistant.retrieval.words import marked, pairs, words
from aoxanh.assistant.weighing import Weights

K1 = 2.0
SHORTER_IS_BETTER = 0.6
"""BM25's b: how much a long text is held against a word in it."""

TITLE_COVERAGE, ALIAS_COVERAGE = 0.5, 0.4
EXACT = 0.5
"""What a title or alias gains that says all that was asked and no more."""

MARKS_AGREE = 0.03
"""Sổ đỏ and số đo fold alike; where marks were typed they decide between equals, and only there."""

MENTIONED = 0.125
"""An entry that only mentions a word in its body counts so much when it is asked how many are called by it."""

LEAST_SHARE = 0.3
"""An answer scores at least this share of the best one."""

ELSEWHERE = "elsewhere"
"""The class of examples that no procedure of ours answers."""

ROUNDING = 1.000001
"""A bound is given so much room, since sums of the same numbers may differ in their last digit."""

BY_CODE = 1000.0
MOST_ENDINGS, ENDING = 12, 0.6
"""While a person still types, the last word stands for so many words that begin with it, each at this weight."""

_CODE = re.compile(r"[0-9]\.?[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: a code, its titles, what citizens call it, what comes of it, and words that help a little.

    `said` are citizens' words that officials confirmed since the card was written.
    """

    code: str
    titles: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found, best first, and on the same scale what speaks for none of it."""

    found: list["Found"]
    elsewhere: float

    @property
    def lead(self) -> float:
        """By how much the first one is ahead of nothing and of none of them; below any other when nothing was found."""
        return self.found[0].score - max(0.0, self.elsewhere) if self.found else -math.inf


FIELDS = (("titles", 8.0), ("aliases", 4.0), ("said", 4.0), ("result", 1.5), ("body", 0.3))
"""The body stands last: what only it mentions makes a word less rare by little."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer and how well it fits; scores compare within one index."""

    code: str
    score: float


class Index:
    """An in-memory index of up to some thousand entries; `learned` holds what examples say for some of them, and for none."""

    def __init__(
        self,
        entries: Iterable[Entry],
        short_forms: Iterable[Saying] = (),
        vocabulary: Iterable[Saying] = (),
        learned: Weights | None = None,
    ) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.code)
        self._codes = {entry.code.replace(".", "").lower(): entry.code for entry in self._entries}
        terms = [[_terms(getattr(entry, name)) for name, _ in FIELDS] for entry in self._entries]
        self._rarity = _rarities(terms)
        self._postings = _postings(terms, self._rarity)
        self._phrases = [self._phrases_of(entry) for entry in self._entries]
        self._marked = [
            frozenset(word for text in (*entry.titles, *entry.aliases, *entry.said) for word in marked(text))
            for entry in self._entries
        ]
        counts = Counter(term for of_entry in terms for of_field in of_entry for term in of_field)
        self._counts: Mapping[str, int] = counts
        short = {" ".join(words(form)): [words(long) for long in longs] for form, longs in short_forms}
        sayings = Vocabulary(vocabulary)
        self._reader = Reader(counts + Counter(sayings.terms()), short, sayings)
        self._learned = learned or Weights((), (), {})
        self._beginnings = sorted((-count, term) for term, count in counts.items() if " " not in term)

    def search(self, text: str, limit: int = 20, *, typing: bool = False) -> list[Found]:
        """Return the entries that fit, best first; nothing when no word is known. `typing`: the last word may be unfinished."""
        return self.weigh(text, limit, typing=typing).found

    def weigh(self, text: str, limit: int = 20, *, typing: bool = False) -> Searched:
        """Search, and tell how much speaks for none of the entries."""
        text = text[-MOST_SIGNS:]
        asked = self._reader.read(text)
        terms = {**self._endings(text), **asked.terms} if typing else asked.terms
        scores = [0.0] * len(self._entries)
        for term, weight in terms.items():
            for number, impact in self._postings.get(term, ()):
                scores[number] += weight * impact
        points = self._learned.points(terms)
        taught = [points.get(entry.code, 0.0) for entry in self._entries]
        typed = {word: self._rarity[word] for word in asked.typed if word in self._rarity}
        marks = marked(text)
        asked_mass = _total(typed.values())
        ranked = sorted(
            (
                Found(
                    self._entries[number].code,
                    scores[number] * self._lift(number, terms, typed, asked_mass, marks) + taught[number],
                )
                for number in _hopeful(scores, taught, terms, limit)
            ),
            key=lambda found: (-found.score, found.code),
        )
        by_code = [Found(code, BY_CODE) for code in self._codes_in(text)]
        known = {found.code for found in by_code}
        least = _least(ranked[0].score) if ranked else 0.0
        found = by_code + [one for one in ranked if one.code not in known and one.score >= least]
        return Searched(found[:limit], points.get(ELSEWHERE, 0.0))

    def readings(self, text: str) -> tuple[list[str], list[str]]:
        """Return the words of a text as typed, and with short forms written out and keys decoded."""
        return self._reader.readings(text[-MOST_SIGNS:])

    def read(self, text: str) -> Question:
        """Return a question as this index reads it."""
        return self._reader.read(text[-MOST_SIGNS:])

    def _codes_in(self, text: str) -> list[str]:
        wanted = [match.replace(".", "") for match in _CODE.findall(text)]
        wanted.append(text.strip().lower().replace(".", ""))
        return list(dict.fromkeys(self._codes[code] for code in wanted if code in self._codes))

    def _endings(self, text: str) -> dict[str, float]:
        """Return words that the last one may become: those seen after the word before it, else any."""
        before, last = ["", "", *words(text)][-2:]
        if not last or not text[-1:].isalnum() or last in self._counts:
            return {}
        found = [term for _, term in self._beginnings if term.startswith(last)]
        pairs_seen = [pair for term in found if (pair := f"{before} {term}") in self._counts]
        if pairs_seen:
            found = [term for pair in pairs_seen[:MOST_ENDINGS] for term in (pair, pair[len(before) + 1 :])]
            return dict.fromkeys(found, ENDING)
        return dict.fromkeys(found[:MOST_ENDINGS], ENDING)

    def _phrases_of(self, entry: Entry) -> list[tuple[tuple[str, ...], float, float]]:
        """Return for each title and alias its distinct words, their mass, and what saying all of it is worth."""
        phrases = []
        said = (*entry.aliases, *entry.said)
        for worth, texts in ((TITLE_COVERAGE, entry.titles), (ALIAS_COVERAGE, said)):
            for text in texts:
                found = tuple(dict.fromkeys(words(text)))
                phrases.append((found, _total(self._rarity[word] for word in found), worth))
        return phrases

    def _lift(
        self,
        number: int,
        terms: Mapping[str, float],
        typed: Mapping[str, float],
        asked: float,
        marks: AbstractSet[str],
    ) -> float:
        """Return by how much a score grows because a title or alias is what was asked."""
        best = 0.0
        for phrase, mass, worth in self._phrases[number]:
            said = fit = 0.0
            for word in phrase:
                if word in terms:
                    said += self._rarity[word] * terms[word]
                    if word in typed:
                        fit += typed[word]
            if not said:
                continue
            covered = said / mass if mass else 0.0
            best = max(best, covered * (worth + (EXACT * fit / asked if asked else 0.0)))
        agreeing = sum(1 for mark in marks if mark in self._marked[number])
        return (1 + best) * (1 + MARKS_AGREE * agreeing / max(1, len(marks)))


def _least(best: float) -> float:
    """Return what an answer must score beside the best one."""
    return best - (1 - LEAST_SHARE) * abs(best)


def _hopeful(
    scores: Sequence[float], taught: Sequence[float], terms: Mapping[str, float], limit: int
) -> list[int]:
    """Return the entries that may yet be among the first: all others stay behind even if they were lifted as far as can be."""
    above = [number for number, score in enumerate(scores) if score > 0]
    if not above:
        return above
    reached = sorted((scores[number] + taught[number] for number in above), reverse=True)
    least = max(_least(reached[0]), reached[limit - 1] if len(reached) >= limit else -math.inf)
    highest_lift = (1 + max(terms.values()) * (max(TITLE_COVERAGE, ALIAS_COVERAGE) + EXACT)) * (
        1 + MARKS_AGREE
    )
    most = highest_lift * ROUNDING
    return [number for number in above if scores[number] * most + taught[number] >= least]


def _terms(texts: Iterable[str]) -> list[str]:
    found = []
    for text in texts:
        of_text = words(text)
        found += [*of_text, *pairs(of_text)]
    return found


def _rarities(terms: Sequence[Sequence[Sequence[str]]]) -> dict[str, float]:
    """Return how much it tells that a term is said: much where few entries are called so, whatever all of them mention.

    Every card asks for an identity card in its body; that must not make the words mean nothing.
    """
    seen: dict[str, float] = {}
    for of_entry in terms:
        called = dict.fromkeys(term for of_field in of_entry[:-1] for term in of_field)
        mentioned = dict.fromkeys(term for term in of_entry[-1] if term not in called)
        for term in called:
            seen[term] = seen.get(term, 0.0) + 1
        for term in mentioned:
            seen[term] = seen.get(term, 0.0) + MENTIONED
    total = len(terms)
    return {term: _rounded(math.log(1 + (total - n + 0.5) / (n + 0.5))) for term, n in seen.items()}


def _total(values: Iterable[float]) -> float:
    # Not sum(): from Python 3.12 on it is exact beyond a phone's plain additions.
    total = 0.0
    for value in values:
        total += value
    return total


def _rounded(value: float) -> float:
    # Two machines' logarithms may differ in the last digit; what follows is exact on both.
    return math.floor(value * 1e6 + 0.5) / 1e6


def _postings(
    terms: Sequence[Sequence[Sequence[str]]], rarity: Mapping[str, float]
) -> dict[str, list[tuple[int, float]]]:
    """Return for each term in which entries it stands, and what it adds to their score."""
    total = max(1, len(terms))
    averages = [max(1.0, sum(len(of_entry[at]) for of_entry in terms) / total) for at in range(len(FIELDS))]
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, of_entry in enumerate(terms):
        weights: dict[str, float] = {}
        for (_, weight), average, found in zip(FIELDS, averages, of_entry, strict=True):
            length = 1 - SHORTER_IS_BETTER + SHORTER_IS_BETTER * len(found) / average
            for term in found:
                weights[term] = weights.get(term, 0.0) + weight / length
        for term, weight in weights.items():
            impact = rarity[term] * weight * (K1 + 1) / (weight + K1)
            postings.setdefault(term, []).append((number, impact))
    return postings
