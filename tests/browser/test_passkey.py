"""A passkey in real Chromium, with the browser's own virtual authenticator in place of a fingerprint reader."""

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.phone import ARGUMENTS, SCREEN, chromium
from tests.site import LiveSite

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_coordinator_sets_up_a_passkey_and_signs_in_with_it_alone(
    site: LiveSite, playwright: Playwright
) -> None:
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    try:
        page = browser.new_context(viewport=SCREEN, locale="vi-VN").new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        _sign_in_with_password(page, site)
        page.goto(site.url + "/account/2fa/webauthn/add/")
        page.fill("[name=password]", site.password)
        page.get_by_role("button", name="Xác nhận").click()
        page.get_by_label("Không cần mật khẩu").check()
        page.get_by_role("button", name="Thêm", exact=True).click()
        expect(page.get_by_role("heading", name="Mã khôi phục")).to_be_visible()

        page.goto(site.url + "/account/logout/")
        page.locator("main").get_by_role("button", name="Đăng xuất").click()
        page.goto(site.url + "/account/login/")
        page.get_by_role("button", name="Đăng nhập bằng khóa truy cập (passkey)").click()
        page.wait_for_url(site.url + "/")
        page.goto(site.url + "/account/")
        expect(page.get_by_text("Hoàng Minh Đức")).to_be_visible()
        expect(page.get_by_text("đã bật")).to_be_visible()
    finally:
        browser.close()
        # The site is shared: whoever signs in next as this coordinator has no key at hand.
        site.sql("DELETE FROM mfa_authenticator")


def _sign_in_with_password(page: Page, site: LiveSite) -> None:
    page.goto(site.url + "/account/login/")
    page.fill("[name=login]", "duc")
    page.fill("[name=password]", site.password)
    page.locator("main").get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(site.url + "/")
