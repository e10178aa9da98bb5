"""Why this person, why not me, why not there, what would mend a shortage: answers that planning again with the change confirms.

Prices give the answer at once; `checked` plans the province again with the change and returns what really happens.
"""

from dataclasses import dataclass, replace

import numpy as np

from aoxanh.staffing.allocation.classes import BITS
from aoxanh.staffing.allocation.needs import Prices
from aoxanh.staffing.allocation.plan import Plan
from aoxanh.staffing.allocation.problem import (
    ANY_KIND,
    GROUP,
    KINDS,
    NOWHERE,
    POLICE,
    Ints,
    Problem,
    may_serve,
)
from aoxanh.staffing.allocation.roads import FAR, kilometres
from aoxanh.staffing.allocation.value import lacking, own_points
from aoxanh.staffing.allocation.worth import worth


@dataclass(frozen=True)
class Why:
    """Points that speak for a person in a post: their own, and what the post, the language, leading and half days are worth there.

    `below` is what levels that they lack take off, zero or less. `next_best` is the commune where they would be worth most otherwise, `margin` how much less that is at these prices.
    """

    own: int
    below: int
    post: float
    speaks: float
    leads: float
    covers: float
    next_best: str
    margin: float

    @property
    def total(self) -> float:
        return self.own + self.below + self.post + self.speaks + self.leads + self.covers


@dataclass(frozen=True)
class Refusal:
    """Why somebody does not serve in a post. A rule forbids it, or the plan would lose at least `loses` points by it.

    `lacks` are levels below what the post wants; `below` is what they cost.
    """

    rule: str
    loses: float
    lacks: int = 0
    below: int = 0


def why_here(plan: Plan, person: int) -> Why | None:
    """Tell what speaks for a person where the plan puts them; None if they serve nowhere."""
    place, kind = int(plan.where[person]), int(plan.kind[person])
    if place == NOWHERE:
        return None
    points = _points(plan, person, place, kind)
    margin, second = float("inf"), NOWHERE
    if plan.of[person] >= 0:
        row, where = _worths(plan, person)
        row[where == place] = -np.inf
        if len(row) and row.max() > 0:
            second, margin = int(where[row.argmax()]), points.total - float(row.max())
        else:
            margin = points.total
    return replace(
        points, next_best=plan.problem.communes.codes[second] if second >= 0 else "", margin=margin
    )


def why_not(plan: Plan, person: int, place: int, kind: int) -> Refusal:
    """Tell why a person does not serve in that post: the rule, or what the plan would lose at least.

    With `bound` the plan's bound, every plan that has them there is worth at most `bound - loses`.
    """
    rule = forbidding_rule(plan, person, place, kind)
    if rule:
        return Refusal(rule, float("inf"))
    points = _points(plan, person, place, kind)
    there = points.total
    best = float(plan.each.each[plan.of[person]])
    kept = plan.problem.people.last[person]
    if kept >= 0 and plan.of[person] >= 0:
        row, where = _worths(plan, person)
        stays = row[where == kept]
        best = max(best, float(stays.max()) + plan.problem.settings.stay if len(stays) else best)
    lacks = -points.below // plan.problem.settings.below if points.below else 0
    return Refusal("", max(0.0, best - there), lacks, -points.below)


def forbidding_rule(plan: Plan, person: int, place: int, kind: int) -> str:
    """Return the code of the rule that keeps a person out of a post, "" if none does."""
    people, communes, settings = plan.problem.people, plan.problem.communes, plan.problem.settings
    one, noes = np.array([person]), plan.problem.noes[plan.problem.people.noes[person]]
    km = int(kilometres(communes, people.home[one], np.array([place]), settings)[0, 0])
    near = communes.province[people.home[person]] == communes.province[place]
    helps = people.abroad[person] and people.adult[person]
    short = plan.ground.short
    reach = people.reach[person] if people.adult[person] else min(people.reach[person], settings.minor_km)
    pinned = plan.of[person] < 0 and people.available[person]
    rules = [
        ("said_no", not people.available[person] or (place, ANY_KIND) in noes or (place, kind) in noes),
        ("placed_by_hand", pinned and (plan.where[person], plan.kind[person]) != (place, kind)),
        (f"certificate_{GROUP[kind]}", not may_serve(people.certificates[one], np.array([True]))[0, kind]),
        ("adults_only", kind == POLICE and not people.adult[person]),
        ("no_road_or_position", km == FAR),
        ("minor_near_home", near and not people.adult[person] and km > reach),
        ("too_far", km > (reach if near else settings.abroad_km)),
        ("not_willing_abroad", not near and not helps),
        ("province_not_short", not near and not short[communes.province[place]]),
        ("own_province_short", not near and bool(short[communes.province[people.home[person]]])),
        ("no_such_post", communes.needs[place, kind] == 0),
    ]
    return next((code for code, forbids in rules if forbids), "")


