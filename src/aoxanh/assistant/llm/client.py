"""One question to an OpenAI-compatible endpoint, with a hard end in time and size; whatever it answers, only text comes back.

No redirect is followed, no proxy is asked, no cookie is kept, nothing is tried twice. The standard library is enough for that,
and says no to endless headers by itself.
"""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

MOST_BYTES = 262_144
MOST_SIGNS = 24_000
MOST_LINE = 65_536
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Outcome(StrEnum):
    """How a call ended."""

    ANSWERED = "answered"
    NOTHING_HELD = "nothing_held"
    CACHED = "cached"
    PERSONAL = "personal"
    BUDGET = "budget"
    PAUSED = "paused"
    BUSY = "busy"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    BROKEN = "broken"
    TOO_LONG = "too_long"
    MALFORMED = "malformed"


class Failed(Exception):
    """The endpoint gave no answer that could be read; says only which kind of failure it was."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(str(outcome))


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: messages, the shape the answer must have, and how much it may say."""

    messages: tuple[dict[str, str], ...]
    schema: dict[str, Any]
    name: str
    most_tokens: int = 1200

    @property
    def signs(self) -> int:
        return sum(len(message["content"]) for message in self.messages)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and what it cost; tokens are the endpoint's own count, or a guess from the length where it gives none."""

    text: str
    tokens: int
    ms: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model answers; the key is in no text of this object."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 20

    @property
    def is_private(self) -> bool:
        """Tell whether what is sent stays readable for this machine and the endpoint alone."""
        parts = urlsplit(self.url)
        return parts.scheme == "https" or (parts.scheme == "http" and (parts.hostname or "") in LOOPBACK)

    def ask(self, prompt: Prompt) -> Answer:
        """Send a prompt and return the whole answer. Raises Failed, and nothing else, at the deadline at the latest."""
        begun = time.monotonic()
        try:
            with self._sent(prompt) as response:
                text, tokens = _read(response)
        except (Failed, OSError, http.client.HTTPException, ValueError, RecursionError) as error:
            late = time.monotonic() - begun >= self.seconds or isinstance(error, TimeoutError)
            raise Failed(Outcome.TIMEOUT if late else _kind(error)) from None
        ms = int((time.monotonic() - begun) * 1000)
        return Answer(text, tokens or guessed_tokens(prompt, text), ms)

    @contextmanager
    def _sent(self, prompt: Prompt) -> "Iterator[http.client.HTTPResponse]":
        parts = urlsplit(self.url)
        if not self.is_private or parts.hostname is None:
            raise Failed(Outcome.REFUSED)
        secure = parts.scheme == "https"
        connection = (
            http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=self.seconds, context=ssl.create_default_context()
            )
            if secure
            else http.client.HTTPConnection(parts.hostname, parts.port, timeout=self.seconds)
        )
        # A socket's own time-out begins anew with every byte, so a dripping server is cut off from outside.
        held: list[socket.socket] = []
        ending = threading.Timer(self.seconds, _cut, [connection, held])
        ending.daemon = True
        ending.start()
        try:
            connection.connect()
            # http.client lets go of the socket before the body is read; the cut must still find it.
            held.append(connection.sock)
            connection.request(
                "POST", parts.path.rstrip("/") + "/chat/completions", self._body(prompt), self._headers()
            )
            with connection.getresponse() as response:
                yield response
        finally:
            ending.cancel()
            connection.close()

    def _body(self, prompt: Prompt) -> bytes:
        shape = {"name": prompt.name, "strict": True, "schema": prompt.schema}
        asked = {
            "model": self.model,
            "messages": prompt.messages,
            "temperature": 0,
            "max_tokens": prompt.most_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
            "response_format": {"type": "json_schema", "json_schema": shape},
        }
        return json.dumps(asked, ensure_ascii=False).encode()

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
        return headers | ({"Authorization": f"Bearer {self.key}"} if self.key else {})


def guessed_tokens(prompt: Prompt, text: str = "") -> int:
    """Return about how many tokens went both ways; Vietnamese takes a token for about two signs."""
    return (prompt.signs + len(text)) // 2 + 1


def _cut(connection: http.client.HTTPConnection, held: "list[socket.socket]") -> None:
    for open_socket in held or [connection.sock]:
        with suppress(OSError):
            if open_socket is not None:
                open_socket.shutdown(socket.SHUT_RDWR)


def _kind(error: Exception) -> Outcome:
    if isinstance(error, Failed):
        return error.outcome
    if isinstance(error, (http.client.HTTPException, ConnectionResetError, BrokenPipeError)):
        return Outcome.BROKEN
    return Outcome.UNREACHABLE if isinstance(error, OSError) else Outcome.MALFORMED


def _read(response: http.client.HTTPResponse) -> tuple[str, int]:
    if response.status != 200:
        raise Failed(Outcome.REFUSED if response.status < 500 else Outcome.BROKEN)
    kind = response.headers.get_content_type()
    if kind == "text/event-stream":
        return _streamed(response)
    if kind != "application/json":
        raise Failed(Outcome.MALFORMED)
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Failed(Outcome.TOO_LONG)
    return _whole(json.loads(body))


def _whole(told: Any) -> tuple[str, int]:
    choice = _first(told)
    if choice.get("finish_reason") == "length":
        raise Failed(Outcome.TOO_LONG)
    text = _content(choice.get("message"))
    if not text:
        raise Failed(Outcome.MALFORMED)
    return _bounded(text), _tokens(told)


def _streamed(response: http.client.HTTPResponse) -> tuple[str, int]:
    """Put the pieces of a stream together; one that ends without saying so was cut."""
    pieces: list[str] = []
    signs, tokens, ended = 0, 0, False
    for data in _events(response):
        if data == "[DONE]":
            ended = True
            break
        told = json.loads(data)
        tokens = _tokens(told) or tokens
        if isinstance(told, dict) and told.get("choices") == []:
            continue
        choice = _first(told)
        if choice.get("finish_reason") == "length":
            raise Failed(Outcome.TOO_LONG)
        piece = _content(choice.get("delta"))
        pieces.append(piece)
        signs += len(piece)
        if signs > MOST_SIGNS:
            raise Failed(Outcome.TOO_LONG)
    if not ended or not signs:
        raise Failed(Outcome.BROKEN if not ended else Outcome.MALFORMED)
    return "".join(pieces), tokens


def _events(response: http.client.HTTPResponse) -> Iterator[str]:
    taken = 0
    while line := response.readline(MOST_LINE + 1):
        taken += len(line)
        if taken > MOST_BYTES or len(line) > MOST_LINE:
            raise Failed(Outcome.TOO_LONG)
        if line.startswith(b"data:"):
            yield line[5:].decode().strip()


def _first(told: Any) -> dict[str, Any]:
    choices = told.get("choices") if isinstance(told, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise Failed(Outcome.MALFORMED)
    return choices[0]


def _content(part: Any) -> str:
    text = part.get("content") if isinstance(part, dict) else None
    return text if isinstance(text, str) else ""


def _bounded(text: str) -> str:
    if len(text) > MOST_SIGNS:
        raise Failed(Outcome.TOO_LONG)
    return text


def _tokens(told: Any) -> int:
    usage = told.get("usage") if isinstance(told, dict) else None
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and 0 < total < 1_000_000 else 0


Send = Callable[[Prompt], Answer]
"""Anything that answers a prompt or raises Failed: an endpoint, or a stand-in."""
