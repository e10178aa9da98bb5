"""Pages about people and the account refuse whatever is thrown at them; none answers 500, none looks unstyled."""

from contextlib import suppress
from itertools import product

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from tests.cast import LAN_TEAM, LUNG_CU, PASSWORD, account_id, volunteer_id

from aoxanh.people import queries
from aoxanh.people.models import Account, Volunteer

NAMES = ("anonymous", "lan", "son", "an")
TEXTS = (
    "",
    "x" * 5000,
    "\x00",
    "\ud800",
    "<script>",
    "'\"--",
    "９９９",
    "-1",
    "1e999",
    "٣",
    "\u202e",
    "😀" * 40,
    "n\u0303" * 60,
)
FIELDS = {
    "login": "username password login remember next",
    "volunteer_new": "full_name home username adult_on technology communication availability language_0 tongue_0",
    "volunteer_edit": "full_name home adult_on technology availability language_2 tongue_2",
    "team_new": "name kind",
    "roles": "username display_name role",
    "member_add": "volunteer position",
    "account_give": "username",
}


def pages_of_allauth() -> list[str]:
    """Return the addresses of allauth's pages that need nothing in the address."""
    found = set()
    for pattern in _walk(get_resolver().url_patterns):
        if pattern.name and pattern.name.startswith(("account_", "mfa_", "usersessions_", "socialaccount_")):
            with suppress(NoReverseMatch):
                found.add(reverse(pattern.name))
    return sorted(found)


def _walk(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)
        else:
            yield pattern


def as_person(name: str) -> Client:
    client = Client(raise_request_exception=False)
    if name != "anonymous":
        client.force_login(Account.objects.get(id=account_id(name)))
    return client


def assert_whole(answer) -> None:
    assert answer.status_code < 500
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        assert 'class="brand"' in page
        assert "web/people.css" in page


@pytest.mark.parametrize("url", pages_of_allauth())
def test_a_page_of_the_account_is_whole_and_in_the_house_look(cast, url):
    for name, method in product(NAMES, ("get", "post")):
        assert_whole(getattr(as_person(name), method)(url))


def test_the_pages_of_a_second_factor_are_whole_once_there_is_one(cast):
    account = cast.account("duc")
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    client = Client()
    client.force_login(account)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for url in pages_of_allauth():
        if url != reverse("account_logout"):
            assert_whole(client.get(url))
    key = Authenticator.objects.create(
        user=account, type="webauthn", data={"name": "Khóa USB", "credential": {}}
    )
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert_whole(client.get(reverse(name, args=[key.pk])))
    assert "Khóa USB" in client.get(reverse("mfa_list_webauthn")).content.decode()
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 200


@pytest.mark.parametrize("url_name", FIELDS)
def test_no_text_in_any_field_breaks_a_form(cast, url_name):
    arguments = {
        "volunteer_edit": [volunteer_id("lan")],
        "member_add": [LAN_TEAM],
        "account_give": [volunteer_id("lan")],
    }
    url = (
        "/account/login/"
        if url_name == "login"
        else reverse(url_name, args=arguments.get(url_name, [])) + f"?place={LUNG_CU}"
    )
    client = as_person("anonymous" if url_name == "login" else "son")
    for words in TEXTS:
        form = dict.fromkeys(FIELDS[url_name].split(), words.encode(errors="surrogatepass"))
        with transaction.atomic():
            assert client.post(url, form).status_code < 500, (url_name, words[:20])
            transaction.set_rollback(True)


@pytest.mark.parametrize("words", [*TEXTS, "VN", "99", "%00", "%ff", "%ed%a0%80"])
@pytest.mark.parametrize(
    "path",
    [
        "/teams/?place=",
        "/roles/?place=",
        "/volunteers/new/?place=",
        "/account/login/?next=",
        "/teams/",
        "/account/2fa/webauthn/keys/9" + "9" * 30 + "/edit/?x=",
    ],
)
def test_no_address_breaks_a_page(cast, path, words):
    client = as_person("son")
    assert client.get(path + words.encode(errors="replace").decode()).status_code < 500


def test_a_redirect_after_signing_in_stays_on_the_site(cast):
    answer = Client().post(
        "/account/login/?next=https://evil.example/",
        {"login": "lan", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert answer["Location"] == "/"


def test_a_page_that_fails_takes_everything_back(cast, monkeypatch):
    def fail(*_args):
        Volunteer.objects.filter(id=volunteer_id("lan")).update(full_name="half done")
        raise RuntimeError

    client = as_person("son")
    monkeypatch.setattr(queries, "teams_visible_to", fail)
    assert client.get(reverse("teams")).status_code == 500
    assert Volunteer.objects.get(id=volunteer_id("lan")).full_name == "Vàng Thị Lan"
