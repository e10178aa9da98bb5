"""A proposal that was sent back: changed on the phone without a network, and handed in again by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.phone import ARGUMENTS, PATIENCE_MS, Phone, chromium
from tests.browser.test_roster_week import is_readable, page_of
from tests.site import LiveSite

pytestmark = pytest.mark.browser
TITLE = "Tủ giấy tờ dùng chung"
WHY = "Bạn ghi thêm đã giúp được bao nhiêu người."
BETTER = "Mỗi tuần khoảng 40 người thiếu giấy phải về."


@pytest.fixture
def site(live_site: LiveSite) -> LiveSite:
    return live_site


def test_what_was_sent_back_is_changed_without_a_network_and_handed_in_again(
    new_phone: Callable[..., Phone], site: LiveSite
) -> None:
    lan = new_phone(site.url)
    lan.sign_in("lan", site.password)
    lan.open("propose")
    lan.page.click("#new")
    for name, text in (
        ("title", TITLE),
        ("problem", "Bà con thiếu giấy."),
        ("steps", "Xin một tủ.\nĐể mẫu."),
    ):
        lan.page.fill(f"#{name}", text)
    lan.page.click("#save")
    badge = lan.page.locator("#proposals .badge")
    expect(badge).to_have_text("Đã đề xuất", timeout=PATIENCE_MS)
    sent_back(lan, site)
    lan.page.click("#ask")
    expect(badge).to_have_text("Trả lại", timeout=PATIENCE_MS)
    is_readable(lan.page)
    lan.go_offline()
    page = lan.page
    page.get_by_role("link", name="Sửa và gửi lại").click()
    expect(page.locator("#problem")).to_have_value("Bà con thiếu giấy.")
    expect(page.get_by_text(WHY)).to_be_visible()
    is_readable(page)
    page.fill("#problem", BETTER)
    page.click("#save")
    expect(page.locator("#saved")).to_be_visible()
    expect(badge.first).to_have_text("chưa gửi")
    expect(page.get_by_role("link", name="Sửa và gửi lại")).to_have_count(0)
    is_readable(page)
    lan.kill()
    lan.start_again(offline=True)
    lan.go_online()
    lan.open("propose")
    lan.notice_network()
    expect(lan.page.locator("#proposals .badge")).to_have_text(["Đã đề xuất"], timeout=PATIENCE_MS)
    assert site.sql("SELECT problem, state FROM initiatives_initiative WHERE title = %s", TITLE) == [
        (BETTER, "proposed")
    ]


def sent_back(lan: Phone, site: LiveSite) -> None:
    """Let the commune's secretary send it back, in another browser."""
    browser = lan.playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    try:
        son = page_of(browser, site, "son", 360)
        son.goto(f"{site.url}/initiatives/")
        son.get_by_role("link", name=TITLE).first.click()
        son.fill("#reason", WHY)
        son.get_by_role("button", name="Trả lại", exact=True).click()
        expect(son.get_by_text("Đã quyết định")).to_be_visible()
    finally:
        browser.close()
