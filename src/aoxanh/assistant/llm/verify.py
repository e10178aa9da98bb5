"""The check that stands between a model and a reader: a claim is shown only if its exact quote bears it out, word by word.

Beyond what the check sees lie a condition that stands outside the quote, and a true sentence about another case. So worded
answers are held to `leaves_nothing_out` as well, and drafts are read by a person before they are used.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aoxanh.assistant.llm.bodies import names_within, roles_within
from aoxanh.assistant.llm.numbers import NUMBER_WORDS, Said, numbers
from aoxanh.assistant.llm.passages import LONGEST_CLAIM, LONGEST_QUOTE, Claim, Passage
from aoxanh.assistant.llm.turns import is_stronger, limits, negations
from aoxanh.kernel.text import nfc

SUPPORT = 0.55
PART_SUPPORT = 0.35
SHORTEST_PART = 3
COVERED = 0.6
SHORTEST_QUOTE = 2
# What may be said before a sentence without saying anything.
_LEAD_IN = re.compile(
    r"^(?:(?:theo|như) (?:hướng dẫn|thẻ hướng dẫn|quy định)|(?:bà con|cô chú|bạn)? ?(?:xin )?lưu ý|cụ thể|nói ngắn gọn|tóm lại"
    r"|thông tin cho bà con|according to the card|please note|in short)[,:]? ",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.!?;](?!\d)")
_PARTS = re.compile(r"[.!?;,:](?!\d)|\s[-–—]\s")
_WORD = re.compile(r"[^\W_]+")
# Links, markup and addresses never come from a model; nor does anything that a reader's screen would not show.
_UNFIT = re.compile(
    r"://|\bwww\.|\]\(|[<>`{}\[\]|\\]|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class Doubt(StrEnum):
    """Why a claim is dropped."""

    UNFIT = "unfit"
    PASSAGE = "passage"
    QUOTE = "quote"
    NUMBERS = "numbers"
    NEGATION = "negation"
    LIMITS = "limits"
    NAMES = "names"
    ROLES = "roles"
    STRENGTH = "strength"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Weights:
    """How telling each word is among the texts of the house; a word they never use tells most."""

    of: dict[str, float]
    unknown: float

    @classmethod
    def among(cls, texts: Iterable[str]) -> "Weights":
        """Count in how many texts each word stands."""
        seen: Counter[str] = Counter()
        count = 0
        for text in texts:
            count += 1
            seen.update(set(words(text)))
        return cls({word: math.log(1 + count / times) for word, times in seen.items()}, math.log(1 + count))

    def share(self, said: str, known: str) -> float:
        """Return how much of what is said, by weight, stands in what is known: 0 to 1."""
        there = set(words(known))
        asked = [
            (word, self.of.get(word, self.unknown))
            for word in {*words(said)} - NUMBER_WORDS
            if not word.isdigit()
        ]
        whole = sum(weight for _word, weight in asked)
        return sum(weight for word, weight in asked if word in there) / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Checked:
    """The claims that were borne out, each with its passage, and why the others were not."""

    kept: tuple[tuple[Claim, Passage], ...]
    dropped: tuple[Doubt, ...]


class Verifier:
    """Checks claims against the passages a model was given."""

    def __init__(self, passages: Sequence[Passage], weights: Weights) -> None:
        self._passages = {passage.id: passage for passage in passages}
        self._weights = weights

    def check(self, claims: Iterable[Claim]) -> Checked:
        """Sort claims into those that may be shown and the doubts about the rest; what is said twice is kept once."""
        kept: dict[str, tuple[Claim, Passage]] = {}
        dropped: list[Doubt] = []
        for claim in claims:
            doubt = self.doubt(claim)
            if doubt is None:
                clean = Claim(nfc(claim.text), claim.passage_id, nfc(claim.quote))
                kept.setdefault(clean.text, (clean, self._passages[claim.passage_id]))
            else:
                dropped.append(doubt)
        return Checked(tuple(kept.values()), tuple(dropped))

    def doubt(self, claim: Claim) -> Doubt | None:
        """Return the first reason not to believe a claim, or None."""
        if not claim.text.strip() or len(claim.text) > LONGEST_CLAIM or _UNFIT.search(claim.text):
            return Doubt.UNFIT
        passage = self._passages.get(claim.passage_id)
        if passage is None:
            return Doubt.PASSAGE
        text, quote = nfc(claim.text), nfc(claim.quote)
        if not stands_in(quote, passage.text):
            return Doubt.QUOTE
        return _difference(text, quote) or (None if self._is_supported(text, quote) else Doubt.SUPPORT)

    def _is_supported(self, text: str, quote: str) -> bool:
        """Tell whether the claim's words are the quote's: all together, sentence by sentence, and in no part of one hardly any."""
        told = _LEAD_IN.sub("", text)
        return (
            self._weights.share(text, quote) >= SUPPORT
            and all(self._weights.share(part, quote) >= SUPPORT for part in _split(_SENTENCES, told))
            and all(self._weights.share(part, quote) >= PART_SUPPORT for part in _split(_PARTS, told))
        )

    def leaves_nothing_out(self, claims: Sequence[Claim], passage: Passage) -> bool:
        """Tell whether claims together still say what a whole passage says: every number, turn and most of its words."""
        told = " ".join(claim.text for claim in claims)
        return (
            set(numbers(passage.text)) <= set(numbers(told))
            and negations(told) == negations(passage.text)
            and limits(passage.text) <= limits(told)
            and self._weights.share(passage.text, told) >= COVERED
        )


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: lower-case, marks kept."""
    return _WORD.findall(text.lower())


def stands_in(quote: str, passage: str) -> bool:
    """Tell whether a quote is word for word in a passage, from the edge of a word to the edge of a word."""
    if len(quote) > LONGEST_QUOTE or len(words(quote)) < SHORTEST_QUOTE:
        return False
    return re.search(rf"(?<!\w){re.escape(quote)}(?!\w)", nfc(passage)) is not None


def _split(at: "re.Pattern[str]", text: str) -> list[str]:
    return [part for part in at.split(text) if len(words(part)) >= SHORTEST_PART]


def _difference(text: str, quote: str) -> Doubt | None:
    differences = (
        (Doubt.NUMBERS, not _in_order(numbers(text), numbers(quote))),
        (Doubt.NEGATION, negations(text) != negations(quote)),
        (Doubt.LIMITS, limits(text) != limits(quote)),
        (Doubt.NAMES, not names_within(text, quote)),
        (Doubt.ROLES, not roles_within(text, quote)),
        (Doubt.STRENGTH, is_stronger(text, quote)),
    )
    return next((doubt for doubt, differs in differences if differs), None)


def _in_order(said: Sequence[Said], known: Sequence[Said]) -> bool:
    """Tell whether every number of a claim comes in its quote, with its unit, in the same order: two fees are not exchanged."""
    left = iter(known)
    return all(any(number == other and unit in ("", its) for other, its in left) for number, unit in said)
