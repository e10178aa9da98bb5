"""Teams and volunteers over the API: no further than the caller's reach, page by page in Vietnamese order."""

import pytest
from tests.cast import BA_DINH, HA_NOI, LUNG_CU, TUYEN_QUANG

from aoxanh.people import actions
from aoxanh.places.models import Place


def names(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [volunteer["full_name"] for volunteer in answer.json()["volunteers"]]


@pytest.mark.parametrize(
    ("name", "teams"),
    [
        ("lan", ["Đội hình Lũng Cú"]),
        ("minh", ["Đội hình Lũng Cú"]),
        ("ha", ["Đội hình Lũng Cú"]),
        ("duc", ["Đội hình Lũng Cú"]),
        ("binh", ["Đội hình Ba Đình"]),
        ("an", ["Đội hình Ba Đình", "Đội hình Lũng Cú"]),
        ("thu", ["Đội hình Ba Đình", "Đội hình Lũng Cú"]),
    ],
)
def test_everybody_sees_the_teams_within_reach(cast, name, teams):
    assert [team["name"] for team in cast.client(name).get("/api/v1/teams").json()] == teams


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("lan", ["Vàng Thị Lan"]),
        ("minh", ["Vàng Thị Lan", "Nguyễn Đức Minh"]),
        ("ha", ["Vàng Thị Lan", "Nguyễn Đức Minh"]),
        ("son", ["Vàng Thị Lan", "Nguyễn Đức Minh"]),
        ("duc", ["Vàng Thị Lan", "Nguyễn Đức Minh"]),
        ("binh", ["Lê Thanh Bình"]),
        ("an", []),
        ("thu", []),
    ],
)
def test_everybody_sees_the_volunteers_within_reach(cast, name, seen):
    assert names(cast.client(name).get("/api/v1/volunteers")) == seen


@pytest.mark.parametrize(
    ("place", "number"), [(LUNG_CU, 1), (TUYEN_QUANG, 1), (BA_DINH, 1), (HA_NOI, 1), ("VN", 2), ("00008", 0)]
)
def test_naming_a_place_narrows_and_never_widens(cast, place, number):
    assert len(cast.client("an").get(f"/api/v1/teams?place={place}").json()) == number
    assert len(cast.client("lan").get(f"/api/v1/teams?place={place}").json()) <= 1
    assert names(cast.client("minh").get(f"/api/v1/volunteers?place={BA_DINH}")) == []


def test_pages_follow_each_other_without_gap_or_repeat(cast):
    home = Place.objects.get(code=LUNG_CU)
    for number in range(23):
        actions.create_volunteer(
            facts=actions.VolunteerFacts(f"Sùng Văn A{number % 5}", home), by=cast.actor("son")
        )
    client, seen, after = cast.client("son"), [], ""
    while True:
        page = client.get(f"/api/v1/volunteers?limit=4{after}").json()
        seen += [volunteer["id"] for volunteer in page["volunteers"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == len(set(seen)) == 25


def test_a_bookmark_from_out_of_reach_leads_nowhere(cast):
    other = cast.client("binh").get("/api/v1/volunteers").json()["volunteers"][0]["id"]
    assert cast.client("son").get(f"/api/v1/volunteers?after={other}").status_code == 404
