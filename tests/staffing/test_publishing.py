"""Publishing in parts, people saying no, planning again, and hand edits with their effect."""

from uuid import UUID

import pytest

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.errors import NotAllowed
from aoxanh.people.queries import actor_of
from aoxanh.staffing import actions
from aoxanh.staffing.actions import HandEdit
from aoxanh.staffing.errors import (
    EditRefused,
    EditsByProvince,
    NoSuchAssignment,
    NothingApproved,
    PlanNotReady,
)
from aoxanh.staffing.models import Assignment, Plan
from aoxanh.training.models import Certificate
from tests.cast import BA_DINH, LUNG_CU
from tests.conftest import Cast
from tests.staffing.campaign import DONG_VAN, a_plan, need, sent, volunteer


def publish(cast: Cast, plan: Plan, *communes: str) -> actions.Published:
    with whole_nation():
        duc = actor_of(cast.account("duc"))
        actions.approve_communes(plan=plan, communes=communes or [LUNG_CU, DONG_VAN], by=duc)
        return actions.publish_plan(plan=plan, by=duc)


def holding() -> dict[UUID, tuple[str, str]]:
    with whole_nation():
        rows = Assignment.objects.filter(state="holds")
        return {row.volunteer_id: (row.commune_id, row.kind) for row in rows}


@pytest.fixture
def pair(cast: Cast) -> tuple[UUID, UUID]:
    """Two people certified for VNeID, who live in Lũng Cú and Đồng Văn, where one is needed each."""
    need(cast, LUNG_CU, vneid=1)
    need(cast, DONG_VAN, vneid=1)
    return volunteer("Giàng A Chứ", groups=["vneid"]), volunteer("Lý Thị Dở", DONG_VAN, groups=["vneid"])


def test_only_approved_communes_are_published_and_the_rest_later(cast: Cast, pair: tuple[UUID, UUID]) -> None:
    here, there = pair
    plan = a_plan(cast)
    with whole_nation(), pytest.raises(NothingApproved):
        actions.publish_plan(plan=plan, by=cast.actor("duc"))
    assert publish(cast, plan, LUNG_CU).told == 1
    assert holding() == {here: (LUNG_CU, "vneid")}
    with whole_nation(), pytest.raises(NothingApproved):
        actions.publish_plan(plan=plan, by=cast.actor("duc"))
    assert publish(cast, plan, DONG_VAN).told == 1
    assert holding() == {here: (LUNG_CU, "vneid"), there: (DONG_VAN, "vneid")}


