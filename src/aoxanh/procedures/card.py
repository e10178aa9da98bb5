"""The guided card: what one procedure asks for, and who does each step; the shape in which files, forms and phones hold it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import msgspec

CODE = re.compile(r"[0-9]\.[0-9]{6}")
"""The national portal's form of a code; cards without one carry a word of ours and have no deep link."""

Who = Literal["citizen", "volunteer", "official"]
Channel = Literal["online", "app", "in_person", "post", "phone"]
OnlineLevel = Literal["full", "partial", "none"]
Certainty = Literal["free", "fixed", "varies", "council", "unverified"]
Group = Literal[
    "ho_tich",
    "chung_thuc",
    "cu_tru",
    "can_cuoc",
    "xa_hoi",
    "bhxh_thue_kd",
    "dat_dai_xay_dung",
    "giao_duc_khac",
]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Nothing unknown, nothing missing, nothing changed after it was read."""


class Text(Strict, frozen=True):
    """One text in Vietnamese and in English."""

    vi: str
    en: str


class Step(Text, frozen=True):
    """One step of the way, and who takes it."""

    who: Who


class Fee(Text, frozen=True):
    """What it costs, and how sure that is: `council` means that each province's council sets it."""

    certainty: Certainty


class Bodies(Strict, frozen=True):
    """The three bodies of a case: where help is given, where it is handed in, who decides."""

    support: Text
    receive: Text
    decide: Text


class Card(Strict, frozen=True):
    """Everything a citizen and a volunteer need to know about one procedure."""

    code: str
    group: Group
    name: Text
    authority: Text
    bodies: Bodies
    online_level: OnlineLevel
    channels: tuple[Channel, ...]
    time: Text
    time_working_days: int | None
    fee: Fee
    papers: tuple[Text, ...]
    steps: tuple[Step, ...]
    never: tuple[Text, ...]
    result: Text
    legal: tuple[str, ...]
    changed: Text | None
    notes: tuple[Text, ...]
    aliases: tuple[str, ...]
    asks_province: bool
    confidence: Literal["high", "medium"]
    source: str
    supersedes: tuple[str, ...]
    valid_from: date

    @property
    def is_on_portal(self) -> bool:
        return CODE.fullmatch(self.code) is not None


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a card: the field as a dotted path ("steps.2.vi") and what is wrong, to be shown to a person."""

    field: str
    message: str


class Misshapen(ValueError):
    """The material is not in the shape of a card at all."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(f"{flaw.field}: {flaw.message}")


def shape(material: Mapping[str, Any]) -> Card:
    """Read a card from plain data. Raises Misshapen at the first field of a wrong kind, missing or unknown."""
    given = dict(material)
    given.setdefault("supersedes", None)
    if given["supersedes"] is None or isinstance(given["supersedes"], str):
        given["supersedes"] = re.split(r"[,\s]+", given["supersedes"]) if given["supersedes"] else []
    try:
        return msgspec.convert(given, Card)
    except msgspec.ValidationError as error:
        raise Misshapen(_flaw_of(str(error))) from error


def plain(card: Card) -> dict[str, Any]:
    """Return the card as JSON holds it."""
    held: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(card))
    return held


def texts_of(card: Card) -> Iterator[tuple[str, Text]]:
    """Yield every text of the card in two languages, with its dotted path."""
    for name in ("name", "authority", "time", "fee", "result"):
        yield name, getattr(card, name)
    for name in ("support", "receive", "decide"):
        yield f"bodies.{name}", getattr(card.bodies, name)
    if card.changed is not None:
        yield "changed", card.changed
    for name in ("papers", "steps", "never", "notes"):
        for index, text in enumerate(getattr(card, name)):
            yield f"{name}.{index}", text


def _flaw_of(complaint: str) -> Flaw:
    """Turn "Expected `str`, got `int` - at `$.name.vi`" into a path and a message."""
    message, _, path = complaint.partition(" - at `$")
    dotted = re.sub(r"\[(\d+)\]", r".\1", path.rstrip("`")).strip(".")
    missing = re.fullmatch(r"Object (?:missing required|contains unknown) field `(.+)`", message)
    return Flaw(f"{dotted}.{missing[1]}".strip(".") if missing else dotted, message)
