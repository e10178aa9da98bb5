"""A national broadcast: the centre schedules it, points check people in by picture, spoken code and list, one of them without a network."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.office import page_of
from tests.browser.phone import PATIENCE_MS, Phone
from tests.browser.readable import is_readable
from tests.cast import LUNG_CU, volunteer_id
from tests.site import LiveSite

pytestmark = pytest.mark.browser
# The screen's code is read from the picture's own address, as a camera reads it.
SCREEN_CODE = """
import sys, uuid, django; django.setup()
from aoxanh.training.models import Point
from aoxanh.training.point_queries import codes_of
print(codes_of(Point(id=uuid.UUID(sys.argv[1]))).screen)
"""


@pytest.fixture
def site(live_site: LiveSite) -> LiveSite:
    return live_site


def run(site: LiveSite, program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=site.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_a_broadcast_from_the_centre_to_a_point_without_a_network(
    new_phone: Callable[..., Phone], office: Browser, site: LiveSite
) -> None:
    an = page_of(office, site, "an", 1280)
    schedule(an, site)
    board = an.url
    add_point(an)
    an.click("#announce")
    an.click("#open")
    expect(an.locator("h1 .tag")).to_have_text("đang điểm danh")

    son = page_of(office, site, "son", 1280)
    name_host(son, site)
    screen(son, site)
    lan = new_phone(site.url)
    lan.sign_in("lan", site.password)
    scan(lan, site, son.url)
    expect(an.locator("#present")).to_have_text("1", timeout=PATIENCE_MS)

    without_a_network(new_phone, site)
    expect(an.locator("#present")).to_have_text("2", timeout=PATIENCE_MS)
    rows = site.sql(
        "SELECT how, is_late, state FROM training_attendance WHERE volunteer_id = %s", volunteer_id("minh")
    )
    assert [(how, state) for how, _late, state in rows] == [("spoken", "present")]

    for width in (360, 1280):
        an.set_viewport_size({"width": width, "height": 800})
        an.goto(board)
        is_readable(an)
        son.set_viewport_size({"width": width, "height": 800})
        son.reload()
        is_readable(son)
    close(an)


def schedule(an: Page, site: LiveSite) -> None:
    an.goto(f"{site.url}/events/new/")
    is_readable(an)
    an.fill("#id_title", "Tập huấn trực tuyến toàn quốc")
    an.select_option("#id_kind", "broadcast")
    run_now(an)
    an.get_by_role("button", name="Lưu nháp").click()
    an.select_option("#id_places", label="Tỉnh Tuyên Quang")
    an.click("#open-points")
    expect(an.get_by_text("Đã mở 124 điểm cầu.")).to_be_visible()


def run_now(an: Page) -> None:
    """Let it begin ten minutes ago by the browser's clock in Vietnam."""
    an.evaluate(
        """() => {
          const local = (minutes) => new Date(Date.now() + 7 * 3_600_000 + minutes * 60_000).toISOString().slice(0, 16);
          document.querySelector("#id_starts_at").value = local(-10);
          document.querySelector("#id_ends_at").value = local(120);
        }"""
    )


def add_point(an: Page) -> None:
    an.locator("summary", has_text="Điểm cầu").click()
    an.fill("#id_commune", LUNG_CU)
    an.locator("#id_commune ~ *, form:has(#id_commune) #id_name").last.fill("Nhà văn hoá")
    an.get_by_role("button", name="Thêm điểm cầu").click()
    expect(an.get_by_text("Đã mở 1 điểm cầu.")).to_be_visible()


def name_host(son: Page, site: LiveSite) -> None:
    """Let Minh answer for the point that was opened without anybody."""
    rows = site.sql(
        "SELECT id FROM training_point WHERE commune_code = %s AND place = 'Nhà văn hoá'", LUNG_CU
    )
    son.goto(f"{site.url}/points/{LUNG_CU}/{rows[0][0]}/")
    son.get_by_text("Giao cho một người").click()
    expect(son.locator("#id_host")).to_be_visible()
    is_readable(son)
    son.fill("#id_host", "minh")
    son.locator("#host").get_by_role("button", name="Lưu").click()
    expect(son.locator("#host")).to_contain_text("Nguyễn Đức Minh")


def screen(son: Page, site: LiveSite) -> None:
    """Open the page of the commune's own point, which makes it connected."""
    rows = site.sql(
        "SELECT id FROM training_point WHERE commune_code = %s AND place <> 'Nhà văn hoá'", LUNG_CU
    )
    son.goto(f"{site.url}/points/{LUNG_CU}/{rows[0][0]}/")
    expect(son.locator(".qr svg")).to_be_visible()
    expect(son.locator("#spoken")).to_be_visible()
    son.evaluate("htmx.trigger('#codes', 'load')")
    expect(son.locator("#spoken")).to_be_visible()


def scan(lan: Phone, site: LiveSite, page: str) -> None:
    """Do what a camera does: open the address that the picture holds; then again, as a picture that was passed on."""
    point = page.rstrip("/").rsplit("/", 1)[1]
    code = run(site, SCREEN_CODE, point)
    lan.open(f"attend/{LUNG_CU}/{point}/{code}")
    expect(lan.page.locator("#event-notes .badge.good")).to_have_text("có mặt", timeout=PATIENCE_MS)
    assert lan.page.url.endswith("#/attend")


def without_a_network(new_phone: Callable[..., Phone], site: LiveSite) -> None:
    """Minh's phone shows the spoken code of his point and takes it from himself, both without a network, its battery empty in between."""
    minh = new_phone(site.url)
    minh.sign_in("minh", site.password)
    minh.open("attend")
    minh.page.get_by_role("link", name="Nhà văn hoá").click()
    expect(minh.page.locator("#spoken")).to_be_visible()
    minh.go_offline()
    code = minh.page.inner_text("#spoken")
    minh.open("attend")
    minh.page.fill("#event-code", code.lower())
    minh.page.click("#event-send")
    expect(minh.page.locator("#event-notes .badge")).to_have_text("chưa gửi")
    minh.kill()
    minh.start_again(offline=True)
    minh.open("attend")
    expect(minh.page.locator("#event-notes .badge")).to_have_text("chưa gửi")
    minh.open("settings")
    minh.page.click("#log-out")
    expect(minh.page.locator("#leaving .notice")).to_be_visible()
    minh.open("attend")
    minh.go_online()
    minh.notice_network()
    expect(minh.page.locator("#event-notes .badge.good")).to_have_text("có mặt", timeout=PATIENCE_MS)


def close(an: Page) -> None:
    an.locator("summary", has_text="Khép lại").click()
    an.fill("#minutes", "Ba bài, hỏi đáp mười phút.")
    an.click("#close")
    expect(an.locator("h1 .tag")).to_have_text("đã khép lại")
    expect(an.get_by_text("Ba bài, hỏi đáp")).to_be_visible()
    with an.expect_download() as downloading:
        an.get_by_role("link", name="CSV").click()
    with open(downloading.value.path(), encoding="utf-8-sig") as file:  # noqa: PTH123 - a path of the browser's own
        assert len(file.readlines()) == 3
