"""What stands in the field that a reply names as its source."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from aoxanh.assistant.replies import Source
from aoxanh.procedures.card import Card, plain

GUIDE = "vneid"


def texts_of(cards: Iterable[Card], guide: Mapping[str, Any]) -> Callable[[Source], str]:
    """Return a reading of sources: the field of a card ("fee", "papers.2"), or of the VNeID guide, as one text."""
    held: dict[str, Any] = {card.code: plain(card) for card in cards}
    problems = {problem["id"]: problem for problem in guide.get("problems", [])}
    held[GUIDE] = {**guide, "problems": problems}

    def text_of(source: Source) -> str:
        value: Any = held.get(source.code)
        for step in source.field.split("."):
            value = _within(value, step)
        return value if isinstance(value, str) else msgspec.json.encode(value).decode()

    return text_of


def _within(value: Any, step: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, list) and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    return None
