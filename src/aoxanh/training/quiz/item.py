"""A question of the bank in both languages: what is asked, what may be answered, and why the right answer is right."""

import hashlib
from collections.abc import Iterator
from typing import Literal

import msgspec

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
Kind = Literal["single", "multiple", "truefalse", "matching", "numeric"]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Nothing unknown, nothing missing, nothing changed after it was read."""


class Text(Strict, frozen=True, kw_only=True):
    """One text in Vietnamese and in English."""

    vi: str
    en: str

    def told(self, language: Language) -> str:
        """Return it in one language."""
        return self.vi if language == "vi" else self.en


class Option(Text, frozen=True, kw_only=True):
    """One answer to choose; `why` says what is wrong or right about this one, where that needs its own words."""

    right: bool = False
    why: Text | None = None


class Pair(Strict, frozen=True, kw_only=True):
    """Two things that belong together; steps in their order are pairs of a place and a step."""

    left: Text
    right: Text


class Item(Strict, frozen=True, kw_only=True):
    """One question. Its kind says which answer it has: `options`, `holds` (is the claim true?), `pairs`, or `number`."""

    id: str
    module: str
    kind: Kind
    ask: Text
    options: tuple[Option, ...] = ()
    holds: bool | None = None
    pairs: tuple[Pair, ...] = ()
    number: float | None = None
    within: float = 0.0
    why: Text

    @property
    def version(self) -> str:
        """The item's own name (SHA-256), so that an answer is marked against what was really asked."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def texts_of(item: Item) -> Iterator[tuple[str, Text]]:
    """Yield every text of an item with its dotted path."""
    yield "ask", item.ask
    yield "why", item.why
    for index, option in enumerate(item.options):
        yield f"options.{index}", option
        if option.why is not None:
            yield f"options.{index}.why", option.why
    for index, pair in enumerate(item.pairs):
        yield f"pairs.{index}.left", pair.left
        yield f"pairs.{index}.right", pair.right
