"""A phone that speaks the sync protocol over real HTTP, with the ways in which networks and phones fail.

Pure Python, no Django: the client side of docs/reference/sync-protocol.md for load and fault tests. The outbox dictionary
stands for the phone's durable storage: what is in it survives the phone's death, nothing else does.
"""

import base64
import contextlib
import hashlib
import http.client
import json
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from aoxanh.kernel.ids import uuid7

PATH = "/api/v1/sync"
FINAL = ("accepted", "already")
# How many bodies the network may still deliver late, and the pieces and pauses of a slow one.
LATE = 4
SLOW_PIECES = 6
SLOW_PAUSES = (0.0, 0.01, 0.03, 0.08)


class Fault(StrEnum):
    """What goes wrong with one request."""

    NONE = "none"
    DROP_REQUEST = "drop_request"
    CUT_REQUEST = "cut_request"
    DROP_REPLY = "drop_reply"
    TWICE = "twice"
    SLOW = "slow"
    CORRUPT = "corrupt"
    RESENT = "resent"
    DIE = "die"


# What a network does, without the phone's own death: lost on the way there or back, cut, doubled, slow, damaged, out of order.
NETWORK_FAULTS = [fault for fault in Fault if fault not in (Fault.NONE, Fault.DIE)]


class Unreachable(Exception):
    """No usable answer came back; the phone keeps everything and tries again."""


@dataclass
class Answer:
    """An HTTP answer, whole."""

    status: int
    body: bytes

    def results(self) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = json.loads(self.body)["results"]
        return results


