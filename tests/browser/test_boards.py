"""The boards in a real browser: fresh by themselves, quiet when nobody looks, copied whole, and readable by everybody."""

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from aoxanh.oversight.measures import COLUMNS
from tests.browser.phone import ARGUMENTS, chromium
from tests.browser.readable import is_readable
from tests.cast import LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.site import LiveSite

pytestmark = pytest.mark.browser

FRESH_MS = 5_000
PAGES = {
    "an": ["/", "/board/VN/", "/board/VN/?period=custom&from=31/02/2026"],
    "duc": [f"/board/{TUYEN_QUANG}/?sort=name&order=asc"],
    "ha": ["/", f"/board/{LUNG_CU}/"],
    "lan": ["/", f"/board/{LUNG_CU}/team/{LAN_TEAM}/", "/nothing/here/"],
    None: ["/"],
}


def work(site: LiveSite, sessions: int) -> None:
    """Write a team's figures of today, as the rollup would, for a team that nobody else uses."""
    site.sql(
        "INSERT INTO desk_dailyfigure (commune_code, day, team_id, computed_at, sessions, group_cu_tru, mode_home, outcome_guided,"
        f" obstacle_none, {', '.join(column for column in COLUMNS if column not in USED)})"
        " VALUES (%s, (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, %s, clock_timestamp(), %s, %s, %s, %s, %s"
        + ", 0" * (len(COLUMNS) - len(USED))
        + ")",
        LUNG_CU,
        uuid4(),
        *[sessions] * 5,
    )
    columns = ", ".join(COLUMNS)
    site.sql(
        f"INSERT INTO oversight_provinceday (province_code, day, computed_at, {columns})"
        f" SELECT '08', day, clock_timestamp(), {', '.join(f'sum({column})' for column in COLUMNS)} FROM desk_dailyfigure"
        " WHERE commune_code IN (SELECT code FROM places_place WHERE parent_id = '08') GROUP BY day"
        " ON CONFLICT (province_code, day) DO UPDATE SET (computed_at, sessions, group_cu_tru, mode_home, outcome_guided, obstacle_none)"
        " = (excluded.computed_at, excluded.sessions, excluded.group_cu_tru, excluded.mode_home, excluded.outcome_guided, excluded.obstacle_none)"
    )


USED = ("sessions", "group_cu_tru", "mode_home", "outcome_guided", "obstacle_none")


