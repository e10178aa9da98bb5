"""What a card must be and must say."""

import unicodedata

import pytest

from aoxanh.procedures import card as cards
from aoxanh.procedures import seed
from aoxanh.procedures.errors import CardInvalid
from aoxanh.procedures.rules import oversteps, read_card
from tests.procedures.card_examples import CARD, a_card, bent


def refused(material):
    with pytest.raises(CardInvalid) as refusal:
        read_card(material)
    return refusal.value


def test_all_74_cards_of_the_product_are_valid_and_have_every_text_twice_in_nfc():
    read = seed.read_cards()
    assert len(read) == 74
    for card in read:
        for path, text in cards.texts_of(card):
            for value in (text.vi, text.en):
                assert value.strip(), (card.code, path)
                assert unicodedata.is_normalized("NFC", value), (card.code, path)


def test_every_group_of_the_boards_has_cards():
    assert {card.group for card in seed.read_cards()} == set(cards.Group.__args__)


def test_no_card_and_no_guide_asks_the_volunteer_to_act_in_a_citizens_place():
    steps = [
        (card.code, step.vi, step.en)
        for card in seed.read_cards()
        for step in card.steps
        if step.who == "volunteer"
    ]
    steps += [
        (item.id, step.vi, step.en)
        for item in seed.vneid().problems
        for step in item.fix
        if step.who == "volunteer"
    ]
    steps += [("may", text.vi, text.en) for text in seed.vneid().volunteer_may]
    assert len(steps) > 150
    assert [(code, found) for code, *texts in steps for text in texts if (found := oversteps(text))] == []


@pytest.mark.parametrize(
    "step",
    [
        "Bạn nộp hộ hồ sơ cho cô chú.",
        "Bạn ký thay cô chú.",
        "Bạn thanh toán thay bà con.",
        "Bạn nhập mật khẩu cho cô chú.",
        "Bạn hỏi mã OTP rồi gõ vào.",
        "Bạn bấm nộp hồ sơ giúp cô chú.",
        "Bạn quyết định hồ sơ có đủ không.",
        "Bạn điền tờ khai hộ bà con.",
        "Bạn giúp cô chú điền tờ khai.",
        "Bạn chụp căn cước gửi lên.",
        "Bạn đọc giấy tờ. Không còn cách nào thì bạn ký thay.",
        "Submit the form for the citizen.",
    ],
)
def test_a_step_that_oversteps_is_refused_at_its_field(step):
    language = "en" if step.startswith("Submit") else "vi"
    error = refused(bent(**{f"steps__0__{language}": step}))
    assert error.field == f"steps.0.{language}"
    assert "9.000001" in str(error)
    assert error.remedy_text


@pytest.mark.parametrize(
    "step",
    [
        "Bạn nhắc cô chú tự nhập mật khẩu và tự bấm nộp.",
        "Bạn không nộp hồ sơ thay cô chú.",
        "Bạn giải thích vì sao không làm thay được.",
        "Bạn chỉ cách chia sẻ mã QR thay cho ảnh chụp thẻ.",
        "Bạn hỏi cô chú đăng ký hộ kinh doanh hay đổi chủ hộ.",
        "Bạn giúp cô chú tìm lại biên lai cũ.",
    ],
)
def test_a_step_that_explains_is_fair(step):
    assert oversteps(step) == ""


@pytest.mark.parametrize("who", ["citizen", "volunteer", "official"])
def test_everyone_has_at_least_one_step(who):
    kept = [step for step in CARD["steps"] if step["who"] != who]
    assert refused(bent(steps=kept)).field == "steps"


@pytest.mark.parametrize(
    ("certainty", "vi"),
    [
        ("council", "Hỏi nơi nộp, khoảng 8.000 đồng"),
        ("council", "Do HĐND tỉnh quyết định"),
        ("free", "Phí 5.000 đ"),
        ("fixed", "Rẻ"),
    ],
)
def test_a_fee_is_only_as_sure_as_it_says(certainty, vi):
    assert refused(bent(fee={"certainty": certainty, "vi": vi, "en": "Ask"})).field == "fee.vi"


def test_a_council_fee_without_a_sum_is_right():
    fee = {
        "certainty": "council",
        "vi": "Do HĐND tỉnh quyết định, hỏi nơi nộp.",
        "en": "Ask where you hand it in.",
    }
    assert a_card(fee=fee).fee.certainty == "council"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name__vi": " "}, "name.vi"),
        ({"name__en": ""}, "name.en"),
        ({"papers": []}, "papers"),
        ({"papers": [{"vi": "Tờ khai"}]}, "papers.0.en"),
        ({"steps__1__who": "robot"}, "steps.1.who"),
        ({"steps__1__vi": unicodedata.normalize("NFD", "Cô chú tự điền.")}, "steps.1.vi"),
        ({"price": 5}, "price"),
        ({"valid_from": "01/01/2026"}, "valid_from"),
        ({"online_level": "all"}, "online_level"),
        ({"time_working_days": 4000}, "time_working_days"),
        ({"supersedes": "9.000001"}, "supersedes"),
        ({"name__vi": "x" * 301}, "name.vi"),
    ],
)
def test_a_wrong_card_is_refused_with_the_field_that_is_wrong(changes, field):
    assert refused(bent(**changes)).field == field


def test_everything_wrong_is_told_at_once():
    assert {flaw.field for flaw in refused(bent(name__vi="", result__en="")).flaws} == {
        "name.vi",
        "result.en",
    }


def test_a_card_survives_being_written_and_read():
    card = a_card(supersedes="1.014061, 1.014062")
    assert cards.shape(cards.plain(card)) == card
    assert card.supersedes == ("1.014061", "1.014062")


def test_only_a_national_code_leads_to_the_portal():
    assert a_card().is_on_portal
    assert not a_card(code="bien_dong").is_on_portal


def test_the_essential_services_are_25_and_most_have_a_card():
    services = seed.essential_services()
    known = {card.code for card in seed.read_cards()}
    assert [service.no for service in services] == list(range(1, 26))
    assert len([service for service in services if service.code in known]) >= 15
