"""Which communes to visit on a few half days: value for the time that travel and looking take, with a bound on the best. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from aoxanh.oversight.supervision.rules import VisitRates

_EARTH_KM = 6371.0
Point = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune that could be visited, where it lies, and what speaks for it."""

    code: str
    at: Point
    risk: float
    silent_days: int
    weeks_unvisited: int

    def value(self, rates: VisitRates) -> float:
        """Return how much a visit is worth: what is open there, silence, and time since the last visit."""
        weeks = min(self.weeks_unvisited, rates.most_weeks) * rates.per_week_unvisited
        return self.risk + weeks + min(self.silent_days, rates.most_silent_days) * rates.per_silent_day


@dataclass(frozen=True, slots=True)
class Route:
    """The trips, one for each half day, and a value that no plan of so many half days can pass."""

    trips: tuple[tuple[Candidate, ...], ...]
    value: float
    bound: float


def minutes_between(one: Point, other: Point, rates: VisitRates) -> float:
    """Return the minutes of travel between two points: great circle, longer by the detour of roads."""
    here, there = math.radians(one[0]), math.radians(other[0])
    east = math.radians(other[1] - one[1])
    half = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half)) * rates.detour / rates.km_an_hour * 60


def minutes_of(trip: Sequence[Candidate], base: Point, rates: VisitRates) -> float:
    """Return the minutes of a trip from the base and back, looking included; of none, nothing."""
    if not trip:
        return 0.0
    stops = [base, *(one.at for one in trip), base]
    legs = sum(minutes_between(one, other, rates) for one, other in pairwise(stops))
    return legs + len(trip) * rates.visit_minutes


def plan(candidates: Sequence[Candidate], base: Point, half_days: int, rates: VisitRates) -> Route:
    """Return trips chosen greedily by value for the minutes added, each put where it adds the fewest."""
    trips: list[list[Candidate]] = [[] for _ in range(half_days)]
    left = sorted((one for one in candidates if one.value(rates) > 0), key=lambda one: one.code)
    while True:
        best: tuple[float, Candidate, int, int] | None = None
        for one in left:
            for number, trip in enumerate(trips):
                now = minutes_of(trip, base, rates)
                for place in range(len(trip) + 1):
                    whole = minutes_of([*trip[:place], one, *trip[place:]], base, rates)
                    if whole > rates.half_day_minutes:
                        continue
                    worth = one.value(rates) / max(1.0, whole - now)
                    if best is None or worth > best[0]:
                        best = (worth, one, number, place)
                if not trip:
                    break  # the other empty half days are the same
        if best is None:
            break
        _worth, one, number, place = best
        trips[number].insert(place, one)
        left.remove(one)
    value = sum(one.value(rates) for trip in trips for one in trip)
    return Route(
        tuple(tuple(trip) for trip in trips), value, max(value, bound(candidates, base, half_days, rates))
    )


def bound(candidates: Sequence[Candidate], base: Point, half_days: int, rates: VisitRates) -> float:
    """Return a value that no trips can pass: all minutes filled in parts, each commune at the least it can cost.

    Every stop uses half of each of its two legs; the least is half of its two shortest. Who fits in no trip alone fits in none.
    """
    offers = []
    for one in candidates:
        if minutes_of([one], base, rates) > rates.half_day_minutes or one.value(rates) <= 0:
            continue
        home = minutes_between(one.at, base, rates)
        # The base may be on both sides of a stop, so it counts twice.
        legs = sorted(
            [
                home,
                home,
                *(minutes_between(one.at, other.at, rates) for other in candidates if other is not one),
            ]
        )
        offers.append((one.value(rates), rates.visit_minutes + (legs[0] + legs[1]) / 2))
    minutes, total = float(half_days * rates.half_day_minutes), 0.0
    for value, cost in sorted(offers, key=lambda offer: -offer[0] / offer[1]):
        part = min(1.0, minutes / cost)
        total, minutes = total + part * value, minutes - part * cost
        if minutes <= 0:
            break
    return total
