"""Who held a kind of post keeps it where that costs nothing, and no rule is broken for it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.staffing.allocation.problem import KINDS, Edit
from aoxanh.staffing.kinds import keep_kinds
from tests.staffing.test_plan import planned
from tests.staffing.towns import campaigns, commune, volunteer


@settings(max_examples=20, deadline=None)
@given(campaigns(), st.randoms(use_true_random=False))
def test_keeping_kinds_breaks_no_rule_costs_nothing_and_changes_fewer(campaign, random):
    people, communes, edits = campaign
    first = planned(people, communes, edits)[0]
    people = [
        replace(person, last=first[person.id][0], last_kind=random.choice(KINDS))
        if person.id in first
        else person
        for person in people
    ]
    names, plan, judge, bans = planned(people, communes, edits)
    kept = keep_kinds(plan)
    ids = plan.problem.people.ids
    now = {id_: (names[id_][0], KINDS[kept.kind[at]]) for at, id_ in enumerate(ids) if id_ in names}
    assert judge.breaches(now, bans) == []
    assert judge.points(now) == kept.value >= plan.value
    held = {person.id: (person.last, person.last_kind) for person in people}
    changed = [sum(held[id_] != place for id_, place in each.items()) for each in (names, now)]
    assert changed[1] <= changed[0] or kept.value > plan.value
    for code in {place for place, _ in names.values()}:
        posts = [sorted(kind for place, kind in each.values() if place == code) for each in (names, now)]
        assert posts[0] == posts[1]


def test_a_commune_that_hand_edits_filled_and_nobody_else_lives_in_is_planned():
    needs = commune("a", needs={"outreach": 1})
    names, plan, _judge, _bans = planned([volunteer("v1")], [needs], [Edit("pin", "v1", "a", "outreach")])
    assert names == {"v1": ("a", "outreach")}
    assert keep_kinds(plan).value == plan.value


def test_an_exchange_that_is_worth_something_is_made():
    needs = commune("a", needs={"vneid": 1, "services": 1})
    for kinds in (("vneid", "services"), ("services", "vneid")):
        people = [
            volunteer(f"v{number}", technology=number, certificates=(1, 2), last="a", last_kind=kind)
            for number, kind in enumerate(kinds)
        ]
        plan = keep_kinds(planned(people, [needs])[1])
        # Technology counts more for online services, so the second belongs there whatever they held.
        assert [KINDS[kind] for kind in plan.kind] == ["vneid", "services"]


@pytest.mark.parametrize("kinds", [("vneid", "services"), ("services", "vneid")])
def test_people_whose_exchange_is_worth_nothing_keep_what_they_hold(kinds):
    needs = commune("a", needs={"vneid": 1, "services": 1})
    # Both are worth as much more, or less, in one post than in the other.
    levels = ((1, 2), (0, 0))
    people = [
        volunteer(
            f"v{number}",
            technology=technology,
            communication=communication,
            certificates=(1, 2),
            last="a",
            last_kind=kind,
        )
        for number, ((technology, communication), kind) in enumerate(zip(levels, kinds, strict=True))
    ]
    plan = keep_kinds(planned(people, [needs])[1])
    assert tuple(KINDS[kind] for kind in plan.kind) == kinds
