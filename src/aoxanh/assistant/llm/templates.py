"""Drafts made of cards alone: usable as they are, and what a model may then say in easier words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from aoxanh.assistant.llm.draft import (
    SYLLABLES_PER_SECOND,
    Draft,
    DraftKind,
    Language,
    Line,
    Order,
    Section,
    fixed_words,
    names_of,
)
from aoxanh.procedures.card import Card, Text

SHORTEST_SECONDS, LONGEST_SECONDS = 60, 90
ROOM_FOR_PAPERS = (20, 12, 6)
"""Seconds a card's papers may take: as much as the whole allows."""
ALIKE = 0.6
_SURE = ("free", "fixed")


def plain_draft(order: Order) -> Draft:
    """Return the draft that needs no model."""
    return _MADE[order.kind](order)


def _loudspeaker(order: Order) -> Draft:
    words, language = fixed_words()[order.language]["loudspeaker"], order.language
    name = names_of(order.cards, language)
    head = [Line(words["opening"].format(name=name))]
    tail = [Line(words["support"]), Line(words["warning"]), Line(words["closing"])]
    facts = [line for card in order.cards for line in _announced(card, language)]
    more = [line for card in order.cards for line in _extras(card, language)]
    for room in ROOM_FOR_PAPERS:
        body = [*(line for card in order.cards for line in _papers(card, language, room)), *facts]
        if _seconds([*head, *body, *tail], language) <= LONGEST_SECONDS:
            break
    while more and _seconds([*head, *body, more[0], *tail], language) <= LONGEST_SECONDS:
        body.append(more.pop(0))
    again: list[Line] = []
    for line in body:
        if _seconds([*head, *body, *again, *tail], language) >= SHORTEST_SECONDS:
            break
        again.append(
            Line(line.text, f"{words['again']} {line.lead}" if not again else line.lead, line.source)
        )
    lines = (*head, *body, *again, *tail)
    return Draft(order.kind, language, words["title"].format(name=name), (Section(words["section"], lines),))


def _papers(card: Card, language: Language, room: int) -> list[Line]:
    """Return the papers that can be told in so many seconds, at least the first; the rest is told at the help point."""
    words = fixed_words()[language]["loudspeaker"]
    lines = [_line(card, paper, "paper", language) for paper in card.papers]
    lines[0] = replace(lines[0], lead=words["papers"])
    while len(lines) > 1 and _seconds(lines, language) > room:
        lines.pop()
    return lines if len(lines) == len(card.papers) else [*lines, Line(words["more_papers"])]


def _announced(card: Card, language: Language) -> Iterator[Line]:
    words = fixed_words()[language]["loudspeaker"]
    if card.asks_province:
        yield Line(words["ask_province"])
    yield _line(card, card.bodies.receive, "where", language, words["where"])
    yield _line(card, card.time, "time", language, words["time"])
    is_sure = card.fee.certainty in _SURE
    yield _line(card, card.fee, "fee", language, words["fee"]) if is_sure else Line(words["ask_fee"])


def _extras(card: Card, language: Language) -> Iterator[Line]:
    words = fixed_words()[language]["loudspeaker"]
    yield _line(card, card.result, "result", language, words["result"])
    for note in card.notes:
        yield _line(card, note, "note", language, words["note"])


def _lesson(order: Order) -> Draft:
    words, language = fixed_words()[order.language]["lesson"], order.language
    name = names_of(order.cards, language)

    def told(kind: str, pick: Callable[[Card], Sequence[Text]]) -> tuple[Line, ...]:
        return tuple(_line(card, text, kind, language) for card in order.cards for text in pick(card))

    steps = tuple(
        _line(card, step, "step", language, words["who"][step.who])
        for card in order.cards
        for step in card.steps
    )
    asked = [line for card in order.cards for line in _asked(card, language)]
    sections = (
        Section(words["aim"], (Line(words["aim_line"].format(name=name)),)),
        Section(words["opening"], (Line(words["opening_line"]),)),
        Section(words["papers"], told("paper", lambda card: card.papers)),
        Section(words["steps"], steps),
        Section(words["never"], told("never", lambda card: card.never)),
        Section(words["questions"], (*asked, Line(words["closing_line"]))),
    )
    return Draft(order.kind, language, words["title"].format(name=name), sections)


