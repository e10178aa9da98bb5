"""A team leader's week: rosters drafted and published, a swap, somebody who cannot come, and a check-in without a network."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from aoxanh.kernel import clock
from tests.browser.office import page_of
from tests.browser.phone import PATIENCE_MS, Phone
from tests.browser.readable import is_readable
from tests.cast import LAN_TEAM, PEOPLE, volunteer_id
from tests.site import LiveSite

pytestmark = pytest.mark.browser
PREPARE = """
import django; django.setup()
from aoxanh.people.models import Account
from tests.cast import PASSWORD
from tests.staffing.duty import people_a_team
people_a_team()
for account in Account.objects.filter(username__startswith="bạn"):
    account.set_password(PASSWORD)
    account.save()
"""


@pytest.fixture
def site(live_site: LiveSite) -> LiveSite:
    """A site whose team of Lan and Minh has six more members with certificates."""
    subprocess.run([sys.executable, "-c", PREPARE], env=live_site.environment, check=True)
    return live_site


def draft(page: Page, site: LiveSite) -> None:
    """Send the form of a new roster and wait until it is drafted."""
    page.get_by_role("button", name="Xếp nháp").click()
    expect(page.locator("#publish")).to_be_visible(timeout=60_000)


def test_a_leaders_week(new_phone: Callable[..., Phone], office: Browser, site: LiveSite) -> None:
    minh = page_of(office, site, "minh", 1280)
    today_for_everybody(minh, site)
    is_readable(minh)
    next_week(minh, site)
    roster = minh.url
    lan = page_of(office, site, "lan", 360)
    swap(office, site, lan)
    somebody_cannot_come(minh, roster)
    one_shift(minh)
    check_in(new_phone, site, minh)


def test_a_secretary_has_the_rosters_of_all_teams_drafted_at_once(office: Browser, site: LiveSite) -> None:
    son = page_of(office, site, "son", 360)
    son.goto(f"{site.url}/rosters/")
    is_readable(son)
    son.get_by_role("button", name="Xếp tất cả").click()
    expect(son.get_by_role("link", name="Đội hình Lũng Cú")).to_be_visible(timeout=60_000)
    is_readable(son)
    expect(son.get_by_text("bản nháp")).to_be_visible()


def today_for_everybody(minh: Page, site: LiveSite) -> None:
    """Let all eight serve today, morning and afternoon."""
    minh.goto(f"{site.url}/rosters/")
    is_readable(minh)
    minh.get_by_role("link", name="Đội hình Lũng Cú").click()
    expect(minh.get_by_role("heading", level=1)).to_have_text("Đội hình Lũng Cú")
    is_readable(minh)
    minh.select_option("#id_first_day", index=0)
    for box in minh.locator("input[type=checkbox]").all():
        box.uncheck()
    for half in (0, 1):
        minh.check(f"input[name=duty][value='{2 * clock.today().weekday() + half}']")
    minh.fill("#id_duty_services", "")
    minh.fill("#id_duty_vneid", "8")
    draft(minh, site)
    minh.click("#publish")
    expect(minh.locator("h1 .tag")).to_have_text("đã công bố")


def next_week(minh: Page, site: LiveSite) -> None:
    minh.goto(f"{site.url}/rosters/team/{LAN_TEAM}/")
    minh.get_by_text("Lịch mới").click()
    draft(minh, site)
    expect(minh.get_by_text("đã chứng minh")).to_be_visible()
    for width in (360, 1280):
        minh.set_viewport_size({"width": width, "height": 800})
        is_readable(minh)
    minh.click("#publish")
    expect(minh.locator("h1 .tag")).to_have_text("đã công bố")


def swap(office: Browser, site: LiveSite, lan: Page) -> None:
    """Let Lan ask somebody to take her last shift over, and that person say yes."""
    lan.goto(f"{site.url}/shifts/")
    is_readable(lan)
    mine = lan.locator(".shifts > li")
    before = mine.count()
    lan.get_by_role("link", name="Nhờ người khác").last.click()
    expect(lan.locator("#whom")).to_be_visible()
    is_readable(lan)
    taker = lan.locator("#whom optgroup").first.locator("option").first
    name = taker.inner_text()
    lan.select_option("#whom", taker.get_attribute("value"))
    lan.get_by_role("button", name="Hỏi").click()
    expect(lan.get_by_text("chưa trả lời")).to_be_visible()
    known = {person[1]: username for username, person in PEOPLE.items()}
    rows = site.sql("SELECT username FROM people_account WHERE display_name = %s", name)
    other = page_of(office, site, known.get(name) or rows[0][0], 360)
    other.goto(f"{site.url}/shifts/")
    is_readable(other)
    other.get_by_role("button", name="Đồng ý").click()
    expect(other.get_by_text("Vàng Thị Lan hỏi bạn")).to_have_count(0)
    lan.reload()
    expect(mine).to_have_count(before - 1)


def somebody_cannot_come(minh: Page, roster: str) -> None:
    """Let who serves first next week call in, and publish what is proposed."""
    minh.goto(roster)
    name = minh.locator(".shift .who > span").first.inner_text()
    lost = minh.locator(".shift .who", has_text=name).count()
    minh.select_option("#id_volunteer", label=name)
    start = roster_monday(minh)
    minh.fill("#id_first_day", start)
    minh.get_by_role("button", name="Ghi vắng").click()
    expect(minh.locator(".shift .who.away").first).to_be_visible()
    is_readable(minh)
    proposal = minh.get_by_role("link", name="xem đề xuất")
    for _look in range(60):
        if proposal.count():
            break
        minh.wait_for_timeout(500)
        minh.reload()
    proposal.click()
    expect(minh.locator("#publish")).to_be_visible(timeout=60_000)
    is_readable(minh)
    assert 1 <= minh.locator(".changes li").count() <= 2 * lost + 2
    minh.click("#publish")
    expect(minh.locator("h1 .tag")).to_have_text("đã công bố")
    assert minh.locator(".shift .lack").count() == 0


def roster_monday(minh: Page) -> str:
    days = minh.locator(".day > h2 small").first.inner_text().split("/")
    year = clock.today().year + (int(days[1]) < clock.today().month)
    return f"{year}-{days[1]}-{days[0]}"


def one_shift(minh: Page) -> None:
    """Look at one shift, and take its first person off and put them on again."""
    minh.locator(".shift.duty").first.click()
    expect(minh.get_by_role("button", name="Rút").first).to_be_visible()
    is_readable(minh)
    button = minh.get_by_role("button", name="Rút").first
    name = (button.get_attribute("aria-label") or "").removeprefix("Rút ").removesuffix(" khỏi ca")
    button.click()
    expect(minh.get_by_text("Thiếu 1")).to_be_visible()
    option = minh.locator("#who option", has_text=name).first
    minh.select_option("#who", option.get_attribute("value"))
    minh.get_by_role("button", name="Xếp vào ca").click()
    expect(minh.get_by_text("Thiếu 1")).to_have_count(0)


def check_in(new_phone: Callable[..., Phone], site: LiveSite, minh: Page) -> None:
    """Let Lan come and go without a network, her battery empty in between."""
    phone = new_phone(site.url)
    phone.sign_in("lan", site.password)
    expect(phone.page.locator("#arrive-am")).to_be_visible()
    phone.go_offline()
    phone.page.click("#arrive-am")
    expect(phone.page.locator("#leave-am")).to_be_visible()
    phone.kill()
    phone.start_again(offline=True)
    phone.open()
    expect(phone.page.get_by_text("chưa gửi").first).to_be_visible()
    phone.open("settings")
    phone.page.click("#log-out")
    expect(phone.page.locator("#leaving .notice")).to_be_visible()
    expect(phone.page.locator("#log-out-sure")).to_have_count(0)
    phone.open()
    phone.page.click("#leave-am")
    expect(phone.page.locator("#leave-am")).to_have_count(0)
    phone.go_online()
    phone.notice_network()
    expect(phone.page.locator(".shifts .badge")).to_have_count(0, timeout=PATIENCE_MS)
    rows = site.sql(
        "SELECT left_at IS NOT NULL, day FROM staffing_checkin WHERE volunteer_id = %s", volunteer_id("lan")
    )
    assert rows == [(True, clock.today())]
    minh.goto(f"{site.url}/rosters/team/{LAN_TEAM}/")
    minh.locator("section a[href*='/rosters/']").first.click()
    expect(minh.get_by_text("đã đến").first).to_be_visible()
    is_readable(minh)