@pytest.fixture(scope="module")
def office(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def sign_in(office: Browser, site: LiveSite) -> Iterator[Callable[..., Page]]:
    """Return what opens a page signed in as one of the cast, and fails the test on any error in its console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_as(name: str | None, **options: object) -> Page:
        context = office.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "vi-VN", **options}
        )  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
        )
        if name:
            page.goto(f"{site.url}/account/login/")
            page.fill("input[name=login]", name)
            page.fill("input[name=password]", site.password)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "login" not in url)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []


def sessions_on(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("[data-figure=sessions] .value").inner_text()))


def test_a_new_figure_shows_by_itself_within_five_seconds(
    sign_in: Callable[..., Page], site: LiveSite
) -> None:
    pages = {
        address: sign_in("an") for address in ("/board/VN/", f"/board/{TUYEN_QUANG}/", f"/board/{LUNG_CU}/")
    }
    for address, page in pages.items():
        page.goto(site.url + address)
    before = {address: sessions_on(page) for address, page in pages.items()}
    work(site, 7)
    for address, page in pages.items():
        expect(page.locator("[data-figure=sessions] .value")).to_have_text(
            str(before[address] + 7), timeout=FRESH_MS
        )


def test_what_a_reader_opened_stays_open_when_figures_arrive(
    sign_in: Callable[..., Page], site: LiveSite
) -> None:
    page = sign_in("an")
    page.goto(f"{site.url}/board/VN/")
    page.click("[data-figure=sessions] summary")
    before = sessions_on(page)
    work(site, 2)
    expect(page.locator("[data-figure=sessions] .value")).to_have_text(str(before + 2), timeout=FRESH_MS)
    expect(page.locator("[data-figure=sessions] details p")).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_hidden_page_asks_for_nothing(sign_in: Callable[..., Page], site: LiveSite) -> None:
    page = sign_in("an")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "seen=" in request.url else None)
    page.goto(f"{site.url}/board/VN/")
    page.wait_for_timeout(4_000)
    assert asked
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })"
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(500)
    asked.clear()
    page.wait_for_timeout(7_000)
    assert asked == []
    expect(page.locator("#live-state")).to_contain_text("Tạm dừng")


def test_a_lost_connection_is_said_and_recovered_from(sign_in: Callable[..., Page], site: LiveSite) -> None:
    page = sign_in("an")
    page.goto(f"{site.url}/board/VN/")
    page.context.set_offline(True)
    expect(page.locator("#live-state")).to_contain_text("Mất kết nối", timeout=10_000)
    page.context.set_offline(False)
    expect(page.locator("#live-state")).to_contain_text("Đang theo dõi", timeout=10_000)


def test_a_board_left_open_after_signing_out_leads_to_the_sign_in(
    sign_in: Callable[..., Page], site: LiveSite
) -> None:
    page = sign_in("an")
    page.goto(f"{site.url}/board/VN/")
    page.context.clear_cookies()
    page.wait_for_url(lambda url: "/account/login/" in url, timeout=10_000)


def test_the_table_and_the_message_reach_the_clipboard(sign_in: Callable[..., Page], site: LiveSite) -> None:
    work(site, 1200)
    page = sign_in("an", permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site.url}/board/VN/")
    page.click("text=Sao chép bảng")
    expect(page.locator("text=Đã chép")).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").rstrip().split("\n")
    assert len(lines) == 36
    assert all(line.count("\t") == lines[0].count("\t") for line in lines)
    page.click("text=Sao chép để gửi Zalo")
    page.wait_for_function(
        "navigator.clipboard.readText().then((text) => text.startsWith('TOÀN CẢNH CẢ NƯỚC'))"
    )


def test_a_place_on_the_map_leads_to_its_board(sign_in: Callable[..., Page], site: LiveSite) -> None:
    page = sign_in("an")
    page.goto(f"{site.url}/board/VN/")
    page.locator(f'.map a[href^="/board/{TUYEN_QUANG}/"] path').first.click()
    expect(page.locator("h1")).to_have_text("Tỉnh Tuyên Quang")


def test_the_board_works_without_javascript(sign_in: Callable[..., Page], site: LiveSite) -> None:
    page = sign_in("an", java_script_enabled=False)
    page.goto(f"{site.url}/board/VN/")
    page.select_option("#period", "custom")
    page.fill("#from", "1/7/2025")
    page.fill("#to", "31/7/2025")
    page.click("main form button")
    expect(page.locator(".as-of")).to_contain_text("01/07/2025 – 31/07/2025")
    expect(page.locator("text=Sao chép bảng")).to_be_hidden()
    page.click("text=Chép tay")
    expect(page.locator("#table-text")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("who", PAGES)
def test_pages_fit_the_screen_and_meet_wcag_aa(
    sign_in: Callable[..., Page], site: LiveSite, who: str | None, width: int
) -> None:
    page = sign_in(who)
    page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES[who]:
        page.goto(site.url + address)
        is_readable(page)


def test_an_officers_page_carries_little_script(sign_in: Callable[..., Page], site: LiveSite) -> None:
    page = sign_in("an")
    page.goto(f"{site.url}/board/VN/")
    page.wait_for_load_state("networkidle")
    weighed = page.evaluate(
        "performance.getEntriesByType('resource').filter((entry) => entry.initiatorType === 'script').map((entry) => entry.encodedBodySize)"
    )
    assert weighed
    assert sum(weighed) <= 25_000