def _asked(card: Card, language: Language) -> Iterator[Line]:
    words = fixed_words()[language]["lesson"]
    yield _line(card, card.time, "time", language, words["ask_time"])
    yield _line(card, card.bodies.receive, "where", language, words["ask_where"])
    is_sure = card.fee.certainty in _SURE
    yield _line(card, card.fee, "fee", language, words["ask_fee"]) if is_sure else Line(words["fee_unsure"])


def _phrases(order: Order) -> Draft:
    vi, en = fixed_words()["vi"]["phrases"], fixed_words()["en"]["phrases"]
    sections = [Section(vi["hello"], (Line(vi["hello_line"], other=en["hello_line"]),), en["hello"])]
    for card in order.cards:
        rows: list[tuple[str, str, Sequence[Text]]] = [
            ("what", "line", [card.name]),
            ("papers", "paper", card.papers),
            ("where", "where", [card.bodies.receive]),
            ("time", "time", [card.time]),
            ("fee", "fee", [card.fee] if card.fee.certainty in _SURE else []),
            ("result", "result", [card.result]),
        ]
        for key, kind, texts in rows:
            lines = tuple(_both(card, text, kind) for text in texts)
            unsure = (Line(vi["ask_fee"], other=en["ask_fee"]),)
            sections.append(Section(vi[key], lines or unsure, en[key]))
    sections.append(Section(vi["bye"], (Line(vi["bye_line"], other=en["bye_line"]),), en["bye"]))
    title = fixed_words()[order.language]["phrases"]["title"].format(
        name=names_of(order.cards, order.language)
    )
    return Draft(order.kind, order.language, title, tuple(sections))


def _difficulties(order: Order) -> Draft:
    """Put what was told alike together, what was told most first."""
    words = fixed_words()[order.language]["difficulties"]
    groups: list[list[tuple[int, str]]] = []
    for number, text in enumerate(order.texts, start=1):
        near = next((group for group in groups if _likeness(group[0][1], text) >= ALIKE), None)
        groups.append([(number, text)]) if near is None else near.append((number, text))
    groups.sort(key=lambda group: -len(group))
    lines = tuple(
        Line(
            group[0][1],
            words["times"].format(count=len(group)) if len(group) > 1 else "",
            f"{_name('line', order.language)} {', '.join(str(number) for number, _text in group)}",
        )
        for group in groups
    )
    return Draft(order.kind, order.language, words["title"], (Section(words["told"], lines),))


def _likeness(first: str, second: str) -> float:
    one, two = set(first.lower().split()), set(second.lower().split())
    return len(one & two) / len(one | two) if one | two else 0.0


def _line(card: Card, text: Text, kind: str, language: Language, lead: str = "") -> Line:
    return Line(getattr(text, language), lead, f"{getattr(card.name, language)} · {_name(kind, language)}")


def _both(card: Card, text: Text, kind: str) -> Line:
    return Line(text.vi, "", f"{card.name.vi} · {_name(kind, 'vi')}", text.en)


def _name(kind: str, language: Language) -> str:
    return str(fixed_words()[language]["names"][kind])


def _seconds(lines: Sequence[Line], language: Language) -> float:
    return sum(len(line.whole.split()) for line in lines) / SYLLABLES_PER_SECOND[language]


_MADE: dict[DraftKind, Callable[[Order], Draft]] = {
    DraftKind.LOUDSPEAKER: _loudspeaker,
    DraftKind.LESSON: _lesson,
    DraftKind.PHRASES: _phrases,
    DraftKind.DIFFICULTIES: _difficulties,
}
