"""The page on which people ask the assistant: every kind of reply, a dialogue without JavaScript, nothing kept."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from aoxanh.assistant import pace, queries
from aoxanh.assistant.models import UnansweredQuestion
from aoxanh.assistant.replies import Kind, Named, Part, Pinned, Reply, Sentence, Slot, Source
from aoxanh.kernel.scope import whole_nation
from aoxanh.web.assistant import memory
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
PAGE = "/assistant/"
BIRTH = "1.001193"
EVIL = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    pace.forget_pace()


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content[:400]
    return str(response.content.decode())


def carried(page: str) -> str:
    """Return what the page's form carries on."""
    found = re.search(r'name="memory" value="([^"]*)"', page)
    assert found
    return found[1]


def a_reply(kind: Kind, **told: Any) -> Reply:
    return Reply((Part(kind, "Câu mở đầu.", **told),), Pinned(BIRTH, Slot.FEE, (BIRTH,)))


def test_everybody_finds_the_page_in_the_menu_and_reads_that_it_is_a_program(cast: Cast) -> None:
    for name in ("lan", "minh", "ha", "son", "duc", "an", "thu"):
        page = text_of(cast.client(name).get(PAGE))
        assert 'href="/assistant/" aria-current="page"' in page
        assert "trí tuệ nhân tạo, không phải cán bộ" in page
    assert cast.client(None).get(PAGE).status_code == 302


def test_a_question_is_answered_with_names_to_choose_from_and_the_choice_goes_on(cast: Cast) -> None:
    client = cast.client("son")
    first = text_of(client.post(PAGE, {"text": "lam giay khai sinh mat may ngay", "memory": ""}))
    assert f'href="/procedures/{BIRTH}/?province=08"' in first
    offered = re.findall(r'name="pick" value="([^"]*)"', first)
    other = next(code for code in offered if code != BIRTH)
    second = text_of(client.post(PAGE, {"pick": other, "memory": carried(first)}))
    assert "lam giay khai sinh mat may ngay" in second
    assert f'href="/procedures/{other}/?province=08"' in second
    kept = memory.read(carried(second))
    assert kept.turns[0].asked == "lam giay khai sinh mat may ngay"
    assert (kept.pinned.code, kept.pinned.slot) == (other, Slot.TIME), (
        "what was asked was lost with the choice"
    )


def test_none_of_these_hands_over(cast: Cast) -> None:
    client = cast.client("lan")
    first = text_of(client.post(PAGE, {"text": "khai sinh"}))
    second = text_of(client.post(PAGE, {"none": "1", "memory": carried(first)}))
    assert 'class="card part outside"' in second
    assert "Không có cái nào" in second
    assert "Mời bà con gặp cán bộ" in second
    assert "Gửi câu hỏi này cho tỉnh" in second
    sent = text_of(client.post(PAGE, {"send": "1", "memory": carried(second)}))
    assert "Tỉnh chỉ thấy câu hỏi" in sent
    with whole_nation():
        kept = [(one.text, one.why) for one in UnansweredQuestion.objects.all()]
    assert kept == [("khai sinh", "none")]


def test_an_answer_names_its_card_its_day_its_certainty_and_the_portal(cast: Cast, monkeypatch: Any) -> None:
    source = Source(
        BIRTH, "Đăng ký khai sinh", "fee", date(2025, 7, 1), "medium", "https://dichvucong.gov.vn/x"
    )
    sentence = Sentence("Lệ phí do hội đồng nhân dân tỉnh quy định.", source, is_certain=False)
    reply = a_reply(
        Kind.PROVINCE,
        slot=Slot.FEE,
        sentences=(sentence,),
        candidates=(Named(BIRTH, "x"), Named("2.000635", "Bản sao")),
    )
    monkeypatch.setattr(queries.Assistant, "turn", lambda *_: reply)
    page = text_of(cast.client("lan").post(PAGE, {"text": "khai sinh mấy tiền"}))
    for words in (
        "bản từ ngày 01/07/2025",
        BIRTH,
        "Cần xác nhận",
        "cần hỏi lại",
        'href="https://dichvucong.gov.vn/x"',
        f'href="/procedures/{BIRTH}/',
    ):
        assert words in page
    # The procedure that was answered is not offered once more beside the other.
    assert re.findall(r'name="pick" value="([^"]*)"', page) == ["2.000635"]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_look_and_a_name_of_its_own(cast: Cast, monkeypatch: Any, kind: Kind) -> None:
    monkeypatch.setattr(queries.Assistant, "turn", lambda *_: a_reply(kind, rule="otp", go="Hỏi công an xã."))
    page = text_of(cast.client("lan").post(PAGE, {"text": "hỏi thử"}))
    assert f'class="card part {kind}"' in page
    assert "Câu mở đầu." in page
    assert "Hỏi công an xã." in page


def test_personal_data_are_refused_with_the_reason_and_the_dialogue_goes_on(cast: Cast) -> None:
    client = cast.client("lan")
    first = text_of(client.post(PAGE, {"text": "khai sinh"}))
    refused = text_of(client.post(PAGE, {"text": "số căn cước 001185012345", "memory": carried(first)}), 422)
    assert 'role="alert"' in refused
    assert "thông tin cá nhân" in refused
    assert memory.read(carried(refused)) == memory.read(carried(first))


def test_nothing_of_a_dialogue_lies_in_the_session_or_in_a_cache(cast: Cast) -> None:
    client = cast.client("lan")
    client.get(PAGE)
    before = [row.session_data for row in Session.objects.order_by("session_key")]
    response = client.post(PAGE, {"text": "khai sinh"})
    assert [row.session_data for row in Session.objects.order_by("session_key")] == before
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "given",
    ["x", "a:b:c", "💥", memory.written(memory.Memory())[:-1] + "!", "A" * 100_000],
    ids=["short", "parts", "sign", "damaged", "huge"],
)
def test_a_spoilt_memory_is_a_new_beginning(cast: Cast, given: str) -> None:
    assert text_of(cast.client("lan").post(PAGE, {"text": "khai sinh", "memory": given}))
    assert memory.read(given) == memory.Memory()


@pytest.mark.parametrize(
    "form",
    [{}, {"text": ""}, {"text": "k" * 3000}, {"text": "a\x00b"}, {"pick": ""}, {"none": "1"}, {"pick": "x" * 500}, {"text": EVIL}],
    ids=["nothing", "empty", "long", "nul", "no-pick", "none", "strange-pick", "markup"],
)  # fmt: skip
def test_no_form_breaks_the_page_and_none_becomes_markup(cast: Cast, form: dict[str, str]) -> None:
    response = cast.client("lan").post(PAGE, form)
    assert response.status_code in (200, 400, 422)
    assert EVIL not in response.content.decode()


def test_a_machine_is_asked_to_wait(cast: Cast) -> None:
    client = cast.client("lan")
    for _ in range(pace.MOST):
        client.post(PAGE, {"text": "khai sinh"})
    refused = client.post(PAGE, {"text": "khai sinh"})
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")


def test_the_page_speaks_english_too(cast: Cast) -> None:
    client = cast.client("lan")
    client.post("/language/", {"language": "en", "next": "/"})
    page = text_of(client.post(PAGE, {"text": "khai sinh"}))
    assert "Birth registration" in page
    assert "None of these" in page
