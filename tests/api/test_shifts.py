"""The phone's door to its owner's shifts, as each of the cast meets it."""

import json
from typing import Any

from tests.cast import LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.staffing.campaign import a_plan, need
from tests.staffing.duty import a_seat_today, at
from tests.staffing.test_publishing import publish

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.places.queries import place_by_code
from aoxanh.staffing.models import Assignment, CheckIn

BASE = "/api/v1/shifts"


def send(client: Any, *check_ins: dict[str, Any]) -> Any:
    return client.post(
        f"{BASE}/check-ins", json.dumps({"check_ins": check_ins}), content_type="application/json"
    )


def test_a_phone_learns_its_owners_shifts_and_checks_in_once(cast: Cast) -> None:
    with whole_nation():
        seat = a_seat_today()
    client = cast.client("lan")
    (shift,) = client.get(BASE).json()["shifts"]
    assert (shift["id"], shift["half"], shift["presence"]) == (str(seat.shift_id), "am", None)
    told = {
        "id": str(uuid7()),
        "shift": shift["id"],
        "arrived_at": clock.milliseconds(at(7, 30)),
        "left_at": None,
    }
    for status in ("accepted", "already", "already"):
        assert send(client, told).json()["results"] == [{"id": told["id"], "status": status, "code": ""}]
    left = told | {"left_at": clock.milliseconds(at(11))}
    assert [send(client, left).json()["results"][0]["status"] for _again in range(2)] == [
        "accepted",
        "already",
    ]
    (shift,) = client.get(BASE).json()["shifts"]
    assert shift["presence"] == {"arrived_at": told["arrived_at"], "left_at": left["left_at"]}
    with whole_nation():
        assert CheckIn.objects.filter(volunteer=volunteer_id("lan")).count() == 1


def test_others_have_no_shifts_and_check_in_to_nobodys(cast: Cast) -> None:
    with whole_nation():
        seat = a_seat_today()
    told = {"id": str(uuid7()), "shift": str(seat.shift_id), "arrived_at": clock.milliseconds(at(7, 30))}
    for name in ("minh", "binh"):
        assert cast.client(name).get(BASE).json()["shifts"] == []
        assert send(cast.client(name), told).json()["results"][0]["code"] == "not_on_shift"
    assert cast.client("ha").get(BASE).json()["shifts"] == []
    assert send(cast.client("ha"), told).status_code == 404
    assert cast.client(None).get(BASE).status_code == 401


def test_check_ins_that_are_none_are_told_so(cast: Cast) -> None:
    client = cast.client("lan")
    fit = {"id": str(uuid7()), "shift": str(uuid7()), "arrived_at": clock.milliseconds(clock.now())}
    for wrong in (
        {"id": "x"},
        {"shift": None},
        {"arrived_at": -1},
        {"arrived_at": 10**18},
        {"left_at": "noon"},
        {"arrived_at": True},
    ):
        assert send(client, fit | wrong).status_code == 400, wrong
    assert send(client).status_code == 400
    assert send(client, *[fit] * 51).status_code == 400


def test_a_phone_learns_where_a_plan_sends_its_owner_and_no_longer_once_they_declined(cast: Cast) -> None:
    need(cast, LUNG_CU, vneid=2)
    plan, lan = a_plan(cast), cast.client("lan")
    assert lan.get(BASE).json()["assigned"] is None
    publish(cast, plan, LUNG_CU)
    sent = lan.get(BASE).json()["assigned"]
    assert sent["commune"] == place_by_code(LUNG_CU).address
    assert (sent["kind"], sent["km"], sent["since"]) == ("vneid", 0, clock.today().isoformat())
    assert cast.client("binh").get(BASE).json()["assigned"] is None
    with whole_nation():
        held = Assignment.objects.get(volunteer=volunteer_id("lan"))
    assert lan.post(f"/staffing/assignments/{held.id}/decline/", {"reason": "study"}).status_code == 302
    assert lan.get(BASE).json()["assigned"] is None
