"""Signing in through an OpenID Connect issuer, on a live site that is configured with one."""

import secrets

import requests
from tests.database import clone
from tests.people.issuer import running_issuer
from tests.site import LiveSite, free_port

DOOR = "/account/oidc/oidc/login/"


class Browser:
    """A browser without scripts: keeps cookies, follows redirects, sends the CSRF token along."""

    def __init__(self, site: LiveSite) -> None:
        self.site = site
        self.session = requests.Session()

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.site.url + path, timeout=20)

    def post(self, path: str, **form: str) -> requests.Response:
        self.get("/account/login/")
        form["csrfmiddlewaretoken"] = self.session.cookies["csrftoken"]
        return self.session.post(self.site.url + path, data=form, timeout=20)

    def is_signed_in_as(self, name: str) -> bool:
        return f"<dd>{name}</dd>" in self.get("/account/").text


def test_an_identity_opens_the_account_it_was_connected_to_and_no_other() -> None:
    with running_issuer() as issuer:
        site = LiveSite(clone(f"aoxanh_oidc_{secrets.token_hex(4)}"), free_port())
        site.environment |= {
            "AOXANH_OIDC_ISSUER": issuer.url,
            "AOXANH_OIDC_CLIENT_ID": "x",
            "AOXANH_OIDC_NAME": "Cổng của tỉnh",
        }
        try:
            site.start()
            page = Browser(site).get("/account/login/")
            assert "Cổng của tỉnh" in page.text
            assert f"form-action 'self' {issuer.url}" in page.headers["Content-Security-Policy"]

            issuer.subject = "lan-at-the-issuer"
            lan = Browser(site)
            lan.post("/account/login/", login="lan", password=site.password)
            lan.post(DOOR + "?process=connect")
            assert site.sql("SELECT uid FROM socialaccount_socialaccount") == [("lan-at-the-issuer",)]

            later = Browser(site)
            later.post(DOOR)
            assert later.is_signed_in_as("Vàng Thị Lan")

            # An unknown identity, even with the e-mail address of somebody here, is nobody.
            site.sql("UPDATE people_account SET email = 'an@example.vn' WHERE username = 'an'")
            issuer.subject = "stranger"
            stranger = Browser(site)
            assert "Không có phần tự đăng ký" in stranger.post(DOOR).text
            assert "Đăng nhập</h1>" in stranger.get("/account/").text
            assert site.sql("SELECT count(*) FROM people_account") == [(8,)]
        finally:
            site.stop()
            site.database.drop()
