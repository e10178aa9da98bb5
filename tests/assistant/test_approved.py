"""Approved answers: approved once, shown until the card changes, versioned, never of a person."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from aoxanh.assistant import actions, approved_queries, queries
from aoxanh.assistant.errors import AnswerEnded, CardMovedOn, UnfitApproval
from aoxanh.assistant.models import ApprovedAnswer, SlotName
from aoxanh.assistant.replies import Slot
from aoxanh.audit.models import AuditEntry
from aoxanh.cli.ask import command
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.people.errors import NotAllowed
from aoxanh.privacy.errors import PersonalData
from aoxanh.procedures.actions import publish_version
from aoxanh.procedures.errors import UnknownProcedure
from tests.assistant.loop import BIRTH, approve, province
from tests.cast import HA_NOI, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.procedures.card_examples import a_card

pytestmark = pytest.mark.django_db


def new_card(cast: Cast, place: str | None = None, base: int = 1) -> None:
    publish_version(
        card=a_card(code=BIRTH, valid_from=clock.today().isoformat()),
        province=province(place) if place else None,
        base=base,
        by=cast.actor("an"),
    )


def shown(code: str = TUYEN_QUANG) -> str | None:
    found = approved_queries.approved(BIRTH, "fee", province(code))
    return found.text if found else None


def test_the_slots_that_can_be_approved_are_those_that_can_be_asked() -> None:
    assert set(SlotName.values) == {str(slot) for slot in Slot}


def test_an_approved_answer_is_shown_in_its_province_with_office_and_day(cast: Cast) -> None:
    approve(cast)
    found = approved_queries.approved(BIRTH, "fee", province())
    assert found is not None
    assert (found.text, found.office, found.day, found.number) == (
        "Không mất phí khi đăng ký đúng hạn.", "Sở Tư pháp", clock.today(), 1,
    )  # fmt: skip
    assert "Tuyên Quang" in found.place
    assert shown(HA_NOI) is None
    assert approved_queries.approved(BIRTH, "time", province()) is None


def test_the_nations_answer_holds_everywhere_until_a_province_has_its_own(cast: Cast) -> None:
    approve(cast, "an", "VN", text_vi="Miễn phí.", text_en="Free.")
    assert (shown(), shown(HA_NOI)) == ("Miễn phí.", "Miễn phí.")
    approve(cast, text_vi="Riêng tỉnh ta.")
    assert (shown(), shown(HA_NOI)) == ("Riêng tỉnh ta.", "Miễn phí.")
    told = approved_queries.approved(BIRTH, "fee", None, "en")
    assert told is not None
    assert told.text == "Free."
    found = approved_queries.approved(BIRTH, "fee", province(), "en")
    assert found is not None
    assert found.text == "Riêng tỉnh ta."


def test_a_new_card_ends_what_is_shown_and_asks_to_look_again(cast: Cast) -> None:
    answer = approve(cast)
    assert [one.is_due for one in approved_queries.standing_answers(cast.actor("duc"))] == [False]
    new_card(cast)
    assert shown() is None
    [due] = approved_queries.standing_answers(cast.actor("duc"))
    assert (due.is_due, due.answer.id) == (True, answer.id)
    approve(cast, text_vi="Vẫn không mất phí.")
    assert shown() == "Vẫn không mất phí."
    assert [one.is_due for one in approved_queries.standing_answers(cast.actor("duc"))] == [False]


def test_a_provinces_own_card_ends_the_nations_answer_there_only(cast: Cast) -> None:
    approve(cast, "an", "VN", text_vi="Miễn phí.")
    new_card(cast, TUYEN_QUANG)
    assert (shown(), shown(HA_NOI)) == (None, "Miễn phí.")


def test_each_approval_is_a_version_and_one_stands(cast: Cast) -> None:
    first, second = approve(cast), approve(cast, text_vi="Lần hai.")
    first.refresh_from_db()
    assert (first.stands, second.number, shown()) == (False, 2, "Lần hai.")
    actions.withdraw_answer(answer=second, by=cast.actor("duc"))
    assert shown() is None
    with pytest.raises(AnswerEnded):
        actions.withdraw_answer(answer=second, by=cast.actor("duc"))
    assert approve(cast).number == 3


def test_only_the_centre_and_the_province_itself_approve(cast: Cast) -> None:
    for name, place in (("lan", TUYEN_QUANG), ("ha", TUYEN_QUANG), ("son", TUYEN_QUANG), ("duc", HA_NOI), ("duc", "VN"), ("thu", "VN")):  # fmt: skip
        with pytest.raises(NotAllowed):
            approve(cast, name, place)
    answer = approve(cast, "an", "VN")
    with pytest.raises(NotAllowed):
        actions.withdraw_answer(answer=answer, by=cast.actor("duc"))


def test_an_answer_to_a_card_that_changed_meanwhile_is_refused(cast: Cast) -> None:
    with pytest.raises(CardMovedOn):
        approve(cast, version=uuid7())
    assert not ApprovedAnswer.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text_vi": "  "}, "text_vi"),
        ({"office": ""}, "office"),
        ({"slot": "weather"}, "slot"),
        ({"text_vi": "a " * 400}, "text_vi"),
    ],
    ids=["no words", "no office", "no slot", "too long"],
)
def test_an_unfit_answer_names_its_field(cast: Cast, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(UnfitApproval) as refused:
        approve(cast, **wrong)
    assert refused.value.field == field


def test_no_commune_and_no_persons_name_or_number_goes_into_an_answer(cast: Cast) -> None:
    with pytest.raises(UnfitApproval):
        approve(cast, "an", LUNG_CU)
    for wrong in ({"text_vi": "Gọi 0912345678 để hỏi."}, {"office": "Chị Nguyễn Thị Hoa"}):
        with pytest.raises(PersonalData):
            approve(cast, **wrong)
    with pytest.raises(UnknownProcedure):
        actions.approve_answer(
            facts=actions.AnswerFacts(
                place=province(), code="9.999999", slot="fee", version=uuid7(), text_vi="x", office="x"
            ),
            by=cast.actor("duc"),
        )


def test_phones_get_the_answer_with_the_card_and_lose_it_with_the_card(cast: Cast) -> None:
    lan = cast.client("lan")
    before = lan.get("/api/v1/reference").json()
    approve(cast)
    after = lan.get("/api/v1/reference", {"cursor": before["cursor"]}).json()
    [card] = after["procedures"]
    assert card["code"] == BIRTH
    [told] = card["approved"]
    assert (told["slot"], told["number"], told["office"]) == ("fee", 1, "Sở Tư pháp")
    assert cast.client("binh").get("/api/v1/reference").json()["procedures"][0]["approved"] == []
    new_card(cast)
    later = lan.get("/api/v1/reference", {"cursor": after["cursor"]}).json()
    assert [one["approved"] for one in later["procedures"] if one["code"] == BIRTH] == [[]]


def test_the_audit_names_the_step_and_not_the_words(cast: Cast) -> None:
    approve(cast)
    entry = AuditEntry.objects.filter(action="assistant.answer.approved").get()
    assert (entry.chain, entry.subject) == (TUYEN_QUANG, f"procedure:{BIRTH}")
    assert "phí" not in entry.details
    assert entry.at > clock.now() - timedelta(minutes=5)


def test_a_reply_carries_the_approved_answer_for_what_it_tells(cast: Cast) -> None:
    reply = queries.ask("đăng ký khai sinh bao nhiêu tiền", province=province())
    assert approved_queries.plain_with_approved(reply, province())["parts"][0]["approved"] is None
    approve(cast)
    [part] = approved_queries.plain_with_approved(reply, province())["parts"]
    assert part["approved"]["text"] == "Không mất phí khi đăng ký đúng hạn."
    assert (part["approved"]["office"], part["approved"]["day"]) == ("Sở Tư pháp", clock.today().isoformat())
    assert approved_queries.plain_with_approved(reply, province(HA_NOI))["parts"][0]["approved"] is None


def test_the_door_and_the_command_give_the_approved_answer(cast: Cast) -> None:
    approve(cast)
    asked = json.dumps({"text": "đăng ký khai sinh bao nhiêu tiền"})
    sent = cast.client("lan").post("/api/v1/assistant/ask", asked, content_type="application/json")
    assert sent.json()["parts"][0]["approved"]["office"] == "Sở Tư pháp"
    words = ("đăng ký khai sinh bao nhiêu tiền", "--province", TUYEN_QUANG)
    assert "= Không mất phí khi đăng ký đúng hạn." in CliRunner().invoke(command, words).stdout
    told = json.loads(CliRunner().invoke(command, (*words, "--json")).stdout)
    assert told["parts"][0]["approved"]["text"] == "Không mất phí khi đăng ký đúng hạn."
