"""The phone's door to proposing: each proposal once, each answered by itself, nothing of a citizen stored."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.api.test_attendance import a_phone
from tests.cast import LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.desk.conftest import own_database  # noqa: F401 - the fixture
from tests.initiatives.examples import FACTS, acting

from aoxanh.initiatives import actions, queries
from aoxanh.initiatives.models import Initiative, Proposal
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.people.models import Membership

BASE = "/api/v1/initiatives/proposals"
SENDERS = 6


def told(**more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "made_at": clock.milliseconds(clock.now()),
        "kind": "other",
        "title": "Bàn hướng dẫn ở chợ phiên",
        "problem": "Bà con chỉ xuống chợ một buổi mỗi tuần.",
        "steps": "Xin một góc chợ.\nTrực mỗi sáng thứ Bảy.",
        "where": "Chợ phiên Lũng Cú",
        "volunteers": 4,
        "limits": "Ngày mưa ít người đến.",
    } | more


def sent() -> actions.Sent:
    return actions.Sent(uuid7(), clock.now(), FACTS)


def send(headers: dict[str, str], *proposals: dict[str, Any]) -> Any:
    body = json.dumps({"proposals": proposals})
    return Client().post(BASE, body, content_type="application/json", headers=headers)


def answers(headers: dict[str, str], *proposals: dict[str, Any]) -> list[tuple[str, str, str]]:
    results = send(headers, *proposals).json()["results"]
    assert [one["id"] for one in results] == [one["id"] for one in proposals]
    return [(one["status"], one["code"], one["field"]) for one in results]


def test_a_proposal_is_stored_once_however_often_it_is_sent(cast: Cast) -> None:
    phone, one = a_phone("lan"), told()
    assert [answers(phone, one)[0][0] for _again in range(3)] == ["accepted", "already", "already"]
    with whole_nation():
        row = Initiative.objects.get(id=one["id"])
    assert (row.place_id, row.state, row.origin, row.people) == (
        LUNG_CU, "proposed", "phone", {"volunteers": 4},
    )  # fmt: skip
    assert row.steps == "Xin một góc chợ.\nTrực mỗi sáng thứ Bảy."


def test_each_is_answered_by_itself_and_what_may_be_a_citizens_is_not_kept(cast: Cast) -> None:
    good, named, long = (
        told(),
        told(problem="Bà Mai, số 0912 345 678, phải chờ lâu"),
        told(steps="x" * 4001),
    )
    odd = told(kind="unheard")
    assert answers(a_phone("lan"), named, good, long, odd) == [
        ("refused", "personal_data", "problem"),
        ("accepted", "", ""),
        ("refused", "unfit_initiative", "steps"),
        ("refused", "unfit_initiative", "kind"),
    ]
    with whole_nation():
        assert [str(row.id) for row in Initiative.objects.filter(origin="phone")] == [good["id"]]


def test_another_ones_number_is_refused_and_tells_nothing(cast: Cast) -> None:
    one = told()
    assert answers(a_phone("lan"), one)[0][0] == "accepted"
    assert answers(a_phone("binh"), one) == [("refused", "unfit_initiative", "id")]
    with whole_nation():
        assert Initiative.objects.get(id=one["id"]).place_id == LUNG_CU


@pytest.mark.usefixtures("own_database")
def test_the_same_one_sent_by_several_at_the_same_moment_is_stored_once_and_never_refused() -> None:
    cast, one = Cast(), sent()
    lan, ready = cast.actor("lan"), Barrier(SENDERS)

    def run(_number: int) -> str:
        try:
            ready.wait()
            with scope(lan.scope):
                (answer,) = actions.take_proposals(proposals=[one], by=lan)
        finally:
            connection.close()
        return answer.status

    with ThreadPoolExecutor(SENDERS) as pool:
        assert sorted(pool.map(run, range(SENDERS))) == ["accepted"] + ["already"] * (SENDERS - 1)


def test_the_phone_hears_what_became_of_it_and_why(cast: Cast) -> None:
    phone, one = a_phone("lan"), told()
    answers(phone, one)
    with acting(cast, "son") as son:
        row = queries.initiative_visible_to(son, one["id"])
        actions.decide(initiative=row, step="send_back", by=son, reason="Thêm số người trước và sau.")
    heard = Client().get(BASE, headers=phone).json()
    assert heard["may_propose"]
    (mine,) = heard["proposals"]
    assert (mine["id"], mine["state"], mine["reason"]) == (
        one["id"],
        "returned",
        "Thêm số người trước và sau.",
    )
    assert mine["state_name"] == {"vi": "Trả lại", "en": "Sent back"}
    assert {"key": "other", "vi": "Loại khác", "en": "Another kind"} in heard["kinds"]
    assert Client().get(BASE, headers=a_phone("minh")).json()["proposals"] == []


def sent_back(cast: Cast, phone: dict[str, str], **more: Any) -> dict[str, Any]:
    """Return a proposal of lan's that the commune sent back."""
    one = told(**more)
    answers(phone, one)
    with acting(cast, "son") as son:
        row = queries.initiative_visible_to(son, one["id"])
        actions.decide(initiative=row, step="send_back", by=son, reason="Thêm số người.")
    return one


