"""A leader watches a volunteer where there is no network; it is handed in once, and the volunteer reads it."""

from collections.abc import Callable

from playwright.sync_api import expect

from aoxanh.kernel import clock
from tests.browser.phone import PATIENCE_MS, Phone
from tests.cast import volunteer_id
from tests.site import LiveSite

NOTE = "Nói chậm, dễ hiểu. Nhớ quay đi khi cô chú gõ mã."
KEPT = """async () => {
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) if (request.url.includes("growth/observe")) return true;
  return false;
}"""


def ready(phone: Phone) -> None:
    """Wait until the phone holds the second shelf and the list of whom its owner may observe."""
    phone.wait_for(f"({KEPT})()")
    phone.open("growth")
    expect(phone.page.get_by_role("heading", name="Nên học tiếp")).to_be_visible(timeout=PATIENCE_MS)


def mark(phone: Phone, point: str, value: str) -> None:
    phone.page.locator(f"#field-point-{point} label", has=phone.page.locator(f"[value={value}]")).click()


def rows(site: LiveSite) -> list[tuple[object, ...]]:
    return site.sql(
        "SELECT day, checklist, marks->>'no_codes', marks->>'own_hands', marks->>'handover', note"
        " FROM training_observation WHERE volunteer_id = %s",
        volunteer_id("lan"),
    )


def test_a_checklist_filled_in_without_a_network_is_handed_in_once_and_read_by_the_volunteer(
    new_phone: Callable[..., Phone], site: LiveSite
) -> None:
    minh = new_phone()
    minh.sign_in("minh", site.password)
    ready(minh)
    minh.go_offline()
    minh.page.click("#observe")
    minh.page.click("#save")
    expect(minh.page.locator("#member-wrong")).not_to_be_empty()
    minh.page.select_option("#member", label="Vàng Thị Lan · Đội hình Lũng Cú")
    minh.page.click("#save")
    expect(minh.page.locator("#list-wrong")).not_to_be_empty()
    mark(minh, "own_hands", "done")
    mark(minh, "no_codes", "needs_work")
    minh.page.fill("#note", "gọi cho mẹ em ấy 0912 345 678")
    minh.page.click("#save")
    expect(minh.page.locator("#note-wrong")).not_to_be_empty()
    minh.page.fill("#note", NOTE)
    minh.page.click("#save")
    expect(minh.page.locator("#saved")).to_be_visible()
    minh.kill()
    minh.start_again(offline=True)
    minh.open("observe")
    expect(minh.page.locator("#noted .badge")).to_have_text("chưa gửi")
    minh.open("settings")
    minh.page.click("#log-out")
    expect(minh.page.locator("#leaving .notice")).to_be_visible()
    expect(minh.page.locator("#log-out-sure")).to_have_count(0)
    assert rows(site) == []
    minh.go_online()
    minh.notice_network()
    minh.open("observe")
    expect(minh.page.locator("#noted .badge")).to_have_text("đã gửi", timeout=PATIENCE_MS)
    assert rows(site) == [(clock.today(), "conduct", "needs_work", "done", "not_seen", NOTE)]
    lan = new_phone()
    lan.sign_in("lan", site.password)
    ready(lan)
    expect(lan.page.locator("#observe")).to_have_count(0)
    expect(lan.page.get_by_text(NOTE)).to_be_visible()
    lan.go_offline()
    lan.open()
    lan.page.click("#growth")
    expect(lan.page.get_by_text("đạt 1 trên 2")).to_be_visible()
    expect(lan.page.locator("a[href='/learn/conduct/secrets/']")).to_be_visible()
