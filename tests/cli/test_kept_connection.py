"""A kept connection: asked again when the server had closed it, never hiding that a server breaks off."""

import http.client
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from aoxanh.cli.bench.kept import KeptConnection

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class ClosingServer:
    """Closes each connection after as many answers as `plan` says for it; 0 closes it on the first request."""

    def __init__(self, plan: list[int]) -> None:
        self.asked: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, args=(plan,))
        self._thread.start()

    def _serve(self, plan: list[int]) -> None:
        for answers in plan:
            client, _address = self._listener.accept()
            with client:
                for _ in range(answers):
                    self._take(client)
                    client.sendall(ANSWER)
                if answers == 0:
                    self._take(client)

    def _take(self, client: socket.socket) -> None:
        self.asked.append(client.recv(65_536).split(b"\r\n")[0])

    def end(self) -> None:
        self._thread.join(10)
        self._listener.close()


@pytest.fixture
def serve() -> Iterator[Callable[[list[int]], ClosingServer]]:
    servers: list[ClosingServer] = []

    def start(plan: list[int]) -> ClosingServer:
        servers.append(ClosingServer(plan))
        return servers[-1]

    yield start
    for server in servers:
        server.end()


def test_a_get_is_repeated_on_a_new_connection_when_the_kept_one_was_closed(
    serve: Callable[[list[int]], ClosingServer],
) -> None:
    server = serve([1, 2])
    kept = KeptConnection(server.url, timeout=10)
    said = [kept.ask("GET", f"/{number}")[1] for number in range(3)]
    kept.close()
    server.end()
    assert said == [b"ok"] * 3
    assert [line.split()[1] for line in server.asked] == [b"/0", b"/1", b"/2"]


def test_a_post_is_never_repeated(serve: Callable[[list[int]], ClosingServer]) -> None:
    server = serve([1])
    kept = KeptConnection(server.url, timeout=10)
    kept.ask("GET", "/")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        kept.ask("POST", "/", b"x")
    server.end()


def test_a_server_that_breaks_off_what_was_just_begun_is_an_error(
    serve: Callable[[list[int]], ClosingServer],
) -> None:
    server = serve([0])
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        KeptConnection(server.url, timeout=10).ask("GET", "/")
    server.end()
    assert len(server.asked) == 1


def test_a_connection_closed_twice_in_a_row_is_an_error(
    serve: Callable[[list[int]], ClosingServer],
) -> None:
    server = serve([1, 0])
    kept = KeptConnection(server.url, timeout=10)
    kept.ask("GET", "/")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        kept.ask("GET", "/")
    server.end()
