"""Answers about a plan: why this person, why not me, what would mend a shortage, what a requirement costs; each can be checked.

The prices of the plan answer at once; `check_...` plan the province again with the change and tell what really happens. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from aoxanh.staffing.allocation import explain
from aoxanh.staffing.allocation.explain import Refusal, Remedy, Why
from aoxanh.staffing.allocation.problem import KINDS, Problem
from aoxanh.staffing.allocation.solve import solve
from aoxanh.staffing.opened import Opened

REQUIREMENTS = ("languages", "leaders", "shifts", "levels", "priority")


@dataclass(frozen=True)
class Post:
    """A commune and a kind of post, by code and word."""

    commune: str
    kind: str


@dataclass(frozen=True)
class Checked:
    """What planning again with a change gave: points lost (below zero: won), and people in the post before and after."""

    points: int
    filled: int
    then: int


def why_here(opened: Opened, person: str) -> Why | None:
    """Tell what speaks for a person where the plan puts them; None if they serve nowhere."""
    return explain.why_here(opened.plan, opened.number[person])


def why_not(opened: Opened, person: str, post: Post) -> Refusal:
    """Tell why a person does not serve in a post: the rule by its code, or what the plan would lose at least."""
    return explain.why_not(
        opened.plan, opened.number[person], opened.commune[post.commune], KINDS.index(post.kind)
    )


def check_why_not(opened: Opened, person: str, post: Post) -> Checked:
    """Plan again with the person in that post, whatever speaks against it, and tell what it costs."""
    place, kind = opened.commune[post.commune], KINDS.index(post.kind)
    return _again(opened, explain.with_pin(opened.plan.problem, opened.number[person], place, kind), post)


def remedies_for(opened: Opened, post: Post) -> list[Remedy]:
    """Return what would mend a shortage: whom to train, whom to ask to come farther."""
    return explain.remedies(opened.plan, opened.commune[post.commune], KINDS.index(post.kind))


def check_remedy(opened: Opened, post: Post, number: int) -> Checked | None:
    """Plan again as if a remedy, by its number, had been carried out; None if there is none of that number."""
    found = remedies_for(opened, post)
    if not 0 <= number < len(found):
        return None
    place = opened.commune[post.commune]
    return _again(opened, explain.mended(opened.plan.problem, found[number], place), post)


def prices_of(opened: Opened, commune: str) -> dict[str, float]:
    """Return what one more of each thing would be worth in a commune: "speaker hmn", "leader", "half day", kinds of post."""
    return explain.requirement_price(opened.plan.prices, opened.plan, opened.commune[commune])


def check_requirement(opened: Opened, commune: str, requirement: str) -> Checked | None:
    """Plan again without a requirement of a commune and tell what it costs; None for an unknown one."""
    if requirement not in REQUIREMENTS:
        return None
    changed = explain.without(opened.plan.problem, requirement, opened.commune[commune])
    return _again(opened, changed, Post(commune, KINDS[0]))


def people_in(opened: Opened, commune: str) -> Iterator[int]:
    """Yield the numbers of the people whom a plan sends to a commune."""
    yield from (opened.plan.where == opened.commune[commune]).nonzero()[0].tolist()


def _again(opened: Opened, problem: Problem, post: Post) -> Checked:
    """Solve the changed problem by the same measure as the plan, so that points can be set against points."""
    now = solve(problem, workers=0)
    place, kind = opened.commune[post.commune], KINDS.index(post.kind)
    filled = (((each.where == place) & (each.kind == kind)).sum() for each in (opened.plan, now))
    return Checked(opened.plan.value - now.value, *map(int, filled))
