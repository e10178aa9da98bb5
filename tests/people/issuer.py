"""A small OpenID Connect issuer on loopback: whoever comes is the subject that the test chose."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


class Issuer(ThreadingHTTPServer):
    """Answers discovery, authorisation, token and user-info requests; `subject` says for whom."""

    subject = "nobody"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"


class _Door(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path == "/.well-known/openid-configuration":
            places = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "userinfo_endpoint": "userinfo",
                "jwks_uri": "jwks",
            }
            self._tell(
                {"issuer": self.server.url}
                | {name: f"{self.server.url}/{path}" for name, path in places.items()}
            )
        elif url.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            self.send_response(302)
            self.send_header(
                "Location", asked["redirect_uri"] + "?" + urlencode({"code": "c", "state": asked["state"]})
            )
            self.end_headers()
        else:
            self._tell({"sub": self.server.subject, "email": "an@example.vn", "email_verified": True})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._tell({"access_token": "t", "token_type": "Bearer", "expires_in": 60})

    def _tell(self, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Stay quiet."""


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """Run an issuer until the block ends."""
    issuer = Issuer(("localhost", 0), _Door)
    Thread(target=issuer.serve_forever, daemon=True).start()
    try:
        yield issuer
    finally:
        issuer.shutdown()
        issuer.server_close()
