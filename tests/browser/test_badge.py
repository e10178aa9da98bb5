"""A badge shown without a network, a citizen who looks at it, a screenshot that dies, a forgery, and a report that arrives."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import qrcode
from playwright.sync_api import Browser, Page, expect
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_8BIT_BYTE, QRData

from tests.browser.office import sign_in_to_pages
from tests.browser.phone import ARGUMENTS, PATIENCE_MS, READ_SETTING, Phone, chromium
from tests.browser.readable import TOO_WIDE, is_readable
from tests.cast import LAN_TEAM, volunteer_id
from tests.site import LiveSite

pytestmark = pytest.mark.browser
LATER = Path(__file__).parent / "later_clock"
GENUINE, EXPIRED, FALSE = "Tình nguyện viên thật", "Thẻ này đã hết hạn", "Thẻ này không phải thẻ thật"
# The cache has its name before it has its files, which come all at once.
HAS_LATER = """caches.keys().then(async (names) => {
  const name = names.find((one) => one.startsWith("later-"));
  return Boolean(name) && (await (await caches.open(name)).keys()).length > 5;
})"""
LENGTHS = (1, 10, 14, 15, 26, 60, 106, 120, 150, 180, 250, 400, 600, 660)


@pytest.fixture
def town(new_phone: Callable[..., Phone], live_site: LiveSite) -> Iterator[Browser]:
    """Everybody else's browser; each person gets a context of their own."""
    browser = new_phone(live_site.url).playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


