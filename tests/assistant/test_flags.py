"""Wrong answers: one tap, once a person and answer, answered once for everybody."""

import json
from datetime import timedelta

import pytest

from aoxanh.assistant import actions, review_queries
from aoxanh.assistant.errors import FlagAnswered, UnfitFlag
from aoxanh.assistant.models import Flag
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.people.errors import NotAllowed
from aoxanh.privacy.actions import forget, retain
from aoxanh.privacy.errors import PersonalData
from tests.assistant.loop import BIRTH, MARRIAGE, approve, flag, flag_facts
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]


def ids() -> list:
    return list(Flag.objects.values_list("id", flat=True))


def test_a_flag_counts_once_for_a_person_and_an_answer(cast: Cast) -> None:
    first = uuid7()
    assert [flag(cast, id=first), flag(cast, id=first), flag(cast)] == ["accepted", "already", "already"]
    assert flag(cast, slot="time") == "accepted"
    assert flag(cast, approved=1) == "accepted"
    assert flag(cast, "minh") == "accepted"
    assert flag(cast, "binh", id=first) == "id_taken"
    assert Flag.objects.count() == 4


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code": "9.999999"}, "unfit_flag"),
        ({"version": 99}, "unfit_flag"),
        ({"slot": "x"}, "unfit_flag"),
        ({"reason": "x"}, "unfit_flag"),
        ({"note": "x " * 200}, "unfit_flag"),
        ({"note": "Hỏi chị Hoa 0912345678"}, "personal_data"),
        ({"note": "\x07"}, "unreadable_text"),
    ],
    ids=[
        "no procedure",
        "no version",
        "no slot",
        "no reason",
        "long note",
        "personal note",
        "unreadable note",
    ],
)
def test_an_unfit_flag_is_refused_by_itself_and_kept_nowhere(
    cast: Cast, wrong: dict[str, object], code: str
) -> None:
    told = actions.flag_answers(flags=[flag_facts(**wrong), flag_facts()], by=cast.actor("lan"))
    assert [(one.status, one.code) for one in told] == [("refused", code), ("accepted", "")]
    assert Flag.objects.count() == 1


def test_who_is_no_volunteer_flags_nothing(cast: Cast) -> None:
    for name in ("ha", "son", "duc", "an", "thu"):
        with pytest.raises(NotAllowed):
            flag(cast, name)


def test_the_queue_puts_flags_about_one_answer_together_the_most_first(cast: Cast) -> None:
    flag(cast, code=MARRIAGE)
    flag(cast, note="Phí đã đổi từ tháng trước.")
    flag(cast, "minh", reason="figure")
    found = review_queries.flagged_answers(cast.actor("duc"))
    assert [(one.code, len(one.flags)) for one in found] == [(BIRTH, 2), (MARRIAGE, 1)]
    assert found[0].notes == ["Phí đã đổi từ tháng trước."]
    assert [count for _reason, count in found[0].reasons] == [1, 1]
    assert found[0].is_current


def test_each_reviewer_sees_their_own_places_only(cast: Cast) -> None:
    flag(cast)
    flag(cast, "binh", code=MARRIAGE)
    seen = {name: [one.code for one in review_queries.flagged_answers(cast.actor(name))] for name in ("ha", "duc", "an", "son", "lan")}  # fmt: skip
    assert seen["ha"] == seen["duc"] == [BIRTH]
    assert sorted(seen["an"]) == [MARRIAGE, BIRTH]
    assert seen["son"] == seen["lan"] == []


def test_an_answer_reaches_everybody_who_told_and_no_one_else(cast: Cast) -> None:
    flag(cast)
    flag(cast, "minh")
    flag(cast, "binh")
    own = [one.id for one in review_queries.flagged_answers(cast.actor("duc"))[0].flags]
    told = actions.answer_flags(
        flag_ids=own, outcome="corrected", answer="Đã sửa theo nghị quyết mới.", by=cast.actor("duc")
    )
    assert told == 2
    for name in ("lan", "minh"):
        [mine] = review_queries.own_flags(cast.actor(name))
        assert (mine.outcome, mine.answer) == ("corrected", "Đã sửa theo nghị quyết mới.")
    [other] = review_queries.own_flags(cast.actor("binh"))
    assert other.is_open
    with pytest.raises(FlagAnswered):
        actions.answer_flags(flag_ids=own, outcome="right", by=cast.actor("duc"))


def test_only_province_and_centre_answer_and_only_with_an_outcome(cast: Cast) -> None:
    flag(cast)
    for name in ("lan", "ha", "son", "thu"):
        with pytest.raises(NotAllowed):
            actions.answer_flags(flag_ids=ids(), outcome="right", by=cast.actor(name))
    for outcome, answer, error in (("", "", UnfitFlag), ("x", "", UnfitFlag), ("right", "y " * 300, UnfitFlag), ("right", "Gọi 0912345678", PersonalData)):  # fmt: skip
        with pytest.raises(error):
            actions.answer_flags(flag_ids=ids(), outcome=outcome, answer=answer, by=cast.actor("duc"))
    flag(cast, "binh")
    with pytest.raises(NotAllowed):
        actions.answer_flags(flag_ids=ids(), outcome="right", by=cast.actor("duc"))


def test_a_phone_sends_flags_and_reads_what_came_of_them(cast: Cast) -> None:
    lan = cast.client("lan")
    body = {
        "id": str(uuid7()), "code": BIRTH, "version": 1, "slot": "fee", "reason": "old",
        "made_at": clock.milliseconds(clock.now()),
    }  # fmt: skip

    def post(*flags: dict) -> dict:
        answer = lan.post(
            "/api/v1/assistant/flags", json.dumps({"flags": flags}), content_type="application/json"
        )
        return answer.json()

    assert [one["status"] for one in post(body, body)["results"]] == ["accepted", "already"]
    actions.answer_flags(flag_ids=ids(), outcome="card", answer="Đang sửa.", by=cast.actor("duc"))
    [told] = lan.get("/api/v1/assistant/flags").json()["flags"]
    assert (told["outcome"], told["answer"], told["code"]) == ("card", "Đang sửa.", BIRTH)
    assert post({**body, "version": 0})["error"]["code"]


def test_a_flag_goes_with_the_person_and_after_its_time(cast: Cast) -> None:
    flag(cast)
    flag(cast, "minh")
    forget(username="lan", by="test")
    assert [row.volunteer_id for row in Flag.objects.all()] == [cast.actor("minh").volunteer_id]
    long_ago = clock.now() - timedelta(days=800)
    Flag.objects.update(received_at=long_ago, answered_at=long_ago, outcome="right")
    retain(by="test")
    assert not Flag.objects.exists()


def test_a_flag_on_an_approved_answer_is_told_apart_from_one_on_the_card(cast: Cast) -> None:
    answer = approve(cast)
    flag(cast)
    flag(cast, approved=answer.number)
    assert sorted(one.approved for one in review_queries.flagged_answers(cast.actor("duc"))) == [0, 1]
