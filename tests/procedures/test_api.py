"""The procedures door of the API, and what a phone keeps."""

import gzip
import json
from datetime import timedelta

import pytest

from aoxanh.kernel import clock
from aoxanh.people.models import RoleAssignment
from aoxanh.places.queries import place_by_code
from aoxanh.procedures import queries
from aoxanh.procedures.actions import confirm_version, publish_version, supersede
from tests.procedures.card_examples import a_card

pytestmark = pytest.mark.django_db
BIRTH = "1.001193"
CODE = "9.000001"


def pull(client, cursor=""):
    response = client.get("/api/v1/reference", {"cursor": cursor})
    assert response.status_code == 200, response.content
    return response.json()


def test_anyone_finds_and_reads_a_card(client):
    found = client.get("/api/v1/procedures", {"q": "lam khai sinh"}).json()
    assert found["procedures"][0]["code"] == BIRTH
    card = client.get(f"/api/v1/procedures/{BIRTH}").json()
    assert card["link"] == f"https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/{BIRTH}"
    assert {step["who"] for step in card["steps"]} == {"citizen", "volunteer", "official"}
    assert len(client.get("/api/v1/procedures").json()["procedures"]) == 74


def test_an_unknown_code_is_refused_in_the_one_error_shape(client):
    response = client.get("/api/v1/procedures/9.999999")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_procedure"
    assert client.get("/api/v1/procedures/9.999999/versions").status_code == 404
    assert client.get("/api/v1/procedures", {"province": "99"}).status_code == 404
    assert client.get(f"/api/v1/procedures/{BIRTH}", {"day": "soon"}).status_code == 400


def test_versions_and_guides_are_public(client):
    versions = client.get(f"/api/v1/procedures/{BIRTH}/versions").json()
    assert [item["number"] for item in versions["versions"]] == [1]
    guides = client.get("/api/v1/guides").json()
    assert guides["vneid"]["problems"]
    assert len(guides["essential25"]) == 25


def test_a_phone_must_say_whose_it_is(client):
    assert client.get("/api/v1/reference").status_code == 401


def test_the_first_pull_gives_everything_of_the_phones_own_province(cast):
    body = pull(cast.client("lan"))
    assert body["full"]
    assert len(body["procedures"]) == 74
    assert {place["code"] for place in body["places"]} == {
        row.code for row in place_by_code("08").children.all()
    }
    assert {"code": "00715", "name": "xã Lũng Cú", "address": "xã Lũng Cú, tỉnh Tuyên Quang"} in body[
        "places"
    ]
    assert {"vie", "hmn"} <= {item["code"] for item in body["languages"]}
    assert body["abbreviations"]
    assert body["guides"]["vneid"]["never"]


def test_reference_data_are_well_under_5_mb(cast):
    raw = cast.client("lan").get("/api/v1/reference").content
    assert len(raw) < 1_500_000
    assert len(gzip.compress(raw)) < 300_000


def test_the_second_pull_gives_nothing_until_something_changes(cast):
    client = cast.client("lan")
    first = pull(client)
    second = pull(client, first["cursor"])
    assert not second["full"]
    assert second["cursor"] == first["cursor"]
    empty = {"procedures", "withdrawn", "guides", "languages", "abbreviations", "places", "notices"}
    assert {name for name in empty if second[name]} == set()


def test_a_published_closed_or_confirmed_card_comes_with_the_next_pull(cast):
    client, an = cast.client("lan"), cast.actor("an")
    cursor = pull(client)["cursor"]
    version = publish_version(card=a_card(), province=None, base=0, by=an)
    body = pull(client, cursor)
    assert [(card["code"], card["version"]) for card in body["procedures"]] == [(CODE, 1)]
    confirm_version(version_id=version.id, checked_by="Sở Tư pháp", by=an)
    body = pull(client, body["cursor"])
    assert [card["checked_by"] for card in body["procedures"]] == ["Sở Tư pháp"]
    supersede(old=CODE, new=BIRTH, by=an)
    body = pull(client, body["cursor"])
    assert (body["procedures"], body["withdrawn"]) == ([], [CODE])


def test_a_card_announced_for_tomorrow_comes_tomorrow(cast, monkeypatch):
    client, tomorrow = cast.client("lan"), clock.today() + timedelta(days=1)
    publish_version(card=a_card(valid_from=tomorrow.isoformat()), province=None, base=0, by=cast.actor("an"))
    cursor = pull(client)["cursor"]
    assert pull(client, cursor)["procedures"] == []
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert [card["code"] for card in pull(client, cursor)["procedures"]] == [CODE]


def test_a_provinces_card_goes_to_its_phones_only(cast):
    duc, base = cast.actor("duc"), queries.newest_number("1.013978")
    cursors = {name: pull(cast.client(name))["cursor"] for name in ("lan", "binh")}
    card = a_card(code="1.013978", asks_province=True)
    publish_version(card=card, province=place_by_code("08"), base=base, by=duc)
    lans = pull(cast.client("lan"), cursors["lan"])["procedures"]
    assert [(item["code"], item["province"], item["asks_province"]) for item in lans] == [
        ("1.013978", "08", False)
    ]
    assert pull(cast.client("binh"), cursors["binh"])["procedures"] == []


def test_a_phone_that_moves_to_another_province_gets_its_places_and_cards(cast):
    card = a_card(asks_province=True)
    publish_version(card=card, province=place_by_code("08"), base=0, by=cast.actor("duc"))
    cursor = pull(cast.client("lan"))["cursor"]
    body = pull(cast.client("binh"), cursor)
    assert not body["full"]
    assert body["withdrawn"] == [CODE]
    assert body["places"][0]["address"].endswith("thành phố Hà Nội")


@pytest.mark.parametrize("cursor", ["rubbish", "ÂÂÂ", "A" * 30_000, "AQAB", "\u202e"])
def test_an_unknown_cursor_gives_everything(cast, cursor):
    assert pull(cast.client("lan"), cursor)["full"]


def test_somebody_of_the_centre_gets_the_national_cards_and_no_communes(cast):
    body = pull(cast.client("an"))
    assert (len(body["procedures"]), body["places"]) == (74, [])


def test_the_same_pull_again_is_answered_with_not_modified(cast):
    client = cast.client("lan")
    response = client.get("/api/v1/reference")
    assert "private" in response["Cache-Control"]
    again = client.get("/api/v1/reference", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_losing_ones_role_does_not_break_the_pull(cast):
    client = cast.client("duc")
    RoleAssignment.objects.filter(account=cast.account("duc")).delete()
    assert json.loads(client.get("/api/v1/reference").content)["places"] == []
