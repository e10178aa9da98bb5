"""Plans keep every hard rule, are worth what they say, and cannot be beaten by more than they admit."""

import pytest
from hypothesis import given, settings

from aoxanh.staffing.allocation import flaws
from aoxanh.staffing.allocation.problem import KINDS, Edit
from aoxanh.staffing.allocation.solve import solve
from tests.staffing.checker import Judge
from tests.staffing.exact import best_points
from tests.staffing.towns import campaigns, commune, volunteer


def planned(people, communes, edits=()):
    """The plan by name, the plan itself, the judge, and the bans that count."""
    problem, _ = flaws.check(people, communes, edits)
    plan = solve(problem, workers=0)
    codes, ids = problem.communes.codes, problem.people.ids
    names = {
        ids[at]: (codes[plan.where[at]], KINDS[plan.kind[at]])
        for at in range(len(ids))
        if plan.where[at] >= 0
    }
    pins = {(ids[person], codes[place], KINDS[kind]) for person, place, kind in problem.pins.tolist()}
    bans = [
        Edit("ban", ids[person], codes[place], "" if kind < 0 else KINDS[kind])
        for person in range(len(ids))
        for place, kind in problem.noes[problem.people.noes[person]]
    ]
    return names, plan, Judge(people, communes, pins), bans


@settings(max_examples=50, deadline=None)
@given(campaigns())
def test_a_plan_keeps_every_rule_and_is_worth_what_it_says(campaign):
    names, plan, judge, bans = planned(*campaign)
    assert judge.breaches(names, bans) == []
    assert judge.points(names) == plan.value
    assert plan.value <= plan.bound + 1e-6


@settings(max_examples=30, deadline=None)
@given(campaigns())
def test_no_plan_is_worth_more_than_the_bound_and_the_plan_is_near_the_best(campaign):
    _, plan, judge, bans = planned(*campaign)
    best = best_points(judge, bans)
    assert plan.value <= best <= plan.bound + 1e-4
    assert best - plan.value <= max(40, 0.02 * abs(best))


@settings(max_examples=10, deadline=None)
@given(campaigns())
def test_the_same_problem_gives_the_same_plan(campaign):
    first, second = planned(*campaign)[1], planned(*campaign)[1]
    assert first.where.tolist() == second.where.tolist()
    assert first.kind.tolist() == second.kind.tolist()
    assert first.prices.post.tolist() == second.prices.post.tolist()


def test_a_post_that_asks_for_a_certificate_stays_empty_without_one():
    names, _, _, _ = planned([volunteer(certificates=(1, 2))], [commune(needs={"ai": 1})])
    assert names == {}
    names, _, _, _ = planned([volunteer(certificates=(3,))], [commune(needs={"ai": 1})])
    assert names == {"v1": ("a", "ai")}


def test_the_minimum_of_a_border_commune_comes_before_everything_else():
    places = [
        commune("town", 0, needs={"outreach": 5}, languages={"hmn": 1}, leaders=1),
        commune("border", 15, needs={"outreach": 1}, priority=True),
    ]
    names, _, _, _ = planned([volunteer("v1", "town", reach=20, languages=("hmn",), leads=True)], places)
    assert names == {"v1": ("border", "outreach")}


def test_a_speaker_goes_where_the_language_is_wanted():
    places = [
        commune("a", 0, needs={"outreach": 1}),
        commune("b", 8, needs={"outreach": 1}, languages={"hmn": 1}),
    ]
    people = [volunteer("v1", "a", reach=20), volunteer("v2", "a", reach=20, languages=("hmn",))]
    assert planned(people, places)[0] == {"v1": ("a", "outreach"), "v2": ("b", "outreach")}


def test_technology_goes_to_the_assistant_and_communication_to_outreach():
    people = [
        volunteer("tech", technology=2, communication=0, certificates=(3,)),
        volunteer("talk", technology=0, communication=2, certificates=(3,)),
    ]
    names = planned(people, [commune(needs={"outreach": 1, "ai": 1})])[0]
    assert names == {"tech": ("a", "ai"), "talk": ("a", "outreach")}


def test_somebody_at_the_level_wanted_comes_before_somebody_nearer_who_is_below_it():
    places = [
        commune("a", 0, needs={"outreach": 1}, levels={"outreach": (0, 2)}),
        commune("b", 30),
    ]
    people = [
        volunteer("near", "a", technology=2, communication=1),
        volunteer("far", "b", reach=40, communication=2),
    ]
    assert planned(people, places)[0] == {"far": ("a", "outreach")}
    assert planned(people, [commune("a", 0, needs={"outreach": 1}), places[1]])[0] == {
        "near": ("a", "outreach")
    }


def test_a_place_below_the_minimum_is_filled_even_by_somebody_far_below_the_level_wanted():
    wanted = commune("a", needs={"ai": 1}, levels={"ai": (2, 2)})
    assert planned([volunteer(certificates=(3,))], [wanted])[0] == {"v1": ("a", "ai")}
    assert planned([volunteer(technology=2, communication=2)], [wanted])[0] == {}


def test_nobody_is_moved_without_need():
    places = [commune("a", 0, needs={"outreach": 1}), commune("b", 3, needs={"outreach": 1})]
    people = [volunteer("v1", "a", reach=20, last="b"), volunteer("v2", "b", reach=20, last="a")]
    names = planned(people, places)[0]
    assert {name: post[0] for name, post in names.items()} == {"v1": "b", "v2": "a"}


@pytest.mark.parametrize(("adult", "km", "goes"), [(True, 12, True), (False, 12, False), (False, 4, True)])
def test_a_minor_serves_near_home_only(adult, km, goes):
    places = [commune("a", 0), commune("b", km, needs={"outreach": 1})]
    names = planned([volunteer("v1", "a", reach=20, adult=adult)], places)[0]
    assert bool(names) is goes


def test_who_pairs_with_the_police_is_an_adult_with_the_first_certificate():
    people = [
        volunteer("child", certificates=(1,), adult=False),
        volunteer("plain"),
        volunteer("fit", certificates=(1,)),
    ]
    assert planned(people, [commune(needs={"police": 3})])[0] == {"fit": ("a", "police")}


def test_a_province_that_is_short_gets_help_from_one_that_is_not():
    places = [commune("a", 0, needs={"outreach": 1}), commune("b", 40, province="Q", needs={"outreach": 2})]
    people = [volunteer(f"v{n}", "a", reach=5, abroad=n > 0) for n in range(3)]
    names = planned(people, places)[0]
    assert sorted(post[0] for post in names.values()) == ["a", "b", "b"]
    assert names["v0"] == ("a", "outreach")


def test_help_does_not_go_to_a_province_that_has_enough():
    places = [commune("a", 0), commune("b", 40, province="Q", needs={"ai": 1})]
    people = [
        volunteer("v1", "a", abroad=True, certificates=(3,)),
        volunteer("v2", "b"),
        volunteer("v3", "b"),
    ]
    assert planned(people, places)[0] == {}
