"""A unit's grade: exact fractions from the frozen figures, the sealed findings and the appeals that were granted.

The same documents give the same grade on every machine and in every year; nothing else is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

FULL = Fraction(100)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Granted:
    """An appeal that was granted: what a criterion's points become."""

    criterion: str
    after: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion: its weight and points, of which None says that there was too little to judge by."""

    key: str
    kind: str
    weight: int
    exact: Fraction | None
    is_by_appeal: bool = False

    @property
    def points(self) -> Decimal | None:
        return None if self.exact is None else rounded(self.exact)


@dataclass(frozen=True, slots=True)
class Grade:
    """Points of 100 to two places and the band they fall in; None and "" where less than the least weight was judged."""

    points: Decimal | None
    band: str
    judged: tuple[Judged, ...]
    weight: int


def grade(snapshot: Mapping[str, Any], findings: Mapping[str, Any], granted: Sequence[Granted] = ()) -> Grade:
    """Return the grade that follows from frozen documents. Later appeals about a criterion replace earlier ones."""
    rubric = snapshot["rubric"]
    appeals = {appeal.criterion: Fraction(appeal.after) for appeal in granted}
    judged: list[Judged] = []
    for criterion in rubric["criteria"]:
        key, kind = criterion["key"], criterion["kind"]
        if key in appeals:
            exact: Fraction | None = appeals[key]
        elif kind == "candour":
            exact = _candour(snapshot["self"], judged)
        else:
            exact = _POINTS[kind](criterion, snapshot, findings)
        judged.append(Judged(key, kind, criterion["weight"], exact, key in appeals))
    weight = sum(each.weight for each in judged if each.exact is not None)
    if weight < rubric["least_weight"]:
        return Grade(None, "", tuple(judged), weight)
    total = sum((each.exact * each.weight for each in judged if each.exact is not None), Fraction(0)) / weight
    points = rounded(total)
    return Grade(points, _band(rubric["bands"], points), tuple(judged), weight)


def rounded(value: Fraction) -> Decimal:
    """Return a fraction to two places, halves upwards, without a detour through binary."""
    cents, rest = divmod(value.numerator * 100, value.denominator)
    return (Decimal(cents + (2 * rest >= value.denominator)) * _CENT).quantize(_CENT, ROUND_HALF_UP)


def _band(bands: Sequence[Sequence[str]], points: Decimal) -> str:
    return next(key for key, limit in bands if points >= Decimal(limit))


def _indicator(criterion: Mapping[str, Any], snapshot: Mapping[str, Any], _findings: Mapping[str, Any]) -> Fraction | None:  # fmt: skip
    figure = snapshot["figures"].get(criterion["indicator"])
    if figure is None or figure["d"] < criterion["minimum"] or figure["value"] is None:
        return None
    floor, target = Fraction(criterion["floor"]), Fraction(figure["target"] or criterion["target"])
    if floor == target:
        return None
    part = (Fraction(figure["value"]) - floor) / (target - floor)
    return FULL * min(Fraction(1), max(Fraction(0), part))


def _files(criterion: Mapping[str, Any], _snapshot: Mapping[str, Any], findings: Mapping[str, Any]) -> Fraction | None:  # fmt: skip
    files = findings["files"]
    if files["reviewed"] < max(1, criterion["minimum"]):
        return None
    return FULL * Fraction(files["passed"], files["reviewed"])


def _voice(criterion: Mapping[str, Any], snapshot: Mapping[str, Any], _findings: Mapping[str, Any]) -> Fraction | None:  # fmt: skip
    voice = snapshot["voice"]
    if voice is None or voice["answered"] < max(1, criterion["minimum"]):
        return None
    return FULL * Fraction(voice["confirmed"], voice["answered"])


def _visit(_criterion: Mapping[str, Any], snapshot: Mapping[str, Any], findings: Mapping[str, Any]) -> Fraction | None:  # fmt: skip
    visit = findings["visit"]
    if visit is None:
        return None
    items = snapshot["rubric"]["visit_items"]
    return FULL * Fraction(sum(visit["marks"][item] for item in items), 10 * len(items))


def _candour(told: Mapping[str, int], judged: Sequence[Judged]) -> Fraction | None:
    """100 less the mean distance between what the unit said of itself and what was found; 0 for a unit that said nothing."""
    found = {each.key: each.exact for each in judged if each.exact is not None}
    if not found:
        return None
    if not told:
        return Fraction(0)
    both = [abs(found[key] - told[key]) for key in sorted(found.keys() & told.keys())]
    return FULL - sum(both, Fraction(0)) / len(both) if both else Fraction(0)


_POINTS = {"indicator": _indicator, "files": _files, "voice": _voice, "visit": _visit}
