"""The road between a phone and the site: a relay on loopback that can lose, hold, damage and change what passes."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_S = 60
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass
class Message:
    """A request or an answer while it is on the road."""

    method: str
    path: str
    body: bytes
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)


class Lost(Exception):
    """The message does not arrive: the connection breaks."""


class Road:
    """What befalls the messages: `before` sees each request, `after` each answer; they change it or raise Lost."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.before: list[Callable[[Message], None]] = []
        self.after: list[Callable[[Message], None]] = []
        self.seen: list[tuple[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._traveller())
        self._server.daemon_threads = True
        self.url = f"http://localhost:{self._server.server_address[1]}"

    @contextmanager
    def open(self) -> Iterator["Road"]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def clear(self) -> None:
        """Let everything pass again."""
        self.before.clear()
        self.after.clear()

    def forward(self, message: Message, headers: dict[str, str]) -> Message:
        self.seen.append((message.method, message.path.partition("?")[0]))
        for befall in list(self.before):
            befall(message)
        connection = http.client.HTTPConnection("127.0.0.1", self.target_port, timeout=PATIENCE_S)
        try:
            connection.request(message.method, message.path, message.body or None, headers)
            response = connection.getresponse()
            answer = Message(
                message.method, message.path, response.read(), response.status, response.getheaders()
            )
        except OSError as error:
            raise Lost from error
        finally:
            connection.close()
        for befall in list(self.after):
            befall(answer)
        return answer

    def _traveller(self) -> type[BaseHTTPRequestHandler]:
        road = self

        class Traveller(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                # Plain bytes on the way back, so that a test can change them.
                headers = {
                    name: value
                    for name, value in self.headers.items()
                    if name.lower() not in ("accept-encoding", "connection")
                }
                try:
                    answer = road.forward(Message(self.command, self.path, body), headers)
                except Lost:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers:
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            do_GET = do_POST = do_HEAD = _pass  # noqa: N815 - the names that http.server calls

            def log_message(self, *_: object) -> None:
                """Be quiet."""

        return Traveller


def is_hand_in(message: Message) -> bool:
    """Tell whether the message hands records in."""
    return message.method == "POST" and message.path == "/api/v1/sync"
