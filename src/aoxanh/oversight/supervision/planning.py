"""Gathers what a plan of visits is made of: the communes a supervisor may visit, what is open there, silence, the last visit."""

from datetime import date

from aoxanh.kernel import clock
from aoxanh.oversight import supervision_queries as queries
from aoxanh.oversight.supervision.gathering import silent_days
from aoxanh.oversight.supervision.rules import policy
from aoxanh.oversight.supervision.visiting import Candidate, Point, Route, plan
from aoxanh.places import queries as places
from aoxanh.places.models import Place

MOST_TRIED = 60
"""The communes most worth a visit; the rest would not be chosen in a week."""


def suggest(reached: list[str], half_days: int, base: Place | None, today: date) -> Route:
    """Return a route through communes of the places reached, from a base or else from their middle."""
    rates = policy().visits
    communes = [
        one
        for one in places.communes_below(reached)
        if one.latitude is not None and one.longitude is not None
    ]
    codes = places.communes_within(reached)
    open_tasks, visited = queries.open_tasks_of(codes), queries.last_visits(codes)
    silent = silent_days([one.code for one in communes], today, rates.most_silent_days)
    found = [
        Candidate(
            one.code,
            _point(one),
            sum(weight for _rule, weight in open_tasks.get(one.code, ())),
            silent[one.code],
            (today - visited[one.code]).days // 7 if one.code in visited else rates.most_weeks,
        )
        for one in communes
    ]
    if not found:
        return Route(tuple(() for _ in range(half_days)), 0.0, 0.0)
    start = _point(base) if base is not None and base.latitude is not None else _middle(found)
    found.sort(key=lambda one: (-one.value(rates), one.code))
    return plan(found[:MOST_TRIED], start, half_days, rates)


def _point(place: Place) -> Point:
    return (place.latitude or 0.0, place.longitude or 0.0)


def _middle(found: list[Candidate]) -> Point:
    return (sum(one.at[0] for one in found) / len(found), sum(one.at[1] for one in found) / len(found))


def this_monday() -> date:
    """Return the Monday of this week in Vietnam."""
    today = clock.today()
    return date.fromordinal(today.toordinal() - today.weekday())
