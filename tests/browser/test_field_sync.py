"""The field app hands in every record exactly once, whatever happens to the network, the browser and the server."""

import json
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.road import Lost, Message, is_hand_in

pytestmark = pytest.mark.browser


def test_work_recorded_without_a_network_survives_a_reload_and_is_sent_when_it_returns(phone, stored):
    device = phone.device()
    phone.go_offline()
    codes = sorted(phone.record() for _ in range(3))
    phone.page.reload()
    phone.expect_waiting(3)
    expect(phone.page.locator(".offline")).to_be_visible()
    assert stored(device) == []
    phone.go_online()
    phone.expect_all_sent()
    assert stored(device) == codes


def test_a_reply_lost_after_the_commit_doubles_nothing(phone_on_road, road, stored):
    device = phone_on_road.device()

    lost: list[int] = []

    def lose(answer: Message) -> None:
        if is_hand_in(answer):
            lost.append(answer.status)
            raise Lost

    road.after.append(lose)
    code = phone_on_road.record()
    while not lost:
        phone_on_road.page.wait_for_timeout(50)
    phone_on_road.expect_waiting(1)
    assert stored(device) == [code]
    road.clear()
    phone_on_road.notice_network()
    phone_on_road.expect_all_sent()
    assert lost[0] == 200
    assert stored(device) == [code]


def test_a_body_damaged_on_the_way_is_sent_again(phone_on_road, road, stored):
    device = phone_on_road.device()
    damaged: list[bytes] = []

    def damage(request: Message) -> None:
        if is_hand_in(request) and not damaged:
            damaged.append(request.body)
            request.body = request.body.replace(b'"minutes":10', b'"minutes":11')

    road.before.append(damage)
    code = phone_on_road.record()
    phone_on_road.expect_all_sent()
    assert damaged
    assert stored(device) == [code]


def test_killing_the_browser_while_it_sends_loses_and_doubles_nothing(phone_on_road, road, stored):
    device = phone_on_road.device()
    phone_on_road.go_offline()
    codes = sorted(phone_on_road.record() for _ in range(2))
    arrived, go_on = threading.Event(), threading.Event()

    def hold(answer: Message) -> None:
        if is_hand_in(answer):
            arrived.set()
            go_on.wait(30)
            raise Lost

    road.after.append(hold)
    phone_on_road.go_online()
    while not arrived.is_set():
        phone_on_road.page.wait_for_timeout(50)
    phone_on_road.kill()
    go_on.set()
    road.clear()
    phone_on_road.start_again(offline=True)
    phone_on_road.open()
    phone_on_road.expect_waiting(2)
    phone_on_road.go_online()
    phone_on_road.expect_all_sent()
    assert stored(device) == codes


def test_a_server_killed_while_work_waits_gets_it_after_its_restart(phone, site, stored):
    device = phone.device()
    site.kill9()
    code = phone.record()
    phone.expect_waiting(1)
    site.restart()
    phone.notice_network()
    phone.expect_all_sent()
    assert stored(device) == [code]


def test_two_tabs_send_everything_once_and_agree(phone, stored):
    device = phone.device()
    other = phone.context.new_page()
    other.goto(f"{phone.url}/field/#/")
    expect(other.locator("#help")).to_be_visible()
    phone.go_offline()
    codes = sorted(phone.record() for _ in range(3))
    expect(other.locator("#state")).to_have_text("3 mục chưa gửi")
    phone.go_online()
    phone.expect_all_sent()
    expect(other.locator("#state")).to_have_text("Đã gửi hết")
    assert stored(device) == codes


def test_a_restored_server_gets_the_kept_copies_again(phone, site, stored):
    device = phone.device()
    codes = sorted(phone.record() for _ in range(2))
    phone.open()
    phone.expect_all_sent()
    site.sql("DELETE FROM desk_supportsession WHERE device_id = %s", device)
    site.sql("UPDATE desk_syncepoch SET epoch = gen_random_uuid()")
    assert stored(device) == []
    codes = sorted([*codes, phone.record()])
    phone.expect_all_sent()
    assert stored(device) == codes


def test_an_older_copy_of_the_phone_becomes_another_device_and_doubles_nothing(phone, stored, tmp_path):
    device = phone.device()
    phone.go_offline()
    early = phone.record()
    phone.leave()
    copy = phone.copy_profile(tmp_path / "copy")
    phone.start_again()
    phone.open()
    late = phone.record()
    phone.expect_all_sent()
    phone.leave()
    phone.start_again(profile=copy)
    phone.open()
    phone.expect_all_sent()
    newest = phone.record()
    phone.expect_all_sent()
    assert phone.device() != device
    assert stored(device) == sorted([early, late])
    assert stored(phone.device()) == [newest]


def test_a_batch_that_is_too_large_is_halved(phone_on_road, road, stored):
    device = phone_on_road.device()
    phone_on_road.go_offline()
    codes = sorted(phone_on_road.record() for _ in range(4))
    sizes: list[int] = []

    def too_large(answer: Message) -> None:
        if is_hand_in(answer) and answer.status == 200 and sizes[-1] > 1:
            answer.status, answer.body = 413, b'{"code": "batch_too_large"}'

    def measure(request: Message) -> None:
        if is_hand_in(request):
            sizes.append(len(json.loads(request.body)["records"]))

    road.before.append(measure)
    road.after.append(too_large)
    phone_on_road.go_online()
    phone_on_road.expect_all_sent()
    assert sizes == [4, 2, 1, 1, 1, 1]
    assert stored(device) == codes


def test_what_lies_on_the_phone_cannot_be_read_from_its_storage(phone):
    phone.go_offline()
    code = phone.record(note="mái nhà màu tím")
    phone.leave()
    held = b"".join(
        path.read_bytes() for path in phone.profile.rglob("*") if path.is_file() and "IndexedDB" in str(path)
    )
    # The public cards lie there in plain letters: this reading would see a record, were it plain too.
    assert b"1.001193" in held
    for secret in (code, "màu tím"):
        assert secret.encode() not in held
        assert secret.encode("utf-16-le") not in held
