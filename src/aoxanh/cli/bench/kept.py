"""A connection kept from one request to the next, as browsers and programs keep theirs."""

import http.client
from urllib.parse import urlsplit

# What may be asked twice without harm when no answer came.
REPEATABLE = ("GET", "HEAD")
CLOSED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class KeptConnection:
    """One connection to a site, opened when it is needed and anew when the server has closed it meanwhile."""

    def __init__(self, url: str, *, timeout: float) -> None:
        self.netloc = urlsplit(url).netloc
        self._connection = http.client.HTTPConnection(self.netloc, timeout=timeout)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Return the answer and its whole body.

        A server closes what was idle for long, and may do so while the next request is on its way; every client then asks
        again on a new connection without a word. A connection that was never idle has no such excuse.
        """
        was_idle = self._connection.sock is not None
        try:
            return self._exchange(method, path, body, headers or {})
        except CLOSED:
            self.close()
            if not was_idle or method not in REPEATABLE:
                raise
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        try:
            return self._exchange(method, path, body, headers or {})
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        return response, response.read()
