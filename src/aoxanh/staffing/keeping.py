"""A plan's inputs and answer as bytes that are the same for the same content, so that a plan can be made again to the last digit. Pure.

Inputs are lines of JSON, one a row, compressed; the hash is over the lines. An answer is a line of JSON and the numbers behind it.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from aoxanh.staffing.allocation.bound import upper_bound
from aoxanh.staffing.allocation.classes import group
from aoxanh.staffing.allocation.flaws import Flaw, check
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.plan import Plan, Start
from aoxanh.staffing.allocation.problem import KINDS, Commune, Edit, Problem, Settings, Volunteer
from aoxanh.staffing.allocation.replan import STAY
from aoxanh.staffing.allocation.value import settled_points

FORMAT = 1
_NUMBERS = ("where", "kind", "post", "speaker", "leader", "shift")


class DamagedPlan(Exception):
    """What was kept of a plan does not agree with its hash."""


@dataclass(frozen=True)
class Inputs:
    """All that a plan is made from.

    `present` is where people served when it was begun, by id, and as what if they were told ("00715 vneid"): what "moved" is
    told against.
    """

    people: tuple[Volunteer, ...] = ()
    communes: tuple[Commune, ...] = ()
    edits: tuple[Edit, ...] = ()
    settings: Settings = field(default_factory=Settings)
    present: dict[str, str] = field(default_factory=dict)

    def problem(self) -> tuple[Problem, list[Flaw]]:
        """Return the clean problem, and what was wrong with the rows."""
        return check(self.people, self.communes, self.edits, self.settings)


@dataclass(frozen=True)
class Kept:
    """Bytes for the database, and the hash of what they hold."""

    content: bytes
    sha256: str


def keep_inputs(inputs: Inputs) -> Kept:
    """Return the inputs as compressed canonical text."""
    return _kept("\n".join(_lines(inputs)).encode())


def read_inputs(content: bytes, sha256: str) -> Inputs:
    """Return the inputs that were kept. Raises DamagedPlan."""
    head, *rows = (json.loads(line) for line in _checked(content, sha256).decode().split("\n"))
    found: dict[str, list[Any]] = {"v": [], "c": [], "e": [], "p": []}
    for sort, *cells in rows:
        found[sort].append(cells)
    return Inputs(
        tuple(Volunteer(*map(_tupled, cells)) for cells in found["v"]),
        tuple(_commune(cells) for cells in found["c"]),
        tuple(Edit(*cells) for cells in found["e"]),
        Settings(**{name: _tupled(value) for name, value in head["settings"].items()}),
        dict(found["p"]),
    )


def keep_answer(plan: Plan) -> Kept:
    """Return who serves where and the prices, as numbers in the order of the inputs' people and communes."""
    arrays = {
        "where": plan.where.astype("<i4"), "kind": plan.kind.astype("<i1"),
        "post": plan.prices.post.astype("<f8"), "speaker": plan.prices.speaker.astype("<f8"),
        "leader": plan.prices.leader.astype("<f8"), "shift": plan.prices.shift.astype("<f8"),
    }  # fmt: skip
    head = {
        "format": FORMAT,
        "value": plan.value,
        "arrays": [[name, arrays[name].dtype.str, list(arrays[name].shape)] for name in _NUMBERS],
    }
    return _kept(_json(head).encode() + b"\n" + b"".join(arrays[name].tobytes() for name in _NUMBERS))


def read_plan(problem: Problem, content: bytes, sha256: str) -> Plan:
    """Return the plan of a problem from its kept answer, its bound told anew from the prices. Raises DamagedPlan."""
    head_line, _, numbers = _checked(content, sha256).partition(b"\n")
    head, arrays, at = json.loads(head_line), {}, 0
    for name, kind, shape in head["arrays"]:
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        arrays[name] = np.frombuffer(numbers[at : at + size], dtype=kind).reshape(shape)
        at += size
    if len(arrays["where"]) != len(problem.people):
        raise DamagedPlan("the answer is of other people than the inputs")
    ground, of = group(problem)
    prices = Prices(*(arrays[name].astype(np.float64) for name in _NUMBERS[2:]))
    bound = upper_bound(ground, prices)
    return Plan(
        problem, ground, of, arrays["where"].astype(np.int64), arrays["kind"].astype(np.int64), head["value"],
        bound.total + settled_points(problem), prices, bound, Start(),
    )  # fmt: skip


def with_edits(inputs: Inputs, plan: Plan, edits: tuple[Edit, ...]) -> Inputs:
    """Return inputs for planning again after hand edits: everybody is used to where this plan puts them."""
    codes = plan.problem.communes.codes
    places = dict(
        zip(plan.problem.people.ids, zip(plan.where.tolist(), plan.kind.tolist(), strict=True), strict=True)
    )
    people = []
    for person in inputs.people:
        where, kind = places.get(person.id, (-1, -1))
        last = codes[where] if where >= 0 else ""
        people.append(replace(person, last=last, last_kind=KINDS[kind] if last else ""))
    return replace(inputs, people=tuple(people), edits=edits, settings=replace(inputs.settings, stay=STAY))


def _lines(inputs: Inputs) -> Iterator[str]:
    yield _json({"format": FORMAT, "settings": asdict(inputs.settings)})
    for sort, rows in (("v", inputs.people), ("c", inputs.communes), ("e", inputs.edits)):
        for row in rows:
            yield _json([sort, *(getattr(row, name) for name in row.__dataclass_fields__)])
    for person, place in sorted(inputs.present.items()):
        yield _json(["p", person, place])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _commune(cells: list[Any]) -> Commune:
    row = Commune(*cells)
    return replace(row, levels={kind: (levels[0], levels[1]) for kind, levels in row.levels.items()})


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _kept(content: bytes) -> Kept:
    return Kept(zlib.compress(content, 6), hashlib.sha256(content).hexdigest())


def _checked(content: bytes, sha256: str) -> bytes:
    try:
        found = zlib.decompress(content)
    except zlib.error as error:
        raise DamagedPlan(str(error)) from None
    if hashlib.sha256(found).hexdigest() != sha256:
        raise DamagedPlan("the content does not agree with its hash")
    return found
