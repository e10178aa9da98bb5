"""Bodies that once broke the sync door, or that no phone would send: each refused or taken by name, whatever the storm's seed."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.desk.record_examples import a_record
from tests.fuzz.bodies import digest_of

from aoxanh.desk.models import SupportSession
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import actions
from aoxanh.people.models import Device


@pytest.fixture
def phone(cast: Cast) -> Client:
    """Lan's phone, with its token."""
    lan = cast.account("lan")
    token = actions.enrol_device(account=lan, device_id=uuid7(), label="Chrome Android", by=cast.actor("lan"))
    return Client(raise_request_exception=False, headers={"authorization": f"Bearer {token}"})


def sync(phone: Client, body: bytes, digest: str = "") -> Any:
    headers = {"content-digest": digest or digest_of(body)}
    return phone.post("/api/v1/sync", body, content_type="application/json", headers=headers)


def envelope(**changes: Any) -> bytes:
    batch = {"sent_at": 1_763_900_000_000, "pending": 0, "app": "0.1.0", "records": [a_record()]}
    return json.dumps(batch | changes).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"\xff", b"[" * 400_000, b'{"sent_at":1,"records":[' + b"[" * 9000 + b"]" * 9000 + b"]}",
        b'{"sent_at":1e400,"records":[]}', b'{"sent_at":' + b"9" * 6000 + b',"records":[]}', b'{"sent_at":1,"records":[1,"\\ud800"]}',
        b'{"sent_at":1,"records":[{"id":"\\u0000"}],"app":"\\u0000"}', b'{"sent_at":1,"sent_at":2,"records":[]}',
    ],
)  # fmt: skip
def test_no_body_breaks_the_sync(phone: Client, body: bytes) -> None:
    assert sync(phone, body).status_code in (200, 400)


def test_a_body_of_a_megabyte_is_413_and_half_of_it_is_too(phone: Client) -> None:
    for size in (530_000, 1_100_000):
        assert sync(phone, b'{"sent_at":1,"records":[],"app":"' + b"x" * size + b'"}').status_code == 413


@pytest.mark.parametrize("digest", ["sha-256=:é:", "sha-256", "sha-512=:AAAA:", ":", "=" * 400])
def test_a_digest_that_is_none_is_400(phone: Client, digest: str) -> None:
    answer = sync(phone, envelope(), digest)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "damaged_body")


@pytest.mark.parametrize(
    "app", ["a\x00b", "001203001234", "0912 345 678", "0912.345.678", "mai@example.vn", "Bà Mai"]
)
def test_what_is_no_version_is_not_kept_and_holds_up_nothing(phone: Client, app: str) -> None:
    answer = sync(phone, envelope(app=app))
    assert (answer.status_code, answer.json()["results"][0]["status"]) == (200, "accepted")
    assert Device.objects.exclude(app_version="").count() == 0


@pytest.mark.parametrize("half", ["\ud83d", "a\ude00\ud83d", "\\\ud800"])
def test_half_a_character_in_one_record_does_not_hold_up_the_others(phone: Client, half: str) -> None:
    good = a_record(note="ổn 😀 \\ud83d")
    records = [a_record(note=half), good, a_record(reason=half), {half: 1}, half]
    results = sync(phone, envelope(records=records)).json()["results"]
    assert [result["status"] for result in results] == ["rejected", "accepted", *["rejected"] * 3]
    assert [result["id"] for result in results[:2]] == [records[0]["id"], good["id"]]
    with whole_nation():
        assert SupportSession.objects.get().note == good["note"]
