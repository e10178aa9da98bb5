"""Like units: which others a unit may fairly be set beside, and what had to be let go of to find enough of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from math import log


class PlaceType(StrEnum):
    """What kind of place a unit works in; the hardest condition names it."""

    ISLAND = "island"
    BORDER = "border"
    RURAL = "rural"
    URBAN = "urban"


class Like(StrEnum):
    """What units must have in common, the dearest first; the type of place is never let go of."""

    LANGUAGES = "languages"
    NETWORK = "network"
    SIZE = "size"


# Twice as big is still alike; what differs more is served differently.
SAME_SIZE = log(2)
ENOUGH = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's traits. `size` is positive (people, or square kilometres); `network` is weak where phones find no signal."""

    key: str
    kind: PlaceType
    size: float | None = None
    weak_network: bool = False
    languages: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Peers:
    """The like units' keys, sorted, the unit itself among them; and in what they are alike besides the type of place."""

    kind: PlaceType
    keys: tuple[str, ...]
    alike_in: tuple[Like, ...]
    is_enough: bool


def like_units(unit: Unit, others: Iterable[Unit], *, enough: int = ENOUGH) -> Peers:
    """Return the units of the same type of place that are alike in as much as leaves at least `enough` of them.

    Size is let go of first, then the network, then languages. When even all units of the type are fewer, they are returned
    with `is_enough` false, and no comparison should be read from them.
    """
    same = {other.key: other for other in others if other.kind == unit.kind} | {unit.key: unit}
    for wanted in ((Like.LANGUAGES, Like.NETWORK, Like.SIZE), (Like.LANGUAGES, Like.NETWORK), (Like.LANGUAGES,), ()):  # fmt: skip
        keys = tuple(sorted(key for key, other in same.items() if _alike(unit, other, wanted)))
        if len(keys) >= enough:
            return Peers(unit.kind, keys, wanted, is_enough=True)
    return Peers(unit.kind, tuple(sorted(same)), (), is_enough=False)


def _alike(unit: Unit, other: Unit, wanted: tuple[Like, ...]) -> bool:
    return all(_TESTS[what](unit, other) for what in wanted)


def _same_size(unit: Unit, other: Unit) -> bool:
    if unit.size is None or other.size is None:
        return unit.size is other.size
    return abs(log(unit.size / other.size)) <= SAME_SIZE + 1e-12


def _same_languages(unit: Unit, other: Unit) -> bool:
    """Both need interpreters, or neither does; which language it is changes who is sent, not how hard the work is."""
    return bool(unit.languages) == bool(other.languages)


_TESTS = {
    Like.SIZE: _same_size,
    Like.NETWORK: lambda unit, other: unit.weak_network == other.weak_network,
    Like.LANGUAGES: _same_languages,
}
