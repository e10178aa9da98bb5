"""One afternoon of training end to end: a broadcast, its points, a quiz without a network, a certificate, a roster, and a badge."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from aoxanh.kernel import clock
from tests.browser.office import page_of
from tests.browser.phone import PATIENCE_MS, Phone
from tests.browser.test_badge import (
    EXPIRED,
    GENUINE,
    HAS_LATER,
    a_few_minutes_later,
    citizen,
    shown_address,
    verdict,
)
from tests.browser.test_quiz_offline import LEARNED, certificates, takes_the_quiz
from tests.browser.test_roster_week import PREPARE, draft
from tests.browser.test_training_event import (
    add_point,
    name_host,
    scan,
    schedule,
    screen,
    without_a_network,
)
from tests.cast import LAN_TEAM, volunteer_id
from tests.site import LiveSite

pytestmark = pytest.mark.browser
LOSE = "DELETE FROM training_certificate WHERE volunteer_id = %s"


@pytest.fixture
def site(live_site: LiveSite) -> LiveSite:
    """A site whose team has eight members, all certified but Lan."""
    subprocess.run([sys.executable, "-c", PREPARE], env=live_site.environment, check=True)
    live_site.sql(LOSE, volunteer_id("lan"))
    return live_site


def test_from_a_broadcast_to_a_badge(
    new_phone: Callable[..., Phone], office: Browser, site: LiveSite
) -> None:
    minh = page_of(office, site, "minh", 1280)
    a_day_that_wants_everybody(minh, site)
    assert seats(site) == 0
    the_broadcast(new_phone, office, site)

    phone = new_phone(site.url)
    phone.sign_in("lan", site.password)
    phone.wait_for(LEARNED)
    phone.wait_for(HAS_LATER)
    phone.go_offline()
    phone.open("record/vneid")
    expect(phone.page.locator(".notice.warn").first).to_contain_text("Hỗ trợ VNeID")
    expect(phone.page.locator("#save")).to_have_count(0)
    takes_the_quiz(phone)
    assert certificates(site, "lan") == 1
    phone.open("record/vneid")
    expect(phone.page.locator("#save")).to_be_visible()

    signs_up(page_of(office, site, "lan", 360), site)
    assert seats(site) == 1
    a_badge_that_dies(phone, office, site)


def a_day_that_wants_everybody(minh: Page, site: LiveSite) -> None:
    """Ask for all eight to help with VNeID all of today: the one without a certificate is left out."""
    minh.goto(f"{site.url}/rosters/team/{LAN_TEAM}/")
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


def the_broadcast(new_phone: Callable[..., Phone], office: Browser, site: LiveSite) -> None:
    """Let the centre's session reach a point with a screen, where Lan is, and one without a network."""
    an = page_of(office, site, "an", 1280)
    schedule(an, site)
    add_point(an)
    an.click("#announce")
    an.click("#open")
    son = page_of(office, site, "son", 1280)
    name_host(son, site)
    screen(son, site)
    there = new_phone(site.url)
    there.sign_in("lan", site.password)
    scan(there, site, son.url)
    without_a_network(new_phone, site)
    expect(an.locator("#present")).to_have_text("2", timeout=PATIENCE_MS)


def signs_up(lan: Page, site: LiveSite) -> None:
    lan.goto(f"{site.url}/shifts/")
    lan.get_by_role("button", name="Đăng ký").last.click()
    expect(lan.locator(".shifts > li")).to_have_count(1)


def seats(site: LiveSite) -> int:
    rows = site.sql(
        "SELECT count(*) FROM staffing_shiftassignment WHERE volunteer_id = %s AND holds", volunteer_id("lan")
    )
    return int(rows[0][0])


def a_badge_that_dies(phone: Phone, office: Browser, site: LiveSite) -> None:
    phone.go_offline()
    phone.open("badge")
    address = shown_address(phone)
    page = citizen(office)
    assert verdict(page, address) == GENUINE
    a_few_minutes_later(site)
    assert verdict(page, address) == EXPIRED
