"""From a text to tokens: each word with all that it may stand for, so that no way of typing hides what is asked.

Keys of Telex and VNI are decoded, digits in a word read as letters, short forms written out, one slip repaired, letters set
apart and words run together put right; always towards words that the policy knows, and what was typed is kept beside.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aoxanh.assistant.policy.letters import ANY_MARKS, Written, agree, without_leet, written_words
from aoxanh.assistant.retrieval.spelling import read_keys
from aoxanh.assistant.retrieval.words import is_syllable

MOST_SIGNS, MOST_WORDS = 2000, 200
NUMBER = "#"
"""What a run of six or more digits, also half hidden ("0****1", "19xxxx"), is read as."""

_NUMBER = re.compile(r"(?=.*[0-9])[0-9x*]{6,}")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_LEAST_REPAIRED, _LEAST_SPLIT, _MOST_SPLIT, _LEAST_APART = 3, 5, 40, 3
_ALONE, _VOWELS = 4, "aeiouy"


@dataclass(frozen=True, slots=True)
class Token:
    """One place in a text: the words that may stand there, each with the marks it was typed with, and its sentence."""

    options: tuple[tuple[str, str], ...]
    sentence: int


class Reader:
    """Reads texts towards the words of a policy and its short forms."""

    def __init__(self, known: Iterable[str], short: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        self._known = frozenset(known)
        # What a short form is typed like: its marks, and what it stands for.
        self._short = {form: tuple(meanings) for form, meanings in short.items()}
        self._longest = max(map(len, self._known), default=0)
        self._near: dict[str, list[str]] = {}
        for word in sorted(self._known):
            if len(word) > _LEAST_REPAIRED and word.isalpha():
                for key in {word, *_struck(word)}:
                    self._near.setdefault(key, []).append(word)

    def read(self, text: str) -> list[Token]:
        """Read the last part of a text; a bounded part, so that nobody can make it expensive."""
        words = written_words(text[-MOST_SIGNS:])[-MOST_WORDS:]
        return [token for word in self._together(words) for token in self._tokens(word)][-MOST_WORDS:]

    def _together(self, words: list[Written]) -> Iterator[Written]:
        """Put letters that stand alone together where they make known words ("o t p")."""
        at = 0
        while at < len(words):
            end = at
            while end < len(words) and len(words[end].letters) == 1:
                end += 1
            if end - at < _LEAST_APART:
                end = max(end, at + 1)
                yield from words[at:end]
            else:
                yield from self._joined(words[at:end])
            at = end

    def _joined(self, letters: list[Written]) -> Iterator[Written]:
        parts = self._cut(without_leet("".join(one.letters for one in letters)))
        if all(len(part) < _LEAST_APART for part in parts):
            yield from letters
            return
        at = 0
        for part in parts:
            marks = "".join(sorted("".join(one.marks for one in letters[at : at + len(part)])))
            yield Written(part, marks, letters[at].sentence)
            at += len(part)

    def _tokens(self, word: Written) -> Iterator[Token]:
        letters = word.letters if word.letters in self._known else _REPEATED.sub(r"\1", word.letters)
        options = {(letters, word.marks): None}
        if _NUMBER.fullmatch(letters):
            options[NUMBER, ""] = None
        for meaning, marks in self._short.get(letters, ()):
            if agree(word.marks, marks):
                options[meaning, ""] = None
        if letters not in self._known and not is_syllable(letters):
            read = self._read_otherwise(letters)
            if not read and (parts := self._parts(letters)):
                yield from (Token(((part, ""),), word.sentence) for part in parts)
                return
            options.update(((one, ""), None) for one in read)
        yield Token(tuple(options), word.sentence)

    def _read_otherwise(self, letters: str) -> list[str]:
        decoded = read_keys(letters)
        found = [one for one in (decoded, without_leet(letters)) if one is not None and one in self._known]
        if found or not letters.isalpha() or len(letters) < _LEAST_REPAIRED:
            return found
        candidates = {word for key in (letters, *_struck(letters)) for word in self._near.get(key, ())}
        return sorted(word for word in candidates if _is_one_slip(letters, word))

    def _parts(self, letters: str) -> list[str]:
        """Return the known words that were run together ("matkhau"), [] when these are none."""
        plain = without_leet(letters)
        parts = self._cut(plain) if _LEAST_SPLIT <= len(plain) <= _MOST_SPLIT else []
        return parts if all(len(part) > 1 or part in _VOWELS for part in parts) else []

    def _cut(self, run: str) -> list[str]:
        """Cut letters into known words, as few as may be; a letter that is in none stands alone and weighs heavy."""
        cheapest: list[tuple[int, int]] = [(0, 0)]
        for end in range(1, len(run) + 1):
            best = (cheapest[end - 1][0] + _ALONE, end - 1)
            for start in range(max(0, end - self._longest), end - 1):
                cost = cheapest[start][0] + 1
                if cost < best[0] and run[start:end] in self._known:
                    best = (cost, start)
            cheapest.append(best)
        parts, end = [], len(run)
        while end:
            parts.append(run[cheapest[end][1] : end])
            end = cheapest[end][1]
        return parts[::-1]


def _struck(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def _is_one_slip(typed: str, word: str) -> bool:
    """Tell whether one sign is missing, too many, wrong, or two neighbours changed places."""
    if len(typed) != len(word):
        return typed in _struck(word) or word in _struck(typed)
    wrong = [at for at in range(len(word)) if typed[at] != word[at]]
    if len(wrong) == 2:
        first, second = wrong
        return second == first + 1 and typed[first] == word[second] and typed[second] == word[first]
    return len(wrong) == 1


def marks_meant(letters: str, marks: str) -> str:
    """Return the marks that a word of the policy asks for: none in particular if it is no Vietnamese syllable."""
    return marks if is_syllable(letters) else ANY_MARKS