@dataclass
class Phone:
    """One enrolled phone; `outbox` holds unacknowledged records by id, `acknowledged` those the server has answered for.

    `rejected` holds what the server refused, each with the `error` a person would be shown; `answers` counts statuses;
    `clock_off_ms` is how wrong the phone's clock is; an `orderly` phone sends by number as the field app does, any other in
    whatever order it likes.
    """

    url: str
    token: str
    random: Random
    device: UUID = field(default_factory=uuid7)
    outbox: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    rejected: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    seq: int = 0
    timeout: float = 10.0
    clock_off_ms: int = 0
    orderly: bool = False
    _connection: http.client.HTTPConnection | None = None
    _sent: deque[bytes] = field(default_factory=lambda: deque(maxlen=LATE))

    def save(self, record: dict[str, Any]) -> None:
        """Put a record into durable storage under the next number; only then is it "saved"."""
        self.seq += 1
        self.outbox[record["id"]] = record | {"seq": self.seq}

    def sync(self, batch: int, fault: Fault = Fault.NONE) -> list[dict[str, Any]]:
        """Send up to `batch` records and let go of what was answered for; raises Unreachable."""
        if self.orderly:
            chosen = list(self.outbox)[:batch]
        else:
            chosen = self.random.sample(sorted(self.outbox), min(batch, len(self.outbox)))
        answer = self.send([self.outbox[id_] for id_ in chosen], fault)
        if answer.status != 200:
            raise Unreachable(f"status {answer.status}")
        results = answer.results()
        for result in results:
            self._let_go(result)
        return results

    def die(self) -> None:
        """Lose everything but durable storage."""
        self.close()

    def send(self, records: Iterable[dict[str, Any]], fault: Fault = Fault.NONE) -> Answer:
        """POST one batch through the fault; raises Unreachable when no answer can be used."""
        body = self.body(records)
        if fault == Fault.DROP_REQUEST:
            raise Unreachable("request lost")
        try:
            if fault == Fault.RESENT:
                self._deliver_late()
            self._sent.append(body)
            if fault in (Fault.CUT_REQUEST, Fault.DROP_REPLY, Fault.DIE):
                self._send_and_vanish(body, whole=fault != Fault.CUT_REQUEST)
                raise Unreachable("reply lost")
            if fault == Fault.TWICE:
                return self._post_twice(body)
            sent = _corrupted(body, self.random) if fault == Fault.CORRUPT else body
            return self.post(sent, digest_of=body, slowly=fault == Fault.SLOW)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(str(error)) from error

    def body(self, records: Iterable[dict[str, Any]]) -> bytes:
        return json.dumps(
            {
                "sent_at": time.time_ns() // 1_000_000 + self.clock_off_ms,
                "pending": len(self.outbox),
                "app": "phone",
                "records": list(records),
            }
        ).encode()

    def post(self, body: bytes, *, digest_of: bytes | None = None, slowly: bool = False) -> Answer:
        """POST a body on the kept connection, with the digest of `digest_of` (the body itself by default)."""
        if self._connection is None:
            self._connection = self._connect()
        digested = body if digest_of is None else digest_of
        return self._exchange(self._connection, body, digested, slowly=slowly)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _let_go(self, result: dict[str, Any]) -> None:
        record = self.outbox.get(result["id"])
        if record is None:
            return
        if result["status"] in FINAL:
            self.acknowledged[result["id"]] = self.outbox.pop(result["id"])
        elif result["status"] == "rejected":
            self.rejected[result["id"]] = self.outbox.pop(result["id"]) | {"error": result["error"]}

    def _connect(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        return http.client.HTTPConnection(parts.hostname or "localhost", parts.port, timeout=self.timeout)

    def _headers(self, digest_of: bytes) -> dict[str, str]:
        digest = base64.b64encode(hashlib.sha256(digest_of).digest()).decode()
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Content-Digest": f"sha-256=:{digest}:",
        }

    def _exchange(
        self, connection: http.client.HTTPConnection, body: bytes, digest_of: bytes, *, slowly: bool = False
    ) -> Answer:
        headers = self._headers(digest_of) | {"Content-Length": str(len(body))}
        connection.request("POST", PATH, self._in_pieces(body) if slowly else body, headers)
        response = connection.getresponse()
        answer = Answer(response.status, response.read())
        self.answers[answer.status] += 1
        return answer

    def _in_pieces(self, body: bytes) -> Iterator[bytes]:
        """Yield a body as a weak signal lets it through."""
        length = max(1, -(-len(body) // SLOW_PIECES))
        for start in range(0, len(body), length):
            time.sleep(self.random.choice(SLOW_PAUSES))
            yield body[start : start + length]

    def _deliver_late(self) -> None:
        """Let an earlier body arrive now, after newer ones; nobody waits for its answer any more."""
        if not self._sent:
            return
        late = self.random.choice(self._sent)
        connection = self._connect()
        try:
            self._exchange(connection, late, late)
        finally:
            connection.close()

    def _send_and_vanish(self, body: bytes, *, whole: bool) -> None:
        """Send the request, or half of it, and close without reading a reply."""
        parts = urlsplit(self.url)
        headers = self._headers(body) | {"Host": parts.netloc, "Content-Length": str(len(body))}
        head = (
            f"POST {PATH} HTTP/1.1\r\n"
            + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            + "\r\n"
        )
        message = head.encode() + body
        with (
            contextlib.suppress(OSError),
            socket.create_connection((parts.hostname or "localhost", parts.port or 80), self.timeout) as raw,
        ):
            raw.sendall(message if whole else message[: len(head) + len(body) // 2])
            time.sleep(self.random.choice((0, 0, 0.005, 0.05)))

    def _post_twice(self, body: bytes) -> Answer:
        """Send the same batch on two connections at the same time and believe either answer."""
        answers: list[Answer] = []

        def once() -> None:
            connection = self._connect()
            with contextlib.suppress(OSError, http.client.HTTPException):
                answers.append(self._exchange(connection, body, body))
            connection.close()

        threads = [threading.Thread(target=once) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        usable = [answer for answer in answers if answer.status == 200]
        if not usable:
            raise Unreachable("neither copy was answered")
        return self.random.choice(usable)


def _corrupted(body: bytes, random: Random) -> bytes:
    position = random.randrange(len(body))
    return body[:position] + bytes([body[position] ^ (1 << random.randrange(7))]) + body[position + 1 :]
