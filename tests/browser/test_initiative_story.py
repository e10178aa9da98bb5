"""A model's whole life: proposed from a phone without a network, confirmed, recognised, copied by ten communes, measured, spread by lot."""

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from aoxanh.kernel import clock
from tests.browser.office import page_of
from tests.browser.phone import PATIENCE_MS, Phone
from tests.browser.readable import is_readable
from tests.cast import LUNG_CU, TUYEN_QUANG
from tests.initiatives.history import FIRST_COPY, first_of
from tests.site import LiveSite

pytestmark = pytest.mark.browser
TITLE = "Bàn hướng dẫn ở chợ phiên"
PROBLEM = "Bà con chỉ xuống chợ một buổi mỗi tuần, bỏ lỡ là lại chờ cả tháng."
STEPS = "Xin ban quản lý chợ một góc.\nTrực mỗi sáng thứ Bảy, ba bạn một bàn."
COMMUNES = 10
MEASURED_WITHIN_S = 180
KEPT = """async () => {
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) if (request.url.includes("initiatives/propose")) return true;
  return false;
}"""
# Twelve periods of four weeks, in which the communes that copy it finish 15 in 100 more; then the job that measures.
A_YEAR = """
import sys, django; django.setup()
from aoxanh.initiatives.models import Initiative
from aoxanh.initiatives.tasks import measure_copies_of, measure_one
from aoxanh.kernel.scope import whole_nation
from tests.initiatives.history import worked
with whole_nation():
    row = Initiative.objects.get(title=sys.argv[1])
worked(row, points=15)
measure_copies_of.defer(initiative_id=str(row.id))
measure_one.defer(initiative_id=str(row.id))
"""


@pytest.fixture
def site(live_site: LiveSite) -> LiveSite:
    return live_site


def test_from_a_volunteers_phone_to_waves_drawn_by_lot(
    new_phone: Callable[..., Phone], office: Browser, site: LiveSite
) -> None:
    lan = new_phone(site.url)
    lan.sign_in("lan", site.password)
    proposed_without_a_network(lan)
    assert stored(site) == []
    handed_in(lan, site)

    son, duc = page_of(office, site, "son", 360), page_of(office, site, "duc", 1280)
    address = decided(son, duc, site)
    copied(son, duc, address, site)
    assert states(site) == ["replicated"]
    subprocess.run([sys.executable, "-c", A_YEAR, TITLE], env=site.environment, check=True)
    wait_until_measured(site)
    shows_what_it_changed(duc, address)
    shows_what_one_copy_changed(duc, address, site)
    spreads(duc, address, site)

    lan.open("propose")
    lan.page.click("#ask")
    expect(lan.page.locator("#proposals .badge")).to_have_text("Đã nhân rộng", timeout=PATIENCE_MS)
    is_readable(lan.page)


def proposed_without_a_network(lan: Phone) -> None:
    """Write it where there is no network, lose the battery on the way, and go on where the words stopped."""
    page = lan.page
    lan.wait_for(f"({KEPT})()")
    lan.open("growth")
    page.click("#propose")
    expect(page.locator("#new")).to_be_visible()
    is_readable(page)
    lan.go_offline()
    page.click("#new")
    page.click("#save")
    expect(page.locator("#title-wrong")).to_have_text("Bạn điền mục này.")
    page.fill("#title", TITLE)
    page.fill("#problem", PROBLEM)
    lan.wait_for(f"({DRAFTED})()")
    lan.kill()
    lan.start_again(offline=True)
    page = lan.page
    lan.open("propose")
    expect(page.locator("#new")).to_have_text("Viết tiếp bản nháp")
    page.click("#new")
    expect(page.locator("#problem")).to_have_value(PROBLEM)
    is_readable(page)
    page.fill("#steps", STEPS)
    page.fill("#where", "Chợ phiên")
    page.fill("#volunteers", "6")
    page.fill("#limits", "Hỏi bà Mai, số 0912 345 678")
    page.click("#save")
    expect(page.locator("#limits-wrong")).to_contain_text("thông tin cá nhân")
    page.fill("#limits", "Ngày mưa ít người đến.")
    page.click("#save")
    expect(page.locator("#saved")).to_be_visible()
    expect(page.locator("#proposals .badge")).to_have_text("chưa gửi")
    expect(page.locator("#new")).to_have_text("Đề xuất cách làm mới")
    is_readable(page)


DRAFTED = """async () => {
  const opening = indexedDB.open("aoxanh-" + localStorage.getItem("aoxanh.account"));
  const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
  const asking = database.transaction("settings").objectStore("settings").getKey("later.draft.initiative");
  const key = await new Promise((done) => { asking.onsuccess = () => done(asking.result); });
  database.close();
  return key !== undefined;
}"""


def handed_in(lan: Phone, site: LiveSite) -> None:
    lan.go_online()
    lan.notice_network()
    expect(lan.page.locator("#proposals .badge")).to_have_text("Đã đề xuất", timeout=PATIENCE_MS)
    assert stored(site) == [(LUNG_CU, "phone", PROBLEM, STEPS, {"volunteers": 6})]


