"""The rules that both detectors read, from data/rules.json.

A rule is a pattern over one view of the text; what its group 1 holds is found. `digits` (how many) and `has` (one of these
words) tell quickly when a rule cannot match; `raw` rules also look inside safe spots (dossier codes, laws, dates, amounts);
`near` needs a word close by and `unless...` forbids one. Patterns use only what Python and JavaScript share, without look-behind, which old phones lack.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_DATA = json.loads((Path(__file__).parent.parent / "data" / "rules.json").read_text(encoding="ascii"))
_PARTS: dict[str, str] = _DATA["parts"]

SAME: dict[str, str] = _DATA["same"]
FOLD: dict[str, str] = _DATA["fold"]
ZEROS: list[int] = _DATA["zeros"]
PROVINCES = frozenset(_DATA["provinces"])


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which one kind of personal data shows itself."""

    kind: str
    view: str
    pattern: re.Pattern[str]
    digits: int
    has: tuple[str, ...]
    raw: bool
    check: str
    near: re.Pattern[str] | None
    before: int
    after: int
    unless: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern with its <PARTS> spelt out."""
    return re.compile(re.sub("<([A-Z]+)>", lambda part: _PARTS[part[1]], pattern))


def _rule(entry: dict[str, Any]) -> Rule:
    words = {
        name: compiled(entry[name]) if name in entry else None
        for name in ("near", "unless", "unless_before", "unless_after")
    }
    return Rule(
        kind=entry["kind"],
        view=entry["view"],
        pattern=compiled(entry["pattern"]),
        digits=entry.get("digits", 0),
        has=tuple(entry.get("has", ())),
        raw=entry.get("raw", False),
        check=entry.get("check", ""),
        before=entry.get("before", 0),
        after=entry.get("after", 0),
        **words,
    )


SAFE = tuple(map(compiled, _DATA["safe"]))
RULES = tuple(map(_rule, _DATA["rules"]))
