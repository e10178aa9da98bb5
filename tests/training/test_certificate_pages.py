"""Certificates on the pages: the paper and the signed file, the public check, the keys and lists that others check with, renewal."""

import gzip
import re
from datetime import date, timedelta
from typing import Any

import jwt
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.people.actors import system
from aoxanh.people.models import Volunteer
from aoxanh.training import actions, certificate_queries, credential_queries
from aoxanh.training.credentials.checking import Refused, read_status_list, verify
from aoxanh.training.credentials.codes import code_of, grouped
from aoxanh.training.errors import NoPaper, UnknownKey
from aoxanh.training.keys import published_keys
from aoxanh.training.models import Certificate, CredentialIndex
from aoxanh.training.paper import paper_of
from tests.cast import LAN_TEAM, volunteer_id
from tests.conftest import Cast

DAY = timedelta(days=1)
SITE = "http://testserver"


@pytest.fixture(autouse=True)
def own_key(tmp_path: Any, settings: Any) -> None:
    settings.CREDENTIAL_KEY = tmp_path / "credential-key"


def a_certificate(name: str = "lan", **more: Any) -> Certificate:
    told = {"group_id": "vneid", "issued_on": clock.today() - 9 * DAY, "source": "Lớp của tỉnh"} | more
    return Certificate.objects.create(volunteer_id=volunteer_id(name), **told)


def token_of(certificate: Certificate) -> str:
    return actions.credential_of(certificate=certificate, site=SITE)


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_key_that_signs_is_for_its_owners_eyes_only(db: None) -> None:
    actions.published_key()
    assert settings.CREDENTIAL_KEY.stat().st_mode & 0o777 == 0o600


def test_the_signed_file_is_checked_with_the_published_keys_and_names_no_more_than_needed(cast: Cast) -> None:
    held = a_certificate(valid_to=clock.today() + DAY)
    token = cast.client("lan").get(f"/certificates/{held.id}/credential.jwt").content.decode()
    keys = jwt.PyJWKSet.from_dict(Client().get("/.well-known/jwks.json").json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    told = jwt.decode(token, key, algorithms=["EdDSA"])
    assert told["credentialSubject"]["identifier"][0]["identityHash"] == "Lan V."
    assert "Vàng" not in str(told)
    assert str(volunteer_id("lan")) not in str(told)
    assert (
        Client().get(jwt.get_unverified_header(token)["kid"].removeprefix(SITE)).json()["kid"] == key.key_id
    )


def test_the_same_certificate_is_signed_the_same_each_time(cast: Cast) -> None:
    held = a_certificate()
    assert token_of(held) == token_of(held)
    assert CredentialIndex.objects.filter(certificate=held).count() == 1


def test_what_no_longer_holds_is_neither_signed_nor_printed(cast: Cast) -> None:
    ended, taken = a_certificate(valid_to=clock.today()), a_certificate(revoked_on=clock.today())
    for certificate in (ended, taken):
        with pytest.raises(NoPaper):
            token_of(certificate)
        assert cast.client("lan").get(f"/certificates/{certificate.id}/paper.pdf").status_code == 409


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, "genuine"),
        ({"valid_to": clock.today() + DAY}, "genuine"),
        ({"valid_to": clock.today()}, "ended"),
        ({"revoked_on": clock.today()}, "revoked"),
    ],
)
def test_the_public_page_says_what_a_code_is_worth_and_shows_no_full_name(
    cast: Cast, more: dict[str, Any], state: str
) -> None:
    code = code_of(a_certificate(**more).id)
    answer = Client().get(f"/c/{code}/")
    assert answer.context["found"].state == state
    page = answer.content.decode()
    assert "Lan V." in page
    assert "Vàng" not in page
    assert "<script" not in page
    assert answer.cookies == {}
    typed = Client().post("/c/", {"text": grouped(code)})
    assert typed.context["found"].state == state


