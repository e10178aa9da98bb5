"""What changed between two versions of a card, told so that a person can read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from aoxanh.procedures.card import Card, plain

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the card that changed: the field ("bodies.receive", "steps") and its words; `language` is "" for a fact."""

    field: str
    language: str
    pieces: tuple[Piece, ...]


def differences(old: Card, new: Card) -> list[Difference]:
    """Return what differs, in the order of the card; nothing for equal cards."""
    before, after = _lines(old), _lines(new)
    found: list[Difference] = []
    for field in dict.fromkeys([*before, *after]):
        name, _, language = field.partition("|")
        runs = _changed(before.get(field, []), after.get(field, []))
        found.extend(Difference(name, language, pieces) for pieces in runs)
    return found


def _lines(card: Card) -> dict[str, list[str]]:
    """Return the card's lines by field and language, in the card's own order."""
    lines: dict[str, list[str]] = {}
    for field, value in plain(card).items():
        for path, language, text in _texts(field, value):
            lines.setdefault(f"{path}|{language}", []).append(text)
    return lines


def _texts(field: str, value: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, dict) and "vi" in value:
        rest = [str(value[key]) for key in value if key not in ("vi", "en")]
        for language in ("vi", "en"):
            yield (
                field,
                language,
                ": ".join([*rest, value[language]]) if field == "steps" else value[language],
            )
        if rest and field != "steps":
            yield f"{field}.certainty", "", rest[0]
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(f"{field}.{name}", part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(field, part)
    elif value is not None:
        yield field, "", str(value)


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(last - first, end - start)
        for step in range(pairs):
            yield tuple(_words(before[first + step], after[start + step]))
        for line in before[first + pairs : last]:
            yield (Piece("gone", line),)
        for line in after[start + pairs : end]:
            yield (Piece("new", line),)


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        yield from (Piece("gone", before), Piece("new", after))
        return
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", " ".join(old[first:last]))
            continue
        if last > first:
            yield Piece("gone", " ".join(old[first:last]))
        if end > start:
            yield Piece("new", " ".join(new[start:end]))
