"""Explanations hold when the plan is made again with the change they speak of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.staffing.allocation import explain, flaws
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.allocation.shortages import shortages
from aoxanh.staffing.allocation.solve import solve
from tests.staffing.checker import Judge
from tests.staffing.towns import campaigns, commune, volunteer


def made(people, communes, edits=()):
    return solve(flaws.check(people, communes, edits)[0], workers=0)


@settings(max_examples=30, deadline=None)
@given(campaigns(), st.data())
def test_a_person_forced_into_a_post_costs_at_least_what_was_said(campaign, data):
    people, communes, _ = campaign
    if not people:
        return
    plan = made(people, communes)
    person = data.draw(st.integers(0, len(people) - 1))
    place = data.draw(st.integers(0, len(communes) - 1))
    kind = data.draw(st.integers(0, len(KINDS) - 1))
    refusal = explain.why_not(plan, person, place, kind)
    judge = Judge(people, communes, set())
    allowed = judge.may(people[person], communes[place].code, KINDS[kind])
    assert allowed == (refusal.rule in ("", "no_such_post"))
    if refusal.rule:
        return
    forced = solve(explain.with_pin(plan.problem, person, place, kind), workers=0)
    assert forced.value <= plan.bound - refusal.loses + 1e-4


@settings(max_examples=15, deadline=None)
@given(campaigns())
def test_why_here_adds_up_to_what_a_person_is_worth(campaign):
    people, communes, _ = campaign
    plan = made(people, communes)
    for person in range(len(people)):
        why = explain.why_here(plan, person)
        assert (why is None) == (plan.where[person] < 0)
        if why and not people[person].last:
            assert why.total <= plan.each.each[plan.of[person]] + 1e-6


def test_levels_below_what_a_post_wants_are_named_with_what_they_take_off():
    places = [commune("a", needs={"outreach": 1}, levels={"outreach": (1, 2)})]
    plan = made([volunteer("good", technology=1, communication=2), volunteer("low")], places)
    assert explain.why_here(plan, 0).below == 0
    refusal = explain.why_not(plan, 1, 0, 0)
    assert (refusal.rule, refusal.lacks, refusal.below) == ("", 3, 120)
    alone = made([volunteer("low")], places)
    why = explain.why_here(alone, 0)
    assert why.below == -120
    assert why.own == 0
    assert (
        made([volunteer("low")], places).value
        - solve(explain.without(alone.problem, "levels", 0), workers=0).value
        == -120
    )


def test_rules_are_named():
    places = [
        commune("a", 0, needs={"ai": 1, "police": 1, "outreach": 2}),
        commune("b", 40, needs={"outreach": 1}),
    ]
    people = [
        volunteer("plain", reach=20),
        volunteer("young", adult=False, certificates=(1,)),
        volunteer("no", refuses=("a",)),
        volunteer("out", available=False),
    ]
    plan = made(people, places)
    ask = explain.forbidding_rule
    assert ask(plan, 0, 0, KINDS.index("ai")) == "certificate_3"
    assert ask(plan, 0, 1, KINDS.index("outreach")) == "too_far"
    assert ask(plan, 1, 0, KINDS.index("police")) == "adults_only"
    assert ask(plan, 1, 1, KINDS.index("outreach")) == "minor_near_home"
    assert ask(plan, 2, 0, KINDS.index("outreach")) == "said_no"
    assert ask(plan, 3, 0, KINDS.index("outreach")) == "said_no"
    assert ask(plan, 0, 0, KINDS.index("outreach")) == ""


def test_training_fills_the_shortage_it_promises_to_fill():
    places = [commune("a", 0, needs={"services": 3, "outreach": 1})]
    plan = made([volunteer(f"v{n}") for n in range(3)], places)
    kind = KINDS.index("services")
    remedy = explain.remedies(plan, 0, kind)[0]
    assert (remedy.verb, remedy.group, remedy.gains) == ("train", 2, 2)
    again = solve(explain.mended(plan.problem, remedy, 0), workers=0)
    before, after = ((plan.kind == kind).sum(), (again.kind == kind).sum())
    assert after - before == remedy.gains


def test_inviting_people_beyond_their_reach_fills_the_shortage():
    places = [commune("a", 0, needs={"services": 2}), commune("b", 30)]
    plan = made([volunteer(f"v{n}", "b", certificates=(2,), reach=5) for n in range(2)], places)
    remedy = explain.remedies(plan, 0, KINDS.index("services"))[0]
    assert (remedy.verb, remedy.origin, remedy.km, remedy.gains) == ("invite", "b", 30, 2)
    again = solve(explain.mended(plan.problem, remedy, 0), workers=0)
    assert (again.where == 0).sum() == 2


def test_every_shortage_is_named_with_border_minimums_first():
    places = [
        commune("a", 0, needs={"ai": 5}, leaders=1),
        commune("b", 300, needs={"outreach": 1}, priority=True),
    ]
    found = shortages(made([volunteer()], places))
    assert [(each.commune, each.sort, each.missing) for each in found] == [
        ("b", "outreach", 1), ("a", "ai", 5), ("a", "leaders", 1),
    ]  # fmt: skip
    assert found[0].below_minimum == 1


def test_what_a_requirement_costs_is_seen_by_leaving_it_out():
    places = [
        commune("a", 0, needs={"outreach": 1}),
        commune("b", 15, needs={"outreach": 1}, languages={"hmn": 1}),
    ]
    people = [volunteer("v1", "a", reach=20, languages=("hmn",)), volunteer("v2", "b", reach=20)]
    plan = made(people, places)
    free = solve(explain.without(plan.problem, "languages", 1), workers=0)
    assert plan.where.tolist() == [1, 0]
    assert free.where.tolist() == [0, 1]
    assert explain.requirement_price(plan.prices, plan, 1)["speaker hmn"] > 0