def test_a_new_plan_replaces_the_old_and_who_stays_is_not_told_anew(
    cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    first = a_plan(cast)
    publish(cast, first)
    with whole_nation():
        before = set(Assignment.objects.values_list("id", flat=True))
    second = a_plan(cast, "Hè 2")
    done = publish(cast, second)
    assert (done.told, done.stay, done.ended) == (0, 2, 0)
    with whole_nation():
        assert set(Assignment.objects.values_list("id", flat=True)) == before
        assert Plan.objects.get(id=first.id).state == "superseded"
        assert second.base_id == first.id


def test_who_declines_is_replaced_by_the_next_plan_and_nobody_else_moves(
    cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    here, there = pair
    spare = volunteer("Sùng Mí Sính", groups=["vneid"], technology=0, communication=0)
    publish(cast, a_plan(cast))
    with whole_nation():
        held = Assignment.objects.get(volunteer=here)
        actions.decline(assignment=held, reason="study", altogether=True, by=cast.actor("son"))
        with pytest.raises(NoSuchAssignment):
            actions.decline(assignment=held, reason="study", altogether=True, by=cast.actor("son"))
        entry = AuditEntry.objects.get(action="staffing.assignment.declined")
        assert "study" in entry.details
        assert str(here) not in entry.details
    again = a_plan(cast, "sau khi từ chối")
    assert sent(again) == {str(there): (DONG_VAN, "vneid"), str(spare): (LUNG_CU, "vneid")}
    publish(cast, again)
    assert holding() == {there: (DONG_VAN, "vneid"), spare: (LUNG_CU, "vneid")}


def test_whoever_is_ready_again_counts_again(cast: Cast, pair: tuple[UUID, UUID]) -> None:
    here, _there = pair
    publish(cast, a_plan(cast))
    with whole_nation():
        said = actions.decline(
            assignment=Assignment.objects.get(volunteer=here),
            reason="health",
            altogether=False,
            by=cast.actor("son"),
        )
        assert said.reason == "other"  # health is never stored
    assert sent(a_plan(cast))[str(here)] == (DONG_VAN, "vneid")
    with whole_nation():
        actions.withdraw_decline(said=said, by=cast.actor("son"))
    assert sent(a_plan(cast))[str(here)] == (LUNG_CU, "vneid")


def test_strangers_neither_decline_nor_publish(cast: Cast, pair: tuple[UUID, UUID]) -> None:
    plan = a_plan(cast)
    publish(cast, plan, LUNG_CU)
    with whole_nation():
        held = Assignment.objects.get()
        for name in ("lan", "minh", "binh", "an", "thu"):
            with pytest.raises(NotAllowed):
                actions.decline(assignment=held, reason="work", altogether=False, by=cast.actor(name))
        for name in ("son", "minh", "thu", "binh"):
            with pytest.raises(NotAllowed):
                actions.publish_plan(plan=plan, by=cast.actor(name))


def test_nobody_is_sent_who_lost_the_certificate_since_the_plan_was_made(
    cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    here, there = pair
    plan = a_plan(cast)
    Certificate.objects.filter(volunteer=here).delete()
    done = publish(cast, plan)
    assert (done.told, done.left_out) == (1, 1)
    assert holding() == {there: (DONG_VAN, "vneid")}


def edit(cast: Cast, plan: Plan, verb: str, who: UUID, commune: str, kind: str = "") -> actions.Effect:
    with whole_nation():
        return actions.edit_plan(plan=plan, edit=HandEdit(verb, who, commune, kind), by=cast.actor("duc"))


def test_a_hand_edit_is_honoured_and_its_effect_told(cast: Cast, pair: tuple[UUID, UUID]) -> None:
    here, there = pair
    plan = a_plan(cast)
    done = edit(cast, plan, "pin", here, DONG_VAN, "vneid")
    assert sent(done.plan) == {str(here): (DONG_VAN, "vneid"), str(there): (LUNG_CU, "vneid")}
    assert done.points < 0 < done.km
    assert {move.id for move in done.moves} == {str(here), str(there)}
    with whole_nation():
        back = actions.take_edit_back(plan=plan, edit_id=plan.edits.get().id, by=cast.actor("duc"))
    assert back.plan.edits.count() == 0
    with whole_nation():
        again = actions.remade(Plan.objects.get(id=plan.id))
    assert again["answer_sha256"] == back.plan.answer_sha256


def test_somebody_banned_from_a_commune_serves_elsewhere(cast: Cast, pair: tuple[UUID, UUID]) -> None:
    here, _there = pair
    plan = edit(cast, a_plan(cast), "ban", here, LUNG_CU).plan
    assert sent(plan).get(str(here), ("", ""))[0] != LUNG_CU


def test_edits_against_rules_noes_and_each_other_are_refused_and_change_nothing(
    cast: Cast, pair: tuple[UUID, UUID]
) -> None:
    here, _there = pair
    plan = a_plan(cast)
    for wrong in (
        ("pin", here, LUNG_CU, "ai"),
        ("pin", here, BA_DINH, "vneid"),
        ("pin", here, LUNG_CU, ""),
        ("pin", here, LUNG_CU, "cooking"),
        ("keep", here, LUNG_CU, "vneid"),
        ("pin", plan.id, LUNG_CU, "vneid"),
    ):
        with pytest.raises(EditRefused):
            edit(cast, plan, *wrong)
    edit(cast, plan, "pin", here, LUNG_CU, "vneid")
    with pytest.raises(EditRefused):
        edit(cast, plan, "ban", here, LUNG_CU)
    with whole_nation():
        kept = Plan.objects.get(id=plan.id)
        assert kept.edits.count() == 1
        assert sent(kept)[str(here)] == (LUNG_CU, "vneid")


def test_a_published_plan_and_the_nations_plan_are_not_edited(cast: Cast, pair: tuple[UUID, UUID]) -> None:
    here, _there = pair
    plan = a_plan(cast)
    publish(cast, plan, LUNG_CU)
    with pytest.raises(PlanNotReady):
        edit(cast, plan, "ban", here, LUNG_CU)
    nation = a_plan(cast, place="VN", by="an")
    with whole_nation(), pytest.raises(EditsByProvince):
        actions.edit_plan(plan=nation, edit=HandEdit("ban", here, LUNG_CU), by=cast.actor("an"))
