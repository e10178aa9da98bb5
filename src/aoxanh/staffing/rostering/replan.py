"""Mend a published roster after sickness, leave or a new shift, and change as little as possible for everybody else."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from aoxanh.staffing.rostering.greedy import Hand
from aoxanh.staffing.rostering.problem import POLICE, Problem, Shift, Taken
from aoxanh.staffing.rostering.rules import guarded, may_take
from aoxanh.staffing.rostering.solve import Effort, Roster, search


@dataclass(frozen=True)
class Mended:
    """The mended roster and what it changes, for telling people: half days given, half days dropped, another seat."""

    roster: Roster
    given: tuple[Taken, ...]
    dropped: tuple[Taken, ...]
    reseated: tuple[Taken, ...]


def replan(
    problem: Problem, before: Iterable[Taken], today: date | None = None, effort: Effort | None = None
) -> Mended:
    """Return the cheapest roster where each half day given or taken costs extra; days before `today` stay as they were served."""
    published = [taken for taken in before if taken.shift in problem.shift and taken.member in problem.member]
    served = {taken for taken in published if today and problem.shift[taken.shift].day < today}
    fixed = served.union(problem.pins)
    kept = keep(problem, published, fixed)
    pinned = replace(problem, pins=tuple(taken for taken in kept if taken in fixed))
    roster = search(pinned, kept, published, effort or Effort())
    return _told(roster, published)


def _told(roster: Roster, published: list[Taken]) -> Mended:
    now = {(taken.member, taken.shift) for taken in roster.taken}
    then = {(taken.member, taken.shift) for taken in published}
    new = [taken for taken in roster.taken if taken not in set(published)]
    return Mended(
        roster,
        tuple(taken for taken in new if (taken.member, taken.shift) not in then),
        tuple(sorted(taken for taken in published if (taken.member, taken.shift) not in now)),
        tuple(taken for taken in new if (taken.member, taken.shift) in then),
    )


def keep(problem: Problem, published: Iterable[Taken], fixed: AbstractSet[Taken]) -> tuple[Taken, ...]:
    """Return what still stands of a roster when every rule is asked again, adults first so that minors find them.

    Nobody is kept out alone, but for what is fixed: a day that was served was served.
    """
    held: list[Taken] = []
    rows = dict.fromkeys((*problem.pins, *published))
    for taken in sorted(rows, key=lambda each: (not problem.member[each.member].adult, each not in fixed)):
        if not may_take(problem, held, taken.member, taken.shift, taken.seat):
            held.append(taken)
    here = Counter(taken.shift for taken in held)

    def stays(taken: Taken) -> bool:
        shift = problem.shift[taken.shift]
        alone = shift.outdoors and not shift.seats.get(POLICE) and here[taken.shift] == 1
        return not alone or taken in fixed

    return tuple(sorted(filter(stays, held)))


def stand_ins(problem: Problem, roster: Iterable[Taken], gone: Taken) -> list[str]:
    """Return who may take over a seat at once, the most welcome first: what a leader asks when somebody calls in sick."""
    hand = Hand(replace(problem, pins=()))
    for taken in roster:
        if taken != gone:
            hand.take(taken)
    shift: Shift = problem.shift[gone.shift]
    able = hand.candidates(shift, gone.seat)
    return [
        member.id
        for member in able
        if member.id != gone.member and (member.adult or not guarded(problem, hand.here[shift.id], gone.seat))
    ]
