"""A citizen complains by three taps, the secretary answers on a phone, the citizen reads it; an official meets a wrong code."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.phone import ARGUMENTS, PATIENCE_MS, chromium
from tests.browser.test_badge import citizen
from tests.cast import LAN_TEAM
from tests.site import LiveSite

pytestmark = pytest.mark.browser
NARROW = 360
ANSWER = "Đội đã xin lỗi bà con và thêm người trực buổi sáng."


@pytest.fixture
def town(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_complaint_of_three_taps_is_answered_to_the_address_the_citizen_kept(
    town: Browser, site: LiveSite, open_for: Callable[[str, int], Page]
) -> None:
    mai = citizen(town)
    mai.set_default_timeout(PATIENCE_MS)
    mai.goto(f"{site.url}/y/{LAN_TEAM}")
    assert fits(mai)
    for value in ("no", "badly", "long"):
        mai.locator(f".tap:has(input[value={value}])").click()
    mai.get_by_label("Tôi muốn được trả lời").check()
    mai.get_by_role("button", name="Gửi góp ý").click()
    expect(mai.get_by_role("heading", name="Bà con sẽ được trả lời chậm nhất ngày")).to_be_visible()
    assert fits(mai)

    son = open_for("son", NARROW)
    son.goto(f"{site.url}/feedback/")
    expect(son.get_by_text("Bạn là người phải trả lời.").first).to_be_visible()
    assert fits(son)
    son.locator("textarea[name=answer]").first.fill(ANSWER)
    son.get_by_role("button", name="Trả lời và đóng").first.click()
    expect(son.get_by_text(ANSWER).first).to_be_visible()

    mai.reload()
    expect(mai.get_by_text(ANSWER)).to_be_visible()


def test_an_official_who_mistypes_a_code_is_told_and_keeps_what_was_chosen(
    site: LiveSite, open_for: Callable[[str, int], Page]
) -> None:
    ha = open_for("ha", NARROW)
    ha.goto(f"{site.url}/codes/")
    assert fits(ha)
    ha.fill("#answer-code", "ZZZ-999")
    ha.get_by_label("Phiếu giấy").check()
    ha.get_by_label("Tôi đã được giúp: xong việc").check()
    ha.get_by_role("button", name="Nhập câu trả lời").click()
    expect(ha.get_by_role("alert")).to_be_visible()
    expect(ha.get_by_label("Phiếu giấy")).to_be_checked()
    assert ha.input_value("#answer-code") == "ZZZ-999"
    assert fits(ha)
