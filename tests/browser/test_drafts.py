"""Sơn drafts a loudspeaker script and copies it as he changed it; An switches the model. On a phone and on a laptop."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.phone import ARGUMENTS, chromium
from tests.browser.readable import is_readable
from tests.site import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture(params=[360, 1280])
def open_as(
    request: pytest.FixtureRequest, playwright: Playwright, site: LiveSite
) -> Iterator[Callable[[str], Page]]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)

    def sign_in(name: str) -> Page:
        context = browser.new_context(viewport={"width": request.param, "height": 800}, locale="vi-VN")
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
        opened = context.new_page()
        opened.goto(f"{site.url}/account/login/")
        opened.fill("input[name=login]", name)
        opened.fill("input[name=password]", site.password)
        opened.press("input[name=password]", "Enter")
        opened.wait_for_url(lambda url: "login" not in url)
        return opened

    yield sign_in
    browser.close()


def test_a_script_is_drafted_changed_and_copied(
    open_as: Callable[[str], Page], site: LiveSite, tmp_path: Path
) -> None:
    page = open_as("son")
    page.goto(f"{site.url}/assistant/drafts/")
    is_readable(page)
    page.select_option("select[name=card_1]", "1.001193")
    page.click("form[method=post] button.action")
    text = page.locator("#draft-text")
    expect(text).to_have_value(re.compile("Kính thưa bà con"))
    text.fill("Sáng thứ Bảy mời bà con ra nhà văn hóa.")
    page.click("#draft-copy")
    expect(page.locator("#draft-said")).to_have_text("Đã chép.")
    assert page.evaluate("() => navigator.clipboard.readText()") == "Sáng thứ Bảy mời bà con ra nhà văn hóa."
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#draft-printed")).to_be_visible()
    expect(page.locator("#draft-printed")).to_have_text("Sáng thứ Bảy mời bà con ra nhà văn hóa.")
    expect(text).to_be_hidden()
    page.emulate_media(media="screen")
    page.click("details > summary")
    page.screenshot(path=tmp_path / "draft.png", full_page=True)
    is_readable(page)


def test_the_centre_switches_the_model_off_and_on(
    open_as: Callable[[str], Page], site: LiveSite, tmp_path: Path
) -> None:
    page = open_as("an")
    page.goto(f"{site.url}/assistant/model/")
    for reason in ("Máy chủ bảo trì", "Bảo trì xong"):
        page.fill("input[name=reason]", reason)
        page.click("button[name=to]")
        expect(page.get_by_text(reason).first).to_be_visible()
    page.screenshot(path=tmp_path / "model.png", full_page=True)
    is_readable(page)
