"""Finding places by what people type."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aoxanh.kernel.text import fold
from aoxanh.places.actions import change_place
from aoxanh.places.models import LegacyWard, Place
from aoxanh.places.queries import find_places
from aoxanh.places.seed import Change

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("phuong Truc Bach, Ba Dinh", "00004"),
        ("phường Trúc Bạch, quận Ba Đình, Hà Nội", "00004"),
        ("truc bach ba dinh ha noi", "00004"),
        ("ba dinh ha noi", "00004"),
        ("xã Lũng Cú", "00715"),
        ("lung cu ha giang", "00715"),
        ("xã Lũng Cú, huyện Đồng Văn, tỉnh Hà Giang", "00715"),
        ("p1 q3 tphcm", "27154"),
        ("phường 1, Tân An, Long An", "27694"),
        ("thị trấn Sa Pa, Lào Cai", "03006"),
        ("xã Lộc Ninh, Đồng Nai", "25270"),
        ("li son", "21548"),
        ("Ea M'Droh", "24286"),
        ("Truong Sa", "22736"),
        ("TP HCM", "79"),
        ("tỉnh Hòa Bình", "25"),
        ("Thừa Thiên Huế", "46"),
        ("Bà Rịa - Vũng Tàu", "79"),
        ("79", "79"),
        ("00715", "00715"),
    ],
)
def test_a_full_enough_name_leaves_no_doubt(typed, code):
    found = find_places(typed)
    assert found.only is not None, found
    assert found.only.code == code


def test_an_old_ward_is_found_with_the_reason():
    (match,) = find_places("phuong Truc Bach, Ba Dinh").matches
    assert match.place.address == "phường Ba Đình, thành phố Hà Nội"
    assert (match.reason, match.was) == ("old_ward", "Phường Trúc Bạch, Quận Ba Đình, Hà Nội")


def test_a_name_in_several_provinces_is_asked_back_with_the_present_ones_first():
    found = find_places("Tân An")
    assert found.ask_back
    assert found.only is None
    present = Place.objects.filter(name="Tân An", level="commune").count()
    assert {match.reason for match in found.matches[:present]} == {"name"}
    assert len({match.place.parent_id for match in found.matches[:present]}) == present > 5


def test_the_province_settles_a_name_that_repeats():
    found = find_places("tan an, tuyen quang")
    assert [match.place.address for match in found.matches][:1] == ["xã Tân An, tỉnh Tuyên Quang"]


def test_a_divided_ward_is_asked_back_with_the_usual_successor_first():
    found = find_places("phường Cống Vị, Ba Đình")
    assert found.ask_back
    assert [(match.place.code, match.divided) for match in found.matches] == [
        ("00008", True),
        ("00025", True),
    ]


def test_a_district_offers_every_commune_it_went_to():
    found = find_places("quận Ba Đình")
    successors = set(
        LegacyWard.objects.filter(old_district="Quận Ba Đình", is_default=True).values_list(
            "place", flat=True
        )
    )
    assert found.ask_back
    assert {match.place.code for match in found.matches} == successors
    assert {match.reason for match in found.matches} == {"old_district"}


def test_a_ward_and_a_former_province_of_one_name_are_both_offered():
    assert {match.place.code for match in find_places("Bắc Giang").matches} == {"07210", "24"}


def test_diacritics_decide_between_names_that_fold_alike():
    assert {match.place.name for match in find_places("Ba Đình").matches[:2]} == {"Ba Đình"}
    assert "Ba Dinh" in {match.place.name for match in find_places("Xã Ba Dinh").matches[:1]}


def test_words_that_fit_nothing_make_the_answer_a_question():
    found = find_places("tôi ở phường Trúc Bạch quận Ba Đình")
    assert found.ask_back
    assert found.matches[0].place.code == "00004"


def test_a_slip_of_the_finger_finds_nothing_but_suggests():
    found = find_places("Truc Bahc")
    assert not found.matches
    assert "00004" in [place.code for place in found.suggestions]


def test_the_beginning_of_a_name_suggests_the_rest():
    assert "00715" in [place.code for place in find_places("lung c").suggestions]


@pytest.mark.parametrize("typed", ["", "   ", ", ,", "99999", "xyzzy qwert", "!?", "🙂", "_", "北京"])
def test_nonsense_finds_nothing(typed):
    found = find_places(typed)
    assert (found.matches, found.ask_back) == ((), False)


def test_an_old_code_that_names_another_unit_now_asks_which_scheme_is_meant():
    row = next(
        row
        for row in LegacyWard.objects.all()
        if Place.objects.filter(code=row.old_code).exclude(code=row.place_id)
    )
    found = find_places(row.old_code)
    assert found.ask_back
    assert {match.reason for match in found.matches} == {"code", "old_code"}


def test_before_july_2025_only_the_old_units_answer():
    found = find_places("Ba Đình", on=date(2025, 6, 30))
    assert {match.reason for match in found.matches} == {"old_ward"}
    assert "16171" in {match.place.code for match in found.matches}


def test_a_place_is_found_by_the_name_it_gave_up():
    change_place(
        change=Change("00715", date(2026, 9, 1), "xa", "Cột Cờ Lũng Cú", "NQ 1/2026"), by="system:test"
    )
    former = find_places("xa lung cu, tuyen quang").matches[0]
    assert (former.place.code, former.place.name) == ("00715", "Cột Cờ Lũng Cú")
    assert find_places("cot co lung cu").only.code == "00715"
    assert find_places("Lũng Cú", on=date(2026, 8, 31)).matches[0].reason == "name"
    assert find_places("Cột Cờ Lũng Cú", on=date(2026, 8, 31)).only is None


def test_every_commune_is_found_by_its_folded_name_and_province():
    communes = list(Place.objects.filter(level="commune").select_related("parent").order_by("code"))
    for place in communes[::28]:
        typed = fold(f"{place.full_name}, {place.parent.name}")
        assert place.code in {match.place.code for match in find_places(typed, limit=50).matches}, typed


def test_every_old_ward_is_found_by_its_folded_address():
    wards = list(LegacyWard.objects.order_by("old_code"))
    for ward in wards[::89]:
        typed = fold(f"{ward.old_name}, {ward.old_district}, {ward.old_province}")
        assert ward.place_id in {match.place.code for match in find_places(typed, limit=50).matches}, typed


@pytest.mark.parametrize(
    "typed", ["phuong Truc Bach, Ba Dinh", "quận Ba Đình", "tôi ở đâu đó Ba Đình", "xyzzy", "00004"]
)
def test_a_search_costs_a_handful_of_queries(typed, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        find_places(typed)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=300))
def test_no_text_breaks_the_search(typed):
    found = find_places(typed)
    assert found.text == typed
