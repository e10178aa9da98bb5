"""The shape of a draft: sections of lines, each with where it comes from, and the fixed words around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from aoxanh.assistant.llm.passages import Claim
from aoxanh.procedures.card import Card

Language = Literal["vi", "en"]
MOST_CARDS = 3
MOST_TEXTS = 60
SYLLABLES_PER_SECOND = {"vi": 3.0, "en": 2.2}
"""How fast a loudspeaker text is read so that it is understood across a hamlet; English counts words."""
_DATA = Path(__file__).parent.parent / "data" / "drafts.yaml"


class DraftKind(StrEnum):
    """What can be drafted."""

    LOUDSPEAKER = "loudspeaker"
    LESSON = "lesson"
    PHRASES = "phrases"
    DIFFICULTIES = "difficulties"


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants drafted: from which cards, or for difficulties from which texts."""

    kind: DraftKind
    cards: tuple[Card, ...] = ()
    texts: tuple[str, ...] = ()
    language: Language = "vi"

    @property
    def is_fit(self) -> bool:
        if self.kind is DraftKind.DIFFICULTIES:
            return 0 < len(self.texts) <= MOST_TEXTS
        return 0 < len(self.cards) <= MOST_CARDS


@dataclass(frozen=True, slots=True)
class Line:
    """One line: our own lead-in, then a text of a card or of the person asking, with its source, in one or two languages.

    `quote` is set where a model worded the text. Without `source` the line is ours.
    """

    text: str
    lead: str = ""
    source: str = ""
    other: str = ""
    quote: str = ""

    @property
    def whole(self) -> str:
        told = f"{self.lead} {self.text}".strip()
        return told if told.endswith((".", "!", "?", ":")) else f"{told}."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines."""

    heading: str
    lines: tuple[Line, ...]
    other: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft for a person to read, change and use; nothing of it is kept here."""

    kind: DraftKind
    language: Language
    title: str
    sections: tuple[Section, ...]

    @property
    def lines(self) -> list[Line]:
        return [line for section in self.sections for line in section.lines]

    @property
    def checked(self) -> list[Line]:
        """The lines that a model worded and their quotes bore out."""
        return [line for line in self.lines if line.quote]

    @property
    def seconds(self) -> int:
        """About how long it takes to read it out."""
        spoken = " ".join(line.whole for line in self.lines)
        return round(len(spoken.split()) / SYLLABLES_PER_SECOND[self.language])

    @property
    def text(self) -> str:
        """The draft as plain text, for a message or a printer."""
        if self.kind is DraftKind.LOUDSPEAKER:
            return "\n".join(line.whole for line in self.lines)
        blocks = [self.title.upper()]
        for section in self.sections:
            heading = f"{section.heading} / {section.other}" if section.other else section.heading
            told = [f"- {line.whole}" + (f"\n  {line.other}" if line.other else "") for line in section.lines]
            blocks.append("\n".join([heading, *told]))
        return "\n\n".join(blocks)


@cache
def fixed_words() -> dict[str, Any]:
    """Return the fixed words of both languages."""
    words: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return words


def names_of(cards: Sequence[Card], language: Language) -> str:
    """Return the names of cards as a list in a sentence."""
    return "; ".join(getattr(card.name, language) for card in cards)


def said_by(line: Line, claims: Sequence[Claim]) -> list[Line]:
    """Return a line as checked claims say it; the lead-in stays before the first, and a line in two languages stays one."""
    if line.other:
        text, quote = " ".join(claim.text for claim in claims), " … ".join(claim.quote for claim in claims)
        return [replace(line, text=text, quote=quote)]
    told = [replace(line, text=claim.text, quote=claim.quote) for claim in claims]
    return [told[0], *(replace(one, lead="") for one in told[1:])]
