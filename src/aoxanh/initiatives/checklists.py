"""What comes with the product: the checklists of fidelity, and creative models that the campaign and the press name."""

from functools import cache
from pathlib import Path

import msgspec
import yaml
from django.utils.translation import get_language

from aoxanh.initiatives.kinds import Kind

FILE = Path(__file__).parent / "data" / "models.yaml"


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.vi


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of a checklist."""

    key: str
    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.vi


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A model as it was described, not measured."""

    slug: str
    kind: Kind
    title: Text
    problem: Text
    steps: Text
    where: Text
    conditions: Text
    limits: Text


class Models(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    source: Text
    checklists: dict[str, tuple[Item, ...]]
    models: tuple[Model, ...]


@cache
def models() -> Models:
    """Return the file, read once."""
    return msgspec.convert(yaml.safe_load(FILE.read_text(encoding="utf-8")), Models)


def checklist(kind: str) -> tuple[Item, ...]:
    """Return what makes a copy true to the original; kinds without a list of their own share one."""
    lists = models().checklists
    return lists.get(kind, lists["other"])
