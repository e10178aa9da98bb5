"""What the assistant listens for and how it says things, read from data/phrases.yaml and folded once for server and phone."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from aoxanh.assistant.replies import Slot
from aoxanh.assistant.retrieval.words import fold

FILE = Path(__file__).parents[1] / "data" / "phrases.yaml"

Heard = tuple[str, ...]
"""Phrases as they are heard: folded, one blank between words."""

Language = dict[str, str]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing unknown, nothing missing."""


class Cues(Strict, frozen=True):
    """What asks for one slot: strong phrases ask by themselves, weak ones only where no strong one is said."""

    strong: Heard
    weak: Heard


class PoliceCard(Strict, frozen=True):
    """A card that only the police carry out, and the slots ("" is none) for which that is the answer.

    Where phrases stand, one of each line means this card whatever else was found.
    """

    code: str
    slots: Heard
    said: tuple[Heard, ...] = ()


class Trouble(Strict, frozen=True):
    """A problem with VNeID: heard when one phrase of each line is said."""

    id: str
    codes: Heard
    said: tuple[Heard, ...]
    police: bool = False


class Sibling(Strict, frozen=True):
    """One of the procedures that a word may mean, what sets it apart, words that settle it, and words that rule it out."""

    code: str
    apart: Language
    tells: Heard
    not_with: Heard = ()


class Family(Strict, frozen=True):
    """Procedures that people mean by one word."""

    said: Heard
    among: tuple[Sibling, ...]
    elsewhere: Heard = ()
    also: Language = {}


class Moves(Strict, frozen=True):
    """How people move in a dialogue."""

    ordinals: tuple[Heard, ...]
    last: Heard
    none: Heard
    back: Heard
    correct: Heard


class Texts(Strict, frozen=True):
    """Sentences by language and name."""

    titles: dict[str, Language]
    channels: dict[str, Language]
    say: dict[str, Language]
    go: dict[str, Language]


class Phrases(Strict, frozen=True):
    """Everything that is heard and said."""

    slots: dict[Slot, Cues]
    alike: Language
    tales: Heard
    empty: str
    light: str
    follow: Heard
    vague: Heard
    joins: Heard
    moves: Moves
    late: Heard
    in_time_free: str
    provinces: Heard
    province_before: Heard
    police: tuple[PoliceCard, ...]
    problems: tuple[Trouble, ...]
    siblings: tuple[Family, ...]
    texts: Texts


_SPOKEN = {"apart", "also", "texts", "id", "code", "codes"}
"""What is shown or names a thing is not folded."""


@cache
def read_phrases() -> Phrases:
    """Return the phrases that come with the product."""
    return msgspec.convert(pack(), Phrases)


@cache
def pack() -> dict[str, Any]:
    """Return the phrases as plain data, folded: what a phone is given."""
    with FILE.open(encoding="utf-8") as file:
        held: dict[str, Any] = _folded(yaml.safe_load(file))
    return held


def _folded(value: Any, key: str = "") -> Any:
    if key in _SPOKEN:
        return [str(item) for item in value] if isinstance(value, list) else _plain(value, key)
    if isinstance(value, dict):
        return {name: _folded(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return (
            list(dict.fromkeys(_folded(item) for item in value))
            if _is_flat(value)
            else [_folded(i) for i in value]
        )
    return " ".join(fold(value).split()) if isinstance(value, str) else value


def _plain(value: Any, key: str) -> Any:
    return str(value) if key in ("id", "code") else value


def _is_flat(value: list[Any]) -> bool:
    return all(isinstance(item, str) for item in value)
