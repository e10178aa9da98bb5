"""People who read pages of a bench's site: made straight in the tables, signed in once, then asking over one connection."""

import gzip
import http.client
import re
import secrets
from urllib.parse import urlencode

import psycopg
from argon2 import PasswordHasher, Type

from aoxanh.cli.bench.kept import KeptConnection
from aoxanh.kernel.ids import uuid7

_ACCOUNT = (
    "INSERT INTO people_account (id, username, email, display_name, language, is_active, created_at, password)"
    " VALUES (%s, %s, '', 'Bench', 'vi', true, now(), %s)"
)
_ROLE = (
    "INSERT INTO people_roleassignment (id, account_id, role, place_id, valid_from)"
    " VALUES (%s, %s, %s, %s, '2025-07-01')"
)


class Reader:
    """A signed-in person with a browser's cookies and one kept connection."""

    def __init__(self, url: str, username: str, password: str, *, timeout: float = 60) -> None:
        self._connection = KeptConnection(url, timeout=timeout)
        self._cookies: dict[str, str] = {}
        _status, page = self.get("/account/login/")
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.decode())
        form = {"login": username, "password": password, "csrfmiddlewaretoken": found[1] if found else ""}
        body = urlencode(form).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": url,
            "Origin": url.rstrip("/"),
        }
        status, _answer = self._ask("POST", "/account/login/", body, headers)
        if status != http.client.FOUND:
            raise RuntimeError(f"{username} could not sign in: {status}")

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Return status and body of a page, asked for as a browser does: compressed on its way."""
        return self._ask("GET", path, None, headers or {})

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = headers | {"Host": self._connection.netloc, "Cookie": cookies, "Accept-Encoding": "gzip"}
        response, answer = self._connection.ask(method, path, body, sent)
        if response.headers.get("Content-Encoding") == "gzip":
            answer = gzip.decompress(answer)
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return response.status, answer


def enrol_reader(connection: "psycopg.Connection[object]", url: str, role: str, place: str) -> Reader:
    """Make an account with a role at a place and sign it in."""
    account, password = uuid7(), secrets.token_urlsafe(16)
    username = f"reader-{role}-{place}-{secrets.token_hex(3)}".replace("_", "-")
    # The parameters are the product's own (people.passwords), so that nothing is hashed anew at the first sign-in.
    hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
    connection.execute(_ACCOUNT, [account, username, f"argon2{hasher.hash(password)}"])
    connection.execute(_ROLE, [uuid7(), account, role, place])
    return Reader(url, username, password)
