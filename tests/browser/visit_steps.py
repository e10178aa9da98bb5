"""Steps of a supervisor's visit that several stories play: planning it in the office, filling in its checklist on the phone."""

from playwright.sync_api import Page, expect

from tests.browser.phone import PATIENCE_MS, Phone
from tests.browser.readable import is_readable
from tests.cast import LUNG_CU

NOTE = "Đội thiếu một máy, bà con phải chờ lâu."


def plan_visit(page: Page, url: str) -> None:
    """Plan next week from that commune, so that the travel there costs nothing."""
    page.goto(f"{url}/visits/")
    page.select_option("#monday", index=1)
    page.select_option("#half_days", "1")
    page.select_option("#base", LUNG_CU)
    page.click("#plan")
    mine = page.locator(".visit", has=page.locator(f"a[href='/visits/place/{LUNG_CU}/']"))
    expect(mine).to_contain_text("theo lịch")


def see_on_phone(phone: Phone) -> None:
    """Wait until the phone has the plan and the checklist, so that it can do without a network."""
    phone.open("visits")
    expect(phone.page.locator("#visits-list")).to_contain_text("Lũng Cú", timeout=PATIENCE_MS)
    is_readable(phone.page)


def fill_in_checklist(phone: Phone) -> None:
    """Fill in the checklist: what is wrong is told beside the field, what is right is on the phone at once."""
    row = phone.page.locator("#visits-list li", has_text="Lũng Cú")
    row.get_by_role("link", name="Điền phiếu").click()
    expect(phone.page.locator("#save")).to_be_visible()
    is_readable(phone.page)
    phone.page.click("#save")
    expect(phone.page.locator("#marks-wrong")).to_have_text("Chấm ít nhất một điểm đã thấy.")
    phone.choose("point-no_codes", "done")
    expect(phone.page.locator("#marks-wrong")).to_be_empty()
    phone.choose("point-point_open", "needs_work")
    phone.page.fill("#note", "gọi cho trưởng bản 0912 345 678")
    phone.page.click("#save")
    expect(phone.page.locator("#note-wrong")).to_contain_text("thông tin cá nhân")
    phone.page.fill("#note", NOTE)
    phone.page.click("#save")
    expect(phone.page.locator("#saved")).to_be_visible()
    is_readable(phone.page)


def expect_on_phone(phone: Phone, state: str) -> None:
    """Wait until the list says of the visit that it is `chưa gửi` or `đã gửi`."""
    expect(phone.page.locator("#visits-list .badge")).to_have_text(state, timeout=PATIENCE_MS)
