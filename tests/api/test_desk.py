"""The desk's operations of the API, as each of the cast meets them."""

from typing import Any

from tests.cast import LUNG_CU
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record

from aoxanh.audit.models import AuditEntry
from aoxanh.desk.actions import receive_batch
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7

HANDED_OVER = {"outcome": "handed_over", "handover_reason": "police", "return_code": "ABC234"}


def hand_in(cast: Cast, *records: Any) -> None:
    receive_batch(body=a_batch(*records), device_id=uuid7(), by=cast.actor("lan"))
    while recompute_dirty_days():
        pass


def test_an_official_lists_takes_on_and_settles(cast: Cast) -> None:
    hand_in(cast, a_record(**HANDED_OVER))
    client = cast.client("ha")
    (found,) = client.get("/api/v1/handovers", {"state": "waiting"}).json()["handovers"]
    address = f"/api/v1/handovers/{found['commune']}/{found['day']}/{found['id']}"
    assert client.post(f"{address}/take").json()["state"] == "taken"
    again = client.post(f"{address}/take")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "handover_taken")
    assert client.post(f"{address}/settle").json()["state"] == "settled"
    assert client.post(f"{address}/settle").status_code == 409
    assert client.get("/api/v1/handovers", {"state": "waiting"}).json() == {"handovers": [], "next": None}


def test_others_see_within_their_reach_but_only_the_official_acts(cast: Cast) -> None:
    hand_in(cast, a_record(**HANDED_OVER))
    (found,) = cast.client("duc").get("/api/v1/handovers").json()["handovers"]
    for name in ("lan", "minh", "son", "duc", "an", "thu", "binh"):
        client = cast.client(name)
        assert len(client.get("/api/v1/handovers").json()["handovers"]) == (name != "binh")
        for button in ("take", "settle"):
            address = f"/api/v1/handovers/{found['commune']}/{found['day']}/{found['id']}/{button}"
            assert client.post(address).status_code == 404


def test_hand_overs_go_on_from_a_bookmark(cast: Cast) -> None:
    hand_in(cast, *(a_record(seq=number + 1, **HANDED_OVER) for number in range(5)))
    client, after, seen = cast.client("ha"), "", set()
    for _page in range(3):
        query = {"limit": "2", **({"after": after} if after else {})}
        page = client.get("/api/v1/handovers", query).json()
        seen |= {item["id"] for item in page["handovers"]}
        after = page["next"]
    assert (len(seen), after) == (5, None)


def test_recorded_work_comes_whole_and_reading_it_is_audited(cast: Cast) -> None:
    first = a_record()
    hand_in(cast, first, a_correction(first, minutes=20), a_correction(first, minutes=30))
    today = clock.today().isoformat()
    answer = cast.client("ha").get("/api/v1/sessions", {"from": today, "to": today, "commune": LUNG_CU})
    (work,) = answer.json()["sessions"]
    assert (work["root"], work["contested"], len(work["earlier"])) == (first["root"], True, 2)
    assert "volunteer" not in work["shown"]
    assert AuditEntry.objects.get(action="desk.session.read").chain == LUNG_CU
    assert cast.client("binh").get("/api/v1/sessions").json() == {"sessions": [], "next": None}


def test_what_cannot_be_listed_says_why(cast: Cast) -> None:
    hand_in(cast, a_record())
    for name, query, code in (
        ("an", {}, "place_needed"),
        ("ha", {"from": "2026-01-01", "to": "2025-01-01"}, "too_many_days"),
        ("ha", {"from": "2025-01-01", "to": "2026-01-01"}, "too_many_days"),
        ("ha", {"from": "yesterday"}, "bad_input"),
        ("ha", {"after": "x"}, "unknown_bookmark"),
        ("ha", {"from": "0001-01-01", "to": "0001-01-02"}, ""),
        ("ha", {"to": "0001-01-02"}, ""),
    ):
        answer = cast.client(name).get("/api/v1/sessions", query)
        assert answer.json().get("error", {}).get("code", "") == code, query


def test_without_signing_in_there_is_nothing(cast: Cast) -> None:
    for address in ("/api/v1/sessions", "/api/v1/handovers"):
        assert cast.client(None).get(address).status_code == 401
