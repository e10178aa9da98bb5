"""Families that nobody wrote down: found in the cards' names, asked back when a question says only what several share."""

import msgspec
import pytest

from aoxanh.assistant.dialogue import Assistant
from aoxanh.assistant.entries import index_of
from aoxanh.assistant.replies import Kind
from aoxanh.procedures import seed

CARDS = seed.read_cards()


@pytest.fixture(scope="module")
def assistant():
    return Assistant(CARDS, index_of(CARDS), vneid=msgspec.to_builtins(seed.vneid()))


def replied(assistant, text):
    part = assistant.turn(text).parts[0]
    return part.kind, [named.code for named in part.candidates]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Thẻ bảo hiểm y tế làm ở đâu?", {"1.001939", "1.002759"}),
        ("Tôi hỏi chuyện kết hôn", {"1.000894", "2.000806"}),
    ],
    ids=["health card", "marriage"],
)
def test_a_question_that_says_only_what_several_share_is_asked_back(assistant, text, offered):
    kind, codes = replied(assistant, text)
    assert kind is Kind.ASK_BACK
    assert offered <= set(codes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("làm khai sinh cần giấy gì", "1.001193"),
        ("đăng ký khai sinh", "1.001193"),
        ("kết hôn cần giấy gì", "1.000894"),
        ("khai tử cần gì", "1.000656"),
        ("làm căn cước ở đâu", "1.116410"),
    ],
    ids=["birth", "title", "marriage", "death", "card"],
)
def test_the_bare_word_means_the_procedure_whose_title_says_no_more(assistant, text, code):
    kind, codes = replied(assistant, text)
    assert kind in (Kind.ANSWER, Kind.CHOOSE)
    assert codes[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thẻ bảo hiểm y tế bị mất làm lại ở đâu?", "1.002759"),
        ("Tôi hỏi chuyện kết hôn với người Nhật", "2.000806"),
        ("đăng ký lại khai sinh cần gì", "1.004884"),
    ],
    ids=["lost", "foreigner", "again"],
)
def test_one_difference_that_is_named_is_enough(assistant, text, code):
    kind, codes = replied(assistant, text)
    assert kind is not Kind.ASK_BACK
    assert codes[0] == code


def test_an_index_without_kin_asks_nothing_back():
    few = [card for card in CARDS if card.code in ("1.001193", "3.000347")]
    kind, codes = replied(Assistant(few, index_of(few)), "khai sinh")
    assert (kind, codes[0]) == (Kind.ANSWER, "1.001193")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("How do I register the birth of my baby?", "1.001193"),
        ("papers needed to register a marriage", "1.000894"),
        ("I want to open a small shop", "1.001612"),
        ("lost my passport, where do I report it?", "1.010386"),
    ],
    ids=["birth", "marriage", "shop", "passport"],
)
def test_english_finds_what_is_meant(assistant, text, code):
    assert replied(assistant, text)[1][0] == code
