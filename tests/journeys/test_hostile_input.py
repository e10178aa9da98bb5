"""A bounded storm of hostile input over every operation of the API and every page, as a member of each role: never a 500.

What is thrown is drawn from a fixed seed, so that a failure comes back. Each defect that the storm once found has a test of its own
below, so that it stays mended whatever the seed.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from aoxanh.desk.models import SupportSession
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import actions
from aoxanh.people.models import Device
from tests.cast import BINH_TEAM, LAN_TEAM, LUNG_CU, PEOPLE, account_id, fixed_id, volunteer_id
from tests.conftest import Cast
from tests.desk.record_examples import a_record
from tests.openapi import describe

SEED = 20251
ROUNDS = 1
# Of the pages, for each role.
SHARE = 0.25
WORDS = (
    "", " ", "0", "-1", "1e400", "9" * 5000, "\x00", "\ud800", "\u202e", "é" * 90, "\n", "%", "'\"<script>", "٣٤", "VN", "08", LUNG_CU,
    "99999", "null", "[]", "2025-11-20", "0001-01-01", "9999-12-31", "31/12/9999", "2025-02-30", "1.001193", "//evil.example/", "..",
    "1.VN.-99999999999999999999999999", "-99999999999999999.VN.1", "0001-01-01.01970000-0000-7000-8000-000000000000.x",
    str(LAN_TEAM), str(BINH_TEAM), str(volunteer_id("lan")), str(account_id("lan")), "on", "waiting", "custom", "vi", "leader",
)  # fmt: skip
BODIES: tuple[Any, ...] = (None, True, -1, 2**63, 10**30, 0.5, "", [], {}, [[]], {"": None}, *WORDS)
QUERY = (
    "place commune province q text on limit after state code from to day team period sort order show cursor version new old next"
    " check action page order key"
).split()


def pages(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every address of the resolver outside the API: its template and the converter of each part."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith(("api/", "static")):
                yield from pages(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and "\\" not in route and "^" not in route:
            parts = dict(re.findall(r"<(?:(?:\w+):)?(\w+)>", route) and _parts(route))
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), parts


def _parts(route: str) -> list[tuple[str, str]]:
    return [(name, kind or "str") for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", route)]


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> Random:
    """A die of its own for each test, the same in every run."""
    return Random(f"{SEED} {request.node.name}")


def thrown(client: Client, method: str, address: str, **more: Any) -> int:
    """Throw one request, take back what it did, and return its status."""
    with transaction.atomic():
        try:
            return int(getattr(client, method)(address, **more).status_code)
        finally:
            transaction.set_rollback(True)


def known_ids() -> dict[str, list[str]]:
    """Return for each name of an address's part values that lead somewhere for somebody."""
    return {
        "code": ["VN", "08", LUNG_CU, "1.001193"],
        "team_id": [str(LAN_TEAM), str(BINH_TEAM)],
        "volunteer_id": [str(volunteer_id("lan"))],
        "account_id": [str(account_id("lan"))],
        "membership_id": [str(fixed_id(6, 1))],
        "assignment_id": [str(fixed_id(4, 1))],
        "commune": [LUNG_CU],
        "day": [clock.today().isoformat(), "9999-12-31", "0001-01-01"],
    }


def filled(template: str, parts: dict[str, str], dice: Random) -> str:
    ids = known_ids()
    for name, kind in parts.items():
        wild = (
            str(uuid7()) if kind == "uuid" else dice.choice(WORDS[:40]).replace("/", "").replace("\ud800", "")
        )
        value = dice.choice([*ids.get(name, []), wild[:200] or "x"])
        template = template.replace(f"{{{name}}}", value)
    return template


def query_of(dice: Random) -> dict[str, bytes]:
    names = dice.sample(QUERY, 3)
    return {name: dice.choice(WORDS)[:600].encode(errors="surrogatepass") for name in names}


def fields_in(page: bytes) -> list[str]:
    return re.findall(
        r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"', page.decode(errors="replace")
    )


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_breaks_on_hostile_addresses_and_forms(cast: Cast, dice: Random, name: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.account(name))
    broken = []
    for template, parts in pages(get_resolver().url_patterns):
        # /readyz says with 503 that it is not ready: no worker runs here.
        if template.startswith(("account/logout", "readyz")) or dice.random() > SHARE:
            continue
        for _round in range(ROUNDS):
            address = "/" + filled(template, parts, dice)
            query = query_of(dice)
            page = client.get(address, query)
            fields = fields_in(page.content) if page.status_code == 200 and not page.streaming else []
            form = {field: dice.choice(WORDS).encode(errors="surrogatepass") for field in fields}
            if max(page.status_code, thrown(client, "post", address, data=form)) >= 500:
                broken.append((address, query, form))
    assert broken == []


@pytest.mark.parametrize("name", PEOPLE)
def test_no_operation_of_the_api_breaks_on_hostile_input(cast: Cast, dice: Random, name: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.account(name))
    broken = []
    for template, operations in describe()["paths"].items():
        for method in operations:
            for _round in range(ROUNDS):
                address = filled(template, dict.fromkeys(re.findall(r"{(\w+)}", template), "str"), dice)
                data = query_of(dice) if method == "get" else json.dumps(hostile_body(dice)).encode()
                kind = {} if method == "get" else {"content_type": "application/json"}
                if thrown(client, method, address, data=data, **kind) >= 500:
                    broken.append((method, address, data))
    assert broken == []


def hostile_body(dice: Random) -> Any:
    body: Any = dice.choice(BODIES)
    if dice.random() < 0.7:
        body = {key: dice.choice(BODIES) for key in ("device", "label", "username", "password", "x")}
    return body


@pytest.fixture
def phone(cast: Cast) -> Client:
    """Lan's phone, with its token."""
    lan = cast.account("lan")
    token = actions.enrol_device(account=lan, device_id=uuid7(), label="Chrome Android", by=cast.actor("lan"))
    return Client(raise_request_exception=False, headers={"authorization": f"Bearer {token}"})


def sync(phone: Client, body: bytes, digest: str = "") -> Any:
    digest = digest or f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    return phone.post(
        "/api/v1/sync", body, content_type="application/json", headers={"content-digest": digest}
    )


def envelope(**changes: Any) -> bytes:
    batch = {"sent_at": 1_763_900_000_000, "pending": 0, "app": "0.1.0", "records": [a_record()]}
    return json.dumps(batch | changes).encode()


def test_no_record_breaks_the_sync(phone: Client, dice: Random) -> None:
    values: tuple[Any, ...] = (*BODIES, -(2**70), [[[[]]]] * 9, {"a": [{}] * 50}, "0" * 400)
    for field in a_record():
        records = [a_record(**{field: value}) for value in dice.sample(values, 12)]
        answer = sync(phone, envelope(records=records))
        assert (answer.status_code, len(answer.json()["results"])) == (200, 12), field
    for field in ("sent_at", "pending", "app", "records", "x"):
        for value in values:
            assert sync(phone, envelope(**{field: value})).status_code in (200, 400, 413), (field, value)


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