def test_what_was_sent_back_is_changed_on_the_phone_and_handed_in_once(cast: Cast) -> None:
    phone = a_phone("lan")
    one = sent_back(cast, phone)
    with whole_nation():
        Initiative.objects.filter(id=one["id"]).update(result="40 người trước, 90 sau.", people={"police": 1})
    (mine,) = Client().get(BASE, headers=phone).json()["proposals"]
    assert mine["words"]["problem"] == one["problem"]
    again = told(of=one["id"], problem="Mỗi tuần 40 người lỡ buổi chợ.", volunteers=6)
    assert [answers(phone, again)[0][0] for _again in range(3)] == ["accepted", "already", "already"]
    with whole_nation():
        row = Initiative.objects.get(id=one["id"])
        assert [step.step for step in row.decisions.all()] == ["send_back", "hand_in"]
        assert not Initiative.objects.filter(id=again["id"]).exists()
    assert (row.state, row.problem) == ("proposed", again["problem"])
    assert (row.result, row.people) == ("40 người trước, 90 sau.", {"volunteers": 6, "police": 1})
    assert Client().get(BASE, headers=phone).json()["proposals"][0]["words"] is None


def test_only_ones_own_that_still_lies_sent_back_can_be_handed_in_again(cast: Cast) -> None:
    phone = a_phone("lan")
    one, other = sent_back(cast, phone), sent_back(cast, phone, title="Tủ giấy tờ dùng chung")
    binh = a_phone("binh")
    assert answers(binh, told(of=one["id"])) == [("refused", "not_found", "")]
    assert answers(phone, told(of=str(uuid7()))) == [("refused", "not_found", "")]
    assert answers(phone, told(of=one["id"], problem="Gọi 0912 345 678"))[0][1:] == (
        "personal_data",
        "problem",
    )
    again = told(of=one["id"])
    assert answers(phone, again)[0][0] == "accepted"
    assert answers(phone, told(of=one["id"])) == [("refused", "initiative_moved_on", "")]
    assert answers(phone, again | {"of": other["id"]}) == [("refused", "unfit_initiative", "id")]
    with whole_nation():
        assert Initiative.objects.get(id=other["id"]).state == "returned"


def test_whoever_left_every_team_is_told_so_and_keeps_what_was_taken(cast: Cast) -> None:
    phone, before, after = a_phone("lan"), told(), told()
    answers(phone, before)
    with whole_nation():
        Membership.objects.filter(volunteer=volunteer_id("lan")).update(valid_to=clock.today())
        cast.account("lan").role_assignments.all().delete()
    assert answers(phone, before, after) == [("already", "", ""), ("refused", "not_found", "")]
    assert not Client().get(BASE, headers=phone).json()["may_propose"]


def test_a_phones_clock_that_cannot_be_right_is_not_believed(cast: Cast) -> None:
    phone, late, early = a_phone("lan"), told(made_at=4_000_000_000_000), told(made_at=946_684_800_001)
    hour_ago = told(made_at=clock.milliseconds(clock.now()) - 3_600_000)
    answers(phone, late, early, hour_ago)
    with whole_nation():
        made = dict(Proposal.objects.values_list("initiative", "made_at"))
    by_id = {str(key): abs((clock.now() - moment).total_seconds()) for key, moment in made.items()}
    assert by_id[late["id"]] < 600
    assert by_id[early["id"]] < 600
    assert 3500 < by_id[hour_ago["id"]] < 4200


def test_nobody_floods_the_commune(cast: Cast) -> None:
    phone = a_phone("lan")
    for _turn in range(3):
        assert {one[0] for one in answers(phone, *(told() for _each in range(10)))} == {"accepted"}
    assert answers(phone, told()) == [("refused", "too_many_proposals", "")]


def test_what_is_no_proposal_is_refused_whole(cast: Cast) -> None:
    phone = a_phone("lan")
    for wrong in ({"id": "x"}, {"made_at": 1}, {"title": ["x"]}, {"volunteers": -1}, {"steps": "\x00"}):
        assert send(phone, told(**wrong)).status_code == 400
    assert send(phone).status_code == 400
    assert send({"Authorization": "Bearer nobody's"}, told()).status_code == 401
