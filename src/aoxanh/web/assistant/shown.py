"""A reply as the page shows it: each part by its kind, its sentences with the cards they come from."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from aoxanh.assistant.approved_queries import Approved, approved
from aoxanh.assistant.replies import Kind, Named, Part, Reply, Sentence, Slot, Source
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures
from aoxanh.web.procedures import labels

KINDS: dict[Kind, Any] = {
    Kind.ANSWER: _("Answer"),
    Kind.CHOOSE: _("The likelier of two"),
    Kind.ASK_BACK: _("Which of these is it?"),
    Kind.PROVINCE: _("Ask the province first"),
    Kind.POLICE: _("Only the police do this"),
    Kind.REFUSE: _("Not done by a volunteer, nor by the assistant"),
    Kind.OUTSIDE: _("Not among the procedures held here"),
}
_ANSWERED = (Kind.ANSWER, Kind.CHOOSE, Kind.PROVINCE, Kind.POLICE)


@dataclass(frozen=True, slots=True)
class Cited:
    """Sentences that come from one card, and what is to be said of that card once."""

    source: Source
    sentences: tuple[Sentence, ...]
    confidence: Any
    version: int | None
    slot: Slot | None
    approved: Approved | None = None
    """What an office approved for this slot, shown in place of the card's own words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One part, ready for the template. `offered` are the names to choose from; the one answered is none of them."""

    part: Part
    title: Any
    cited: tuple[Cited, ...]
    offered: tuple[Named, ...]

    @property
    def card(self) -> Named | None:
        """The one procedure that is meant when nothing was said of it: its card is the answer."""
        return self.offered[0] if len(self.offered) == 1 and not self.cited else None


def shown(reply: Reply, province: Place | None) -> list[Shown]:
    """Return the parts of a reply as they are shown."""
    codes = {sentence.source.code for part in reply.parts for sentence in part.sentences}
    cards = procedures.current_cards(province, codes=codes) if codes else []
    versions = {card.card.code: card.version.number for card in cards}
    return [_shown(part, versions, province, reply.language) for part in reply.parts]


def line_of(reply: Reply) -> str:
    """Return in a line what was replied, as the page keeps it of an earlier turn: a name or the kind, no sentence."""
    return " · ".join(_line(part) for part in reply.parts)


def _line(part: Part) -> str:
    names = [named.title for named in part.candidates[:1]] if part.kind in _ANSWERED else []
    return ": ".join([str(KINDS[part.kind]), *names])


def _shown(part: Part, versions: dict[str, int], province: Place | None, language: str) -> Shown:
    cited = tuple(
        Cited(
            sentences[0].source,
            tuple(sentences),
            labels.CONFIDENCE.get(sentences[0].source.confidence, ""),
            versions.get(code),
            part.slot,
            approved(code, part.slot, province, language) if part.slot else None,
        )
        for code, sentences in _by_card(part.sentences).items()
    )
    answered = {one.source.code for one in cited}
    offered = tuple(named for named in part.candidates if named.code not in answered)
    return Shown(part, KINDS[part.kind], cited, offered)


def _by_card(sentences: tuple[Sentence, ...]) -> dict[str, list[Sentence]]:
    cards: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        cards.setdefault(sentence.source.code, []).append(sentence)
    return cards
