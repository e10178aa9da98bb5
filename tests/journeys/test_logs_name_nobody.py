"""A journey full of names, numbers and secrets leaves none of them in any log, whatever the log's form."""

import base64
import hashlib
import http.client
import json
import re
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from aoxanh.kernel.ids import uuid7
from aoxanh.people.queries import token_digest
from tests.cast import account_id
from tests.database import clone
from tests.desk.record_examples import a_record
from tests.site import LiveSite, free_port

pytestmark = pytest.mark.faults

PHONE, OTP, CCCD = "0987654321", "739164", "001099012345"
NAME, WRONG, TOKEN = "Mai-Thi-Cuc", "mat-khau-sai-77", "device-token-of-lan"
PLANTED = (PHONE, OTP, CCCD, NAME, WRONG, TOKEN, "Vàng Thị Lan", "mùa hè xanh", "mai.cuc@example.vn")


@pytest.fixture(params=["json", "text"])
def site(request: pytest.FixtureRequest) -> Iterator[LiveSite]:
    made = LiveSite(clone(f"aoxanh_live_{secrets.token_hex(4)}"), free_port())
    made.environment |= {"AOXANH_LOG_FORMAT": request.param, "AOXANH_LOG_LEVEL": "DEBUG"}
    try:
        made.start()
        yield made
    finally:
        made.stop()
        made.database.drop()


def ask(
    site: LiveSite, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, list[str]], str]:
    connection = http.client.HTTPConnection("localhost", site.port, timeout=30)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    said = answer.read().decode(errors="replace")
    shown = {name.lower(): answer.headers.get_all(name) or [] for name in answer.headers}
    connection.close()
    return answer.status, shown, said


def sign_in(site: LiveSite, name: str, password: str, cookies: dict[str, str]) -> int:
    _status, shown, page = ask(site, "GET", f"/account/login/?next=/%3Fso={PHONE}")
    cookies |= dict(item.split(";")[0].split("=", 1) for item in shown.get("set-cookie", []))
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    form = {"login": name, "password": password, "csrfmiddlewaretoken": found[1] if found else ""}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items()),
        "Referer": f"{site.url}/account/login/?otp={OTP}",
    }
    status, shown, _page = ask(site, "POST", "/account/login/", urlencode(form).encode(), headers)
    cookies |= dict(item.split(";")[0].split("=", 1) for item in shown.get("set-cookie", []))
    return status


def hand_in(site: LiveSite, token: str, records: list[dict[str, Any]], *, damaged: bool = False) -> int:
    body = json.dumps({"sent_at": 1, "records": records, "app": NAME}).encode()
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Content-Digest": f"sha-256=:{digest}:",
    }
    return ask(site, "POST", f"/api/v1/sync?otp={OTP}", body[:-1] if damaged else body, headers)[0]


def test_no_log_tells_who_it_was_about(site: LiveSite) -> None:
    cookies: dict[str, str] = {}
    planted = {"User-Agent": f"{NAME} {PHONE}", "X-Request-ID": PHONE, "Referer": f"http://x/?so={CCCD}"}
    assert ask(site, "GET", f"/{NAME}/{PHONE}?otp={OTP}", headers=planted)[0] == 404
    assert ask(site, "GET", "/", headers={"Host": f"{NAME}.example"})[0] == 400
    assert ask(site, "GET", f"/%00{PHONE}?q=%00{OTP}", headers=planted)[0] == 400
    assert ask(site, "POST", "/account/login/", f"login={PHONE}&password={WRONG}".encode(), planted)[0] in (
        400,
        403,
    )
    assert sign_in(site, "lan", WRONG, cookies) == 200
    assert sign_in(site, PHONE, WRONG, cookies) == 200
    assert sign_in(site, "lan", site.password, cookies) == 302
    signed_in = {"Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items()), **planted}
    assert ask(site, "GET", f"/?ten={quote(NAME)}", headers=signed_in)[0] == 200

    site.sql(
        "INSERT INTO people_device (id, account_id, token_hash, label, enrolled_at, last_seq, pending, skew_ms, app_version)"
        " VALUES (%s, %s, %s, '', now(), 0, 0, 0, '')",
        *(uuid7(), account_id("lan"), token_digest(TOKEN)),
    )
    refused = a_record(seq=1, note=f"Cô {NAME} số {PHONE}, CCCD {CCCD}, mã OTP {OTP}")
    assert hand_in(site, TOKEN, [refused, a_record(seq=2)]) == 200
    assert hand_in(site, TOKEN, [refused], damaged=True) == 400
    assert hand_in(site, WRONG, [refused]) == 401
    _break_something(site, signed_in)

    logs = site.log() + (site.database.cluster.data_dir / "server.log").read_text(errors="replace")
    assert not [word for word in PLANTED if word in logs]
    assert str(account_id("lan")) in logs
    for route in ("account_login", "api/v1/sync", "none", "home"):
        assert route in logs
    if site.environment["AOXANH_LOG_FORMAT"] == "json":
        _every_line_is_an_object(site)


def _break_something(site: LiveSite, signed_in: dict[str, str]) -> None:
    """A page that fails in the middle of a query is logged by class and place."""
    site.sql("ALTER TABLE people_team RENAME TO people_team_away")
    assert ask(site, "GET", f"/teams/?q={NAME}", headers=signed_in)[0] == 500
    site.sql("ALTER TABLE people_team_away RENAME TO people_team")
    assert "psycopg.errors.UndefinedTable" in site.log()


def _every_line_is_an_object(site: LiveSite) -> None:
    lines = [json.loads(line) for line in (site.database.data_dir / "serve.log").read_text().splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) > 10
    assert all(
        {"time", "level", "logger", "request_id", "route", "status", "ms"} <= line.keys() for line in requests
    )
    assert not [line for line in requests if re.search(r"[0-9a-f]{8}|\?|%", line["route"])]
    (failed,) = [line for line in requests if line["status"] == 500]
    broken = [line for line in lines if line.get("errors")]
    assert {line["request_id"] for line in broken} == {failed["request_id"]}
