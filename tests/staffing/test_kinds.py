"""Who held a kind of post keeps it where that costs nothing, and no rule is broken for it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.staffing.allocation.problem import KINDS
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


def test_people_whose_exchange_is_worth_nothing_keep_what_they_hold():
    needs = commune("a", needs={"vneid": 2, "services": 2})
    kinds = ("vneid", "services", "services", "vneid")
    people = [
        volunteer(
            f"v{number}",
            technology=1,
            certificates=(1, 2),
            last="a",
            last_kind=kind,
            languages=("hmn",) * (number % 2),
        )
        for number, kind in enumerate(kinds)
    ]
    plan = keep_kinds(planned(people, [needs])[1])
    assert tuple(KINDS[kind] for kind in plan.kind) == kinds
