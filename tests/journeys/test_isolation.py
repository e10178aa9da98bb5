"""Bình never sees Lan's work: by no page and no address of the API, and each of the two nets holds without the other.

The first net is the filter of the rooms' reads, the second PostgreSQL's row security. Each is cut in turn; with both cut the
work does show, so these tests would notice a net that was never there.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client

from aoxanh.desk import queries as desk
from aoxanh.desk.actions import receive_batch
from aoxanh.desk.models import DailyFigure, Handover, SupportSession
from aoxanh.desk.queries import WorkWanted
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import NATION, scope, whole_nation
from aoxanh.people.actors import Actor
from tests.cast import BA_DINH, BINH_TEAM, LAN_TEAM, LUNG_CU, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_record

LANS_NOTE, LANS_CODE = "sóng yếu ở bản xa", "LAN234"
BINHS_NOTE, BINHS_CODE = "quầy đông buổi sáng", "BNH567"
HANDED_OVER = {"outcome": "handed_over", "handover_reason": "police"}
TRACES = (LANS_NOTE, LANS_CODE, "Đội hình Lũng Cú", "Vàng Thị Lan", str(volunteer_id("lan")), str(LAN_TEAM))

PAGES = (
    "/",
    "/teams/",
    f"/teams/?place={LUNG_CU}",
    "/procedures/",
    "/board/",
    f"/places/{LUNG_CU}/",
    "/handovers/?state=all",
    f"/handovers/?state=all&place={LUNG_CU}",
    f"/handovers/?state=all&code={LANS_CODE}",
    "/sessions/",
    f"/sessions/?place={LUNG_CU}",
    "/sessions/?show=contested",
)
CLOSED_PAGES = (
    f"/teams/{LAN_TEAM}/",
    f"/volunteers/{volunteer_id('lan')}/",
    f"/board/{LUNG_CU}/",
    "/board/08/",
    "/board/VN/",
    f"/board/{LUNG_CU}/team/{LAN_TEAM}/",
    f"/board/{LUNG_CU}/table.csv",
    f"/board/{LUNG_CU}/team/{LAN_TEAM}/table.csv",
    f"/api/v1/boards/{LUNG_CU}",
    "/api/v1/boards/VN",
)
ANSWERS = (
    "handovers",
    f"handovers?commune={LUNG_CU}",
    "sessions",
    f"sessions?commune={LUNG_CU}",
    "teams",
    f"teams?place={LUNG_CU}",
    "volunteers",
    f"volunteers?place={LUNG_CU}",
    "devices",
)


@pytest.fixture(autouse=True)
def work(cast: Cast) -> None:
    """Lan and Bình each hand one piece of work over on the same day."""
    lans = a_record(note=LANS_NOTE, return_code=LANS_CODE, **HANDED_OVER)
    binhs = a_record(
        note=BINHS_NOTE, return_code=BINHS_CODE, commune=BA_DINH, team=str(BINH_TEAM), **HANDED_OVER
    )
    for name, record in (("lan", lans), ("binh", binhs)):
        receipt = receive_batch(body=a_batch(record), device_id=uuid7(), by=cast.actor(name))
        assert [item.status for item in receipt.answers] == ["accepted"]
    while recompute_dirty_days():
        pass


@pytest.fixture
def binh(cast: Cast) -> Client:
    return cast.client("binh")


def seen_in(client: Client, address: str) -> tuple[int, list[str]]:
    """Return the status and the traces of Lan that an answer holds, less what was typed into the address itself."""
    answer = client.get(address, follow=True)
    text = answer.content.decode()
    return answer.status_code, [trace for trace in TRACES if trace in text and trace not in address]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_shows_binh_anything_of_lan(binh: Client, address: str) -> None:
    assert seen_in(binh, address) == (200, [])


@pytest.mark.parametrize("address", CLOSED_PAGES)
def test_pages_of_lans_places_are_absent_for_binh(binh: Client, address: str) -> None:
    assert seen_in(binh, address) == (404, [])


@pytest.mark.parametrize("address", ANSWERS)
def test_no_answer_of_the_api_shows_binh_anything_of_lan(binh: Client, address: str) -> None:
    assert seen_in(binh, f"/api/v1/{address}") == (200, [])


def test_binh_cannot_touch_lans_hand_over(binh: Client) -> None:
    with whole_nation():
        handover = Handover.objects.get(commune_code=LUNG_CU)
    for prefix in ("/handovers", "/api/v1/handovers"):
        for button in ("take", "settle"):
            end = "" if prefix.startswith("/api") else "/"
            address = f"{prefix}/{LUNG_CU}/{handover.day}/{handover.id}/{button}{end}"
            assert binh.post(address).status_code == 404
    with whole_nation():
        assert Handover.objects.get(commune_code=LUNG_CU).state == "waiting"


def test_binh_and_those_who_answer_for_lan_see_what_is_theirs(cast: Cast, binh: Client) -> None:
    assert BINHS_NOTE in binh.get("/sessions/").content.decode()
    assert BINHS_CODE in binh.get("/handovers/").content.decode()
    for name in ("lan", "minh", "ha", "son", "duc"):
        status, seen = seen_in(cast.client(name), "/sessions/")
        assert (status, LANS_NOTE in seen, LANS_CODE in seen) == (200, True, True), name
        assert BINHS_NOTE not in cast.client(name).get("/sessions/").content.decode()


Cut = Callable[[], None]


@pytest.fixture
def cut_filter(monkeypatch: pytest.MonkeyPatch) -> Cut:
    """Take the desk's own filter away, so that only PostgreSQL holds Bình back."""
    return lambda: monkeypatch.setattr(desk, "_visible", lambda *_args, **_more: Q())


