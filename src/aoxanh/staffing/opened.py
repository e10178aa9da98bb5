"""A kept plan, opened: its inputs and the engine's plan, with who serves where by id. Opening costs what the place is large."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from aoxanh.staffing.allocation import plan as engine
from aoxanh.staffing.allocation.problem import KINDS, NOWHERE
from aoxanh.staffing.allocation.value import travel
from aoxanh.staffing.errors import PlanNotReady
from aoxanh.staffing.keeping import Inputs, read_inputs, read_plan
from aoxanh.staffing.models import Plan

MOST_KEPT, MOST_BYTES = 2, 2_000_000  # opened plans of a process, and of one's inputs


@dataclass(frozen=True)
class Sent:
    """One person whom a plan sends somewhere: commune, kind of post, kilometres from home."""

    id: str
    commune: str
    kind: str
    km: int
    home: str


@dataclass(frozen=True)
class Opened:
    """A plan's row with what it holds."""

    row: Plan
    inputs: Inputs
    plan: engine.Plan

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each person by id."""
        return {id_: at for at, id_ in enumerate(self.plan.problem.people.ids)}

    @cached_property
    def commune(self) -> dict[str, int]:
        """The number of each commune by code."""
        return {code: at for at, code in enumerate(self.plan.problem.communes.codes)}

    @cached_property
    def sent(self) -> list[Sent]:
        """Everybody who is sent somewhere, in the order of the inputs."""
        problem, where, kind = self.plan.problem, self.plan.where, self.plan.kind
        who = (where != NOWHERE).nonzero()[0]
        km = travel(problem, who, where[who])
        codes, homes = problem.communes.codes, problem.people.home
        return [
            Sent(problem.people.ids[at], codes[where[at]], KINDS[kind[at]], int(way), codes[homes[at]])
            for at, way in zip(who.tolist(), km.tolist(), strict=True)
        ]

    def is_inside(self, commune: int) -> bool:
        """Tell whether a commune, by number, lies in the plan's place; the homes of guests do not."""
        communes = self.plan.problem.communes
        return self.row.place_id in ("VN", communes.provinces[communes.province[commune]])

    def places(self) -> dict[str, tuple[str, str]]:
        """Return (commune, kind) of everybody who is sent somewhere, by id."""
        return {each.id: (each.commune, each.kind) for each in self.sent}

    def present(self) -> dict[str, tuple[str, str]]:
        """Return (commune, kind) where people served when the plan was begun, by id; the kind is "" for teams told off by hand."""
        told = {id_: text.partition(" ") for id_, text in self.inputs.present.items()}
        return {id_: (commune, kind) for id_, (commune, _, kind) in told.items()}


def open_plan(row: Plan) -> Opened:
    """Open a plan that was made. Raises PlanNotReady for one that was not, or was let go of."""
    if row.inputs is None or row.answer is None:
        raise PlanNotReady(state=row.get_state_display())
    kept = Kept(bytes(row.inputs), row.inputs_sha256, bytes(row.answer), row.answer_sha256)
    return Opened(row, *(_read(kept) if len(kept.inputs) > MOST_BYTES else _read_once(kept)))


class Kept(NamedTuple):
    """The bytes of a plan with their hashes: equal bytes are the same plan, so nothing goes stale and damage is found."""

    inputs: bytes
    inputs_sha256: str
    answer: bytes
    answer_sha256: str


def _read(kept: Kept) -> tuple[Inputs, engine.Plan]:
    inputs = read_inputs(kept.inputs, kept.inputs_sha256)
    problem, _flaws = inputs.problem()
    return inputs, read_plan(problem, kept.answer, kept.answer_sha256)


# A coordinator goes from page to page of one plan; a nation's is too large to keep.
_read_once = lru_cache(MOST_KEPT)(_read)
