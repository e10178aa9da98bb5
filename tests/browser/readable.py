"""What every page must be: no wider than its screen, and without a flaw that axe finds in it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page, each with the element it is about."""
    page.wait_for_load_state()
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def is_readable(page: Page) -> None:
    """Fail unless the page, once it is there, fits its screen and axe finds nothing wrong with it.

    A click returns when the next page is on its way: wait for something of that page before asking this of it.
    """
    page.wait_for_load_state()
    assert page.evaluate(TOO_WIDE) <= 0, f"{page.url} is wider than the screen"
    assert violations(page) == [], page.url
