"""The pages of hand-overs and recorded work, as each of the cast meets them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from aoxanh.audit.models import AuditEntry
from aoxanh.desk.actions import receive_batch, settle_handover
from aoxanh.desk.models import Handover
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from tests.cast import LUNG_CU
from tests.conftest import Cast
from tests.desk.record_examples import a_batch, a_correction, a_record

DEVICE = uuid7()
HANDED_OVER = {"outcome": "handed_over", "handover_reason": "police", "return_code": "ABC234"}


def hand_in(cast: Cast, *records: Any) -> None:
    receive_batch(body=a_batch(*records), device_id=DEVICE, by=cast.actor("lan"))
    while recompute_dirty_days():
        pass


def page(client: Client, address: str, **query: str) -> str:
    client.cookies["language"] = "en"
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def the_handover() -> Handover:
    with whole_nation():
        return Handover.objects.get()


def press(client: Client, button: str, handover: Handover, **form: str) -> Any:
    address = f"/handovers/{handover.commune_code}/{handover.day}/{handover.id}/{button}/"
    client.cookies["language"] = "en"
    return client.post(address, form, follow=not form.get("next", "").startswith("http"))


@pytest.fixture
def waiting(cast: Cast) -> Handover:
    hand_in(cast, a_record(**HANDED_OVER))
    return the_handover()


def test_the_official_takes_on_and_settles_with_one_button_each(cast: Cast, waiting: Handover) -> None:
    client = cast.client("ha")
    shown = page(client, "/handovers/")
    assert "Take on" in shown
    assert "ABC234" in shown
    assert "Đội hình Lũng Cú" in shown
    assert "You took it on" in press(client, "take", waiting).content.decode()
    assert the_handover().state == "taken"
    assert "Nothing waits for an official" in page(client, "/handovers/")
    assert "Trần Thu Hà took it on" in page(client, "/handovers/", state="taken")
    press(client, "settle", waiting, next="/handovers/?state=settled")
    assert the_handover().state == "settled"
    assert "Trần Thu Hà settled it" in page(client, "/handovers/", state="settled")


def test_who_comes_second_is_told_so(cast: Cast, waiting: Handover) -> None:
    client = cast.client("ha")
    with whole_nation():
        settle_handover(handover=waiting, by=cast.actor("ha"))
    for button in ("take", "settle"):
        assert "no longer waiting" in press(client, button, waiting).content.decode()


@pytest.mark.parametrize("name", ["lan", "minh", "son", "duc", "thu", "binh"])
def test_nobody_but_the_official_takes_on_or_settles(cast: Cast, waiting: Handover, name: str) -> None:
    client = cast.client(name)
    assert "Take on" not in page(client, "/handovers/")
    for button in ("take", "settle"):
        assert press(client, button, waiting).status_code == 404
    assert the_handover().state == "waiting"


def test_a_button_never_leads_off_the_site(cast: Cast, waiting: Handover) -> None:
    answer = press(cast.client("ha"), "take", waiting, next="https://elsewhere.example/")
    assert answer.headers["Location"] == "/handovers/"


@pytest.mark.parametrize("address", ["00715/not-a-day", "99999/2026-01-01", "00715/2026-01-01"])
def test_buttons_of_what_is_not_there_are_absent(cast: Cast, address: str) -> None:
    assert cast.client("ha").post(f"/handovers/{address}/{uuid7()}/take/").status_code == 404


def test_a_return_code_shows_what_was_done_and_the_look_up_is_audited(cast: Cast, waiting: Handover) -> None:
    client = cast.client("ha")
    shown = page(client, "/handovers/", code="abc 234")
    assert "What was done under" in shown
    assert "Đội hình Lũng Cú" in shown
    assert "No session here has this return code" in page(client, "/handovers/", code="ZZZ999")
    entries = AuditEntry.objects.filter(chain=LUNG_CU, action="desk.return_code.read")
    assert list(entries.order_by("number").values_list("details", flat=True)) == [
        '{"count":1}',
        '{"count":0}',
    ]
    assert not any("ABC234" in entry.subject + entry.details for entry in entries)


def test_recorded_work_shows_what_counts_with_its_history_folded(cast: Cast) -> None:
    first, second = a_record(note="đường vào bản bị sạt", refused=["otp"]), a_record(seq=2)
    hand_in(cast, first, a_correction(first, minutes=33), second, a_correction(second, withdrawn=True))
    for name in ("lan", "minh", "ha", "son", "duc"):
        shown = page(cast.client(name), "/sessions/")
        assert "33 minutes" in shown
        assert "1 earlier version" in shown
        assert "chọn nhầm" in shown
        assert "đường vào bản bị sạt" in shown
        assert "refused to: take a one-time code" in shown
        assert "withdrawn, not counted" in shown
        assert "On this page: 2 pieces of work" in shown
        assert "Vàng Thị Lan" in shown


def test_the_leader_finds_what_was_corrected_twice(cast: Cast) -> None:
    first = a_record()
    hand_in(cast, first, a_record(seq=9), a_correction(first, minutes=20), a_correction(first, minutes=30))
    shown = page(cast.client("minh"), "/sessions/", show="contested")
    assert "Two corrections start from the same version" in shown
    assert "On this page: 1 piece of work" in shown


def test_the_centre_chooses_a_place_and_never_sees_a_volunteers_name(cast: Cast) -> None:
    hand_in(cast, a_record())
    client = cast.client("an")
    assert "Choose a province" in page(client, "/sessions/")
    shown = page(client, "/sessions/", place=LUNG_CU)
    assert "Đội hình Lũng Cú" in shown
    assert "Vàng Thị Lan" not in shown


def test_reading_the_work_of_a_place_leaves_one_line_in_the_audit_and_ones_own_leaves_none(
    cast: Cast,
) -> None:
    hand_in(cast, a_record(), a_record(seq=2))
    entries = AuditEntry.objects.filter(action="desk.session.read")
    page(cast.client("lan"), "/sessions/")
    page(cast.client("minh"), "/sessions/")
    assert not entries.exists()
    page(cast.client("ha"), "/sessions/")
    (entry,) = entries
    assert (entry.chain, entry.details) == (LUNG_CU, '{"count":2}')


@pytest.mark.parametrize(
    "query",
    [
        {"from": "99/99/2026"},
        {"from": "01/01/2025", "to": "01/01/2026"},
        {"from": "02/01/2026", "to": "01/01/2026"},
        {"to": "x" * 500},
    ],
)
def test_days_that_make_no_sense_are_explained_and_the_last_week_is_shown(
    cast: Cast, query: dict[str, str]
) -> None:
    shown = page(cast.client("ha"), "/sessions/", **query)
    assert 'role="alert"' in shown
    assert f"{clock.today() - timedelta(days=6):%d/%m/%Y}" in shown


def test_hostile_addresses_are_refused_not_broken(cast: Cast) -> None:
    client = cast.client("duc")
    for address in (
        "/sessions/?after=x",
        "/sessions/?place=zzzzz",
        "/handovers/?place=99999",
        f"/handovers/?after={uuid7()}",
    ):
        assert client.get(address).status_code in (400, 404), address
    for address in (
        "/handovers/?after=x&state=nonsense",
        "/sessions/?show=nonsense",
        "/handovers/?code=%F0%9F%98%80",
    ):
        assert client.get(address).status_code == 200, address


def test_an_officer_turns_the_pages(cast: Cast) -> None:
    hand_in(cast, *(a_record(seq=number + 1, **HANDED_OVER) for number in range(27)))
    client = cast.client("ha")
    for address in ("/handovers/", "/sessions/"):
        client.cookies["language"] = "en"
        first = client.get(address)
        more = first.context["more"]
        assert "after=" in more
        second = page(client, f"{address}?{more}")
        assert second.count("<article") == 2
        assert "First page" in second
