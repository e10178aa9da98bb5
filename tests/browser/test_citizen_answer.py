"""A session saved without a network, its code on the phone, citizens who answer before and after the sync, a share that moves."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from aoxanh.desk import answer_tokens
from aoxanh.desk.answer_tokens import Token
from tests.browser.office import sign_in_to_pages
from tests.browser.phone import ARGUMENTS, PATIENCE_MS, Phone, chromium
from tests.browser.test_badge import HAS_LATER, citizen
from tests.cast import LUNG_CU
from tests.site import LiveSite

pytestmark = pytest.mark.browser
TOKENS = [
    Token("00000", date(1970, 1, 1), UUID(int=0), "AAAAAA"),
    Token("99999", date(2149, 6, 5), UUID(int=2**128 - 1), "999999"),
    *(
        Token(f"{707 * n:05}", date(2026, 1, 1) + timedelta(days=31 * n), UUID(int=(3**77 * n) % 2**128), code)
        for n, code in enumerate(("ABC234", "ZZZZZZ", "Q7K2MN", "9A9A9A", "HJKLMN"), start=1)
    ),
]  # fmt: skip


@pytest.fixture
def town(new_phone: Callable[..., Phone], live_site: LiveSite) -> Iterator[Browser]:
    """Everybody else's browser; each person gets a context of their own."""
    browser = new_phone(live_site.url).playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


def shown_code(phone: Phone) -> str:
    """Return the address behind the code on the screen."""
    svg = phone.page.locator("#answer-code svg")
    expect(svg).to_be_visible()
    return str(svg.get_attribute("data-address"))


def answer(town: Browser, address: str, choice: str = "done") -> None:
    page = citizen(town)
    page.goto(address)
    page.click(f"button[value={choice}]")
    expect(page.get_by_role("heading", name="Cảm ơn")).to_be_visible()


def share(board: Page) -> str:
    return board.locator("[data-figure=sessions]").first.inner_text()


def test_a_citizen_answers_by_the_phones_code_before_and_after_the_session_is_sent(
    new_phone: Callable[..., Phone], town: Browser, live_site: LiveSite
) -> None:
    phone = new_phone(live_site.url)
    phone.sign_in("lan", live_site.password)
    phone.wait_for(HAS_LATER)
    board = town.new_context(locale="vi-VN").new_page()
    sign_in_to_pages(board, live_site, "ha")

    phone.go_offline()
    first = phone.record()
    phone.page.click("#answer")
    early = shown_code(phone)
    token = answer_tokens.read(early.rsplit("/", 1)[1])
    assert token is not None
    assert (token.commune, token.code) == (LUNG_CU, first)
    assert early.startswith(f"{live_site.url}/c/")
    expect(phone.page.locator("#answer-here")).to_have_attribute("href", f"{early}/phone")
    assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    phone.record("come_back")
    phone.open("work")
    phone.page.locator(".rows a").first.click()
    phone.page.click("#answer")
    late = shown_code(phone)
    assert late != early

    answer(town, early)
    phone.go_online()
    phone.expect_all_sent()
    live_site.wait_for_rollup()
    board.goto(f"{live_site.url}/board/{LUNG_CU}")
    assert "45%" in share(board), share(board)

    answer(town, late, "not_yet")
    expect(board.locator("[data-figure=sessions]").first).to_contain_text("90%", timeout=PATIENCE_MS)
    assert live_site.sql("SELECT count(*) FROM desk_confirmation") == [(2,)]


def test_the_phone_spells_tokens_as_the_server_reads_them(phone: Phone) -> None:
    records = [
        {"commune": one.commune, "day": one.day.isoformat(), "root": str(one.id), "return_code": one.code}
        for one in TOKENS
    ]
    spelt = phone.page.evaluate(
        """async (records) => {
          const { token } = await import("/static/field/later/answer/token.js");
          return records.map(token);
        }""",
        records,
    )
    assert spelt == [answer_tokens.spell(one) for one in TOKENS]
    assert [answer_tokens.read(text) for text in spelt] == TOKENS