def decided(son: Page, duc: Page, site: LiveSite) -> str:
    """Let the commune confirm it and the province recognise it; return its address."""
    for page, steps in ((son, ("Xác nhận",)), (duc, ("Đã đánh giá", "Công nhận"))):
        page.goto(f"{site.url}/initiatives/")
        page.get_by_role("link", name=TITLE).first.click()
        for step in steps:
            page.fill("#reason", "Đã đến xem, đúng như kể.")
            page.get_by_role("button", name=step, exact=True).click()
            expect(page.get_by_text("Đã quyết định")).to_be_visible()
        is_readable(page)
    return duc.url


def copied(son: Page, duc: Page, address: str, site: LiveSite) -> None:
    """Let the commune it comes from and nine others of the province begin, month after month."""
    rows = site.sql("SELECT code FROM places_place WHERE parent_id = %s ORDER BY code LIMIT 30", TUYEN_QUANG)
    others = [code for (code,) in rows if code != LUNG_CU][: COMMUNES - 1]
    for number, code in enumerate([LUNG_CU, *others]):
        page = son if code == LUNG_CU else duc
        page.goto(address)
        page.select_option("#commune", code)
        page.fill("#first_day", first_of(FIRST_COPY + number % 3).isoformat())
        page.get_by_role("button", name="Bắt đầu", exact=True).click()
        expect(page.get_by_text("Đang áp dụng").first).to_be_visible()
    is_readable(duc)


def wait_until_measured(site: LiveSite) -> None:
    deadline = time.monotonic() + MEASURED_WITHIN_S
    while not site.sql("SELECT 1 FROM initiatives_effect WHERE indicator = 'finished'"):
        assert time.monotonic() < deadline, site.worker_log()
        time.sleep(0.5)


def shows_what_it_changed(duc: Page, address: str) -> None:
    """Find the sentence with its interval, its doubts and its course on the page, on any screen."""
    for width in (360, 1280):
        duc.set_viewport_size({"width": width, "height": 800})
        duc.goto(address)
        entry = duc.locator(".effect", has=duc.get_by_role("heading", name=re.compile("Lượt xong ngay")))
        expect(entry).to_contain_text(re.compile(r"\+\d+ đến \+\d+"))
        expect(entry.locator("svg.effect-plot circle")).not_to_have_count(0)
        is_readable(duc)


def shows_what_one_copy_changed(duc: Page, address: str, site: LiveSite) -> None:
    """Find what single copies changed in the lists and on the page of one, told as no proof."""
    beside = re.compile(r"Lượt xong ngay.*đến \+\d+, so với 8 xã tương tự")
    for width in (360, 1280):
        duc.set_viewport_size({"width": width, "height": 800})
        for list_ in (f"{address}spread/", f"{site.url}/initiatives/portfolio/?place={TUYEN_QUANG}"):
            duc.goto(list_)
            is_readable(duc)
        duc.goto(address)
        duc.locator("table").get_by_role("link").first.click()
        changes = duc.locator("section", has=duc.get_by_role("heading", name="Thay đổi tại đây"))
        expect(changes.locator("li").first).to_contain_text(beside)
        expect(changes).to_contain_text("Một xã chưa chứng minh được gì")
        is_readable(duc)
    duc.goto(address)


def spreads(duc: Page, address: str, site: LiveSite) -> None:
    """Offer it where it would help most, in an order drawn by lot, and begin the first place."""
    duc.get_by_role("link", name="Nên nhân rộng đến đâu").click()
    expect(duc.locator(".candidates li").first).to_contain_text("giống")
    for width in (360, 1280):
        duc.set_viewport_size({"width": width, "height": 800})
        is_readable(duc)
    offered = duc.locator(".candidates input:checked").count()
    duc.fill("input[name=first_day]", clock.today().isoformat())
    duc.get_by_role("button", name="Bốc thăm và mời").click()
    expect(duc.get_by_role("heading", name=re.compile("Đợt 1"))).to_be_visible()
    is_readable(duc)
    waves = site.sql("SELECT wave, count(*) FROM initiatives_offer GROUP BY wave ORDER BY wave")
    assert sum(count for _wave, count in waves) == offered
    assert waves[-1] == (2, 10)
    first = (
        duc.locator("section", has=duc.get_by_role("heading", name=re.compile("Đợt 1"))).locator("li").first
    )
    first.locator("summary").click()
    first.get_by_role("button", name="Áp dụng").click()
    expect(duc.get_by_text("Đang áp dụng").first).to_be_visible()
    assert site.sql("SELECT count(*) FROM initiatives_offer WHERE answer = 'taken'") == [(1,)]


def stored(site: LiveSite) -> list[tuple[object, ...]]:
    return site.sql(
        "SELECT place_id, origin, problem, steps, people FROM initiatives_initiative WHERE title = %s", TITLE
    )


def states(site: LiveSite) -> list[str]:
    return [row[0] for row in site.sql("SELECT state FROM initiatives_initiative WHERE title = %s", TITLE)]
