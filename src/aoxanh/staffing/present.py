"""How people serve at present, as if it were a plan: to set beside one. Pure."""

import numpy as np

from aoxanh.staffing.allocation.problem import KINDS, NOWHERE, Ints, Problem, may_serve
from aoxanh.staffing.keeping import Inputs

_IN_TURN = (1, 2, 3, 4, 0)  # certified posts before outreach, as teams are told off by hand


def present_answer(problem: Problem, inputs: Inputs) -> tuple[Ints, Ints]:
    """Return commune and kind of each person where they serve now (`last` of the problem).

    Who was published in a post holds it; a member of a team takes the first open post that their certificates allow, else outreach.
    """
    people = problem.people
    where = np.where(people.available, people.last, NOWHERE)
    kind = np.full(len(people), NOWHERE)
    room: list[list[int]] = problem.communes.needs.tolist()
    posts = may_serve(people.certificates, people.adult)
    free = []
    for at, place in enumerate(where.tolist()):
        if place == NOWHERE:
            continue
        post = inputs.present.get(people.ids[at], "").partition(" ")[2]
        if post:
            kind[at] = KINDS.index(post)
            room[place][kind[at]] -= 1
        else:
            free.append((at, place))
    for at, place in free:
        open_ = (post for post in _IN_TURN if posts[at, post] and room[place][post] > 0)
        kind[at] = next(open_, 0)
        room[place][kind[at]] -= 1
    return np.asarray(where, dtype=np.int64), kind
