"""How typed place names are read."""

import pytest

from aoxanh.places import names


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Trúc Bạch", "truc bach"),
        ("Ea M'Droh", "ea mdroh"),
        ("Ea M’Droh", "ea mdroh"),
        ("Văn Miếu - Quốc Tử Giám", "van mieu quoc tu giam"),
        ("Phường 01", "phuong 1"),
        ("00004", "00004"),
        ("ĐẮK LẮK", "dak lak"),
    ],
)
def test_a_name_is_searched_without_marks_apostrophes_and_noughts(written, searched):
    assert names.searchable(written) == searched


def test_both_ways_to_place_a_tone_mark_are_one_spelling():
    assert names.mark_key("Hoà Bình") == names.mark_key("Hòa Bình")
    assert names.mark_key("Hòa Bình") != names.mark_key("Hóa Bình")


def spans(text):
    return {(span.kind, span.text) for span in names.ask(text).spans}


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("phường Trúc Bạch", "phuong", "truc bach"),
        ("P. Truc Bach", "phuong", "truc bach"),
        ("p1 q3", "quan", "3"),
        ("thi tran Sa Pa", "thi_tran", "sa pa"),
        ("thị xã Sa Pa", "thi_xa", "sa pa"),
        ("TP.HCM", "thanh_pho", "hcm"),
        ("tphcm", "thanh_pho", "hcm"),
        ("X. Lũng Cú", "xa", "lung cu"),
    ],
)
def test_the_kind_before_a_name_is_understood_written_out_or_short(typed, kind, name):
    assert (kind, name) in spans(typed)


def test_a_name_that_begins_like_a_kind_is_also_read_whole():
    assert ("", "phuong liet") in spans("Phương Liệt")


def test_no_name_reaches_across_a_comma():
    assert ("", "bach ba") not in spans("Trúc Bạch, Ba Đình")
    assert ("", "bach ba") in spans("Trúc Bạch Ba Đình")


def test_only_the_first_words_of_a_long_text_are_read():
    assert names.ask("a " * 5000).count == names.MOST_WORDS
