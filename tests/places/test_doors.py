"""Places through the pages, the API and the command line."""

import json

import pytest
from click.testing import CliRunner
from django.test import Client

from aoxanh.cli.places import command
from aoxanh.places.models import Trait

pytestmark = pytest.mark.django_db


def page(address, **values):
    return Client().get(address, values)


def text_of(answer):
    return answer.content.decode()


def test_the_search_page_offers_the_provinces_to_anybody():
    answer = page("/places/")
    assert answer.status_code == 200
    assert text_of(answer).count('href="/places/') >= 34


def test_a_clear_present_name_leads_straight_to_its_page():
    assert page("/places/", q="xa lung cu").headers["Location"] == "/places/00715/"


def test_an_old_name_is_explained_before_it_is_followed():
    answer = text_of(page("/places/", q="phuong Truc Bach, Ba Dinh"))
    assert "phường Ba Đình, thành phố Hà Nội" in answer
    assert "Trước tháng 7/2025: Phường Trúc Bạch, Quận Ba Đình, Hà Nội" in answer


def test_a_name_that_repeats_is_asked_back():
    assert "Bạn muốn tìm nơi nào?" in text_of(page("/places/", q="Tân An"))


def test_what_was_typed_is_shown_as_text():
    answer = text_of(page("/places/", q='"><script>alert(1)</script>'))
    assert "<script>alert" not in answer


def test_a_place_page_tells_its_history_traits_and_old_wards():
    answer = text_of(page("/places/25270/"))
    assert "Phường Lộc Ninh, thành phố Đồng Nai" in answer
    assert "30/04/2026" in answer
    assert "NQ 30/2026/QH16" in answer
    assert "Chờ tỉnh xác nhận" in answer
    assert "Thị trấn Lộc Ninh" in answer


def test_the_map_of_a_place_page_marks_the_place():
    answer = text_of(page("/places/00715/"))
    assert answer.count('<a href="/places/00715/" aria-current="page"') == 1
    assert 'viewBox="-10 -10' in answer


def test_a_confirmed_trait_says_so():
    Trait.objects.filter(place="00715", trait="border").update(status="confirmed")
    assert "Tỉnh đã xác nhận" in text_of(page("/places/00715/"))


@pytest.mark.parametrize("code", ["99999", "abc", "x" * 300])
def test_an_unknown_place_is_not_found(code):
    assert page(f"/places/{code}/").status_code == 404
    assert page(f"/api/v1/places/{code}").status_code == 404
    assert page(f"/api/v1/places/{code}/map").status_code == 404


def test_the_api_finds_by_an_old_name():
    answer = page("/api/v1/places", q="truc bach").json()
    assert answer["ask_back"] is False
    assert answer["matches"][0]["place"]["address"] == "phường Ba Đình, thành phố Hà Nội"
    assert answer["matches"][0]["reason"] == "old_ward"


def test_the_api_tells_all_about_a_place():
    answer = page("/api/v1/places/25270").json()
    assert (answer["kind"], answer["province"]) == ("phuong", "75")
    assert [one["to"] for one in answer["history"]] == ["2026-04-30", None]
    assert {one["status"] for one in answer["traits"]} == {"candidate"}
    assert "Thị trấn Lộc Ninh, Huyện Lộc Ninh, Bình Phước" in [
        ward["address"] for ward in answer["old_wards"]
    ]


def test_the_api_hands_out_maps_that_may_be_kept():
    answer = page("/api/v1/places/08/map")
    assert "00715" in answer.json()["communes"]
    assert "max-age" in answer.headers["Cache-Control"]
    assert len(page("/api/v1/places/map").json()["provinces"]) == 34


@pytest.mark.parametrize(
    "values", [{}, {"q": "x", "on": "yesterday"}, {"q": "x", "limit": "0"}, {"q": "y" * 201}]
)
def test_the_api_refuses_a_question_it_cannot_read(values):
    answer = page("/api/v1/places", **values)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def run(*arguments):
    return CliRunner().invoke(command, list(arguments))


def test_the_command_finds_in_words_and_in_json():
    assert "00004  phường Ba Đình, thành phố Hà Nội" in run("find", "truc", "bach").stdout
    found = json.loads(run("find", "--json", "truc bach").stdout)
    assert [match["code"] for match in found["matches"]] == ["00004"]


def test_the_command_ends_with_one_when_nothing_is_found():
    outcome = run("find", "xyzzy")
    assert outcome.exit_code == 1
    assert "No place has that name." in outcome.output


def test_the_command_shows_a_place():
    outcome = run("show", "25270")
    assert "25270  phường Lộc Ninh, thành phố Đồng Nai" in outcome.stdout
    assert "from 01/07/2025 until 30/04/2026: xa Lộc Ninh" in outcome.stdout
    assert json.loads(run("show", "25270", "--json").stdout)["province"] == "75"


def test_the_command_says_what_to_do_about_an_unknown_code():
    outcome = run("show", "99999")
    assert outcome.exit_code == 1
    assert "99999" in outcome.output
    assert "Traceback" not in outcome.output


def test_the_command_loads_and_counts():
    assert json.loads(run("load", "--json").stdout)["communes"] == 3321
