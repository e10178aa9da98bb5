"""From a typed sentence to weighted terms: short forms written out, keys decoded, slips repaired; what was typed stays."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aoxanh.assistant.retrieval.meaning import Heard, Vocabulary
from aoxanh.assistant.retrieval.spelling import meant, read_keys
from aoxanh.assistant.retrieval.words import is_syllable, marked, words

MOST_SIGNS, MOST_WORDS = 2000, 160
"""Bounds on the work one question may cause."""

LONGEST_SHORT_FORM = 4
TYPED, WRITTEN_OUT, ONE_OF_SEVERAL, REPAIRED, GUESSED = 1.0, 0.9, 0.6, 0.9, 0.3
"""How much a reading counts against the words as typed."""

MEANT, ONE_MEANT = 0.9, 0.6
"""How much what is meant counts, when one thing is and when it may be any of several."""

ASIDE = 0.3
"""How much words count that speak of no procedure, as the vocabulary knows."""

FULL_SIZE = 2
"""A meaning of more words counts less in each, so that a long name is no louder than a short one."""

SURER, MOST_SURE = 0.25, 1.5
"""By how much each word more of a saying makes it surer; one over a gap is as sure as can be."""

# These ask and name nothing. Folded words that may also name something ("the" is thế and thẻ) are left to their rarity.
_FILLERS = frozenset(
    "la va cua co cho duoc cac nhung mot nay thi ma toi em anh chi o voi nhu gi nao bao nhieu khong de khi den ra tai theo"
    " phai can muon a vay hay hoac do neu xin hoi cam on minh bi nen con di lam sao chu bac ong ba co chau oi nhe nha voi"
    " ko k dc j z v want how of for my get the to do i a is what where".split()
)


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a stretch of words."""

    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Question:
    """Terms (words, and pairs of neighbours) with what each counts, in reading order; and the telling words as typed."""

    terms: dict[str, float]
    typed: tuple[str, ...]


class Reader:
    """Reads questions by short forms and by what the index has seen."""

    def __init__(
        self,
        counts: Mapping[str, int],
        short_forms: Mapping[str, Sequence[Sequence[str]]],
        vocabulary: Vocabulary,
    ) -> None:
        self._counts = counts
        self._short = short_forms
        self._vocabulary = vocabulary

    def read(self, text: str) -> Question:
        """Read a question; only the last words of a very long one."""
        stretches = self._stretches(words(text)[-MOST_WORDS:])
        spoken = [_likeliest(options).words for options in stretches]
        heard = list(self._vocabulary.hear([word for said in spoken for word in said], marked(text)))
        aside = _aside(spoken, heard)
        weighed = [
            [Option(option.words, option.weight * ASIDE) for option in options] if at in aside else options
            for at, options in enumerate(stretches)
        ]
        meant = [
            [Option(tuple(meaning), _worth(meaning, saying)) for meaning in saying.meanings]
            for saying in heard
        ]
        terms: dict[str, float] = {}
        for term, weight in (*_within(weighed), *_between(weighed), *_within(meant)):
            terms[term] = max(terms.get(term, 0.0), weight)
        typed = (
            word
            for at, options in enumerate(stretches)
            for word in options[0].words
            if at not in aside and word not in _FILLERS
        )
        return Question(terms, tuple(dict.fromkeys(typed)))

    def _stretches(self, asked: list[str]) -> list[list[Option]]:
        stretches: list[list[Option]] = []
        at = 0
        while at < len(asked):
            size, meanings = self._short_form_at(asked, at)
            typed = Option(tuple(asked[at : at + size]), TYPED)
            if meanings:
                weight = WRITTEN_OUT if len(meanings) == 1 else ONE_OF_SEVERAL
                stretches.append([typed, *(Option(tuple(meaning), weight) for meaning in meanings)])
            else:
                before = stretches[-1][-1].words[-1] if stretches else ""
                after = asked[at + 1] if at + 1 < len(asked) else ""
                stretches.append([typed, *self._repaired(asked[at], before, after)])
            at += size
        return stretches

    def readings(self, text: str) -> tuple[list[str], list[str]]:
        """Return the words as typed, and as they most likely read; a mere guess is not followed."""
        stretches = self._stretches(words(text)[-MOST_WORDS:])
        written = [
            options[1] if len(options) > 1 and options[1].weight > GUESSED else options[0]
            for options in stretches
        ]
        typed = [word for options in stretches for word in options[0].words]
        return typed, [word for option in written for word in option.words]

    def _short_form_at(self, asked: list[str], at: int) -> tuple[int, Sequence[Sequence[str]]]:
        for size in range(LONGEST_SHORT_FORM, 0, -1):
            meanings = self._short.get(" ".join(asked[at : at + size]))
            if meanings and at + size <= len(asked):
                return size, meanings
        return 1, ()

    def _repaired(self, word: str, before: str, after: str) -> list[Option]:
        """Return what else a word may be; a word that is known beside its neighbours is left alone."""
        if not is_syllable(word) and word not in self._counts:
            decoded = read_keys(word)
            if decoded is not None:
                return [Option((decoded,), REPAIRED)]
        elif self._counts.get(f"{before} {word}") or self._counts.get(f"{word} {after}") or word in _FILLERS:
            return []
        found = meant(word, before, after, self._counts)
        if found is None:
            return []
        option, is_backed = found
        if not is_syllable(word) and word not in self._counts:
            return [Option((option,), REPAIRED)]
        return [Option((option,), GUESSED)] if is_backed else []


def _aside(spoken: Sequence[Sequence[str]], heard: Sequence[Heard]) -> set[int]:
    """Return the stretches that stand in a saying which means nothing here."""
    owners = [at for at, said in enumerate(spoken) for _ in said]
    return {
        owner
        for saying in heard
        if not saying.meanings
        for owner in owners[saying.at : saying.at + saying.size]
    }


def _worth(meaning: Sequence[str], saying: Heard) -> float:
    chosen = MEANT if len(saying.meanings) == 1 else ONE_MEANT
    surer = MOST_SURE if saying.is_over_a_gap else min(MOST_SURE, 1 + SURER * max(0, saying.size - FULL_SIZE))
    return chosen * surer * math.sqrt(min(1.0, FULL_SIZE / len(meaning)))


def _likeliest(options: Sequence[Option]) -> Option:
    """Return the one other reading where it is sure, else the words as typed."""
    return options[1] if len(options) == 2 and options[1].weight > GUESSED else options[0]


def _within(stretches: Sequence[Sequence[Option]]) -> Iterator[tuple[str, float]]:
    for option in (option for options in stretches for option in options):
        yield from ((word, option.weight) for word in option.words if word not in _FILLERS)
        yield from ((pair, option.weight) for pair in _pairs(option.words))


def _between(stretches: Sequence[Sequence[Option]]) -> Iterator[tuple[str, float]]:
    for left, right in pairwise(stretches):
        for first in left:
            for second in right:
                weight = min(first.weight, second.weight)
                yield from ((pair, weight) for pair in _pairs((first.words[-1], second.words[0])))


def _pairs(found: Sequence[str]) -> list[str]:
    """Return the pairs of neighbours of which one names something."""
    return [
        f"{first} {second}"
        for first, second in pairwise(found)
        if first not in _FILLERS or second not in _FILLERS
    ]
