"""What people do without an engine, scored like any plan: first come in the home commune, a careful greedy, the best people first."""

import numpy as np

from aoxanh.staffing.allocation.classes import BITS, Ground, group
from aoxanh.staffing.allocation.needs import steps
from aoxanh.staffing.allocation.offers import first_offers, offers
from aoxanh.staffing.allocation.problem import KINDS, NOWHERE, Ints, Problem
from aoxanh.staffing.allocation.worth import fits

Answer = tuple[Ints, Ints]
NEAR, NEEDIEST = 8, 12  # the places that somebody planning by hand looks at


def first_come(problem: Problem, seed: int = 0) -> Answer:
    """Serve at home, in the order people come, in the first post they may hold that still needs somebody."""
    where, kind = _pinned(problem)
    room = problem.communes.needs.copy()
    np.subtract.at(room, (where[where >= 0], kind[where >= 0]), 1)
    ground, of = group(problem)
    left: list[list[int]] = room.tolist()
    for person in np.random.default_rng(seed).permutation(np.flatnonzero(of >= 0)).tolist():
        home, posts = int(problem.people.home[person]), int(ground.classes.posts[of[person]])
        refused = problem.noes[problem.people.noes[person]]
        for post in (1, 2, 3, 4, 0):
            if posts >> post & 1 and left[home][post] > 0 and not refused & {(home, post), (home, NOWHERE)}:
                left[home][post] -= 1
                where[person], kind[person] = home, post
                break
    return where, kind


def greedy(problem: Problem, *, best_first: bool = False, seed: int = 0) -> Answer:
    """Send each person where they bring most points now, travel, speakers, leaders and half days counted; never look back."""
    where, kind = _pinned(problem)
    ground, of = group(problem)
    order = np.random.default_rng(seed).permutation(np.flatnonzero(of >= 0))
    if best_first:
        people = problem.people
        order = order[np.argsort(-(people.technology + people.communication)[order], kind="stable")]
    market = _Market(ground)
    for person in order.tolist():
        found = market.best(int(of[person]), int(problem.people.last[person]))
        if found:
            where[person], kind[person] = found
    return where, kind


def _pinned(problem: Problem) -> Answer:
    where, kind = np.full(len(problem.people), NOWHERE), np.full(len(problem.people), NOWHERE)
    where[problem.pins[:, 0]], kind[problem.pins[:, 0]] = problem.pins[:, 1], problem.pins[:, 2]
    return where, kind


class _Market:
    """What is still open, in plain lists: a person at a time is no work for arrays."""

    def __init__(self, ground: Ground) -> None:
        communes, settings = ground.communes, ground.settings
        provinces = range(len(communes.provinces))
        pairs = np.concatenate(
            [first_offers(ground, province, near=NEAR, neediest=NEEDIEST) for province in provinces]
        )
        offered = offers(ground, np.unique(pairs))
        self.edges = np.searchsorted(offered.who, np.arange(len(ground.classes) + 1)).tolist()
        self.there, self.cost = offered.where.tolist(), offered.cost.tolist()
        self.posts = offered.posts.tolist()
        open_ = steps(ground)
        self.places, self.worth = open_.places.tolist(), open_.worth[:, 0].tolist()
        self.fits = fits(ground, np.arange(len(communes))).tolist()
        self.stay = settings.stay
        times = np.where(communes.priority, settings.priority, 1.0)
        self.prices = [
            (times * price).tolist() for price in (settings.language, settings.leader, settings.shift)
        ]
        self.speakers = (communes.speakers - ground.spoken).tolist()
        self.leaders = (communes.leaders - ground.led).tolist()
        self.half_days = (communes.shifts - ground.covered).tolist()
        self.level, self.shifts = ground.classes.level.tolist(), ground.classes.shifts.tolist()
        self.leads = ground.classes.leads.tolist()
        spoken = [np.flatnonzero(row).tolist() for row in ground.tongues]
        self.spoken = [spoken[tongue] for tongue in ground.classes.tongue.tolist()]

    def best(self, who: int, last: int) -> tuple[int, int] | None:
        """Take the most worthwhile open place for one of a class, if any is worth going."""
        most, choice = 0.0, None
        for offer in range(self.edges[who], self.edges[who + 1]):
            there = self.there[offer]
            own = self._side(who, there) - self.cost[offer] + (self.stay if there == last else 0)
            for kind in range(len(KINDS)):
                if self.posts[offer] & int(BITS[kind]):
                    step = next(
                        (number for number, places in enumerate(self.places[there][kind]) if places), None
                    )
                    if step is not None:
                        value = own + self.worth[there][step] + self.fits[self.level[who]][there][kind]
                        if value > most:
                            most, choice = value, (there, kind, step)
        if choice is None:
            return None
        self._take(who, *choice)
        return choice[0], choice[1]

    def _side(self, who: int, there: int) -> float:
        speaks = sum(self.speakers[there][language] > 0 for language in self.spoken[who])
        leads = self.leads[who] and self.leaders[there] > 0
        covers = min(self.shifts[who], max(0, self.half_days[there]))
        language, leader, shift = (price[there] for price in self.prices)
        return float(speaks * language + leads * leader + covers * shift)

    def _take(self, who: int, there: int, kind: int, step: int) -> None:
        self.places[there][kind][step] -= 1
        for language in self.spoken[who]:
            self.speakers[there][language] -= 1
        self.leaders[there] -= self.leads[who]
        self.half_days[there] -= self.shifts[who]
