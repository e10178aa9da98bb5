"""The checklists by which supervisors watch volunteers at work; read from `checklists/`, one file for each."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from aoxanh.training.quiz.item import Strict, Text

FOLDER = Path(__file__).parent / "checklists"
ORDER = ("conduct", "vneid", "services", "ai")


class Point(Text, frozen=True, kw_only=True):
    """One thing to watch for; `module` is the course and module that teach it. Its id keeps its meaning for good."""

    id: str
    module: str


class Version(Strict, frozen=True, kw_only=True):
    """The points as they were asked from some day on."""

    version: int
    points: tuple[Point, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(point.id for point in self.points)


class Checklist(Strict, frozen=True, kw_only=True):
    """A checklist with all its versions, the latest first; `group` is the skill group it belongs to, "" for conduct."""

    code: str
    title: Text
    group: str
    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        return self.versions[0]

    def of(self, version: int) -> Version | None:
        """Return one version, or None where there is none of that number."""
        return next((one for one in self.versions if one.version == version), None)


@cache
def checklists() -> dict[str, Checklist]:
    """Return the checklists by code, in the order in which they are offered."""
    return {code: msgspec.convert({"code": code} | _yaml(code), Checklist) for code in ORDER}


def point_of(checklist: str, point: str) -> Point | None:
    """Return a point by its id, from the latest version that has it."""
    found = checklists().get(checklist)
    versions = found.versions if found else ()
    return next((each for one in versions for each in one.points if each.id == point), None)


def _yaml(code: str) -> Any:
    return yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
