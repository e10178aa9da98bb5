"""Keeps people in the kind of post they held, where that costs the plan nothing. Pure.

The engine knows how many of equal people hold each kind of post in a commune and is indifferent among ways that are worth the
same; people are not. Within each commune the same posts are filled by the same people, worth no less, with as few changes as can be.
"""

from dataclasses import replace

import numpy as np

from aoxanh.staffing.allocation.plan import Plan
from aoxanh.staffing.allocation.problem import ANY_KIND, NOWHERE, Ints, fit, levels_lacking, may_serve
from aoxanh.staffing.allocation.value import points

_BARRED = 10_000.0
"""More than any fit is worth, so that nobody is put into a post they may not hold."""
_SAME = 0.5
"""Less than a point: a change that is worth anything is made."""


def keep_kinds(plan: Plan) -> Plan:
    """Return the plan with people in the kinds they held last as far as that costs nothing; never worth less."""
    people = plan.problem.people
    free = plan.where != NOWHERE
    free[plan.problem.pins[:, 0]] = False
    stays = free & (people.last == plan.where) & (people.last_kind != NOWHERE)
    changed = stays & (people.last_kind != plan.kind)
    kind = plan.kind.copy()
    for place in np.unique(plan.where[changed]).tolist():
        there = np.flatnonzero(free & (plan.where == place))
        kind[there] = _dealt(plan, place, there, kind[there])
    value = points(plan.problem, plan.where, kind)
    return replace(plan, kind=kind, value=value) if value >= plan.value else plan


def _dealt(plan: Plan, place: int, who: Ints, posts: Ints) -> Ints:
    """Deal the posts of a commune to its people anew."""
    people = plan.problem.people
    technology, communication = people.technology[who], people.communication[who]
    wanted = plan.problem.communes.levels[place, posts]
    lacking = levels_lacking(technology[:, None], communication[:, None], wanted[None])
    below = plan.problem.settings.below * lacking
    worth = (fit(technology, communication)[:, posts] - below).astype(np.float64)
    worth[~may_serve(people.certificates[who], people.adult[who])[:, posts]] -= _BARRED
    for row, at in enumerate(who.tolist()):
        noes = plan.problem.noes[people.noes[at]]
        for barred in {no for there, no in noes if there == place and no != ANY_KIND}:
            worth[row, posts == barred] -= _BARRED
    held = np.where(people.last[who] == place, people.last_kind[who], NOWHERE)
    worth[held[:, None] == posts[None, :]] += _SAME
    # Here, so that web servers, which deal out nothing, do not carry it.
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(worth, maximize=True)
    dealt = posts.copy()
    dealt[rows] = posts[columns]
    return dealt
