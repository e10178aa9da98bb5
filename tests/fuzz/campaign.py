"""A whole storm from one seed: its parts, how many inputs each throws, and the report in the end."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.cast import PEOPLE
from tests.fuzz.aftermath import check_aftermath, kept_log
from tests.fuzz.ground import fresh_ground
from tests.fuzz.operations import play_operations
from tests.fuzz.pages import PageStorm
from tests.fuzz.sync import SyncStorm
from tests.fuzz.thrower import Tally, Thrower
from tests.fuzz.wire import play_wire
from tests.fuzz.words import Planted

PARTS = ("sync", "pages", "operations", "wire")


@dataclass(frozen=True)
class Size:
    """How much each part throws: bodies at the sync door, requests for each person at pages and with spoilt headers, examples of each operation, streams."""

    bodies: int
    pages: int
    headers: int
    people: tuple[str | None, ...]
    callers: tuple[str, ...]
    examples: int
    streams: int


# What the long run owes; with less it does not hold, whatever the replies were.
PROMISED = 50_000
LONG = Size(39_000, 330, 900, (None, *PEOPLE), ("", "lan", "ha", "an", "lan's phone"), 3, 600)
SHORT = Size(500, 60, 40, (None, "lan", "son", "an"), ("lan's phone",), 1, 0)


def play(part: str, seed: int, size: Size, seconds: float) -> Tally:
    """Play one part on ground of its own, for no longer than so many seconds, and look at what it left behind."""
    tally, planted = Tally(), Planted()
    if part == "wire":
        play_wire(tally, Random(f"{seed} wire"), size.streams, seconds)
        return tally
    with fresh_ground() as ground, tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        thrower = Thrower(tally, seconds)
        with kept_log(log):
            STORMS[part](thrower, planted, seed, size)
        thrower.close()
        check_aftermath(tally, planted, ground, log)
    return tally


def _sync(thrower: Thrower, planted: Planted, seed: int, size: Size) -> None:
    storm = SyncStorm(thrower, Random(f"{seed} sync"), planted)
    storm.play(size.bodies)
    storm.check_rows()


def _pages(thrower: Thrower, planted: Planted, seed: int, size: Size) -> None:
    for name in size.people:
        storm = PageStorm(thrower, Random(f"{seed} pages {name}"), planted, name)
        storm.play(size.pages)
        storm.play_headers(size.headers)


def _operations(thrower: Thrower, _planted: Planted, seed: int, size: Size) -> None:
    for caller in size.callers:
        play_operations(thrower, caller, seed=seed, examples=size.examples)


STORMS: dict[str, Callable[[Thrower, Planted, int, Size], None]] = {
    "sync": _sync,
    "pages": _pages,
    "operations": _operations,
}


def as_report(tally: Tally, seed: int, promised: int) -> dict[str, Any]:
    """Return the last line of a run as a machine reads it."""
    return {
        "fuzz": "storm",
        "seed": seed,
        "inputs": sum(tally.inputs.values()),
        "inputs_by_part": dict(tally.inputs),
        "replies": dict(sorted(tally.replies.items())),
        "breaches": dict(tally.breaches),
        "holds": not tally.breaches and sum(tally.inputs.values()) >= promised,
    }
