"""The checklist of a visit, read from data/visit_checklist.yaml; every version stays for what was seen by it."""

from functools import cache
from pathlib import Path

import msgspec
import yaml

from aoxanh.oversight.supervision.rules import Words

DATA = Path(__file__).parent.parent / "data" / "visit_checklist.yaml"


class Point(Words, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing to look at; its id keeps its meaning for good."""

    id: str


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The points as they were asked from some day on."""

    version: int
    points: tuple[Point, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(point.id for point in self.points)


class Checklist(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The checklist with all its versions, the latest first."""

    title: Words
    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        return self.versions[0]

    def of(self, version: int) -> Version | None:
        """Return one version, or None where there is none of that number."""
        return next((one for one in self.versions if one.version == version), None)


@cache
def checklist() -> Checklist:
    """Return the checklist of visits."""
    return msgspec.convert(yaml.safe_load(DATA.read_text(encoding="utf-8")), Checklist)
