"""Whatever is thrown at the API is refused with a reason in the one error shape; nothing becomes a 500."""

import pytest
from django.test import Client
from tests.desk.record_examples import a_batch, a_record
from tests.fuzz.bodies import digest_of

from aoxanh.kernel.ids import uuid7
from aoxanh.people import actions

SHAPE = {"code", "message", "remedy", "field"}
DEVICE = '"device": "01970000-0000-7000-8000-000000000000"'
BODIES = {
    "not JSON": b"{",
    "not UTF-8": b'{"device": "\xff"}',
    "NUL": b'{%s, "label": "a\\u0000b"}' % DEVICE.encode(),
    "lone surrogate": b'{%s, "label": "\\ud800"}' % DEVICE.encode(),
    "surrogate in a key": b'{%s, "\\udfff": 1}' % DEVICE.encode(),
    "over-deep": b"[" * 50_000,
    "deep": b'{"label": ' + b"[" * 30 + b"]" * 30 + b"}",
    "no number": b'{"device": NaN}',
    "endless number": b'{"device": ' + b"9" * 6000 + b"}",
    "an array": b"[]",
    "null": b"null",
    "text": b'"x"',
    "missing field": b"{}",
    "wrong type": b'{"device": 7}',
    "over-long label": b'{%s, "label": "%s"}' % (DEVICE.encode(), b"x" * 300),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_bad_body_is_400_in_the_one_shape(cast, body):
    answer = cast.client("lan").post("/api/v1/devices", body, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json()["error"]) == SHAPE
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("size", [70_000, 2_000_000])
def test_an_over_long_body_is_413(cast, size):
    answer = cast.client("lan").post(
        "/api/v1/devices", b'"' + b"x" * size + b'"', content_type="application/json"
    )
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/v1/volunteers/%00", 400),
        ("get", "/api/v1/teams?place=%00", 400),
        ("get", "/api/v1/teams?place=99999999", 404),
        ("get", "/api/v1/teams?place=xx", 404),
        ("get", "/api/v1/volunteers?limit=100000", 400),
        ("get", "/api/v1/volunteers?after=7", 400),
        ("get", "/api/v1/volunteers?after=01970000-0000-7000-8000-000000000000", 404),
        ("delete", "/api/v1/teams", 405),
        ("get", "/api/v1/devices/01970000-0000-7000-8000-000000000000/revoke", 405),
    ],
)
def test_a_bad_address_is_refused_in_the_one_shape(cast, method, path, status):
    answer = getattr(cast.client("minh"), method)(path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == SHAPE


def test_a_session_cookie_with_nul_in_it_is_refused(db):
    answer = Client(headers={"cookie": 'sessionid="\\000abcdefghij"'}).get("/api/v1/teams")
    assert answer.status_code == 400
    assert set(answer.json()["error"]) == SHAPE


def test_the_field_names_what_was_wrong(cast):
    answer = cast.client("lan").post("/api/v1/devices", b'{"device": 7}', content_type="application/json")
    assert answer.json()["error"]["field"] == "device"


FORMS = ["multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded"]


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_is_refused_where_json_is_wanted(cast, kind):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.account("lan"))
    for client in (cast.client("lan"), strict):
        answer = client.generic("POST", "/api/v1/devices", b"--x\r\n\r\n--x--", kind)
        assert answer.status_code in (400, 401, 403)
        assert set(answer.json()["error"]) == SHAPE


@pytest.mark.parametrize("kind", FORMS)
def test_a_batch_under_a_form_s_name_is_read_as_what_it_is(cast, kind):
    token = actions.enrol_device(
        account=cast.account("lan"), device_id=uuid7(), label="", by=cast.actor("lan")
    )
    body = a_batch(a_record())
    headers = {"authorization": f"Bearer {token}", "content-digest": digest_of(body)}
    answer = Client().generic("POST", "/api/v1/sync", body, kind, headers=headers)
    assert answer.json()["results"][0]["status"] == "accepted"


@pytest.mark.parametrize("day", ["0", "1763900000", "2025-11-20T00:00:00Z", "20251120", "٢٠٢٥-11-20"])
@pytest.mark.parametrize("address", ["sessions?to={}", "sessions?from={}", "places?q=lung+cu&on={}"])
def test_a_day_is_written_out_or_refused(cast, address, day):
    assert cast.client("lan").get(f"/api/v1/{address.format(day)}").status_code == 400


def test_what_is_typed_into_an_address_is_not_logged(cast, caplog):
    for address in ("/places/0912 345 678/", "/api/v1/volunteers/001203001234", "/nothing/mai@example.vn"):
        cast.client("lan").get(address)
        cast.client("lan").post(address)
    lines = " ".join(str(record.__dict__) for record in caplog.records)
    assert caplog.records
    assert not any(typed in lines for typed in ("0912", "345 678", "001203001234", "mai@", "example.vn"))


@pytest.mark.parametrize("path", ["/api/v1/sync", "/assistant/"])
def test_a_form_without_a_boundary_for_a_host_that_is_none_is_refused(cast, path):
    # Django's own page for a bad request reads the form once more, and breaks on it.
    client = cast.client("lan")
    client.raise_request_exception = False
    response = client.generic(
        "POST", path, b"a=b", content_type="multipart/form-data", headers={"Host": "$(id)"}
    )
    assert response.status_code == 400
