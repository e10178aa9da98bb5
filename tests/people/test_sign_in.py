"""Signing in: the right password, a second factor where the role asks for one, and guessing that leads nowhere."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from tests.cast import PASSWORD

from aoxanh.people import queries
from aoxanh.people.actions import issue_sign_in_key
from aoxanh.people.models import Account

LOGIN = "/account/login/"
OFFICE = "203.0.113.7"


def sign_in(username: str, password: str, ip: str = OFFICE, client: Client | None = None):
    client = client or Client()
    return client.post(LOGIN, {"login": username, "password": password}, REMOTE_ADDR=ip)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_right_password_opens_the_home_page(cast):
    answer = sign_in("lan", PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_account_name_may_be_typed_with_capitals(cast):
    assert sign_in("LAN", PASSWORD).status_code == 302


def test_a_wrong_password_says_so_without_telling_whether_the_account_exists(cast):
    known, unknown = sign_in("lan", "wrong wrong"), sign_in("nobody", "wrong wrong")
    assert "Tên tài khoản hoặc mật khẩu chưa đúng." in known.content.decode()
    assert "Tên tài khoản hoặc mật khẩu chưa đúng." in unknown.content.decode()
    assert known.status_code == unknown.status_code == 200


def test_guesses_from_one_address_lead_nowhere_even_when_the_right_password_is_among_them(cast):
    guesses = [f"guess {number}" for number in range(30)]
    guesses[12:] = [PASSWORD] * 18
    answers = [sign_in("lan", guess) for guess in guesses]
    assert [answer.status_code for answer in answers] == [200] * 30
    assert "15 phút" in answers[-1].content.decode()
    assert UserSession.objects.count() == 0


def test_no_spelling_of_the_name_is_counted_apart(cast):
    for spelling in ("minh", "MINH", "Minh", "mınh", "mInh", " minh ", "miNh", "minH", "MinH", "mINh"):
        assert sign_in(spelling, "wrong wrong").status_code == 200
    assert "15 phút" in sign_in("minh", PASSWORD).content.decode()


def test_guesses_from_many_addresses_lead_nowhere(cast):
    answers = [sign_in("lan", "wrong wrong", ip=f"198.51.100.{number}") for number in range(50)]
    answers += [sign_in("lan", PASSWORD, ip=f"192.0.2.{number}") for number in range(20)]
    assert {answer.status_code for answer in answers} == {200}


def test_the_owner_still_signs_in_where_they_were_before_while_others_guess_elsewhere(cast):
    client = Client()
    sign_in("lan", PASSWORD, client=client)
    client.get("/", REMOTE_ADDR=OFFICE)
    for number in range(55):
        sign_in("lan", "wrong wrong", ip=f"198.51.100.{number}")
    assert sign_in("lan", PASSWORD, ip="192.0.2.1").status_code == 200
    assert sign_in("lan", PASSWORD).status_code == 302


def test_three_hundred_honest_people_behind_one_address_all_get_in_while_somebody_there_guesses(cast):
    hashed = cast.account("lan").password
    Account.objects.bulk_create(
        [Account(username=f"honest{number}", display_name="x", password=hashed) for number in range(300)]
    )
    refused = []
    for number in range(300):
        sign_in("minh", f"guess {number}")
        if sign_in(f"honest{number}", PASSWORD).status_code != 302:
            refused.append(number)
    assert refused == []


def test_sign_up_is_closed(db):
    assert (
        "input" not in Client().get("/account/signup/").content.decode().split("<main")[1].split("</main")[0]
    )
    Client().post("/account/signup/", {"username": "stranger", "password1": PASSWORD, "password2": PASSWORD})
    assert not Account.objects.filter(username="stranger").exists()


@pytest.fixture
def second_factor_required(settings):
    settings.REQUIRE_MFA = True


@pytest.mark.parametrize("name", ["duc", "an", "thu"])
def test_far_reaching_roles_see_nothing_before_a_second_factor_is_set_up(cast, second_factor_required, name):
    client = cast.client(name)
    for url in ("home", "teams", "my_account", "usersessions_list", "account_change_password"):
        answer = client.get(reverse(url))
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert client.get("/api/v1/teams").json()["error"]["code"] == "second_factor_missing"
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "son", "binh"])
def test_roles_of_a_commune_are_not_asked_for_one(cast, second_factor_required, name):
    assert cast.client(name).get(reverse("teams")).status_code == 200


def test_setting_up_an_authenticator_app_opens_the_doors_and_is_asked_for_next_time(
    cast, second_factor_required
):
    client = Client()
    sign_in("duc", PASSWORD, client=client)
    again = client.get(reverse("mfa_activate_totp"))["Location"]
    page = client.post(again, {"password": PASSWORD}, follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_activate_totp")
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    assert client.get(reverse("teams")).status_code == 200
    assert client.get("/api/v1/teams").status_code == 200

    later = Client()
    assert sign_in("duc", PASSWORD, client=later)["Location"] == reverse("mfa_authenticate")
    assert later.get(reverse("teams")).status_code == 302
    assert later.get(reverse("mfa_authenticate")).status_code == 200


def test_a_code_finishes_the_sign_in_and_guessing_codes_does_not(cast):
    account = cast.account("duc")
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    client = Client()
    sign_in("duc", PASSWORD, client=client)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert client.get(reverse("teams")).status_code == 200

    guesser = Client()
    sign_in("duc", PASSWORD, client=guesser)
    wrong = str((int(code_of(secret)) + 1) % 1_000_000).zfill(6)
    for _attempt in range(12):
        guesser.post(reverse("mfa_authenticate"), {"code": wrong})
    guesser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert guesser.get(reverse("teams")).status_code == 302


def test_a_sign_in_link_sets_the_password_once_and_forgives_failures(cast):
    lan = cast.account("lan")
    for _attempt in range(11):
        sign_in("lan", "wrong wrong")
    uid, _dash, token = issue_sign_in_key(account=lan, by=cast.actor("son")).partition("-")
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    client = Client(REMOTE_ADDR=OFFICE)
    form = client.get(link, follow=True)
    assert form.status_code == 200
    new = {"password1": "ruộng bậc thang", "password2": "ruộng bậc thang"}
    assert client.post(form.request["PATH_INFO"], new, follow=True).status_code == 200
    assert sign_in("lan", "ruộng bậc thang").status_code == 302
    assert "Liên kết này không còn dùng được" in Client().get(link).content.decode()


def test_a_common_password_is_refused_when_it_is_set(cast):
    uid, _dash, token = issue_sign_in_key(account=cast.account("lan"), by=cast.actor("son")).partition("-")
    client = Client()
    form = client.get(
        reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}), follow=True
    )
    answer = client.post(form.request["PATH_INFO"], {"password1": "password123", "password2": "password123"})
    assert answer.status_code == 200
    assert "error" in answer.content.decode()


def test_an_inactive_account_cannot_sign_in(cast):
    Account.objects.filter(username="lan").update(is_active=False)
    client = Client()
    sign_in("lan", PASSWORD, client=client)
    assert client.get(reverse("teams")).status_code == 302


def test_signing_in_brings_the_language_the_person_chose(cast):
    Account.objects.filter(username="lan").update(language="en")
    client = Client()
    sign_in("lan", PASSWORD, client=client)
    assert 'lang="en"' in client.get(reverse("teams")).content.decode()


def test_a_session_brings_its_account_and_roles_in_one_query_and_asks_anew_after_that(
    cast, django_assert_num_queries
):
    id_, lan = cast.account("lan").id, cast.actor("lan")
    with django_assert_num_queries(1):
        account = queries.signed_in(id_)
        actor = queries.actor_of(account)
    with django_assert_num_queries(1):
        assert queries.actor_of(account) == actor == lan


def test_a_closed_account_is_signed_out_of_its_session(cast):
    client = cast.client("lan")
    assert client.get("/account/").status_code == 200
    Account.objects.filter(username="lan").update(is_active=False)
    assert client.get("/account/").status_code == 302
