"""Plans as objects: made by the worker from the rows of the rooms below, kept with their inputs, made again to the last digit."""

import pytest

from aoxanh.kernel.scope import whole_nation
from aoxanh.people.errors import NotAllowed
from aoxanh.places import queries as places
from aoxanh.staffing import actions, answers
from aoxanh.staffing.allocation.problem import Commune, Edit, Volunteer
from aoxanh.staffing.errors import TooManyDrafts, UnfitPlace
from aoxanh.staffing.keeping import DamagedPlan, Inputs, keep_inputs, read_inputs
from aoxanh.staffing.models import Decline, Plan
from aoxanh.staffing.opened import open_plan
from tests.cast import LUNG_CU, TUYEN_QUANG, volunteer_id
from tests.conftest import Cast
from tests.staffing.campaign import DONG_VAN, a_plan, need, sent, volunteer


def test_people_go_where_they_are_needed_and_certified_for(cast: Cast) -> None:
    need(cast, LUNG_CU, vneid=1, outreach=1)
    need(cast, DONG_VAN, services=1)
    certified = volunteer("Giàng A Chứ", groups=["services"])
    helper = volunteer("Lý Thị Dở", groups=["vneid"], speaks="hmn")
    plan = a_plan(cast)
    found = sent(plan)
    assert found[str(certified)] == (DONG_VAN, "services")
    assert found[str(helper)] == (LUNG_CU, "vneid")
    assert plan.state == "draft"
    assert plan.measures["matched"] == 3
    assert plan.measures["gap_pct"] < 0.01


def test_nobody_goes_farther_than_they_offered_and_who_said_no_stays_out(cast: Cast) -> None:
    need(cast, DONG_VAN, vneid=3)
    at_home = volunteer("Giàng A Chứ", groups=["vneid"], reach_km=0)
    said_no = volunteer("Lý Thị Dở", groups=["vneid"])
    not_there = volunteer("Sùng Mí Sính", groups=["vneid"])
    goes = volunteer("Thào Thị Mai", groups=["vneid"])
    Decline.objects.create(volunteer_id=said_no, reason="study")
    Decline.objects.create(volunteer_id=not_there, commune_id=DONG_VAN, reason="distance")
    assert {id_ for id_ in sent(a_plan(cast)) if id_ in map(str, (at_home, said_no, not_there, goes))} == {
        str(goes)
    }


def test_who_has_the_levels_that_a_commune_wants_goes_there_first(cast: Cast) -> None:
    need(cast, DONG_VAN, levels=(2, 2), vneid=1)
    low = volunteer("Giàng A Chứ", DONG_VAN, groups=["vneid"], technology=1, communication=1)
    good = volunteer("Lý Thị Dở", groups=["vneid"])
    plan = a_plan(cast)
    assert sent(plan) == {str(good): (DONG_VAN, "vneid")}
    assert plan.measures["below_level"] == 0
    opened = open_plan(plan)
    assert answers.why_not(opened, str(low), answers.Post(DONG_VAN, "vneid")).lacks == 2


def test_a_plan_is_made_again_from_its_inputs_to_the_last_digit(cast: Cast) -> None:
    for number in range(30):
        volunteer(f"Giàng A {number}", groups=["vneid", "services"][: number % 3], technology=number % 4)
    for commune in (LUNG_CU, DONG_VAN):
        need(cast, commune, vneid=6, services=5, outreach=4, speakers={"hmn": 2}, leaders=1)
    plan = a_plan(cast)
    with whole_nation():
        again = actions.remade(Plan.objects.get(id=plan.id))
    for name in (
        "inputs_sha256",
        "answer_sha256",
        "value",
        "bound",
        "measures",
        "present",
        "shortages",
        "flaws",
    ):
        assert again[name] == getattr(plan, name), name
    opened = open_plan(plan)
    assert (opened.plan.value, opened.plan.bound) == (plan.value, plan.bound)


def test_inputs_are_the_same_bytes_for_the_same_content_and_damage_is_seen() -> None:
    inputs = Inputs(
        (Volunteer("v", "a", 2, 1, (1, 3), ("hmn",), 3, 20, last="a", refuses=("b",)),),
        (Commune("a", "P", 22.9, 105.3, {"vneid": 2}, {"vneid": 1}, {"hmn": 1}, 1, 9, priority=True, levels={"vneid": (2, 1)}), Commune("b", "P")),
        (Edit("pin", "v", "a", "vneid"),),
        present={"v": "a vneid"},
    )  # fmt: skip
    kept = keep_inputs(inputs)
    assert read_inputs(kept.content, kept.sha256) == inputs
    assert keep_inputs(read_inputs(kept.content, kept.sha256)) == kept
    with pytest.raises(DamagedPlan):
        read_inputs(kept.content[:-9] + b"damaged!!", kept.sha256)
    with pytest.raises(DamagedPlan):
        read_inputs(kept.content, "0" * 64)


def test_a_commune_without_position_or_need_and_people_without_anything_do_not_stop_a_plan(
    cast: Cast,
) -> None:
    plan = a_plan(cast)
    assert plan.measures["matched"] == 0
    assert sent(plan) == {}


def test_the_present_stands_beside_the_plan(cast: Cast) -> None:
    need(cast, LUNG_CU, outreach=2)
    plan = a_plan(cast)
    # Lan and Minh serve in their team at Lũng Cú already.
    assert plan.present["matched"] == 2
    assert plan.measures["moved"] == 0
    assert open_plan(plan).present()[str(volunteer_id("lan"))] == (LUNG_CU, "")


def test_only_coordinators_plan_and_only_for_their_own_place(cast: Cast) -> None:
    with whole_nation():
        for name in ("lan", "minh", "ha", "son", "thu", "binh"):
            with pytest.raises(NotAllowed):
                actions.draft_plan(place=places.place_by_code(TUYEN_QUANG), name="x", by=cast.actor(name))
        with pytest.raises(NotAllowed):
            actions.draft_plan(place=places.place_by_code("01"), name="x", by=cast.actor("duc"))
        with pytest.raises(UnfitPlace):
            actions.draft_plan(place=places.place_by_code(LUNG_CU), name="x", by=cast.actor("duc"))


def test_drafts_that_nobody_discards_are_bounded(cast: Cast) -> None:
    with whole_nation():
        place, duc = places.place_by_code(TUYEN_QUANG), cast.actor("duc")
        plans = [actions.draft_plan(place=place, name="x", by=duc) for _ in range(20)]
        with pytest.raises(TooManyDrafts):
            actions.draft_plan(place=place, name="x", by=duc)
        actions.discard_plan(plan=plans[0], by=duc)
        assert actions.draft_plan(place=place, name="x", by=duc).state == "waiting"
        assert actions.make_plan(plan_id=plans[0].id, by=duc) is None
