"""Planning again after something changed: people join and leave, needs change; everybody else stays unless it matters.

The last plan's prices and bases are the start, so that little is left to do; `one_province` answers while somebody
waits.
"""

from dataclasses import replace

import numpy as np

from aoxanh.staffing.allocation.crew import Progress
from aoxanh.staffing.allocation.plan import Plan, Start
from aoxanh.staffing.allocation.problem import NOWHERE, Flags, Ints, People, Problem
from aoxanh.staffing.allocation.solve import solve

STAY = 60  # points: moving somebody must bring more than this


def replan(last: Plan, problem: Problem, *, workers: int = 2, progress: Progress | None = None) -> Plan:
    """Return a plan of the changed problem in which people keep the place they have in `last`, by their ids."""
    return solve(after(last, problem), workers=workers, progress=progress, start=last.start)


def after(last: Plan, problem: Problem) -> Problem:
    """Return the problem with the last plan as what people are used to."""
    served = {
        id_: (where, kind)
        for id_, where, kind in zip(
            last.problem.people.ids, last.where.tolist(), last.kind.tolist(), strict=True
        )
        if where >= 0
    }
    places = np.array([served.get(id_, (NOWHERE, NOWHERE)) for id_ in problem.people.ids]).reshape(-1, 2)
    people = replace(problem.people, last=places[:, 0], last_kind=places[:, 1])
    settings = replace(problem.settings, stay=max(STAY, problem.settings.stay))
    return replace(problem, people=people, settings=settings)


def one_province(last: Plan, problem: Problem, province: int) -> tuple[Plan, Ints]:
    """Plan one province again and leave the others as they are; return its plan and the numbers of its people in `problem`.

    Those who serve in another province stay there; those who came to help stay here.
    """
    wanted = after(last, problem)
    communes, people = wanted.communes, wanted.people
    here = communes.province == province
    lives, serves = here[people.home], (people.last >= 0) & here[people.last]
    elsewhere = (people.last >= 0) & ~here[people.last]
    who = np.flatnonzero((lives & ~elsewhere) | serves)
    quiet = replace(
        communes,
        needs=communes.needs * here[:, None], floors=communes.floors * here[:, None],
        speakers=communes.speakers * here[:, None], leaders=communes.leaders * here, shifts=communes.shifts * here,
    )  # fmt: skip
    guests = who[~lives[who] & (people.last_kind[who] >= 0)]
    pins = np.column_stack([np.searchsorted(who, guests), people.last[guests], people.last_kind[guests]])
    kept = wanted.pins[np.isin(wanted.pins[:, 0], who) & here[wanted.pins[:, 1]]]
    kept = kept[~np.isin(kept[:, 0], guests)]
    pins = np.vstack([pins, np.column_stack([np.searchsorted(who, kept[:, 0]), kept[:, 1:]])])
    part = Problem(
        take(people, who), quiet, wanted.tongues, wanted.noes, pins.astype(np.int64), wanted.settings
    )  # fmt: skip
    start = Start({p: basis for p, basis in last.start.basis.items() if p == province}, last.start.prices)
    return solve(part, workers=0, start=start), who


def take(people: People, who: Ints) -> People:
    """Return some of the people, in this order."""
    ids = [people.ids[number] for number in who.tolist()]
    return People(ids, *(getattr(people, name)[who] for name in list(People.__dataclass_fields__)[1:]))


def unaffected(last: Plan, now: Plan) -> Flags:
    """Tell whom the change did not touch: they served in a commune whose needs are the same, and are the same themselves."""
    before, after_ = last.problem, now.problem
    number = {id_: at for at, id_ in enumerate(before.people.ids)}
    old = np.array([number.get(id_, NOWHERE) for id_ in after_.people.ids])
    same = (old >= 0) & (after_.people.last >= 0)
    for name in ("home", "technology", "communication", "certificates", "reach", "noes", "available"):
        same[same] &= getattr(before.people, name)[old[same]] == getattr(after_.people, name)[same]
    changed = (before.communes.needs != after_.communes.needs).any(axis=1)
    changed |= (before.communes.levels != after_.communes.levels).any(axis=(1, 2))
    same[same] &= ~changed[after_.people.last[same]]
    return same