@pytest.fixture
def cut_row_security(monkeypatch: pytest.MonkeyPatch) -> Cut:
    """Let every transaction reach the nation, so that only the filter holds Bình back."""
    return lambda: monkeypatch.setattr(Actor, "scope", property(lambda _actor: NATION))


def everything_read_by(actor: Actor) -> set[str]:
    """Return the communes of all rows that the desk's reads and bare queries of its tables give somebody."""
    today = clock.today()
    with scope(actor.scope):
        works, _ = desk.work_visible_to(actor, WorkWanted(today, today), limit=50)
        rows: list[Any] = [work.shown for work in works]
        rows += [*desk.sessions_visible_to(actor, today, today), *desk.handovers_visible_to(actor)]
        rows += list(desk.handovers_in(actor))
    return {row.commune_code for row in rows}


def test_row_security_alone_holds(cast: Cast, binh: Client, cut_filter: Cut) -> None:
    cut_filter()
    assert everything_read_by(cast.actor("binh")) == {BA_DINH}
    for address in ("/sessions/", "/handovers/?state=all", "/api/v1/sessions", "/api/v1/handovers"):
        assert seen_in(binh, address) == (200, [])
    with scope(cast.actor("binh").scope):
        for model in (SupportSession, Handover, DailyFigure):
            assert set(model.objects.values_list("commune_code", flat=True)) == {BA_DINH}


def test_the_filter_alone_holds(cast: Cast, binh: Client, cut_row_security: Cut) -> None:
    cut_row_security()
    assert everything_read_by(cast.actor("binh")) == {BA_DINH}
    for address in PAGES:
        assert seen_in(binh, address) == (200, []), address
    for address in ANSWERS:
        assert seen_in(binh, f"/api/v1/{address}") == (200, []), address


def test_with_both_cut_lans_work_would_show(
    cast: Cast, binh: Client, cut_filter: Cut, cut_row_security: Cut
) -> None:
    cut_filter()
    cut_row_security()
    assert everything_read_by(cast.actor("binh")) == {BA_DINH, LUNG_CU}
    assert LANS_NOTE in seen_in(binh, "/sessions/")[1]
    assert LANS_CODE in seen_in(binh, "/api/v1/handovers")[1]


def test_without_any_reach_there_is_nothing(cast: Cast) -> None:
    for model in (SupportSession, Handover, DailyFigure):
        assert not model.objects.exists()
    assert everything_read_by(Actor(name="nobody")) == set()
