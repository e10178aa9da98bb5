"""The cards and guides that come with the product, read from its data files."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from aoxanh.procedures.card import Card, Strict, Text, Who
from aoxanh.procedures.errors import CardInvalid
from aoxanh.procedures.rules import read_card

FOLDER = Path(__file__).parent / "data"


class Level(Strict, frozen=True):
    """What one level of VNeID needs and gives."""

    level: Literal[1, 2]
    code: str
    where: Text
    needs: Text
    time: Text
    gives: Text


class FixStep(Text, frozen=True):
    """One step out of a problem, and who takes it."""

    who: Who


class Problem(Strict, frozen=True):
    """Something that goes wrong with VNeID, how one sees it, and the way out."""

    id: str
    name: Text
    symptoms: tuple[Text, ...]
    fix: tuple[FixStep, ...]
    escalate: Text | None
    confidence: Literal["high", "medium"]


class VneidGuide(Strict, frozen=True):
    """Help with VNeID, and its limits."""

    as_of: str
    source: str
    levels: tuple[Level, ...]
    problems: tuple[Problem, ...]
    volunteer_may: tuple[Text, ...]
    police_only: tuple[Text, ...]
    never: tuple[Text, ...]
    scams: tuple[Text, ...]


class Abbreviation(Strict, frozen=True):
    """A short form, with the one thing it stands for or with several that the words around it decide."""

    short: str
    long: str = ""
    longs: tuple[str, ...] = ()

    @property
    def meanings(self) -> tuple[str, ...]:
        return self.longs or (self.long,)


class EssentialService(Strict, frozen=True):
    """One of the 25 essential online services; `code` leads to its card where one is known."""

    no: int
    authority: str
    vi: str
    en: str
    code: str | None = None


def read_cards() -> list[Card]:
    """Read every card that comes with the product. Raises CardInvalid, also when a code comes twice."""
    cards: dict[str, Card] = {}
    for path in sorted((FOLDER / "cards").glob("*.yaml")):
        for material in _yaml(path):
            card = read_card(material)
            if card.code in cards:
                raise CardInvalid.twice(card.code)
            cards[card.code] = card
    return list(cards.values())


@cache
def vneid() -> VneidGuide:
    """Return the help with VNeID."""
    return msgspec.convert(_yaml(FOLDER / "vneid.yaml"), VneidGuide)


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """Return the short forms people type."""
    return msgspec.convert(_yaml(FOLDER / "abbreviations.yaml"), tuple[Abbreviation, ...])


@cache
def essential_services() -> tuple[EssentialService, ...]:
    """Return the 25 essential services in their official order."""
    return msgspec.convert(_yaml(FOLDER / "essential25.yaml"), tuple[EssentialService, ...])


def read_guides() -> dict[str, Any]:
    """Return every guide that comes with the product as plain data, by key."""
    short_forms = [{"short": item.short, "longs": item.meanings} for item in abbreviations()]
    guides = {"vneid": vneid(), "abbreviations": short_forms, "essential25": essential_services()}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(guides))
    return plain


def _yaml(path: Path) -> Any:
    # libyaml is in every wheel of PyYAML; the pure reader would take a second longer where it is not.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=loader)  # noqa: S506 - both loaders are the safe ones
