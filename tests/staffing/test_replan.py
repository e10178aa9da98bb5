"""Planning again keeps people where they are, starts from what is left, and proves itself like any plan."""

from dataclasses import replace

import numpy as np
import pytest

from aoxanh.cli.bench.instance import campaign
from aoxanh.cli.bench.replan import shaken
from aoxanh.staffing.allocation.baselines import first_come, greedy
from aoxanh.staffing.allocation.bound import upper_bound
from aoxanh.staffing.allocation.classes import group
from aoxanh.staffing.allocation.measures import measure
from aoxanh.staffing.allocation.model import no_prices
from aoxanh.staffing.allocation.needs import Prices, mean
from aoxanh.staffing.allocation.offers import Guests, first_offers, offers
from aoxanh.staffing.allocation.province import Task, solve_province
from aoxanh.staffing.allocation.replan import one_province, replan, unaffected
from aoxanh.staffing.allocation.solve import solve
from aoxanh.staffing.allocation.value import points, settled_points
from aoxanh.staffing.allocation.worth import best_post, worth


@pytest.fixture(scope="module")
def first():
    problem = campaign(3, 0.05)
    people = replace(problem.people, abroad=problem.people.reach > 0)
    return solve(replace(problem, people=people), workers=2)


def test_two_processes_and_one_give_the_same_plan(first):
    alone = solve(first.problem, workers=0)
    assert np.array_equal(first.where, alone.where)
    assert np.array_equal(first.kind, alone.kind)


def test_a_plan_is_proven_and_better_than_what_is_done_by_hand(first):
    assert first.gap_pct <= 0.02
    plan = measure(first.problem, first.where, first.kind)
    for where, kind in (
        first_come(first.problem),
        greedy(first.problem),
        greedy(first.problem, best_first=True),
    ):
        assert points(first.problem, where, kind) < first.value
        assert measure(first.problem, where, kind).matched_pct < plan.matched_pct


def test_any_prices_bound_every_plan(first):
    random = np.random.default_rng(1)
    prices = first.prices
    for scale in (0.0, 0.5, 3.0):
        noise = random.uniform(0, scale, prices.post.shape)
        other = Prices(
            prices.post * noise, prices.speaker * scale, prices.leader * scale, prices.shift * scale
        )
        assert upper_bound(first.ground, other).total + settled_points(first.problem) >= first.value


def test_the_bound_of_mean_prices_is_never_above_the_mean_of_the_bounds(first):
    noise = np.random.default_rng(2).uniform(0.5, 1.5, first.prices.post.shape)
    other = Prices(first.prices.post * noise, first.prices.speaker, first.prices.leader, first.prices.shift)
    bounds = [upper_bound(first.ground, each).total for each in (first.prices, other)]
    middle = upper_bound(first.ground, mean([first.prices, other])).total
    assert bounds[0] < middle <= sum(bounds) / 2 + 1e-6


def test_a_province_is_not_asked_again_what_it_has_answered_unless_guests_or_those_at_home_changed(first):
    ground, nobody = first.ground, Guests.none()
    task = Task(0, first_offers(ground, 0), nobody, (nobody.who, nobody.count))
    solved = solve_province(ground, task)
    assert solved.answers(replace(task, pairs=solved.pairs), task.lent)
    assert not solved.answers(replace(task, last=True), task.lent)
    one = np.array([0])
    assert not solved.answers(replace(task, lent=(one, one)), task.lent)
    assert not solved.answers(replace(task, guests=Guests(one, one, one)), task.lent)


def test_the_program_is_offered_a_pair_at_the_cost_that_the_bound_reckons_with():
    ground, _ = group(campaign(3, 0.02))
    free, where = no_prices(ground), np.flatnonzero(ground.communes.province == 0)
    offer = offers(ground, first_offers(ground, 0))
    who = np.unique(offer.who)
    best = best_post(ground, free, where)[ground.classes.posts[who], ground.classes.level[who]]
    cost = best - worth(ground, free, who, where)
    pair = np.searchsorted(who, offer.who), np.searchsorted(where, offer.where)
    assert len(np.unique(offer.cost)) > 20
    wrong = int((cost[pair] != offer.cost).sum())
    assert wrong == 0


def test_after_a_small_change_almost_everybody_stays(first):
    again = replan(first, shaken(first.problem, 1), workers=0)
    assert again.gap_pct <= 0.05
    same = unaffected(first, again)
    assert same.sum() > 0.8 * (first.where >= 0).sum()
    assert (again.where == again.problem.people.last)[same].mean() >= 0.98


def test_nothing_changes_when_nothing_changed(first):
    again = replan(first, first.problem, workers=0)
    assert (again.where == first.where).mean() > 0.999


def test_one_province_is_planned_alone_and_nobody_else_moves(first):
    alone, who = one_province(first, shaken(first.problem, 2), 1)
    communes = first.problem.communes
    here = communes.province[alone.where[alone.where >= 0]] == 1
    assert here.all()
    assert len(who) == len(alone.where)
    assert alone.gap_pct <= 0.05
