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
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from aoxanh.kernel.ids import uuid7

PATH = "/api/v1/sync"
FINAL = ("accepted", "already")


class Fault(StrEnum):
    """What goes wrong with one request."""

    NONE = "none"
    DROP_REQUEST = "drop_request"
    CUT_REQUEST = "cut_request"
    DROP_REPLY = "drop_reply"
    TWICE = "twice"
    CORRUPT = "corrupt"
    DIE = "die"


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
    """One enrolled phone; `outbox` holds unacknowledged records by id, `acknowledged` those the server has answered for."""

    url: str
    token: str
    random: Random
    device: UUID = field(default_factory=uuid7)
    outbox: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    rejected: dict[str, dict[str, Any]] = field(default_factory=dict)
    seq: int = 0
    timeout: float = 10.0
    _connection: http.client.HTTPConnection | None = None

    def save(self, record: dict[str, Any]) -> None:
        """Put a record into durable storage under the next number; only then is it "saved"."""
        self.seq += 1
        self.outbox[record["id"]] = record | {"seq": self.seq}

    def sync(self, batch: int, fault: Fault = Fault.NONE) -> list[dict[str, Any]]:
        """Send up to `batch` records in an order of its own and let go of what was answered for; raises Unreachable."""
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
            if fault in (Fault.CUT_REQUEST, Fault.DROP_REPLY, Fault.DIE):
                self._send_and_vanish(body, whole=fault != Fault.CUT_REQUEST)
                raise Unreachable("reply lost")
            if fault == Fault.TWICE:
                return self._post_twice(body)
            return self.post(
                _corrupted(body, self.random) if fault == Fault.CORRUPT else body, digest_of=body
            )
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(str(error)) from error

    def body(self, records: Iterable[dict[str, Any]]) -> bytes:
        return json.dumps(
            {
                "sent_at": time.time_ns() // 1_000_000,
                "pending": len(self.outbox),
                "app": "phone",
                "records": list(records),
            }
        ).encode()

    def post(self, body: bytes, *, digest_of: bytes | None = None) -> Answer:
        """POST a body on the kept connection, with the digest of `digest_of` (the body itself by default)."""
        if self._connection is None:
            self._connection = self._connect()
        return self._exchange(self._connection, body, digest_of or body)

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
            self.rejected[result["id"]] = self.outbox.pop(result["id"])

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

    def _exchange(self, connection: http.client.HTTPConnection, body: bytes, digest_of: bytes) -> Answer:
        connection.request("POST", PATH, body, self._headers(digest_of))
        response = connection.getresponse()
        return Answer(response.status, response.read())

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
