"""Whatever is thrown at the API is refused with a reason in the one error shape; nothing becomes a 500."""

import pytest
from django.test import Client

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
