"""What a plan leaves open, the worst first, each with its price."""

from dataclasses import asdict, dataclass

import numpy as np

from aoxanh.staffing.allocation.needs import step_places, step_worth
from aoxanh.staffing.allocation.plan import Plan
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.allocation.value import tally


@dataclass(frozen=True)
class Shortage:
    """So many of something are missing in a commune. `sort` is a kind of post, speakers, leaders or half days.

    `below_minimum` of them are below the minimum; `points` is what filling all of them would be worth.
    """

    commune: str
    sort: str
    language: str
    missing: int
    below_minimum: int
    priority: bool
    points: int

    def as_dict(self) -> dict[str, str | int | bool]:
        return asdict(self)

    def __str__(self) -> str:
        what = f"{self.sort} {self.language}".strip()
        floor = f", {self.below_minimum} of them below the minimum" if self.below_minimum else ""
        first = " (border, remote or island commune)" if self.priority else ""
        return f"{self.commune}{first}: {self.missing} {what} missing{floor}"


def shortages(plan: Plan) -> list[Shortage]:
    """Return every shortage: priority communes below their minimum first, then by what they are worth."""
    found = [*_posts(plan), *_sides(plan)]
    return sorted(
        found,
        key=lambda each: (not (each.priority and each.below_minimum), -each.points, each.commune, each.sort),
    )


def _posts(plan: Plan) -> list[Shortage]:
    communes, settings = plan.problem.communes, plan.problem.settings
    filled = tally(plan.problem, plan.where, plan.kind).filled
    places = step_places(communes.needs, communes.floors, settings)
    before = np.cumsum(places, axis=-1) - places
    open_ = places - np.clip(filled[..., None] - before, 0, places)
    worth = (open_ * step_worth(communes.priority, settings)[:, None, :]).sum(axis=-1)
    return [
        Shortage(
            communes.codes[at], KINDS[kind], "", int(open_[at, kind].sum()), int(open_[at, kind, 0]),
            bool(communes.priority[at]), int(worth[at, kind]),
        )
        for at, kind in np.argwhere(open_.sum(axis=-1) > 0)
    ]  # fmt: skip


def _sides(plan: Plan) -> list[Shortage]:
    communes, settings = plan.problem.communes, plan.problem.settings
    brought = tally(plan.problem, plan.where, plan.kind)
    found = []
    for at, language in np.argwhere(communes.speakers > brought.spoken):
        missing = int(communes.speakers[at, language] - brought.spoken[at, language])
        found.append((at, "speakers", communes.languages[language], missing, settings.language))
    for sort, wanted, have, price in (
        ("leaders", communes.leaders, brought.led, settings.leader),
        ("half days", communes.shifts, brought.covered, settings.shift),
    ):
        found += [(at, sort, "", int(wanted[at] - have[at]), price) for at in np.flatnonzero(wanted > have)]
    return [
        Shortage(
            communes.codes[at], sort, language, missing, 0, bool(communes.priority[at]),
            missing * int(price * (settings.priority if communes.priority[at] else 1)),
        )
        for at, sort, language, missing, price in found
    ]  # fmt: skip
