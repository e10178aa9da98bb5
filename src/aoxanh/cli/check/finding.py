"""Finding: one thing looked at, how it stands, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the diagnosis; `name` is stable, so that a program can look for it."""

    name: str
    level: Level
    says: str
    remedy: str = ""


def fine(name: str, says: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(name, "ok", says)


def warn(name: str, says: str, remedy: str) -> Finding:
    """Return a finding that should be known and may be meant."""
    return Finding(name, "warning", says, remedy)


def wrong(name: str, says: str, remedy: str) -> Finding:
    """Return a finding that must be put right."""
    return Finding(name, "problem", says, remedy)
