"""A person at a desk: signed in on an office page of a width."""

from playwright.sync_api import Browser, Page

from tests.browser.phone import PATIENCE_MS
from tests.site import LiveSite


def sign_in_to_pages(page: Page, site: LiveSite, name: str) -> None:
    answer = page.goto(f"{site.url}/account/login/")
    assert answer is not None
    assert answer.ok, f"{answer.status}: {page.content()} {site.log()}"
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", site.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)


def page_of(office: Browser, site: LiveSite, name: str, width: int) -> Page:
    """Return a page of a context of its own, signed in as one of the cast."""
    page = office.new_context(viewport={"width": width, "height": 800}, locale="vi-VN").new_page()
    page.set_default_timeout(PATIENCE_MS)
    sign_in_to_pages(page, site, name)
    return page
