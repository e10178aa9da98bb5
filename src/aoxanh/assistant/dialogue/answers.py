"""Sentences from a card: one field each, word for word, with where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from aoxanh.assistant.dialogue.phrases import Phrases
from aoxanh.assistant.replies import Sentence, Slot, Source
from aoxanh.assistant.retrieval.words import fold, words
from aoxanh.procedures.card import Card

PORTAL = "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/"
GUIDE = "vneid"

UNSURE = ("varies", "unverified", "council")
MOST_INSIDE = 3
"""So many sentences of a card answer a question that asks for no field of it."""


class Teller:
    """Tells fields of cards in one language."""

    def __init__(self, phrases: Phrases, language: str) -> None:
        self._phrases = phrases
        self._language = language
        self._titles = phrases.texts.titles[language]

    def title(self, card: Card) -> str:
        return str(self._in(card.name))

    def say(self, name: str, title: str = "") -> str:
        """Return what opens a part."""
        return self._phrases.texts.say[self._language][name].replace("{title}", title)

    def go(self, name: str) -> str:
        """Return where to go."""
        return self._phrases.texts.go[self._language][name]

    def of_slot(self, card: Card, slot: Slot | None) -> tuple[Sentence, ...]:
        """Return what a card says on a slot; on none, what comes of it, the papers, where and how long."""
        if slot is not None:
            return tuple(self._slot(card, slot))
        return tuple(
            sentence
            for told in (
                [self._told(card, "result", "result", self._in(card.result))],
                self._slot(card, Slot.PAPERS),
                [self._told(card, "receive", "bodies.receive", self._in(card.bodies.receive))],
                self._slot(card, Slot.TIME),
            )
            for sentence in told
        )

    def settled_by_province(self, card: Card) -> tuple[Sentence, ...]:
        """Return what may be said where each province settles the rest: where it is handed in."""
        return tuple(self._slot(card, Slot.PLACE))

    def inside(self, card: Card, matter: Sequence[str]) -> tuple[Sentence, ...]:
        """Return the sentences of a card that speak of the matter, best first; empty when none says half of its words."""
        found = []
        for order, sentence in enumerate(self._everything(card)):
            held = set(words(sentence.text))
            said = sum(word in held for word in dict.fromkeys(matter))
            if said and 2 * said >= len(set(matter)):
                found.append((-said, order, sentence))
        return tuple(sentence for _, _, sentence in sorted(found, key=lambda item: item[:2])[:MOST_INSIDE])

    def way_out(self, problem: Mapping[str, Any], guide: Mapping[str, Any]) -> tuple[Sentence, ...]:
        """Return the steps out of a problem with VNeID."""
        name, id_ = problem["name"][self._language], problem["id"]

        def told(template: str, field: str, text: str) -> Sentence:
            year, month = guide["as_of"].split("-")
            day = date(int(year), int(month), 1)
            source = Source(GUIDE, name, f"problems.{id_}.{field}", day, problem["confidence"], "")
            return Sentence(self._titles[template].replace("{text}", text), source)

        steps = [
            told(step["who"], f"fix.{at}", step[self._language]) for at, step in enumerate(problem["fix"])
        ]
        if problem["escalate"]:
            steps.append(told("note", "escalate", problem["escalate"][self._language]))
        return tuple(steps)

    def _slot(self, card: Card, slot: Slot) -> Iterator[Sentence]:
        if slot is Slot.FEE:
            yield self._fee(card)
        elif slot is Slot.TIME:
            yield self._told(card, "time", "time", self._in(card.time))
        elif slot is Slot.PLACE:
            yield self._told(card, "receive", "bodies.receive", self._in(card.bodies.receive))
            yield self._told(card, "decide", "bodies.decide", self._in(card.bodies.decide))
        elif slot is Slot.WHO:
            yield self._told(card, "decide", "bodies.decide", self._in(card.bodies.decide))
        elif slot is Slot.LEGAL:
            yield self._told(card, "legal", "legal", "; ".join(card.legal))
        elif slot is Slot.ONLINE:
            yield from self._online(card)
        else:
            yield from self._lines(card, slot)

    def _lines(self, card: Card, slot: Slot) -> Iterator[Sentence]:
        if slot is Slot.PAPERS:
            for at, paper in enumerate(card.papers):
                yield self._told(card, "paper", f"papers.{at}", self._in(paper))
        if slot is Slot.STEPS:
            for at, step in enumerate(card.steps):
                yield self._told(card, step.who, f"steps.{at}", self._in(step))

    def _fee(self, card: Card) -> Sentence:
        certainty = card.fee.certainty
        template = (
            "fee_council" if certainty == "council" else "fee_unsure" if certainty == "unverified" else "fee"
        )
        return self._told(card, template, "fee", self._in(card.fee), is_certain=certainty not in UNSURE)

    def _online(self, card: Card) -> Iterator[Sentence]:
        yield self._told(card, f"online_{card.online_level}", "online_level", "")
        names = self._phrases.texts.channels[self._language]
        yield self._told(card, "channels", "channels", ", ".join(names[channel] for channel in card.channels))

    def _everything(self, card: Card) -> Iterator[Sentence]:
        yield from self._slot(card, Slot.PAPERS)
        for at, note in enumerate(card.notes):
            yield self._told(card, "note", f"notes.{at}", self._in(note))
        yield from self._slot(card, Slot.STEPS)
        yield from self._slot(card, Slot.PLACE)
        yield from self._slot(card, Slot.TIME)

    def _told(self, card: Card, template: str, field: str, text: str, *, is_certain: bool = True) -> Sentence:
        link = f"{PORTAL}{card.code}" if card.is_on_portal else ""
        source = Source(card.code, self.title(card), field, card.valid_from, card.confidence, link)
        return Sentence(self._titles[template].replace("{text}", text), source, is_certain)

    def _in(self, text: Any) -> str:
        return str(text.en if self._language == "en" else text.vi)


def is_free_in_time(card: Card, phrases: Phrases) -> bool:
    """Tell whether a fee that a province sets falls due only when one is late."""
    return phrases.in_time_free in fold(card.fee.vi)
