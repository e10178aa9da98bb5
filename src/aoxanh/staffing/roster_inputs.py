"""What the engine is given, as canonical bytes: the same bytes give the same roster to the last seat."""

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from aoxanh.staffing.rostering.problem import Absence, Member, Problem, Settings, Shift, Taken, Wish
from aoxanh.staffing.rostering.replan import replan
from aoxanh.staffing.rostering.solve import Effort, Roster, solve

FORM = 1
LARGEST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Order:
    """A problem, how long to search, and for a mend the published seats and the first day that may change."""

    problem: Problem
    effort: Effort
    before: tuple[Taken, ...] | None = None
    today: date | None = None

    def carry_out(self) -> Roster:
        """Return the roster; the same order gives the same one."""
        if self.before is None:
            return solve(self.problem, self.effort)
        return replan(self.problem, self.before, self.today, self.effort).roster


def to_json(order: Order) -> bytes:
    """Return the order as canonical JSON."""
    problem = order.problem
    told = {
        "form": FORM,
        "members": [asdict(row) for row in problem.members],
        "shifts": [asdict(row) for row in problem.shifts],
        "absences": [asdict(row) for row in problem.absences],
        "wishes": [asdict(row) for row in problem.wishes],
        "pins": [asdict(row) for row in problem.pins],
        "settings": asdict(problem.settings),
        "effort": asdict(order.effort),
        "before": None if order.before is None else [asdict(row) for row in order.before],
        "today": order.today,
    }
    return json.dumps(
        told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat
    ).encode()


def from_json(content: bytes) -> Order:
    """Return the order that these bytes tell. Raises ValueError for another form."""
    told: dict[str, Any] = json.loads(content)
    if told["form"] != FORM:
        raise ValueError(f"inputs of form {told['form']}")
    problem = Problem(
        tuple(_member(row) for row in told["members"]),
        tuple(Shift(**row | {"day": date.fromisoformat(row["day"])}) for row in told["shifts"]),
        tuple(Absence(**row | {key: date.fromisoformat(row[key]) for key in ("first", "last")}) for row in told["absences"]),
        tuple(Wish(**row | {"day": _day(row["day"])}) for row in told["wishes"]),
        tuple(Taken(**row) for row in told["pins"]),
        Settings(**told["settings"]),
    )  # fmt: skip
    before = None if told["before"] is None else tuple(Taken(**row) for row in told["before"])
    return Order(problem, Effort(**told["effort"]), before, _day(told["today"]))


def _member(row: dict[str, Any]) -> Member:
    # Inputs kept from before minors needed consent do not tell the last two.
    days = {key: _day(row.get(key)) for key in ("barred_from", "barred_to")}
    return Member(**row | {key: tuple(row[key]) for key in ("certificates", "languages")} | days)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def pack(content: bytes) -> bytes:
    """Return the bytes as they are stored."""
    return zlib.compress(content, 9)


def unpack(stored: bytes) -> bytes:
    """Return the bytes as they were."""
    return zlib.decompressobj().decompress(bytes(stored), LARGEST_BYTES)


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def digest_of(taken: Iterable[Taken]) -> str:
    """Return the SHA-256 of who holds which seat, whatever the order."""
    lines = sorted(f"{each.shift} {each.member} {each.seat}" for each in taken)
    return digest("\n".join(lines).encode())
