"""Lan reads a module on a narrow phone and Hà on a laptop: everything fits, can be read, and leads on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from aoxanh.training import courses
from tests.browser.phone import ARGUMENTS, chromium
from tests.browser.readable import is_readable
from tests.site import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture(params=[("lan", 360), ("ha", 1280)], ids=["phone", "laptop"])
def page(request: pytest.FixtureRequest, playwright: Playwright, site: LiveSite) -> Iterator[Page]:
    yield from signed_in(playwright, site, *request.param)


@pytest.fixture(params=[360, 1280])
def centre(request: pytest.FixtureRequest, playwright: Playwright, site: LiveSite) -> Iterator[Page]:
    yield from signed_in(playwright, site, "an", request.param)


def signed_in(playwright: Playwright, site: LiveSite, name: str, width: int) -> Iterator[Page]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    opened = browser.new_context(viewport={"width": width, "height": 800}, locale="vi-VN").new_page()
    opened.goto(f"{site.url}/account/login/")
    opened.fill("input[name=login]", name)
    opened.fill("input[name=password]", site.password)
    opened.press("input[name=password]", "Enter")
    opened.wait_for_url(lambda url: "login" not in url)
    yield opened
    browser.close()


def test_a_course_is_read_from_the_list_to_its_second_module(page: Page, site: LiveSite) -> None:
    first, second = courses.courses()[1].modules[:2]
    page.goto(f"{site.url}/learn/")
    _look(page)
    page.get_by_role("link", name=first.title.vi).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title.vi)
    _look(page)
    page.locator("a[rel=next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(second.title.vi)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(second.title.en)
    _look(page)


def test_the_centre_looks_at_the_questions_of_each_course(centre: Page, site: LiveSite) -> None:
    centre.goto(f"{site.url}/learn/")
    centre.get_by_role("link", name="Chất lượng câu hỏi").click()
    expect(centre.get_by_role("heading", level=1)).to_have_text("Câu hỏi")
    _look(centre)
    course = courses.courses()[1]
    centre.get_by_role("link", name=course.title.vi).click()
    item = courses.bank(course.code)[0]
    centre.get_by_text(item.ask.vi).click()
    expect(centre.get_by_text(item.why.vi)).to_be_visible()
    _look(centre)


def _look(page: Page) -> None:
    is_readable(page)
    if folder := os.environ.get("AOXANH_SCREENSHOTS"):
        width, name = (
            page.evaluate("innerWidth"),
            page.url.partition("/learn/")[2].strip("/").replace("/", "-"),
        )
        page.screenshot(path=Path(folder) / f"learn-{name}-{width}.png")
