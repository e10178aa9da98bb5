"""Old units that a sentence names are told with what they are today; a sentence that names none costs no query."""

import pytest

from aoxanh.places.queries import former_units_in

pytestmark = pytest.mark.django_db


def told(text: str) -> list[tuple[str, set[str]]]:
    return [(unit.was, {place.address for place in unit.now}) for unit in former_units_in(text)]


def test_an_old_province_and_an_old_district_are_told_with_what_they_are_today():
    [(was, now)] = told("Tôi ở tỉnh Hà Giang thì làm căn cước ở đâu?")
    assert was == "tỉnh Hà Giang"
    assert now == {"tỉnh Tuyên Quang"}
    [(was, now)] = told("nhà em ở huyện Đồng Văn, khai sinh cho cháu cần gì")
    assert was.startswith("Huyện Đồng Văn")
    assert "xã Lũng Cú, tỉnh Tuyên Quang" in now


def test_an_old_ward_is_told_where_its_name_says_enough():
    [(was, now)] = told("Phường Trúc Bạch cũ giờ nộp hồ sơ ở đâu?")
    assert was.startswith("Phường Trúc Bạch")
    assert now == {"phường Ba Đình, thành phố Hà Nội"}


def test_a_district_without_marks_is_read_and_a_commune_only_with_them():
    assert told("nha em o huyen dong van lam khai sinh o dau")
    assert told("ra xa dong van lam giay") == []


@pytest.mark.parametrize(
    "text",
    [
        "Ra xã chứng thực thì bao nhiêu tiền?",
        "ra xa lam giay khai sinh cho be",
        "Tôi ở xã Lũng Cú, tỉnh Tuyên Quang, làm khai sinh ở đâu?",
        "Xã Tân Phú làm khai sinh ở đâu?",
        "khai sinh cần giấy gì",
        "quan trọng là tỉnh nào cũng nhận, đúng không",
        "\x00 huyện",
    ],
    ids=["act", "bare", "today", "many", "none", "words", "odd"],
)
def test_what_names_no_old_unit_for_sure_is_left_alone(text):
    assert told(text) == []


def test_a_text_without_a_kind_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert former_units_in("khai sinh cần giấy gì") == []