def citizen(town: Browser, width: int = 360) -> Page:
    """A clean browser without scripts, as on the cheapest phone."""
    context = town.new_context(
        viewport={"width": width, "height": 740}, locale="vi-VN", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def shown_address(phone: Phone) -> str:
    """Return the address of the badge on the screen, once it is drawn."""
    svg = phone.page.locator("#badge-code svg")
    expect(svg).to_be_visible()
    return str(svg.get_attribute("data-address"))


def drawn(phone: Phone) -> set[tuple[int, int]]:
    """Return the dark modules of the code on the screen."""
    path = phone.page.locator("#badge-code svg path").get_attribute("d") or ""
    return {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}


def matrix(text: str, mask: int) -> list[list[bool]]:
    """Return a text's QR code as another program makes it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=mask, border=0)
    code.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE), optimize=0)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def dark(text: str, mask: int) -> set[tuple[int, int]]:
    return {(x, y) for y, row in enumerate(matrix(text, mask)) for x, is_dark in enumerate(row) if is_dark}


def verdict(page: Page, address: str) -> str:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    return page.locator(".verdict h1").inner_text()


def test_a_badge_without_a_network_a_screenshot_a_forgery_and_a_report(
    new_phone: Callable[..., Phone], town: Browser, live_site: LiveSite
) -> None:
    phone = new_phone(live_site.url)
    phone.sign_in("lan", live_site.password)
    phone.wait_for(HAS_LATER)
    phone.wait_for(f"({READ_SETTING})('badgeKey').then((key) => Boolean(key?.epoch))")
    phone.kill()
    phone.start_again(offline=True)
    phone.open()
    phone.page.click("#badge")
    address = shown_address(phone)
    assert sum(drawn(phone) == dark(address, mask) for mask in range(8)) == 1
    assert phone.page.evaluate(TOO_WIDE) <= 0

    page = citizen(town)
    assert verdict(page, address) == GENUINE
    expect(page.locator(".person .name")).to_have_text("Lan")
    assert page.context.cookies() == []
    forged = address[:-8] + ("A" if address[-8] != "A" else "B") + address[-7:]
    assert verdict(page, forged) == FALSE
    report(page, address)
    a_few_minutes_later(live_site)
    assert verdict(page, address) == EXPIRED
    expect(page.locator(".person")).to_have_count(0)
    leaders_inbox(town, live_site)


def report(page: Page, address: str) -> None:
    """Let the citizen report what they were asked for, from the badge's page."""
    page.goto(address)
    page.get_by_role("button", name="Báo về người này").click()
    page.check("input[name=kind][value=otp]")
    page.fill("#text", "Hỏi mã OTP ở cổng chợ")
    page.get_by_role("button", name="Gửi phản ánh").click()
    expect(page.get_by_text("Phản ánh đã đến nơi")).to_be_visible()
    assert page.context.cookies() == []


def a_few_minutes_later(site: LiveSite) -> None:
    """Start the web server again with its clock five minutes ahead."""
    site.kill9()
    site.environment["PYTHONPATH"] = f"{LATER}:{site.environment.get('PYTHONPATH', '')}"
    site.environment["AOXANH_TEST_LATER"] = "300"
    site.restart()


def leaders_inbox(town: Browser, site: LiveSite) -> None:
    minh = town.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN").new_page()
    minh.set_default_timeout(PATIENCE_MS)
    sign_in_to_pages(minh, site, "minh")
    minh.goto(f"{site.url}/scam-reports/")
    is_readable(minh)
    minh.get_by_role("link", name="Hỏi mã OTP").click()
    expect(minh.get_by_text("Hỏi mã OTP ở cổng chợ")).to_be_visible()
    is_readable(minh)
    minh.get_by_role("button", name="Đang xử lý").click()
    expect(minh.locator(".tag").first).to_have_text("đang xử lý")
    rows = site.sql("SELECT state, team_id, about FROM safety_scamreport")
    assert rows == [("handling", LAN_TEAM, volunteer_id("lan"))]


def test_every_page_about_fraud_is_readable_on_a_phone_and_a_desk(
    new_phone: Callable[..., Phone], town: Browser, live_site: LiveSite
) -> None:
    for name, paths in (
        ("an", ("/notices/",)),
        ("minh", (f"/teams/{LAN_TEAM}/badges/", "/notices/", "/scam-reports/")),
        ("son", ("/scam-reports/",)),
        (
            "",
            (
                "/b/nonsense",
                "/report-scam/",
                "/report-scam/?commune=00715",
                "/report-scam/?province=08&lang=en",
            ),
        ),
    ):
        for width in (320, 1280):
            page = town.new_context(viewport={"width": width, "height": 800}, locale="vi-VN").new_page()
            page.set_default_timeout(PATIENCE_MS)
            if name:
                sign_in_to_pages(page, live_site, name)
            for path in paths:
                page.goto(live_site.url + path)
                is_readable(page)
            page.context.close()


def test_a_warning_is_read_without_a_network_and_counted_once(
    new_phone: Callable[..., Phone], town: Browser, live_site: LiveSite
) -> None:
    office = town.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN").new_page()
    office.set_default_timeout(PATIENCE_MS)
    sign_in_to_pages(office, live_site, "an")
    office.goto(f"{live_site.url}/notices/")
    office.fill("#id_title_vi", "Giả danh tình nguyện viên")
    office.fill("#id_text_vi", "Có nhóm mặc áo xanh đòi mã OTP.")
    office.fill("#id_last_day", live_site.sql("SELECT (current_date + 7)::text")[0][0])
    office.get_by_role("button", name="Phát tới các điện thoại").click()
    expect(office.get_by_text("0 trên 3 tình nguyện viên")).to_be_visible()
    phone = new_phone(live_site.url)
    phone.sign_in("lan", live_site.password)
    phone.wait_for(HAS_LATER)
    phone.page.get_by_role("link", name="Đọc", exact=True).click()
    expect(phone.page.get_by_text("đòi mã OTP")).to_be_visible()
    phone.go_offline()
    phone.page.get_by_role("button", name="Tôi đã đọc").click()
    expect(phone.page.get_by_text("Đã đọc, chưa gửi")).to_be_visible()
    phone.kill()
    phone.start_again(offline=True)
    phone.open("warnings")
    expect(phone.page.get_by_text("Đã đọc, chưa gửi")).to_be_visible()
    phone.go_online()
    phone.notice_network()
    expect(phone.page.locator("article .badge.good")).to_have_text("Đã đọc")
    office.reload()
    expect(office.get_by_text("1 trên 3 tình nguyện viên")).to_be_visible()
    assert live_site.sql("SELECT count(*) FROM safety_noticereading") == [(1,)]


def test_the_phones_codes_are_those_that_another_program_makes(phone: Phone) -> None:
    texts = [("https://aoxanh.example/b/" + "aZ9_-" * 140)[:length] for length in LENGTHS]
    made = phone.page.evaluate(
        """async (texts) => {
          const { matrix } = await import("/static/field/later/safety/qr.js");
          return texts.map((text) => [0, 1, 2, 3, 4, 5, 6, 7].map((mask) => matrix(text, mask)));
        }""",
        texts,
    )
    for text, codes in zip(texts, made, strict=True):
        assert [matrix(text, mask) for mask in range(8)] == codes, len(text)
