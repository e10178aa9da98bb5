"""A plan commune by commune, and set beside the present or another plan: who moves, what gets better. Pure."""

from dataclasses import dataclass

from aoxanh.staffing.allocation.value import tally
from aoxanh.staffing.opened import Opened

Places = dict[str, tuple[str, str]]
"""(commune, kind) by person; the kind is "" where nobody said it."""


@dataclass(frozen=True)
class Line:
    """One commune of a plan: people wanted and sent by kind, what is missing, who comes and goes against the present."""

    code: str
    wanted: int
    filled: int
    present: int
    below_minimum: int
    speakers_short: int
    leaders_short: int
    arriving: int
    leaving: int
    priority: bool
    posts: tuple[tuple[int, int], ...]  # (sent, wanted) by kind

    @property
    def covered_pct(self) -> int:
        return 100 * min(self.filled, self.wanted) // self.wanted if self.wanted else 100

    @property
    def gained(self) -> int:
        """How many more of the people wanted are there than before; below zero, how many fewer."""
        return min(self.filled, self.wanted) - min(self.present, self.wanted)


@dataclass(frozen=True)
class Move:
    """One person whose place differs: from and to are communes, "" for nowhere."""

    id: str
    was: str
    was_kind: str
    now: str
    now_kind: str


def lines(opened: Opened, before: Places | None = None) -> list[Line]:
    """Return every commune of the plan's place in the order of codes; `before` is the present when not given."""
    problem = opened.plan.problem
    communes, brought = problem.communes, tally(problem, opened.plan.where, opened.plan.kind)
    before = opened.present() if before is None else before
    arriving, leaving, present = _coming_and_going(before, opened.places())
    found = []
    for at, code in enumerate(communes.codes):
        needs, filled = communes.needs[at], brought.filled[at]
        if not opened.is_inside(at):
            continue
        found.append(
            Line(
                code, int(needs.sum()), int(filled.sum()), present.get(code, 0),
                int(((communes.floors[at] - filled).clip(min=0)).sum()),
                int(((communes.speakers[at] - brought.spoken[at]).clip(min=0)).sum()),
                max(0, int(communes.leaders[at] - brought.led[at])),
                arriving.get(code, 0), leaving.get(code, 0), bool(communes.priority[at]),
                tuple(zip(filled.tolist(), needs.tolist(), strict=True)),
            )
        )  # fmt: skip
    return found


def moves(before: Places, after: Places) -> list[Move]:
    """Return who serves in another commune, begins or ends; a kind that nobody said is no difference."""
    found = []
    for id_ in sorted(before.keys() | after.keys()):
        was, now = before.get(id_, ("", "")), after.get(id_, ("", ""))
        if was[0] != now[0] or (was[1] and now[1] and was[1] != now[1]):
            found.append(Move(id_, *was, *now))
    return found


def _coming_and_going(before: Places, after: Places) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    arriving: dict[str, int] = {}
    leaving: dict[str, int] = {}
    present: dict[str, int] = {}
    for commune, _kind in before.values():
        present[commune] = present.get(commune, 0) + 1
    for id_ in before.keys() | after.keys():
        was, now = before.get(id_, ("", ""))[0], after.get(id_, ("", ""))[0]
        if was != now:
            leaving[was] = leaving.get(was, 0) + 1
            arriving[now] = arriving.get(now, 0) + 1
    return arriving, leaving, present
