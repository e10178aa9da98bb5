"""Throws requests at the WSGI application of this process and holds every reply to the rules that no input may break."""

import gzip
import io
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application
from django.urls import Resolver404, resolve

from tests.openapi import DESCRIPTION, PREFIX, NotAsDescribedError, assert_described

# What a reply would hold if it told of our insides. Django's own page for errors in development is among it.
TRACES = (
    b"Traceback (most recent call last)",
    b'File "/',
    b"site-packages",
    b"psycopg.",
    b"django.db",
    b'SELECT "',
    b"You're seeing this error because",
)
MOST_STORIES = 1_000
# Says with 503 that it is not ready: here no worker runs.
MAY_SAY_503 = "/readyz"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One input as it goes over the wire; `path` is percent-encoded, `length` overrides the true Content-Length ("" leaves it out)."""

    method: str
    path: str
    query: bytes = b""
    headers: Headers = ()
    body: bytes = b""
    length: str | None = None

    def __str__(self) -> str:
        shown = f"{self.method} {self.path[:200]}?{self.query[:300]!r} {self.headers!r:.300}"
        return f"{shown} {self.body[:2000]!r}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Tally:
    """How many inputs were thrown, what the replies were, and which rules were broken."""

    inputs: Counter[str] = field(default_factory=Counter)
    replies: Counter[str] = field(default_factory=Counter)
    breaches: Counter[str] = field(default_factory=Counter)
    told: dict[str, str] = field(default_factory=dict)

    def breach(self, kind: str, place: str, story: str) -> None:
        """Note a broken rule; of those with the same kind and place the first story is kept, so that none hides another."""
        self.breaches[kind] += 1
        if len(self.told) < MOST_STORIES:
            self.told.setdefault(f"{kind} at {place}", story)

    def count(self, group: str, status: int) -> None:
        self.inputs[group] += 1
        self.replies[f"{status // 100}xx" if status else "hung_up"] += 1


class Thrower:
    """The application in this process, watched: no 5xx, no trace of our insides, no answer that the API does not describe."""

    def __init__(self, tally: Tally, seconds: float = 3600) -> None:
        self.tally = tally
        self._end = time.monotonic() + seconds
        self._application: Callable[..., Iterable[bytes]] = get_wsgi_application()
        self._failure = self._failed_at = ""
        got_request_exception.connect(self._note_failure)

    @property
    def seconds_left(self) -> float:
        return self._end - time.monotonic()

    def close(self) -> None:
        got_request_exception.disconnect(self._note_failure)

    def throw(self, group: str, request: Request) -> Reply:
        """Send one request and hold its reply to the rules."""
        reply = self.send(environ_of(request))
        self.tally.count(group, reply.status)
        path = unquote_to_bytes(request.path).decode("utf-8", "replace")
        self.hold(request.method, path, reply, str(request))
        return reply

    def send_quietly(self, request: Request) -> Reply:
        """Send a request that is no input of the storm, such as a look at a page's forms; it is held to the rules all the same."""
        reply = self.send(environ_of(request))
        self.hold(
            request.method, unquote_to_bytes(request.path).decode("utf-8", "replace"), reply, str(request)
        )
        return reply

    def send(self, environ: dict[str, Any]) -> Reply:
        started: list[Any] = []
        self._failure = self._failed_at = ""
        answer = self._application(
            environ, lambda status, headers, _error=None: started.extend((status, headers))
        )
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        headers = dict(started[1])
        # An input may have asked for it.
        is_zipped = headers.get("Content-Encoding") == "gzip"
        return Reply(int(started[0][:3]), headers, gzip.decompress(body) if is_zipped else body)

    def hold(self, method: str, path: str, reply: Reply, story: str) -> None:
        """Note every rule that the reply breaks."""
        if reply.status >= 500 and (path, reply.status) != (MAY_SAY_503, 503):
            place = self._failed_at or f"{method} {route_of(path)}"
            self.tally.breach(
                "5xx", f"{reply.status} {place}", f"{reply.status} for {story}\n{self._failure[-1500:]}"
            )
        if any(trace in reply.body for trace in TRACES):
            self.tally.breach("stack_trace", f"{reply.status} {method} {route_of(path)}", story)
        if path.startswith(PREFIX) and path != DESCRIPTION and method not in ("HEAD", "OPTIONS"):
            try:
                assert_described(method, path, reply.status, reply.headers, reply.body)
            except NotAsDescribedError as error:
                place = f"{reply.status} {method} {route_of(path)}"
                self.tally.breach("not_as_described", place, f"{error} for {story}")

    def _note_failure(self, **_signal: Any) -> None:
        self._failure = traceback.format_exc()
        self._failed_at = failed_at(sys.exc_info()[1])


def failed_at(error: BaseException | None) -> str:
    """Return what was raised and the innermost line of ours that led there."""
    frames = (
        [frame for frame in traceback.extract_tb(error.__traceback__) if "/aoxanh/" in frame.filename]
        if error
        else []
    )
    where = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def route_of(path: str) -> str:
    """Return the route that an address leads to, so that a thousand addresses of one page are one place."""
    try:
        return str(resolve(path).route)
    except Resolver404:
        return "nowhere"


def environ_of(request: Request) -> dict[str, Any]:
    """Return the WSGI environment that a server makes of a request."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "QUERY_STRING": request.query.decode("latin-1"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(request.body)) if request.length is None else request.length,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ
