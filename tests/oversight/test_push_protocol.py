"""One message to one browser: only it can read it, only the site can have signed it, and it goes to allowed hosts and nowhere else."""

import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py_vapid import Vapid02
from py_vapid.jwt import decode

from aoxanh.oversight.pushing.endpoint import is_allowed, is_public
from aoxanh.oversight.pushing.envelope import SIZE, Keys, Words, seal
from aoxanh.oversight.pushing.keys import key_at, make_key
from aoxanh.oversight.pushing.post import LONGEST_WAIT, Outcome, post, waiting_seconds
from aoxanh.oversight.pushing.sending import AT_ONCE, MOST_SILENT, Letter, Sender
from tests.push_service import Browser, PushService, packed

HOSTS = ("fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com")
CONTACT = "mailto:operator@aoxanh.example"
WORDS = Words("Áo Xanh", "Có việc đang chờ bạn.", "tasks")


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService.open() as opened:
        yield opened


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    make_key(tmp_path / "key")
    key = key_at(tmp_path / "key")
    assert key is not None
    return Sender(key, CONTACT, HOSTS, loopback=True, seconds=2)


def letter(browser: Browser, key: Any = 1) -> Letter:
    return Letter(key, browser.endpoint, Keys(browser.p256dh, browser.auth), WORDS)


def test_only_the_browser_can_read_what_is_sealed_for_it(service: PushService, sender: Sender) -> None:
    mine, other = service.browser("mine"), service.browser("other")
    assert sender.send([letter(mine)])[1].outcome == Outcome.SENT
    (told,) = service.at("mine")
    assert mine.read(told) == {"title": WORDS.title, "body": WORDS.body, "tag": "tasks"}
    assert b"tasks" not in told.body
    with pytest.raises(Exception, match="Decryption"):
        other.read(told)


def test_a_message_says_how_long_it_is_worth_keeping_and_what_it_replaces(
    service: PushService, sender: Sender
) -> None:
    sender.send([letter(service.browser("a"))])
    headers = service.told[0].headers
    assert headers["ttl"] == "43200"
    assert (headers["topic"], headers["urgency"]) == ("tasks", "normal")
    assert headers["content-encoding"] == "aes128gcm"
    assert not set(headers) & {"cookie", "referer", "origin"}


def test_the_signature_is_for_that_service_by_the_site_key_and_ends_within_a_day(
    service: PushService, sender: Sender
) -> None:
    sender.send([letter(service.browser("a"))])
    authorization = service.told[0].headers["authorization"]
    assert Vapid02.verify(authorization)
    parts = dict(part.split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
    assert parts["k"] == sender.key.public
    claims = decode(parts["t"], sender.key.public)
    assert (claims["aud"], claims["sub"]) == (service.url, CONTACT)
    assert 0 < claims["exp"] - time.time() <= 24 * 3600


@given(st.text(max_size=60), st.sampled_from(["vi", "en"]))
def test_every_message_is_as_long_as_every_other(body: str, title: str) -> None:
    browser = Browser("https://x.example/1")
    sealed = seal(Words(title, body, "t"), Keys(browser.p256dh, browser.auth))
    if len(json.dumps(body, ensure_ascii=False).encode()) < SIZE - 100:
        assert len(sealed) == SIZE + 16 + 4 + 1 + 65 + 16 + 1


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "sent"), (201, "sent"), (202, "sent"), (404, "gone"), (410, "gone"), (429, "later"), (500, "later"), (503, "later"),
     (301, "refused"), (307, "refused"), (400, "refused"), (401, "refused"), (403, "refused"), (413, "refused")],
)  # fmt: skip
def test_each_status_has_its_outcome(service: PushService, sender: Sender, status: int, outcome: str) -> None:
    service.answers["a"] = (status, {"Location": f"{service.url}/elsewhere"})
    assert sender.send([letter(service.browser("a"))])[1].outcome == outcome
    assert not service.at("elsewhere")


