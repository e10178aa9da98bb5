"""What the load puts into the database, and what it leaves alone."""

from collections import Counter
from datetime import date

import pytest

from aoxanh.audit.models import AuditEntry
from aoxanh.places import queries, seed
from aoxanh.places.actions import load_places, refresh_names
from aoxanh.places.models import LegacyWard, Place, PlaceVersion, Trait

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2025, 7, 1)
DONG_NAI_DAY = date(2026, 4, 30)


def kinds_on(day):
    return Counter(version.kind for version in PlaceVersion.objects.all() if holds(version, day))


def holds(version, day):
    return version.valid_from <= day and (version.valid_to is None or day < version.valid_to)


def test_the_units_of_july_2025_are_the_official_ones():
    assert kinds_on(FIRST_DAY) == {"tinh": 28, "thanh_pho": 6, "xa": 2621, "phuong": 687, "dac_khu": 13}


def test_the_units_since_dong_nai_became_a_city_are_the_official_ones():
    assert kinds_on(DONG_NAI_DAY) == {"tinh": 27, "thanh_pho": 7, "xa": 2611, "phuong": 697, "dac_khu": 13}
    assert Counter(Place.objects.exclude(code="VN").values_list("kind", flat=True)) == kinds_on(DONG_NAI_DAY)


def test_a_commune_of_dong_nai_was_a_commune_until_it_became_a_ward():
    place = queries.place_by_code("25270")
    assert place.address == "phường Lộc Ninh, thành phố Đồng Nai"
    assert queries.version_on(place, date(2026, 4, 29)).kind == "xa"
    assert queries.version_on(place, DONG_NAI_DAY).kind == "phuong"
    assert queries.version_on(place, date(2025, 6, 30)) is None


def test_every_old_province_became_exactly_one_of_today():
    merged = [name for names in seed.merged_provinces().values() for name in names]
    assert len(merged) == len(set(merged)) == 63


def test_every_old_ward_has_one_usual_successor():
    assert LegacyWard.objects.values("old_code").distinct().count() == 10_035
    assert LegacyWard.objects.filter(is_default=True).count() == 10_035


def test_every_trait_is_a_candidate_with_its_source():
    assert set(Trait.objects.values_list("status", flat=True)) == {"candidate"}
    assert not Trait.objects.filter(source="").exists()
    assert len(queries.codes_with_trait("border")) == 249
    assert queries.codes_with_trait("island") >= set(
        Place.objects.filter(kind="dac_khu").values_list("code", flat=True)
    )


def test_every_language_of_a_trait_has_a_name():
    spoken = set(Trait.objects.filter(trait="language").values_list("value", flat=True))
    assert spoken == set(queries.language_names(spoken))


def everything():
    return [sorted(model.objects.values_list()) for model in (PlaceVersion, Trait, LegacyWard)] + [
        list(Place.objects.order_by("code").values_list())
    ]


def test_loading_again_changes_nothing_but_the_audit():
    before = everything()
    load_places(by="system:test")
    assert [len(rows) for rows in everything()] == [len(rows) for rows in before]
    assert everything()[:2] == before[:2]
    assert everything()[3] == before[3]
    assert AuditEntry.objects.filter(action="places.load", actor="system:test").count() == 1


def test_loading_again_keeps_what_a_province_settled():
    Trait.objects.filter(place="00715", trait="border").update(status="rejected", source="UBND tỉnh")
    load_places(by="system:test")
    trait = Trait.objects.get(place="00715", trait="border")
    assert (trait.status, trait.source) == ("rejected", "UBND tỉnh")
    assert "00715" not in queries.codes_with_trait("border")


def test_loading_repairs_an_older_load():
    PlaceVersion.objects.filter(place="25270", valid_from=DONG_NAI_DAY).delete()
    PlaceVersion.objects.filter(place="25270").update(valid_to=None)
    LegacyWard.objects.filter(place="00715").delete()
    Place.objects.filter(code="25270").update(kind="xa")
    load_places(by="system:test")
    assert [version.kind for version in queries.history(queries.place_by_code("25270"))] == ["xa", "phuong"]
    assert queries.place_by_code("25270").kind == "phuong"
    assert queries.old_wards_of(queries.place_by_code("00715"))


def test_names_can_be_shown_as_of_another_day():
    assert refresh_names(on=FIRST_DAY) == 11
    assert queries.place_by_code("75").full_name == "tỉnh Đồng Nai"
    assert refresh_names(on=DONG_NAI_DAY) == 11


def test_a_commune_shows_its_own_traits_and_the_languages_of_its_province():
    traits = queries.traits_of(queries.place_by_code("00715"))
    assert {item.trait for item in traits if item.place_id == "00715"} == {"border", "remote"}
    assert "hmn" in {item.value for item in traits if item.place_id == "08"}


def test_distances_follow_the_globe():
    ba_dinh, ben_thanh = queries.place_by_code("00004"), queries.place_by_code("26743")
    assert 1130 < queries.distance_km(ba_dinh, ben_thanh) < 1160
    assert queries.distance_km(ba_dinh, ba_dinh) == 0
    assert queries.distance_km(ba_dinh, queries.place_by_code("01")) is None
