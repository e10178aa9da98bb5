"""A push service on loopback, and browsers that can read what is sealed for them; a real one cannot be reached from a test."""

import base64
import contextlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Answer = tuple[int, dict[str, str]]


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Told:
    """One post: where it went, its headers (in small letters), its body."""

    path: str
    headers: dict[str, str]
    body: bytes


class Browser:
    """A browser: what it gives to a site, and what only it can read."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._private = generate_private_key(SECP256R1())
        self._auth = os.urandom(16)
        public = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.p256dh, self.auth = packed(public), packed(self._auth)

    @property
    def form(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}

    def read(self, told: Told) -> dict[str, Any]:
        clear = http_ece.decrypt(told.body, private_key=self._private, auth_secret=self._auth)
        found: dict[str, Any] = json.loads(clear)
        return found


@dataclass
class PushService:
    """What came in, and how each path is answered: 201 unless `answers` says otherwise."""

    port: int = 0
    told: list[Told] = field(default_factory=list)
    answers: dict[str, Answer | Callable[[Any], None]] = field(default_factory=dict)
    came: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def browser(self, path: str) -> Browser:
        return Browser(f"{self.url}/{path}")

    def at(self, path: str) -> list[Told]:
        return [one for one in self.told if one.path == f"/{path}"]

    @classmethod
    @contextlib.contextmanager
    def open(cls) -> Iterator["PushService"]:
        service = cls()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service._take(self)

            def log_message(self, *_arguments: Any) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            server.daemon_threads = True
            server.block_on_close = False
            service.port = server.server_address[1]
            thread = threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
            )
            thread.start()
            try:
                yield service
            finally:
                service.over.set()
                server.shutdown()
                thread.join()

    def _take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.told.append(Told(handler.path, headers, body))
        self.came.set()
        answer = self.answers.get(handler.path.removeprefix("/"), (201, {}))
        if callable(answer):
            with contextlib.suppress(OSError):  # who asked may be gone by then
                answer(handler)
            handler.close_connection = True
            return
        status, more = answer
        handler.send_response(status)
        for name, value in {"Content-Length": "0", **more}.items():
            handler.send_header(name, value)
        handler.end_headers()
