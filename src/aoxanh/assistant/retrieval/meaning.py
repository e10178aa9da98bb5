"""What people mean by what they say: everyday and regional words beside those that the cards are written in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from aoxanh.assistant.retrieval.words import fold, marked, words

LONGEST_SAID = 6
GAP = "…"
MOST_BETWEEN = 3
"""So many words may stand where a saying has its gap: "ông … mất" is said of "ông nội tôi vừa mất"."""

Saying = tuple[str, Sequence[str]]
"""What is said, and each thing that may be meant by it; nothing, where it speaks of no procedure: its words count little."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A saying among the words: where it stands (size 0 over a gap), and what may be meant by it."""

    at: int
    size: int
    meanings: Sequence[Sequence[str]]

    @property
    def is_over_a_gap(self) -> bool:
        return self.size == 0


class Vocabulary:
    """Sayings by their folded words."""

    def __init__(self, sayings: Iterable[Saying]) -> None:
        self._whole: dict[str, list[list[str]]] = {}
        self._marks: dict[str, set[str]] = {}
        self._gapped: dict[str, list[tuple[str, list[list[str]]]]] = {}
        for said, meant in sayings:
            meanings = [words(meaning) for meaning in meant]
            first, gap, last = said.partition(GAP)
            if gap:
                self._gapped.setdefault(" ".join(words(first)), []).append((" ".join(words(last)), meanings))
                continue
            key = " ".join(words(said))
            self._whole[key] = meanings
            if " " not in key:
                self._marks.setdefault(key, set()).update(marked(said))

    def terms(self) -> Iterator[str]:
        """Return the words and pairs that people say and mean, so that they are not taken for slips."""
        gapped = ((f"{first} {last}", meant) for first, ends in self._gapped.items() for last, meant in ends)
        for said, meanings in (*self._whole.items(), *gapped):
            for phrase in (said.split(), *meanings):
                yield from phrase
                yield from (f"{one} {other}" for one, other in pairwise(phrase))

    def hear(self, spoken: Sequence[str], marks: AbstractSet[str]) -> Iterator[Heard]:
        """Return each saying among the words; one within a longer saying says nothing by itself.

        `marks` are the words of the text that carry diacritics: a saying of one word is not meant where only another
        word that folds alike was written (đẻ, để).
        """
        by_fold: Mapping[str, set[str]] = _by_fold(marks)
        ended = 0
        for at in range(len(spoken)):
            for size in range(min(LONGEST_SAID, len(spoken) - at), 0, -1):
                key = " ".join(spoken[at : at + size])
                yield from self._over_a_gap(key, spoken, at + size)
                found = self._whole.get(key)
                if found is None or at + size <= ended or not self._is_written_so(key, by_fold):
                    continue
                ended = at + size
                yield Heard(at, size, found)
                break

    def _over_a_gap(self, first: str, spoken: Sequence[str], begin: int) -> Iterator[Heard]:
        for last, meanings in self._gapped.get(first, ()):
            size = len(last.split())
            for at in range(begin, begin + MOST_BETWEEN + 1):
                if " ".join(spoken[at : at + size]) == last and not self._belongs_on(spoken, at, size):
                    yield Heard(at, 0, meanings)
                    break

    def _belongs_on(self, spoken: Sequence[str], at: int, size: int) -> bool:
        """Tell whether the word goes on to say something else: "mất" in "mất bao lâu"."""
        return any(
            " ".join(spoken[at : at + longer]) in self._whole for longer in range(size + 1, LONGEST_SAID + 1)
        )

    def _is_written_so(self, key: str, by_fold: Mapping[str, set[str]]) -> bool:
        written = by_fold.get(key)
        asked = self._marks.get(key)
        return not written or not asked or not asked.isdisjoint(written)


def _by_fold(marks: AbstractSet[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word in marks:
        found.setdefault(fold(word), set()).add(word)
    return found