def test_the_page_speaks_both_languages_by_its_address_alone(cast: Cast) -> None:
    code = code_of(a_certificate().id)
    assert "This certificate holds today." in text_of(Client(), f"/c/{code}/?lang=en")
    assert 'lang="vi"' in text_of(Client(), f"/c/{code}/")


@pytest.mark.parametrize("text", ["", " ", "x", "0" * 26, "\u0301" * 9, "a.b.c", "z" * 7000, "../" * 40])
def test_whatever_is_typed_gets_an_answer(db: None, text: str) -> None:
    answer = Client().post("/c/", {"text": text})
    assert answer.status_code in (200, 404)


def test_a_pasted_file_is_checked_and_a_changed_one_says_nothing(cast: Cast) -> None:
    held = a_certificate()
    token = token_of(held)
    wrapped = "\n".join(re.findall(".{1,60}", token))
    assert Client().post("/c/", {"text": wrapped}).context["found"].state == "genuine"
    changed = Client().post("/c/", {"text": token[:-5] + "AAAAA"})
    assert changed.context["found"].state == "forged"
    assert "Lan V." not in changed.content.decode()
    actions.revoke_certificate(certificate=held, by=cast.actor("son"))
    assert Client().post("/c/", {"text": token}).context["found"].state == "revoked"


