"""Fixtures of the browser tests: one live site for all of them, and as many phones and roads as a test wants."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.office import page_of
from tests.browser.phone import ARGUMENTS, PATIENCE_MS, Phone, chromium
from tests.browser.road import Road
from tests.site import LiveSite


@pytest.fixture(scope="session")
def site() -> Iterator[LiveSite]:
    """A live site with the cast; every test brings its own phone, so the tests do not meet."""
    with LiveSite.open() as live:
        yield live


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture
def new_phone(playwright: Playwright, site: LiveSite, tmp_path: Path) -> Iterator[Callable[..., Phone]]:
    """Return what makes phones; given a road's address, one whose messages pass over it."""
    phones: list[Phone] = []

    def make(url: str = site.url) -> Phone:
        phone = Phone(playwright, tmp_path / f"profile-{len(phones)}", url)
        phones.append(phone)
        return phone

    yield make
    for phone in phones:
        phone.kill()


@pytest.fixture
def phone(new_phone: Callable[..., Phone], site: LiveSite) -> Phone:
    """Lan's phone, enrolled and ready to live without a network."""
    made = new_phone()
    made.sign_in("lan", site.password)
    return made


@pytest.fixture
def road(site: LiveSite) -> Iterator[Road]:
    with Road(site.port).open() as opened:
        yield opened


@pytest.fixture
def phone_on_road(new_phone: Callable[..., Phone], site: LiveSite, road: Road) -> Phone:
    """Lan's phone, enrolled, behind a road that can be broken."""
    made = new_phone(road.url)
    made.sign_in("lan", site.password)
    return made


@pytest.fixture
def stored(site: LiveSite) -> Callable[[str], list[str]]:
    """Return the return codes that the server holds of a device, first revisions only, sorted."""

    def codes(device: str) -> list[str]:
        rows = site.sql(
            "SELECT return_code FROM desk_supportsession WHERE device_id = %s AND revision = 0", device
        )
        return sorted(row[0] for row in rows)

    return codes


@pytest.fixture
def office(playwright: Playwright) -> Iterator[Browser]:
    """A browser for the pages; every person gets a context of their own."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def open_for(office: Browser, site: LiveSite) -> Callable[[str, int], Page]:
    """Return what signs somebody in on an office screen of a width."""
    return lambda name, width: page_of(office, site, name, width)
