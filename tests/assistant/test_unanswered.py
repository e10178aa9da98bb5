"""Questions without an answer: sent on purpose, of nobody, closed by what answers them."""

import json
from datetime import timedelta

import pytest

from aoxanh.assistant import actions, review_queries
from aoxanh.assistant.actions import questions
from aoxanh.assistant.errors import QuestionsClosed, TooManyQuestions, UnfitClosing
from aoxanh.assistant.models import UnansweredQuestion
from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.people.errors import NotAllowed
from aoxanh.privacy.actions import retain
from tests.assistant.loop import BIRTH, approve, open_ids, province, send
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]


def test_a_question_is_stored_once_with_its_commune_and_nobody(cast: Cast) -> None:
    one = uuid7()
    asked = "xin giấy phép nuôi chó"
    assert [send(cast, asked, id=one), send(cast, asked, id=one)] == ["accepted", "already"]
    assert send(cast, asked, "binh", id=one) == "id_taken"
    row = UnansweredQuestion.objects.get()
    assert (row.text, row.commune_id, row.offered) == (asked, "00715", [])
    named = {
        field.related_model.__name__ for field in UnansweredQuestion._meta.get_fields() if field.is_relation
    }
    assert named == {"Place", "Procedure"}


@pytest.mark.parametrize(
    ("text", "why", "code"),
    [
        ("Bà Nguyễn Thị Hoa 0912345678 xin gì", "outside", "personal_data"),
        ("CCCD 001203004567 làm lại", "outside", "personal_data"),
        ("x", "outside", "unfit_question"),
        ("x " * 200, "outside", "unfit_question"),
        ("xin giấy phép nuôi chó", "because", "unfit_question"),
        ("xin giấy\x07", "outside", "unreadable_text"),
    ],
    ids=["name and phone", "citizen number", "too short", "too long", "no reason", "unreadable"],
)
def test_what_may_not_be_kept_is_refused_and_kept_nowhere(cast: Cast, text: str, why: str, code: str) -> None:
    assert send(cast, text, why=why) == code
    assert not UnansweredQuestion.objects.exists()
    assert not AuditEntry.objects.filter(action="assistant.question.sent").exists()


def test_the_audit_counts_and_holds_no_word(cast: Cast) -> None:
    send(cast, "xin giấy phép nuôi chó")
    entry = AuditEntry.objects.get(action="assistant.question.sent")
    assert (entry.details, entry.subject) == ('{"count":1}', "")


def test_only_codes_of_ours_are_kept_as_offered(cast: Cast) -> None:
    send(cast, "xin giấy phép nuôi chó", offered=("khai tên Hoa", BIRTH), why="none")
    assert UnansweredQuestion.objects.get().offered == [BIRTH]


def test_a_commune_sends_no_more_than_an_office_can_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST_A_DAY", 2)
    send(cast, "câu hỏi thứ nhất")
    send(cast, "câu hỏi thứ hai")
    with pytest.raises(TooManyQuestions):
        send(cast, "câu hỏi thứ ba")
    UnansweredQuestion.objects.update(sent_at=clock.now() - timedelta(days=2))
    assert send(cast, "câu hỏi thứ ba") == "accepted"


def test_who_serves_in_no_commune_sends_nothing(cast: Cast) -> None:
    assert [send(cast, "xin giấy phép nuôi chó", name) for name in ("minh", "ha", "son")] == ["accepted"] * 3
    for name in ("duc", "an", "thu"):
        with pytest.raises(NotAllowed):
            send(cast, "xin giấy phép nuôi chó", name)


def test_alike_questions_are_one_group_within_a_reviewers_reach(cast: Cast) -> None:
    for text, name in (("làm visa đi Hàn Quốc thế nào", "lan"), ("thủ tục xin visa hàn quốc", "minh"), ("đổi tên facebook", "ha"), ("lam visa han quoc can gi", "binh")):  # fmt: skip
        send(cast, text, name)
    assert [len(one.questions) for one in review_queries.question_groups(cast.actor("duc"))] == [2, 1]
    largest = review_queries.question_groups(cast.actor("an"))[0]
    assert (len(largest.questions), largest.communes, largest.text) == (3, 2, "thủ tục xin visa hàn quốc")
    assert len(largest.others) == 2
    assert review_queries.question_groups(cast.actor("son")) == []


def test_a_group_is_closed_once_by_what_answers_it(cast: Cast) -> None:
    send(cast, "xin giấy cho cháu mới đẻ")
    ids, duc = open_ids(), cast.actor("duc")
    for outcome, code in (
        ("alias", BIRTH),
        ("approved", BIRTH),
        ("card", "9.999999"),
        ("x", BIRTH),
        ("", ""),
    ):
        with pytest.raises(UnfitClosing):
            actions.close_group(question_ids=ids, outcome=outcome, code=code, by=duc)
    actions.propose_alias(text="giấy cho cháu mới đẻ", code=BIRTH, place=province(), by=duc)
    assert actions.close_group(question_ids=ids, outcome="alias", code=BIRTH, by=duc) == 1
    row = UnansweredQuestion.objects.get()
    assert (row.outcome, row.procedure_id) == ("alias", BIRTH)
    with pytest.raises(QuestionsClosed):
        actions.close_group(question_ids=ids, outcome="card", code=BIRTH, by=duc)


def test_an_approved_answer_or_not_ours_closes_a_group_too(cast: Cast) -> None:
    send(cast, "khai sinh mất bao nhiêu tiền")
    approve(cast)
    assert actions.close_group(question_ids=open_ids(), outcome="approved", code=BIRTH, by=cast.actor("duc"))
    send(cast, "giá vàng hôm nay")
    assert actions.close_group(question_ids=open_ids(), outcome="not_ours", by=cast.actor("an"))
    assert set(UnansweredQuestion.objects.values_list("procedure", flat=True)) == {BIRTH, None}


def test_nobody_closes_questions_of_elsewhere(cast: Cast) -> None:
    send(cast, "giá vàng hôm nay", "binh")
    for name in ("duc", "ha", "son", "lan", "thu"):
        with pytest.raises(NotAllowed):
            actions.close_group(question_ids=open_ids(), outcome="not_ours", by=cast.actor(name))


def test_a_phone_sends_questions_each_answered_by_itself(cast: Cast) -> None:
    wanted = [
        {"id": str(uuid7()), "text": text, "why": "outside"}
        for text in ("xin giấy phép nuôi chó", "Gọi cho 0912345678")
    ]
    answer = cast.client("lan").post(
        "/api/v1/assistant/questions", json.dumps({"questions": wanted}), content_type="application/json"
    )
    assert [one["code"] for one in answer.json()["results"]] == ["", "personal_data"]


def test_a_question_goes_after_a_year_answered_or_not(cast: Cast) -> None:
    send(cast, "giá vàng hôm nay")
    UnansweredQuestion.objects.update(sent_at=clock.now() - timedelta(days=330))
    retain(by="test")
    assert UnansweredQuestion.objects.exists()
    UnansweredQuestion.objects.update(sent_at=clock.now() - timedelta(days=400))
    retain(by="test")
    assert not UnansweredQuestion.objects.exists()
