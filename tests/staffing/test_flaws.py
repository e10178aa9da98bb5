"""Bad rows are named with a remedy, and the best plan is made without them."""

import pytest

from aoxanh.staffing.allocation import flaws
from aoxanh.staffing.allocation.problem import Edit, Volunteer
from aoxanh.staffing.allocation.solve import solve
from tests.staffing.towns import commune, volunteer

PLACES = [commune("a", 0, needs={"outreach": 2, "vneid": 1}), commune("b", 10, needs={"outreach": 2})]


def found(people=(), places=PLACES, edits=()):
    problem, flawed = flaws.check(people, places, edits)
    plan = solve(problem, workers=0)
    return {flaw.code: flaw for flaw in flawed}, plan


def test_clean_rows_have_no_flaws():
    assert found([volunteer()])[0] == {}


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (Volunteer("", "a"), "person_without_id"),
        (volunteer("x", "nowhere"), "home_unknown"),
        (volunteer("x", ""), "home_unknown"),
        (volunteer("x", technology=7), "level_out_of_range"),
        (volunteer("x", certificates=(9,)), "certificate_unknown"),
        (volunteer("x", reach=-3), "number_out_of_range"),
        (volunteer("x", last="gone"), "place_unknown"),
        (volunteer("x", refuses=("gone",)), "place_unknown"),
    ],
)
def test_a_flawed_person_is_named(person, code):
    flawed, plan = found([person, volunteer("good")])
    assert list(flawed) == [code]
    assert flawed[code].remedy
    assert plan.where[plan.problem.people.ids.index("good")] == 0


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (commune("c", needs={"outreach": -4}), "need_out_of_range"),
        (commune("c", needs={"outreach": 1}, floors={"outreach": 2}), "floor_above_need"),
        (commune("c", needs={"dancing": 1}), "kind_unknown"),
        (commune("c", road=False), "no_road"),
        (commune("a", 3), "commune_twice"),
        (commune("c", province=""), "commune_without_code"),
        (flaws.Commune("c", "P", None, None), "no_position"),
        (flaws.Commune("c", "P", 190.0, 0.0), "no_position"),
    ],
)
def test_a_flawed_commune_is_named(place, code):
    assert list(found([volunteer()], [*PLACES, place])[0]) == [code]


def test_nobody_is_sent_to_a_commune_without_a_position_but_its_own_people_serve():
    places = [commune("a"), flaws.Commune("c", "P", needs={"outreach": 2})]
    _, plan = found([volunteer("far", "a", reach=900), volunteer("own", "c")], places)
    assert plan.where.tolist() == [-1, 1]


def test_ten_thousand_doubles_are_one_flaw_and_one_person():
    flawed, plan = found([volunteer("same")] * 10_000)
    assert flawed["person_twice"].count == 9_999
    assert "and 9989 more" in str(flawed["person_twice"])
    assert len(plan.problem.people) == 1


def test_two_places_by_hand_for_one_person_are_both_named_and_neither_counts():
    edits = [Edit("pin", "v1", "a", "outreach"), Edit("pin", "v1", "b", "outreach")]
    flawed, plan = found([volunteer(reach=20)], edits=edits)
    assert flawed["edits_contradict"].rows == ("pin v1 a outreach", "pin v1 b outreach")
    assert len(plan.problem.pins) == 0
    assert plan.where.tolist() == [0]


@pytest.mark.parametrize(
    ("person", "edits", "code"),
    [
        (volunteer(), [("pin", "a", "outreach"), ("ban", "a", "")], "edits_contradict"),
        (volunteer(), [("pin", "a", "vneid")], "edit_against_rule"),
        (volunteer(adult=False), [("pin", "b", "outreach")], "edit_against_rule"),
        (volunteer(refuses=("b",)), [("pin", "b", "outreach")], "edit_against_no"),
        (volunteer(available=False), [("pin", "a", "outreach")], "edit_against_no"),
        (volunteer(), [("pin", "a", "")], "edit_unknown"),
        (volunteer(), [("push", "a", "outreach")], "edit_unknown"),
        (volunteer(certificates=(3,)), [("pin", "a", "ai")], "edit_above_need"),
    ],
)
def test_a_hand_edit_that_cannot_be_honoured_is_named_and_left_out(person, edits, code):
    rows = [Edit(verb, person.id, place, kind) for verb, place, kind in edits]
    flawed, plan = found([person], edits=rows)
    assert list(flawed) == [code]
    assert len(plan.problem.pins) == 0


def test_a_hand_edit_stands_even_beyond_ones_reach_and_a_ban_keeps_away():
    people = [volunteer("v1", reach=0), volunteer("v2", reach=20)]
    _, plan = found(people, edits=[Edit("pin", "v1", "b", "outreach"), Edit("ban", "v2", "a")])
    assert plan.where.tolist() == [1, 1]
    _, plan = found([volunteer(certificates=(1,))], edits=[Edit("ban", "v1", "a", "vneid")])
    assert (plan.where.tolist(), plan.kind.tolist()) == ([0], [0])


def test_nothing_at_all_gives_an_empty_plan():
    assert found([], [])[1].where.tolist() == []
