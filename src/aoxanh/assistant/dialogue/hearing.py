"""Hearing a message: its questions one by one, what each asks, and which words name its matter."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aoxanh.assistant.dialogue import features
from aoxanh.assistant.dialogue.phrases import Phrases
from aoxanh.assistant.replies import Slot
from aoxanh.assistant.retrieval import Index
from aoxanh.assistant.retrieval.words import fold, words
from aoxanh.assistant.weighing import learned

SEVERAL = 2

GAP, GAP_WORDS = "…", 2
"""A phrase with this sign in it may have so many other words in its place."""

MOST_SIGNS, MOST_STRETCHES, MOST_JOINS = 2000, 40, 4
"""Bounds on the work one message may cause; what is said last counts."""

_CLAUSES = re.compile(r"[?!;,\n]+|\.+(?=[ \t\r\f\v\xa0]|\Z)")
_TOKEN = re.compile(r"[^ \t\r\n\f\v\xa0]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a message as typed, and its words in two readings, " . " at its end: as typed, and written out."""

    text: str
    readings: tuple[str, ...]

    def says(self, phrase: str) -> bool:
        """Tell whether a folded phrase is said, in either reading."""
        return any(f" {phrase} " in reading for reading in self.readings)

    def says_any(self, phrases: Iterable[str]) -> bool:
        return any(self.says(phrase) for phrase in phrases)

    @property
    def words(self) -> list[str]:
        """The words written out, without the marks of what was left out."""
        return [word for word in self.readings[-1].split() if word != "."]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a message: its text and what it asks for."""

    text: str
    slot: Slot | None


class Hearing:
    """Hears messages by the phrases, through the index's reader, so that short forms and raw keys are understood."""

    def __init__(self, index: Index, phrases: Phrases) -> None:
        self._index = index
        self._phrases = phrases
        self._empty = frozenset(phrases.empty.split())
        self._light = frozenset(phrases.light.split())
        self._strong: dict[str, list[list[str]]] = {}
        for cues in phrases.slots.values():
            for cue in cues.strong:
                if "." not in cue and GAP not in cue:
                    self._strong.setdefault(cue.split()[0], []).append(cue.split())
        self._cues = _by_first_word(
            cue for cues in phrases.slots.values() for cue in (*cues.strong, *cues.weak)
        )
        self._asking = {
            is_strong: _Asking(
                [
                    (name, cue)
                    for name, cues in phrases.slots.items()
                    for cue in (cues.strong if is_strong else cues.weak)
                ]
            )
            for is_strong in (True, False)
        }

    def clause(self, text: str) -> Clause:
        """Read a stretch of text; what sounds like a question and is none is left out."""
        return Clause(text, tuple(self._heard(found) for found in self._index.readings(text)))

    def _heard(self, found: Iterable[str]) -> str:
        return self._without(f" {self._plain(found)} . ", self._phrases.tales)

    def _plain(self, found: Iterable[str]) -> str:
        """Return words as one text, short ways of asking written out."""
        return " ".join(self._phrases.alike.get(word, word) for word in found)

    def searched(self, text: str) -> str:
        """Return a text without what asks in it: "mất bao lâu" has lost nothing; the whole text when it only asks."""
        tokens = _TOKEN.findall(text)
        spoken = [self._plain(words(token)) for token in tokens]
        places = [at for at, found in enumerate(spoken) for _ in found.split()]
        said = " ".join(spoken).split()
        asks = [False] * len(said)
        for at, first in enumerate(said):
            for cue in self._strong.get(first, ()):
                if said[at : at + len(cue)] == cue:
                    asks[at : at + len(cue)] = [True] * len(cue)
        kept = {place for place, is_cue in zip(places, asks, strict=True) if not is_cue}
        gone = [bool(found) and at not in kept for at, found in enumerate(spoken)]
        for at in range(1, len(tokens)):
            gone[at] = gone[at] or (spoken[at] in self._phrases.joins and gone[at - 1])
        return " ".join(token for token, is_gone in zip(tokens, gone, strict=True) if not is_gone) or text

    def asked_for(self, clause: Clause) -> Slot | None:
        """Return what is asked for, as examples decide it that know which phrase was said."""
        slot, is_strong = self.slot_of(clause)
        points = learned(features.SLOTS).points(features.of_slot(clause.words, slot, is_strong=is_strong))
        best = max(points, key=lambda name: points[name])
        return None if best == features.NO_SLOT else Slot(best)

    def slot_of(self, clause: Clause) -> tuple[Slot | None, bool]:
        """Return what is asked for by phrases and whether strongly: the one said last, a longer one before those within it."""
        for is_strong in (True, False):
            best: tuple[int, int] | None = None
            slot = None
            for name, cue in self._asking[is_strong].near(clause):
                end, size = _last(clause, cue)
                if end and (best is None or (end, size) > best):
                    best, slot = (end, size), name
            if slot:
                return slot, is_strong
        return None, False

    def questions(self, whole: Clause) -> list[Asked]:
        """Return the one or two questions of a message; a story belongs to the question after it."""
        stretches = self._stretches(whole)
        if len(stretches) == 1:
            return [Asked(whole.text, self.asked_for(whole))]
        found: list[Asked] = []
        held: list[str] = []
        for stretch in stretches:
            held.append(stretch.text)
            slot, is_strong = self.slot_of(stretch)
            if is_strong:
                found.append(Asked(", ".join(held), slot))
                held = []
        if held and found:
            last = found.pop()
            found.append(Asked(", ".join([last.text, *held]), last.slot))
        return found[-2:] if len(found) > 1 else [Asked(whole.text, self.asked_for(whole))]

    def matter(self, clause: Clause, *known: Iterable[str]) -> list[str]:
        """Return the words that name something, written out, without those that ask, and without known phrases."""
        rest = self._without_cues(clause.readings[-1], [phrase for phrases in known for phrase in phrases])
        return [word for word in rest.split() if word != "." and word not in self._empty]

    def names(self, clause: Clause, phrases: Iterable[str]) -> bool:
        """Tell whether one of these is said, also with words between that change nothing: "thông tin của tôi bị sai"."""
        plain = " ".join(word for word in clause.readings[-1].split() if word not in self._light)
        return any(clause.says(phrase) or f" {phrase} " in f" {plain} " for phrase in phrases)

    def unasked(self, clause: Clause, known: Sequence[str] = ()) -> Clause:
        """Return a clause without what asks in it, "làm giấy gì" makes no paper, and without known phrases."""
        return Clause(clause.text, tuple(self._without_cues(reading, known) for reading in clause.readings))

    def _without_cues(self, reading: str, known: Iterable[str] = ()) -> str:
        spoken = set(reading.split())
        phrases = {cue for word in spoken for cue in self._cues.get(word, ())}
        phrases.update(phrase for phrase in known if phrase.split(" ", 1)[0] in spoken)
        return self._without(reading, sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))

    def telling(self, name: str) -> str:
        """Return the words of a name that name something."""
        return " ".join(word for word in words(name) if word not in self._empty)

    @staticmethod
    def _without(reading: str, phrases: Iterable[str]) -> str:
        for phrase in phrases:
            reading = reading.replace(f" {phrase} ", " . ")
        return reading

    def _stretches(self, whole: Clause) -> list[Clause]:
        """Cut a text at its signs, and at a joining word when both sides ask."""
        parts = [" ".join(_TOKEN.findall(part)) for part in _CLAUSES.split(whole.text[-MOST_SIGNS:])]
        parts = [part for part in parts if part][-MOST_STRETCHES:]
        return [
            clause
            for part in parts
            for clause in self._joined(whole if len(parts) == 1 else self.clause(part), part.split(" "))
        ]

    def _joined(self, clause: Clause, tokens: list[str]) -> list[Clause]:
        asking = {name for name, cue in self._asking[True].near(clause) if _last(clause, cue)[1]}
        if len(asking) < SEVERAL:
            return [clause]
        joins = [at for at in range(1, len(tokens) - 1) if fold(tokens[at]) in self._phrases.joins]
        for at in joins[-MOST_JOINS:]:
            halves = [self.clause(" ".join(half)) for half in (tokens[:at], tokens[at + 1 :])]
            if all(self.slot_of(half)[1] for half in halves):
                return halves
        return [clause]


