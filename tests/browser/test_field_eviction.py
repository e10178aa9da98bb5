"""The browser throws the app's storage away: the app says so and what was lost, and the phone goes on as a new device."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_an_evicted_phone_says_what_is_gone_and_goes_on_as_a_new_device(phone, stored):
    device = phone.device()
    sent = phone.record()
    phone.expect_all_sent()
    phone.go_offline()
    phone.record()
    phone.record()
    phone.expect_waiting(2)
    phone.evict()
    phone.go_online()
    phone.open()
    phone.page.reload()
    notices = phone.page.locator(".notices")
    expect(notices).to_contain_text("Trình duyệt đã xóa dữ liệu")
    expect(notices).to_contain_text("2 lượt chưa gửi")
    assert stored(device) == [sent]
    notices.get_by_role("button", name="Đăng nhập").click()
    phone.wait_until_enrolled()
    expect(notices).not_to_contain_text("Trình duyệt đã xóa dữ liệu")
    assert phone.device() != device
    again = phone.record()
    phone.expect_all_sent()
    assert stored(phone.device()) == [again]
    assert stored(device) == [sent]


def test_an_eviction_while_the_app_is_open_loses_nothing_that_was_sent_and_is_told(phone, stored):
    device = phone.device()
    sent = phone.record()
    phone.expect_all_sent()
    phone.evict()
    phone.open("work")
    expect(phone.page.locator(".notices")).to_contain_text("Việc đã gửi vẫn còn trên máy chủ")
    expect(phone.page.locator(".notices")).not_to_contain_text("lượt chưa gửi")
    assert stored(device) == [sent]