def _points(plan: Plan, person: int, place: int, kind: int) -> Why:
    problem, prices, one = plan.problem, plan.prices, np.array([person])
    people = problem.people
    post = np.array([place]), np.array([kind])
    own = int(own_points(problem, one, *post)[0])
    below = problem.settings.below * int(lacking(problem, one, *post)[0])
    leads = float(prices.leader[place]) if people.leads[person] and people.adult[person] else 0.0
    return Why(
        own + below, -below, float(prices.post[place, kind]),
        float(prices.speaker[place] @ problem.tongues[people.tongue[person]]), leads,
        float(prices.shift[place] * people.shifts[person]), "", 0.0,
    )  # fmt: skip


def _worths(plan: Plan, person: int) -> tuple["np.ndarray[tuple[int], np.dtype[np.float64]]", Ints]:
    where = np.arange(len(plan.problem.communes))
    return worth(plan.ground, plan.prices, plan.of[[person]], where)[0], where


@dataclass(frozen=True)
class Remedy:
    """Something that would fill `gains` of the missing places: train people for a group, or ask people of a commune to come.

    `verb` is "train" (for skill group `group`) or "invite" (people of `origin`, `km` away, beyond what they offered to travel).
    """

    verb: str
    people: tuple[int, ...]
    group: int
    origin: str
    km: int
    gains: int


def remedies(plan: Plan, place: int, kind: int) -> list[Remedy]:
    """Return what would mend a shortage, the cheapest first: people in reserve who lack only the certificate, or only the reach."""
    people, communes = plan.problem.people, plan.problem.communes
    missing = int(communes.needs[place, kind] - ((plan.where == place) & (plan.kind == kind)).sum())
    if missing <= 0:
        return []
    spare = np.flatnonzero((plan.where < 0) & (plan.of >= 0))
    km = kilometres(communes, people.home[spare], np.array([place]), plan.problem.settings)[:, 0]
    here = communes.province[people.home[spare]] == communes.province[place]
    reach = np.where(
        people.adult[spare],
        people.reach[spare],
        np.minimum(people.reach[spare], plan.problem.settings.minor_km),
    )
    holds = may_serve(people.certificates[spare], people.adult[spare])[:, kind]
    refuses = np.array(
        [
            {(place, ANY_KIND), (place, kind)} & plan.problem.noes[no] != frozenset()
            for no in people.noes[spare].tolist()
        ],
        dtype=np.bool_,
    )
    fine = here & ~refuses & (people.adult[spare] | (kind != POLICE))
    found = []
    train = spare[fine & ~holds & (km <= reach)]
    if len(train):
        found.append(
            Remedy(
                "train", tuple(train[:missing].tolist()), int(GROUP[kind]), "", 0, min(missing, len(train))
            )
        )
    far = np.flatnonzero(fine & holds & (km > reach) & (km < FAR) & people.adult[spare])
    origins, first, counts = np.unique(people.home[spare[far]], return_index=True, return_counts=True)
    for at in np.argsort(km[far][first], kind="stable")[:NEAREST]:
        who = spare[far][people.home[spare[far]] == origins[at]][:missing]
        found.append(
            Remedy(
                "invite", tuple(who.tolist()), 0, communes.codes[origins[at]], int(km[far][first[at]]),
                min(missing, int(counts[at])),
            )
        )  # fmt: skip
    return found


NEAREST = 3


def mended(problem: Problem, remedy: Remedy, place: int) -> Problem:
    """Return the problem as if a remedy had been carried out: to plan again, and see."""
    people, who = problem.people, np.array(remedy.people)
    if remedy.verb == "train":
        certificates = people.certificates.copy()
        certificates[who] |= int(BITS[remedy.group - 1])
        return replace(problem, people=replace(people, certificates=certificates))
    reach = people.reach.copy()
    km = kilometres(problem.communes, people.home[who], np.array([place]), problem.settings)[:, 0]
    reach[who] = np.maximum(reach[who], km)
    return replace(problem, people=replace(people, reach=reach))


def with_pin(problem: Problem, person: int, place: int, kind: int) -> Problem:
    """Return the problem with a person set into a post, whatever the plan says: to see what it would cost."""
    others = problem.pins[problem.pins[:, 0] != person]
    return replace(problem, pins=np.vstack([others, [[person, place, kind]]]))


def without(problem: Problem, requirement: str, place: int) -> Problem:
    """Return the problem without a requirement of one commune: "languages", "leaders", "shifts", "levels" or "priority"."""
    communes = problem.communes
    column = {"languages": "speakers"}.get(requirement, requirement)
    changed = getattr(communes, column).copy()
    changed[place] = 0
    return replace(problem, communes=replace(communes, **{column: changed}))


def requirement_price(prices: Prices, plan: Plan, place: int) -> dict[str, float]:
    """Return what one speaker, leader or half day more or less would change in the plan's worth, and each kind of post."""
    found = {
        f"speaker {name}": float(prices.speaker[place, at])
        for at, name in enumerate(plan.problem.communes.languages)
    }
    found |= {"leader": float(prices.leader[place]), "half day": float(prices.shift[place])}
    found |= {kind: float(prices.post[place, at]) for at, kind in enumerate(KINDS)}
    return {name: price for name, price in found.items() if price}
