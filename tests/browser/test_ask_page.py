"""Asking on the page at a desk: a question that names somebody does not leave the machine, any other is answered; with axe."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.phone import ARGUMENTS, chromium
from tests.browser.readable import is_readable

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_looks_for_personal_data_itself_and_then_answers(
    playwright: Any, site: Any, width: int
) -> None:
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="vi-VN").new_page()
    page.goto(f"{site.url}/account/login/")
    page.fill("input[name=login]", "son")
    page.fill("input[name=password]", site.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    with page.expect_response("**/field/rules.json"):
        page.goto(f"{site.url}/assistant/")
    page.fill("#text", "số căn cước 001185012345 làm khai sinh")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator("#on-device")).to_contain_text("chưa rời khỏi máy")
    assert posted == []
    page.fill("#text", "lam giay khai sinh")
    page.get_by_role("button", name="Hỏi", exact=True).click()
    expect(page.locator("#reply .part")).to_contain_text("Đăng ký khai sinh")
    assert page.evaluate("location.hash") == "#reply"
    is_readable(page)
    browser.close()
