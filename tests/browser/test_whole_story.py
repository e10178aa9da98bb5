"""The whole story: a volunteer in a border commune, offline, helps three citizens; the national board moves when she is back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.office import sign_in_to_pages
from tests.browser.phone import ARGUMENTS, PATIENCE_MS, Phone, chromium
from tests.cast import BA_DINH, LAN_TEAM, LUNG_CU
from tests.site import LiveSite

pytestmark = pytest.mark.browser


def total(page: Page) -> int:
    """Return the number of sessions of help that the open board shows."""
    shown = page.locator("[data-figure=sessions] .value").first.inner_text()
    return int(re.sub(r"\D", "", shown) or 0)


def test_three_citizens_helped_offline_reach_every_board_once(
    new_phone: Callable[..., Phone], live_site: LiveSite
) -> None:
    phone = new_phone(live_site.url)
    phone.sign_in("lan", live_site.password)
    office = phone.playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    boards = {name: office.new_context().new_page() for name in ("an", "duc", "ha")}
    for name, page in boards.items():
        sign_in_to_pages(page, live_site, name)
    boards["an"].goto(f"{live_site.url}/board/VN")
    before = total(boards["an"])

    phone.go_offline()
    codes = [phone.record(), phone.record("come_back"), phone.record("guided", code="2.000815")]
    phone.expect_waiting(3)
    phone.kill()
    phone.start_again(offline=True)
    phone.open()
    phone.expect_waiting(3)

    phone.go_online()
    phone.expect_all_sent()
    rows = live_site.sql(
        "SELECT return_code, commune_code, team_id FROM desk_supportsession WHERE device_id = %s",
        phone.device(),
    )
    assert sorted(rows) == sorted((code, LUNG_CU, LAN_TEAM) for code in codes)
    expect(boards["an"].locator("[data-figure=sessions] .value").first).to_have_text(
        str(before + 3), timeout=PATIENCE_MS
    )
    for name, place in (("duc", "08"), ("ha", LUNG_CU)):
        boards[name].goto(f"{live_site.url}/board/{place}")
        assert total(boards[name]) == 3
    assert boards["ha"].goto(f"{live_site.url}/board/{BA_DINH}").status == 404  # type: ignore[union-attr]
    office.close()
