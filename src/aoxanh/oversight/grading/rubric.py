"""The rubric: criteria with weights as versioned data, checked when read."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).parents[1] / "data" / "rubric.yaml"
KINDS = ("indicator", "files", "voice", "visit", "candour")
FULL = 100


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. `floor` and `target` are the rates that give no points and all of them; the target may be overridden."""

    key: str
    kind: str
    weight: int
    minimum: int
    indicator: str = ""
    floor: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """One version. With less than `least_weight` judged there is no grade."""

    version: str
    least_weight: int
    bands: tuple[tuple[str, str], ...]
    visit_items: tuple[str, ...]
    criteria: tuple[Criterion, ...]

    @property
    def scored(self) -> tuple[Criterion, ...]:
        """The criteria that a unit scores itself on: all but candour, which is about that score."""
        return tuple(each for each in self.criteria if each.kind != "candour")


@cache
def rubrics() -> dict[str, Rubric]:
    """Return every version, the newest last."""
    return read(PATH.read_text(encoding="utf-8"))


def newest() -> Rubric:
    """Return the version that new cycles use."""
    return list(rubrics().values())[-1]


def read(text: str) -> dict[str, Rubric]:
    """Read versions of the rubric. Raises ValueError that names the version and what is wrong with it."""
    found: dict[str, Rubric] = {}
    for entry in yaml.safe_load(text):
        version = str(entry["version"])
        criteria = tuple(Criterion(**each) for each in entry["criteria"])
        bands = tuple((band["key"], band["from"]) for band in entry["bands"])
        rubric = Rubric(version, entry["least_weight"], bands, tuple(entry["visit_items"]), criteria)
        if version in found or (fault := _fault(rubric)):
            raise ValueError(f"rubric {version}: {fault if version not in found else 'there twice'}")
        found[version] = rubric
    return found


def _fault(rubric: Rubric) -> str:
    if sum(each.weight for each in rubric.criteria) != FULL:
        return "the weights do not add up to 100"
    if len({each.key for each in rubric.criteria}) < len(rubric.criteria):
        return "a criterion is there twice"
    for each in rubric.criteria:
        if each.kind not in KINDS or each.weight <= 0:
            return f"{each.key}: unknown kind or no weight"
        if each.kind == "indicator" and (not each.indicator or Decimal(each.floor) == Decimal(each.target)):
            return f"{each.key}: an indicator needs a floor and a target that differ"
    limits = [Decimal(limit) for _key, limit in rubric.bands]
    if limits != sorted(limits, reverse=True) or limits[-1] != 0:
        return "the bands must go down to 0"
    return ""


def as_content(rubric: Rubric) -> dict[str, Any]:
    """Return the rubric as it is frozen with the figures, so that a grade never asks the file again."""
    return {
        "version": rubric.version,
        "least_weight": rubric.least_weight,
        "bands": [list(band) for band in rubric.bands],
        "visit_items": list(rubric.visit_items),
        "criteria": [{name: getattr(each, name) for name in Criterion.__slots__} for each in rubric.criteria],
    }
