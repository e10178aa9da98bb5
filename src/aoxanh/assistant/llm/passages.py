"""What a model may speak from: short texts with an id, and claims about them with an exact quote."""

import re
from dataclasses import dataclass

import msgspec

from aoxanh.kernel.text import nfc

MOST_PASSAGES = 6
MOST_CLAIMS = 24
LONGEST_CLAIM = 400
LONGEST_QUOTE = 800
_FENCE = re.compile(r"\A\s*```(?:json)?\s*(.*?)\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that may be quoted, under an id that means nothing outside one request."""

    id: str
    text: str


class Claim(msgspec.Struct, frozen=True):
    """One sentence of a model, the passage it names, and the words of that passage it rests on."""

    text: str
    passage_id: str
    quote: str


class Claims(msgspec.Struct, frozen=True):
    """A model's whole answer."""

    claims: list[Claim]
    completeness: str = "none"


def read_claims(answer: str) -> Claims | None:
    """Return the claims of an answer, or None where it is not in the agreed shape, too long or too many."""
    fenced = _FENCE.match(answer)
    try:
        read = msgspec.json.decode(fenced[1] if fenced else answer, type=Claims)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return read if len(read.claims) <= MOST_CLAIMS else None


def passages_of(texts: list[str], most: int = MOST_PASSAGES) -> list[Passage]:
    """Return texts as passages p1, p2 ..., in one normal form."""
    return [Passage(f"p{number}", nfc(text)) for number, text in enumerate(texts[:most], start=1)]