class _Asking:
    """Phrases that ask, in the order of the file, found by the word that has to be said for them."""

    def __init__(self, cues: list[tuple[Slot, str]]) -> None:
        self._cues = cues
        self._by_word: dict[str, list[int]] = {}
        for number, (_, cue) in enumerate(cues):
            self._by_word.setdefault(cue.split()[-1 if GAP in cue else 0], []).append(number)

    def near(self, clause: Clause) -> list[tuple[Slot, str]]:
        """Return those that may be said, for their word is."""
        spoken = {word for reading in clause.readings for word in reading.split()}
        return [self._cues[at] for at in sorted(at for word in spoken for at in self._by_word.get(word, ()))]


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    return found


def _last(clause: Clause, cue: str) -> tuple[int, int]:
    """Return where a cue ends that is said last, in words from the start, and its length; (0, 0) when it is not said."""
    before, _, after = cue.partition(f" {GAP} ")
    for reading in clause.readings:
        at = reading.rfind(f" {after or cue} ")
        if at >= 0 and (not after or _stands_near(before, reading[: at + 1])):
            return reading.count(" ", 0, at + len((after or cue).removesuffix(" .")) + 2), len(cue)
    return 0, 0


def _stands_near(phrase: str, before: str) -> bool:
    """Tell whether a phrase stands in the last words of a text, with at most so many others after it."""
    tail = " ".join(before.split(" ")[-2 - GAP_WORDS - phrase.count(" ") : -1])
    return f" {phrase} " in f" {tail} "
