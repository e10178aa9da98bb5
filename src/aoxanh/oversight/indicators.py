"""The indicators as `data/indicators.yaml` has them, and their values from sums of the rollup."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from django.utils.translation import get_language

from aoxanh.oversight.intervals import Share, share
from aoxanh.oversight.measures import COLUMNS
from aoxanh.people.permissions import Permission

PATH = Path(__file__).parent / "data" / "indicators.yaml"
ROSTER = ("teams", "members")
Kind = Literal["count", "share", "rate"]


@dataclass(frozen=True, slots=True)
class Words:
    """What people read of an indicator, in one language."""

    name: str
    unit: str
    counts: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; see the head of the data file for what each part means."""

    key: str
    vi: Words
    en: Words
    kind: Kind
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    better: Literal["up", "down", ""]
    window: str
    minimum: int
    sees: Permission
    source: str

    @property
    def words(self) -> Words:
        """The words in the reader's language."""
        return self.en if (get_language() or "vi").startswith("en") else self.vi

    @property
    def takes_targets(self) -> bool:
        """Whether a target can be set: of a count as well as of a share, but not of what only describes."""
        return bool(self.better) or self.kind == "count"

    @property
    def is_recorded(self) -> bool:
        """Whether it counts what volunteers recorded, which others may confirm; not who serves or what others said."""
        return self.kind == "count" and self.source == "rollup"

    def count(self, sums: Mapping[str, int]) -> tuple[int, int]:
        """Return (numerator, denominator) from sums of the rollup and the roster; the denominator of a count is 0."""
        return sum(sums.get(part, 0) for part in self.numerator), sum(
            sums.get(part, 0) for part in self.denominator
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator's value somewhere. `value` is None below the minimum; shares come with Wilson's interval."""

    indicator: Indicator
    numerator: int
    denominator: int
    value: float | None
    interval: Share | None

    @property
    def is_enough(self) -> bool:
        return self.value is not None


def measure(indicator: Indicator, sums: Mapping[str, int]) -> Measured:
    """Return an indicator's value from sums of the rollup (and `teams`, `members` of the roster)."""
    numerator, denominator = indicator.count(sums)
    if indicator.kind == "count":
        return Measured(indicator, numerator, 0, float(numerator), None)
    if denominator < max(1, indicator.minimum):
        return Measured(indicator, numerator, denominator, None, None)
    interval = share(min(numerator, denominator), denominator) if indicator.kind == "share" else None
    return Measured(indicator, numerator, denominator, numerator / denominator, interval)


@cache
def indicators() -> dict[str, Indicator]:
    """Return all indicators by key, in the order of the file. Raises ValueError for a file that cannot be right."""
    return read(PATH.read_text(encoding="utf-8"))


@cache
def unmeasured() -> list[dict[str, dict[str, str]]]:
    """Return what provinces report and nothing here counts: in each language its name and why."""
    told: list[dict[str, dict[str, str]]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))["unmeasured"]
    return told


def read(text: str) -> dict[str, Indicator]:
    """Read the indicators of a data file. Raises ValueError that names the indicator and what is wrong with it."""
    found: dict[str, Indicator] = {}
    for entry in yaml.safe_load(text)["indicators"]:
        key = entry.get("key", "")
        if not key or key in found:
            raise ValueError(f"indicator {key!r}: the key is missing or there twice")
        found[key] = _indicator(key, entry)
    return found


def _indicator(key: str, entry: dict[str, Any]) -> Indicator:
    numerator, denominator = tuple(entry["numerator"]), tuple(entry.get("denominator", ()))
    strange = sorted({*numerator, *denominator} - {*COLUMNS, *ROSTER})
    if strange:
        raise ValueError(f"indicator {key!r}: no such column: {', '.join(strange)}")
    if entry["kind"] not in ("count", "share", "rate") or (entry["kind"] == "count") == bool(denominator):
        raise ValueError(f"indicator {key!r}: a count has no denominator, a share or a rate has one")
    if entry.get("better", "") not in ("up", "down", ""):
        raise ValueError(f"indicator {key!r}: better is up or down")
    return Indicator(
        key=key,
        vi=Words(**entry["vi"]),
        en=Words(**entry["en"]),
        kind=entry["kind"],
        numerator=numerator,
        denominator=denominator,
        better=entry.get("better", ""),
        window=entry["window"],
        minimum=entry["minimum"],
        sees=Permission(entry["sees"]),
        source=entry["source"],
    )