def test_a_service_that_is_busy_is_left_alone_for_as_long_as_it_says(
    service: PushService, sender: Sender
) -> None:
    service.answers["a"] = (429, {"Retry-After": "900"})
    first = sender.send([letter(service.browser("a"), 1)])[1]
    assert (first.outcome, first.wait) == (Outcome.LATER, 900)
    many = [letter(service.browser("a"), number) for number in range(100)]
    service.told.clear()
    replies = sender.send(many)
    assert {reply.wait for reply in replies.values()} == {900}
    assert len(service.told) < 20


def test_one_failure_of_a_service_does_not_hold_up_the_others(service: PushService, sender: Sender) -> None:
    service.answers["a"] = (500, {})
    replies = sender.send([letter(service.browser(path), path) for path in ("a", "b", "c")])
    assert {key: str(reply.outcome) for key, reply in replies.items()} == {
        "a": "later", "b": "sent", "c": "sent",
    }  # fmt: skip


def _silent(service: PushService) -> Any:
    return lambda _handler: service.over.wait(30)


def _dripping(service: PushService) -> Any:
    def drip(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 ")
        while not service.over.wait(0.1):
            handler.wfile.write(b"2")

    return drip


def _babbling(_service: PushService) -> Any:
    return lambda handler: handler.wfile.write(b"\x00\xff" * 100_000)


def _endless(_service: PushService) -> Any:
    def headers(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 201 Created\r\n" + b"X: y\r\n" * 100_000)

    return headers


def _shut(_service: PushService) -> Any:
    return lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "way", [_silent, _dripping, _babbling, _endless, _shut], ids=lambda way: way.__name__
)
def test_a_service_that_does_not_answer_as_it_should_costs_its_time_and_no_more(
    service: PushService, sender: Sender, way: Any
) -> None:
    service.answers["a"] = way(service)
    assert sender.send([letter(service.browser("a"))])[1].outcome == Outcome.LATER


def test_a_service_that_does_not_answer_is_soon_left_alone(service: PushService, sender: Sender) -> None:
    service.answers["a"] = _shut(service)
    replies = sender.send([letter(service.browser("a"), number) for number in range(200)])
    assert {reply.outcome for reply in replies.values()} == {Outcome.LATER}
    assert MOST_SILENT <= len(service.told) <= MOST_SILENT + AT_ONCE


@pytest.mark.parametrize("host", HOSTS)
def test_the_push_services_of_the_browsers_are_allowed(host: str) -> None:
    assert is_allowed(f"https://{host}/send/abc", HOSTS)
    assert is_allowed(f"https://a-1.{host}:443/send/abc?x=y", HOSTS)


@pytest.mark.parametrize(
    "endpoint",
    ["", "x", "https://", "http://fcm.googleapis.com/x", "ftp://fcm.googleapis.com/x", "//fcm.googleapis.com/x",
     "https://evilfcm.googleapis.com.evil.example/x", "https://evil-fcm.googleapis.com.example/", "https://xfcm.googleapis.com/x",
     "https://fcm.googleapis.com@evil.example/", "https://evil.example\\@fcm.googleapis.com/", "https://a:b@fcm.googleapis.com/",
     "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com:99999999/x", "https://fcm.googleapis.com:x/",
     "https://fcm.googleapis.com./x", "https://fcm.googleapis.com/x#y", "https://fcm.googleapis.com/\r\nHost: x", "https://fcm.googleapis.com/\t",
     "https://[::1]/x", "https://[fcm.googleapis.com]/x", "https://127.0.0.1/x", "https://2130706433/x", "https://0x7f.1/", "https://localhost/x",
     "https://169.254.169.254/latest/", "https://googleapis.com/x", "https://ｆcm.googleapis.com/x", "https://fcm.googleapis.com/" + "x" * 1000],
)  # fmt: skip
def test_no_other_address_is(endpoint: str) -> None:
    assert not is_allowed(endpoint, HOSTS)


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9/x", "http://localhost:9/x", "http://10.0.0.1/x"])
def test_this_machine_is_asked_by_tests_only(endpoint: str) -> None:
    assert not is_allowed(endpoint, HOSTS)
    assert is_allowed(endpoint, HOSTS, loopback=True) == ("127.0.0.1" in endpoint)


@given(st.text(max_size=200))
def test_whatever_is_given_for_an_address_is_judged_without_a_fault(text: str) -> None:
    assert not is_allowed(text, HOSTS)
    assert not is_allowed(f"https://{text}", HOSTS) or text.startswith(HOSTS)


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2404:6800:4005::1", True), ("::ffff:8.8.8.8", True), ("64:ff9b::808:808", True),
     ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
     ("100.64.0.1", False), ("0.0.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False), ("240.0.0.1", False),
     ("::1", False), ("::", False), ("fe80::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("ff02::1", False),
     ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
     ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False)],
)  # fmt: skip
def test_an_address_within_a_network_is_never_connected_to(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"]])
def test_a_name_that_leads_into_a_network_is_not_followed(
    service: PushService, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    def look_up(_host: str, _port: int, **_more: Any) -> list[Any]:
        return [
            (
                socket.AF_INET6 if ":" in one else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (one, service.port),
            )
            for one in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    reply = post("https://fcm.googleapis.com/x", b"x", {}, seconds=2, loopback=False)
    assert reply.outcome == Outcome.REFUSED
    assert service.told == []


def test_the_connection_speaks_tls_with_the_name_that_was_allowed(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server without TLS under an allowed name gets a handshake and nothing of the message."""
    monkeypatch.setattr("aoxanh.oversight.pushing.post.is_public", lambda _address: True)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", service.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    reply = post("https://fcm.googleapis.com/x", b"secret", {}, seconds=2, loopback=False)
    assert (reply.outcome, reply.silent) == (Outcome.LATER, True)
    assert service.told == []


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", 0), ("0", 0), ("90", 90), (" 90 ", 90), ("9" * 400, LONGEST_WAIT), ("-5", 0), ("²", 0), ("1.5", 0), ("x", 0),
     ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("Wed, 99 Oct 9999 07:28:00 GMT", 0)],
)  # fmt: skip
def test_how_long_to_wait_is_read_from_whatever_is_said(text: str, seconds: int) -> None:
    assert waiting_seconds(text) == seconds


def test_how_long_to_wait_may_be_said_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
    assert 590 <= waiting_seconds(soon) <= 600


@pytest.mark.parametrize(
    ("public", "auth"),
    [("", ""), ("x", "y"), (packed(b"\x04" + b"\x01" * 64), packed(b"a" * 16)), (packed(b"\x00" * 65), packed(b"a" * 16)),
     ("ñ" * 87, packed(b"a" * 16))],
    ids=["empty", "short", "not_on_the_curve", "no_point", "not_ascii"],
)  # fmt: skip
def test_keys_that_are_none_are_known_at_once(public: str, auth: str) -> None:
    assert not Keys(public, auth).are_fit


@given(st.text(max_size=100), st.text(max_size=30))
def test_whatever_is_given_for_keys_is_judged_without_a_fault(public: str, auth: str) -> None:
    assert not Keys(public, auth).are_fit


def test_a_secret_of_another_length_is_none() -> None:
    browser = Browser("https://x.example/1")
    assert Keys(browser.p256dh, browser.auth).are_fit
    assert not Keys(browser.p256dh, packed(b"a" * 15)).are_fit


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "key"
    assert key_at(path) is None
    assert make_key(path) is True
    held = path.read_bytes()
    assert make_key(path) is False
    assert path.read_bytes() == held
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["key"]


def test_a_file_that_holds_no_key_pushes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("no key")
    assert key_at(path) is None


def test_neither_keys_nor_senders_show_their_secrets(sender: Sender) -> None:
    browser = Browser("https://x.example/1")
    shown = repr(sender) + repr(Keys(browser.p256dh, browser.auth))
    assert browser.auth not in shown
    assert "PrivateKey" not in shown
