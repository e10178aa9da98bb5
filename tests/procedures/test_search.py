"""Finding a procedure by what people type."""

import pytest

from aoxanh.procedures import seed
from aoxanh.procedures.search import Entry, Index


@pytest.fixture(scope="module")
def index():
    entries = [
        Entry(card.code, (card.name.vi, card.name.en), card.aliases, (card.result.vi,))
        for card in seed.read_cards()
    ]
    return Index(entries, [(item.short, item.meanings) for item in seed.abbreviations()])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("lam khai sinh", "1.001193"),
        ("làm giấy khai sinh cho con", "1.001193"),
        ("LÀM KHAI SINH", "1.001193"),
        ("cccd", "1.116410"),
        ("mat the can cuoc", "1.116410"),
        ("dk ket hon", "1.000894"),
        ("đkkh", "1.000894"),
        ("so do", "1.013978"),
        ("sổ đỏ", "1.013978"),
        ("giay doc than", "1.004873"),
        ("nhap ho khau", "1.004222"),
        ("tam tru", "1.004194"),
        ("photo cong chung", "2.000815"),
        ("vneid muc 2", "3.000228"),
        ("khai tu", "1.000656"),
        ("tien nguoi gia", "1.014027"),
        ("lltp", "3.000333"),
        ("bang lai xe", "3.000347"),
        ("nvqs", "1.013133"),
        ("birth registration", "1.001193"),
        ("1.001193", "1.001193"),
        ("1001193", "1.001193"),
        ("thủ tục 1.000894 ạ", "1.000894"),
    ],
)
def test_what_people_type_finds_the_procedure_first(index, typed, code):
    assert index.search(typed)[0].code == code


@pytest.mark.parametrize("typed", ["", "   ", "xyz qwerty", "?!", "9.999999", "\u200b"])
def test_nothing_is_found_for_nothing(index, typed):
    assert index.search(typed) == []


def test_a_short_form_with_several_meanings_offers_each(index):
    found = {item.code for item in index.search("tt")}
    assert {"1.004194", "1.004222"} <= found


def test_diacritics_decide_between_equals():
    index = Index([Entry("a", ("Sổ đỏ",)), Entry("b", ("Số đo",))])
    assert [item.code for item in index.search("số đo")] == ["b", "a"]
    assert [item.code for item in index.search("sổ đỏ")] == ["a", "b"]


def test_a_very_long_question_is_answered_from_its_first_words(index):
    assert index.search("đăng ký kết hôn " * 400)[0].code == "1.000894"
    assert index.search("đk kh tt " * 8 + "1.004222 " * 400)