def test_too_many_checks_from_one_address_wait(db: None) -> None:
    answers = [Client().get("/c/" + "0" * 26 + "/", REMOTE_ADDR="203.0.113.9").status_code for _ in range(61)]
    assert answers[:60] == [404] * 60
    assert answers[60] == 429
    assert Client().get("/c/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_one_taken_back_stands_in_the_public_list_which_works_offline(cast: Cast) -> None:
    kept, taken = a_certificate(), a_certificate("minh")
    tokens = {one.id: token_of(one) for one in (kept, taken)}
    actions.revoke_certificate(certificate=taken, by=cast.actor("son"))
    answer = Client().get("/credentials/status/1")
    assert answer["Cache-Control"] == "public, max-age=300"
    copied, keys = answer.content.decode(), published_keys()
    later = clock.now() + timedelta(hours=20)
    revoked = read_status_list(copied, keys, later)
    assert len(revoked) == 1
    assert verify(tokens[kept.id], keys, later, revoked).id == kept.id
    with pytest.raises(Refused, match="revoked"):
        verify(tokens[taken.id], keys, later, revoked)


def test_a_certificate_of_somebody_forgotten_is_vouched_for_no_longer(cast: Cast) -> None:
    held = a_certificate()
    token, number = token_of(held), CredentialIndex.objects.get().number
    held.delete()
    assert credential_queries.check_token(token).state == "revoked"
    listed = credential_queries.status_list(1, site=SITE, key=actions.published_key())
    assert read_status_list(listed or "", published_keys(), clock.now()) == {number}


def test_the_list_is_small_and_the_same_all_day(cast: Cast) -> None:
    token_of(a_certificate())
    first, second = (Client().get("/credentials/status/1").content for _ in range(2))
    assert first == second
    assert len(gzip.compress(first)) < 2_000


def test_a_new_key_signs_and_what_the_old_one_signed_stays_genuine_until_it_is_withdrawn(cast: Cast) -> None:
    held = a_certificate()
    old, by = token_of(held), system("test")
    first = actions.published_key().thumbprint
    second = actions.rotate_key(by=by)
    assert second != first
    assert token_of(held) != old
    assert credential_queries.check_token(old).state == "genuine"
    with pytest.raises(UnknownKey):
        actions.withdraw_key(thumbprint=second, by=by)
    actions.withdraw_key(thumbprint=first, by=by)
    assert credential_queries.check_token(old).state == "forged"
    assert credential_queries.check_token(token_of(held)).state == "genuine"
    told = AuditEntry.objects.filter(action__startswith="training.key.").values_list("action", flat=True)
    assert sorted(told) == ["training.key.rotated", "training.key.withdrawn"]


def test_the_paper_is_one_page_of_pdf_with_the_full_name(cast: Cast) -> None:
    held = a_certificate(valid_to=clock.today() + 90 * DAY)
    answer = cast.client("lan").get(f"/certificates/{held.id}/paper.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert pages_of(answer.content) == 1


def test_the_longest_name_and_source_still_fit_one_page(cast: Cast) -> None:
    held = a_certificate(
        source="Quyết định của Ban Chỉ đạo chiến dịch thanh niên tình nguyện hè cấp tỉnh " + "x" * 44
    )
    Volunteer.objects.filter(id=volunteer_id("lan")).update(full_name=("Nguyễn Phước Bảo Ưởng " * 4)[:80])
    held = Certificate.objects.select_related("volunteer__home__parent", "group").get(id=held.id)
    for language in ("vi", "en"):
        with translation.override(language):
            assert pages_of(paper_of(held, site="https://" + "a" * 60 + ".example")) == 1


def test_a_name_is_data_and_never_markup(cast: Cast) -> None:
    held = a_certificate(source='#panic("x") $x$ \\ ` * _')
    assert pages_of(paper_of(held, site=SITE)) == 1


def pages_of(pdf: bytes) -> int:
    return max(int(count) for count in re.findall(rb"/Type/Pages/Count (\d+)", pdf))


def test_certificates_that_end_within_thirty_days_are_shown_to_holder_leader_and_secretary(
    cast: Cast,
) -> None:
    end = clock.today() + 30 * DAY
    a_certificate(valid_to=end)
    assert list(cast.client("lan").get("/certificates/").context["soon"]) == [Certificate.objects.get().id]
    assert end.strftime("%d/%m/%Y") in text_of(cast.client("minh"), f"/teams/{LAN_TEAM}/")
    for name in ("minh", "son", "duc"):
        rows = cast.client(name).get("/certificates/ending.csv").content.decode().splitlines()
        assert len(rows) == 2, name
        assert "Vàng Thị Lan" in rows[1]
    assert len(cast.client("binh").get("/certificates/ending.csv").content.decode().splitlines()) == 1


def test_a_renewed_certificate_is_no_longer_about_to_end(cast: Cast) -> None:
    everybody = Volunteer.objects.all()
    a_certificate(valid_to=clock.today() + 31 * DAY)
    assert not certificate_queries.lapsing(everybody)
    ending = a_certificate(valid_to=clock.today() + 5 * DAY, group_id="services")
    assert [one.id for one in certificate_queries.lapsing(everybody)] == [ending.id]
    renewed = a_certificate(valid_to=clock.today() + 300 * DAY, group_id="services", issued_on=clock.today())
    assert not certificate_queries.lapsing(everybody)
    renewed.delete()
    a_certificate(valid_to=None, group_id="services")
    assert not certificate_queries.lapsing(everybody)


def test_the_centre_decides_on_the_page_from_when_a_certificate_is_asked_for(cast: Cast) -> None:
    client, page = cast.client("an"), "/certificates/gates/?place=VN"
    refused = client.post(page, {"group": "ai", "holds_from": "x", "reason": ""})
    assert set(refused.context["form"].errors) == {"holds_from", "reason"}
    assert (
        client.post(page, {"group": "ai", "holds_from": "2026-12-01", "reason": "Đang mở lớp"}).status_code
        == 302
    )
    assert "Đang mở lớp" in text_of(client, page)
    lan = Volunteer.objects.get(id=volunteer_id("lan"))
    assert certificate_queries.may(lan, "ai", date(2026, 11, 30))
    assert not certificate_queries.may(lan, "ai", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("full", "short"),
    [("Vàng Thị Lan", "Lan V."), ("Lê Bình", "Bình L."), ("Mỷ", "Mỷ"), (" Đỗ  Hoài Thu ", "Thu Đ.")],
)
def test_a_short_name_is_the_given_name_with_an_initial(full: str, short: str) -> None:
    assert credential_queries.short_name(full) == short
