"""Finding a procedure by what people type, on the server and term for term on the phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.assistant.entries import index_of
from aoxanh.assistant.retrieval import Entry, Index
from aoxanh.assistant.retrieval.spelling import read_keys
from aoxanh.kernel.text import fold
from aoxanh.procedures import seed


@pytest.fixture(scope="module")
def index():
    return index_of(seed.read_cards())


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
        ("lam so do", "1.013978"),
        ("làm sổ đỏ", "1.013978"),
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
        ("ddawng kys keets hoon", "1.000894"),
        ("d9a8ng ky1 ta5m tru1", "1.004194"),
        ("dang ky ket hom", "1.000894"),
        ("lam khai sihn cho chau", "1.001193"),
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


def test_a_very_long_question_costs_no_more_than_its_last_words(index):
    assert index.search("đăng ký kết hôn " * 4000)[0].code == "1.000894"
    assert index.search("x " * 5000 + "1.004222") == index.search("1.004222")
    assert index.search("đk kh tt " * 8 + "1.004222 " * 400)


def test_an_unfinished_last_word_finds_what_begins_so(index):
    assert "1.001193" in {found.code for found in index.search("khai s", typing=True)[:3]}
    assert "1.004222" in {found.code for found in index.search("thường tr", typing=True)[:3]}
    assert index.search("qzx", typing=True) == []


def test_marks_left_out_find_the_same_procedure_beyond_equals(index):
    names = [text for card in seed.read_cards() for text in (card.name.vi, *card.aliases)]
    same = sum(index.search(fold(text), 1)[0].code == index.search(text, 1)[0].code for text in names)
    assert same >= 0.99 * len(names)


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("ddawng", "dang"),
        ("tuoojc", "tuoc"),
        ("tuoocj", "tuoc"),
        ("d9a8ng", "dang"),
        ("kys", "ky"),
        ("xyz", None),
    ],
)
def test_raw_keys_are_read_as_the_syllable_they_stand_for(keys, syllable):
    assert read_keys(keys) == syllable


@given(st.text(max_size=400))
def test_no_text_breaks_the_search(index, text):
    found = index.search(text, 5, typing=True)
    assert found == index.search(text, 5, typing=True)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_an_empty_index_finds_nothing():
    assert Index([]).search("khai sinh") == []
