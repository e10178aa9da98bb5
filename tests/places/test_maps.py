"""The drawn maps."""

import re

import pytest

from aoxanh.places import maps, seed
from aoxanh.places.errors import NoMap

PATH = re.compile(r"(M-?[\d.]+[ -][\d.]+l[-\d. ]+z)+")


def provinces():
    return [row["code"] for row in seed.rows("provinces.csv")]


def test_the_national_map_draws_all_34_and_both_archipelagos():
    drawing = maps.national_map()
    assert sorted(drawing["provinces"]) == sorted(drawing["labels"]) == sorted(provinces())
    assert {(inset["label"], inset["province"]) for inset in drawing["insets"]} == {
        ("QĐ. Hoàng Sa", "48"),
        ("QĐ. Trường Sa", "56"),
    }
    assert all(PATH.fullmatch(path) for path in drawing["provinces"].values())


@pytest.mark.parametrize("code", provinces())
def test_a_province_map_draws_each_of_its_communes(code):
    drawing = maps.province_map(code)
    communes = {row["code"] for row in seed.rows("communes.csv") if row["province_code"] == code}
    assert set(drawing["communes"]) == set(drawing["labels"]) == communes
    assert all(PATH.fullmatch(path) for path in drawing["communes"].values())


@pytest.mark.parametrize("code", provinces())
def test_every_label_lies_on_its_map(code):
    drawing = maps.province_map(code)
    left, top, width, height = map(int, drawing["viewBox"].split())
    for x, y in drawing["labels"].values():
        assert left <= x <= left + width
        assert top <= y <= top + height


def test_the_maps_are_small_enough_to_send():
    sizes = [path.stat().st_size for path in (seed.DATA / "map").glob("*.json")]
    assert (seed.DATA / "map.json").stat().st_size <= 100_000
    assert len(sizes) == 34
    assert sum(sizes) <= 1_500_000


@pytest.mark.parametrize("code", ["99", "00715", "VN", "", "../map", "0１"])
def test_there_is_no_map_of_anything_else(code):
    with pytest.raises(NoMap):
        maps.province_map(code)
