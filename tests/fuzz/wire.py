"""The storm below HTTP: bytes on a socket that are no request at all, against a real `aoxanh serve` on loopback."""

import re
import socket
import time
from random import Random

from tests.fuzz.bodies import digest_of, good_batch
from tests.fuzz.thrower import TRACES, Tally
from tests.fuzz.words import HOSTILE, as_bytes
from tests.site import LiveSite

GROUP = "wire"
# A server may take its time over half a request; we do not wait for it to give up.
PATIENCE_S = 0.4
# As Python writes a trace, as our log writes it in lines and in JSON, and any line at such a level.
_FAILURE = re.compile(
    r"Traceback \(most recent call last\)|^ {4}[\w.]+ at \S+:\d+|\"errors\": \[|\b(?:ERROR|CRITICAL)\b"
)
LINES = (
    b"GET / HTTP/1.1", b"GET  / HTTP/1.1", b"get / http/1.1", b"GET / HTTP/9.9", b"GET /", b"\x16\x03\x01\x02\x00\x01", b"PRI * HTTP/2.0\r\n\r\nSM", b"GET http://evil.example/ HTTP/1.1", b"CONNECT evil.example:443 HTTP/1.1", b"OPTIONS * HTTP/1.1",
    b"GET /\x00 HTTP/1.1", b"GET /\xff HTTP/1.1", b"GET /" + b"x" * 70_000 + b" HTTP/1.1", b"POST /api/v1/sync HTTP/1.1", b"POST /account/login/ HTTP/1.1", b"BREW /teams/ HTTP/1.1", b"\r\n\r\nGET / HTTP/1.1",
)  # fmt: skip
LENGTHS = (
    b"0",
    b"-1",
    b"+5",
    b"abc",
    b"1e3",
    b"5, 5",
    b"5, 6",
    b"99999999999999999999",
    b"0x10",
    b" 5 ",
    b"\xd9\xa3",
    b"",
)
CHUNKS = (
    b"zz\r\nx\r\n0\r\n\r\n",
    b"-1\r\n\r\n",
    b"ffffffffffffffff\r\nx",
    b"5\r\nab",
    b"2;" + b"e" * 9000 + b"\r\nab\r\n0\r\n\r\n",
    b"2\nab\n0\n\n",
    b"0\r\nX: y\r\n\r\n",
    b"2\r\nabc\r\n0\r\n\r\n",
    b"\x00",
    b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
)


def play_wire(tally: Tally, dice: Random, inputs: int, seconds: float) -> None:
    """Write so many hostile byte streams to a live site: no reply is 5xx, no failure in the log, and it still answers afterwards."""
    end = time.monotonic() + seconds
    with LiveSite.open() as site:
        for _ in range(inputs):
            if time.monotonic() > end:
                break
            sent = hostile_stream(dice)
            reply = _exchange(site.port, sent)
            status = int(reply[9:12]) if reply.startswith(b"HTTP/1.") and reply[9:12].isdigit() else 0
            tally.count(GROUP, status)
            if status >= 500:
                tally.breach(
                    "5xx", f"{status} on the wire {_head(sent)}", f"{status} on the wire for {sent[:600]!r}"
                )
            if any(trace in reply for trace in TRACES):
                tally.breach("stack_trace", f"on the wire {_head(sent)}", f"on the wire for {sent[:600]!r}")
        site.wait()
        for line in failures_in(site.log()):
            tally.breach("failure_logged", line[:200], line[:1500])


def failures_in(log: str) -> list[str]:
    """Return the lines that tell of something raised: nothing that comes over a wire may be a failure of ours.

    A refused Host header is none to the product either; it says so in its access log, like any other refusal.
    """
    return [line for line in log.splitlines() if _FAILURE.search(line)]


def _head(stream: bytes) -> str:
    return repr(stream.split(b"\r\n")[0][:60])


def hostile_stream(dice: Random) -> bytes:
    """Return bytes that begin like a request and go wrong in its line, its headers, its length or its chunks."""
    body = str(good_batch(dice, 1)).encode() if dice.random() < 0.5 else b"a=b"
    lines = [dice.choice(LINES) if dice.random() < 0.5 else b"POST /api/v1/sync HTTP/1.1"]
    lines.append(dice.choice((b"Host: localhost",) * 8 + (b"Host: ", b"Host: a\r\nHost: b", b"")))
    lines += [b"Connection: close", b"Content-Digest: " + digest_of(body).encode()]
    roll = dice.random()
    if roll < 0.35:
        lines += [
            b"Transfer-Encoding: "
            + dice.choice((b"chunked", b"chunked, chunked", b"gzip, chunked", b"x", b"Chunked\x0b"))
        ]
        body = dice.choice(CHUNKS)
    elif roll < 0.7:
        lines += [
            b"Content-Length: "
            + dice.choice((*LENGTHS, str(len(body) + 9).encode(), str(len(body)).encode()))
        ]
    else:
        lines += [b"Content-Length: " + str(len(body)).encode(), b"Transfer-Encoding: chunked"][
            : dice.choice((1, 2))
        ]
    for _ in range(dice.choice((0, 0, 1, 2, 300))):
        value = as_bytes(dice.choice(HOSTILE[:-1]))
        lines.append(
            dice.choice(
                (
                    b"X-A: ",
                    b"X A: ",
                    b": ",
                    b"\x00: ",
                    b"Cookie: sessionid=",
                    b"Authorization: Bearer ",
                    b" folded",
                )
            )
            + value
        )
    stream = b"\r\n".join(lines) + b"\r\n\r\n" + body
    return stream[: dice.randrange(len(stream))] if dice.random() < 0.15 else stream


def _exchange(port: int, stream: bytes) -> bytes:
    reply = b""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as wire:
        try:
            wire.sendall(stream)
            wire.settimeout(PATIENCE_S)
            while len(reply) < 200_000 and (more := wire.recv(65_536)):
                reply += more
        except OSError:
            return reply
    return reply
