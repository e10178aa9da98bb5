"""One post to a push service, with a hard end in time; no redirect is followed, no proxy asked, nothing of an answer kept but its status.

The name is looked up once and the connection goes to the address that was checked, so a name that answers otherwise the next
time leads nowhere.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

from aoxanh.oversight.pushing.endpoint import is_public

LONGEST_WAIT = 6 * 3600
_GONE, _BUSY, _AGAIN = (404, 410), (429, 503), (408, 425)


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a push service said, for how many seconds it wants to be left alone, and whether that is said to all of us."""

    outcome: Outcome
    wait: int = 0
    busy: bool = False
    silent: bool = False


class _NotPublic(OSError):
    """The name leads into somebody's own network."""


def post(endpoint: str, body: bytes, headers: Mapping[str, str], *, seconds: float, loopback: bool) -> Reply:
    """Post a body to an address that was found allowed; raises nothing, and is over after so many seconds."""
    parts = urlsplit(endpoint)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    held: list[socket.socket] = []
    # A socket's own time-out begins anew with every byte, so a dripping server is cut off from outside.
    ending = threading.Timer(seconds, _cut, [held])
    ending.daemon = True
    ending.start()
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 443, timeout=seconds)
    try:
        connection.sock = _dialled(parts.hostname or "", parts.port, seconds, loopback=loopback, held=held)
        connection.request("POST", target or "/", body, {**headers, "Host": parts.netloc})
        with connection.getresponse() as response:
            return _read(response.status, response.headers.get("Retry-After", ""))
    except _NotPublic:
        return Reply(Outcome.REFUSED)
    except (OSError, http.client.HTTPException, ValueError):
        return Reply(Outcome.LATER, silent=True)
    finally:
        ending.cancel()
        connection.close()


def _dialled(
    host: str, port: int | None, seconds: float, *, loopback: bool, held: list[socket.socket]
) -> socket.socket:
    """Return a connection to an address of the open internet, under TLS; tests connect plainly to this machine."""
    is_local = loopback and host == "127.0.0.1"
    found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    if not is_local and not all(is_public(str(entry[4][0])) for entry in found):
        raise _NotPublic
    end, last = time.monotonic() + seconds, OSError("no address")
    for family, kind, protocol, _name, address in found:
        plain = socket.socket(family, kind, protocol)
        held.append(plain)
        try:
            plain.settimeout(max(0.1, end - time.monotonic()))
            plain.connect(address)
        except OSError as error:
            plain.close()
            last = error
            continue
        if is_local:
            return plain
        secure = _context().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
        held.append(secure)
        secure.do_handshake()
        return secure
    raise last


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _cut(held: list[socket.socket]) -> None:
    for open_socket in held:
        with suppress(OSError):
            open_socket.shutdown(socket.SHUT_RDWR)


def _read(status: int, retry_after: str) -> Reply:
    if 200 <= status < 300:
        return Reply(Outcome.SENT)
    if status in _GONE:
        return Reply(Outcome.GONE)
    if status in (*_BUSY, *_AGAIN) or status >= 500:
        return Reply(Outcome.LATER, waiting_seconds(retry_after), busy=status in _BUSY)
    return Reply(Outcome.REFUSED)


def waiting_seconds(text: str) -> int:
    """Return the seconds of a Retry-After, given as seconds or as a date; none where it is neither, and six hours at most."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0, min(LONGEST_WAIT, int((until - datetime.now(UTC)).total_seconds())))
    except (ValueError, TypeError, OverflowError):
        return 0
