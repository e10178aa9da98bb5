"""The storm over the pages: addresses, query strings, forms, uploads and headers that no browser of ours would send."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes

from django.urls import URLPattern, URLResolver, get_resolver

from aoxanh.kernel import clock
from tests.cast import BINH_TEAM, LAN_TEAM, LUNG_CU, account_id, fixed_id, volunteer_id
from tests.fuzz.ground import CSRF, browser_keys, mend_cast, phone_of
from tests.fuzz.thrower import Headers, Reply, Request, Thrower
from tests.fuzz.words import HOSTILE, Planted, a_word, as_bytes

GROUP = "pages"
HEADERS_GROUP = "headers"
METHODS = ("GET",) * 8 + ("POST",) * 10 + ("HEAD", "OPTIONS", "PUT", "DELETE", "BREW")
QUERY = (
    "place commune province q text on limit after state code from to day team period sort order show cursor version new old next check action page key format"
    " csrfmiddlewaretoken _method lang"
).split()
ESCAPES = (
    "%00",
    "%ff",
    "%c0%af",
    "%ed%a0%80",
    "%2e%2e%2f",
    "%2F",
    "%0d%0a",
    "%",
    "%zz",
    ";x=1",
    "//",
    "/./",
    "/../",
    "?",
    "%3F",
    "%E2%80%AE",
    "+",
    "é",
    "%25",
)
_FIELDS = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')
_OPTIONS = re.compile(r'<(?:option|input|button)[^>]*\bvalue="([^"]{1,60})"')


@cache
def routes() -> tuple[str, ...]:
    """Return every route outside the API as Django writes it, with its converters."""
    return tuple(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: list[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            if not route.startswith(("api/", "static")):
                yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def known_parts() -> dict[str, tuple[str, ...]]:
    """Return for each name of an address's part values that lead somewhere for somebody."""
    today = clock.today().isoformat()
    return {
        "code": ("VN", "08", LUNG_CU, "1.001193"),
        "place": ("VN", "08", LUNG_CU),
        "team_id": (str(LAN_TEAM), str(BINH_TEAM)),
        "volunteer_id": (str(volunteer_id("lan")), str(volunteer_id("binh"))),
        "account_id": (str(account_id("lan")), str(account_id("an"))),
        "membership_id": (str(fixed_id(6, 1)), str(fixed_id(6, 2))),
        "assignment_id": (str(fixed_id(4, 1)), str(fixed_id(4, 8))),
        "device_id": (str(phone_of("lan")), str(phone_of("binh"))),
        "commune": (LUNG_CU, "00004"),
        "day": (today, "0001-01-01", "9999-12-31"),
    }


@dataclass
class PageStorm:
    """One person's browser gone mad."""

    thrower: Thrower
    dice: Random
    planted: Planted
    name: str | None

    def play(self, inputs: int) -> None:
        """Throw about so many requests at all pages in turn, mending what hostile but rightful ones took away."""
        mend_cast()
        keys = browser_keys(self.name)
        thrown = 0
        while thrown < inputs:
            for route in self.dice.sample(routes(), len(routes())):
                if thrown >= inputs or self.thrower.seconds_left <= 0:
                    return
                reply = self.thrower.throw(GROUP, self._request(route, keys, self._fields_at(route, keys)))
                thrown += 1
                if reply.status in (302, 401) and self.dice.random() < 0.2:
                    mend_cast()
                    keys = browser_keys(self.name)

    def play_headers(self, inputs: int) -> None:
        """Throw so many requests whose headers are wrong, at a page, an operation and the sign-in."""
        keys = browser_keys(self.name)
        for _ in range(inputs):
            if self.thrower.seconds_left <= 0:
                return
            path = self.dice.choice(
                (
                    "/",
                    "/teams/",
                    "/account/login/",
                    "/api/v1/teams",
                    "/api/v1/sync",
                    "/healthz",
                    "/field/",
                    "/board/",
                )
            )
            method = self.dice.choice(("GET", "GET", "POST", "HEAD"))
            headers = hostile_headers(self.dice, keys)
            self.thrower.throw(
                HEADERS_GROUP,
                Request(method, path, headers=headers, body=b"a=b" if method == "POST" else b""),
            )

    def _fields_at(self, route: str, keys: Headers) -> tuple[list[str], list[str]]:
        """Return the names and the offered values of the forms on a page, so that hostile forms get past its first look."""
        reply = self.thrower.send_quietly(Request("GET", "/" + self._fill(route, likely=1.0), headers=keys))
        page = reply.body.decode(errors="replace") if _is_page(reply) else ""
        return _FIELDS.findall(page), _OPTIONS.findall(page)

    def _request(self, route: str, keys: Headers, form: tuple[list[str], list[str]]) -> Request:
        path = "/" + self._fill(route, likely=0.7)
        method = self.dice.choice(METHODS)
        query = self._pairs(self.dice.sample(QUERY, self.dice.randrange(4)), form[1])
        if method not in ("POST", "PUT"):
            return Request(method, path, query, keys)
        names = [name for name in form[0] if self.dice.random() < 0.9] + self.dice.sample(
            QUERY, self.dice.randrange(2)
        )
        if self.dice.random() < 0.25:
            kind, body = self._multipart(names, form[1])
        else:
            kind, body = "application/x-www-form-urlencoded", self._pairs(names, form[1])
        if self.dice.random() < 0.05:
            kind = self.dice.choice(("application/json", "multipart/form-data", "text/plain", "x" * 300, "é"))
        return Request(method, path, query, (*keys, ("Content-Type", kind)), body)

    def _fill(self, route: str, *, likely: float) -> str:
        known = known_parts()

        def part(found: re.Match[str]) -> str:
            kind, name = found[1] or "str", found[2]
            if self.dice.random() < likely:
                return quote(self.dice.choice(known.get(name, ("1", "x"))))
            if kind == "uuid:":
                return str(fixed_id(9, self.dice.randrange(10**6)))
            return quote_from_bytes(as_bytes(a_word(self.dice, self.planted))[:300]) or "x"

        path = re.sub(
            r"<(\w+:)?(\w+)>",
            part,
            re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("$", "").replace("\\", ""),
        )
        if likely < 1 and self.dice.random() < 0.08:
            at = self.dice.randrange(len(path) + 1)
            path = path[:at] + self.dice.choice(ESCAPES) + path[at:]
        return path.replace("?", "%3F") if likely < 1 else path

    def _value(self, offered: list[str]) -> bytes:
        if self.dice.random() < 0.03:
            return self.dice.choice((b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"%", b"%u0000"))
        return as_bytes(a_word(self.dice, self.planted, offered))

    def _pairs(self, names: list[str], offered: list[str]) -> bytes:
        """Return a query string or form; some names come twice, as arrays, or without a value."""
        pairs = []
        for name in names:
            value = (
                CSRF.encode()
                if name == "csrfmiddlewaretoken" and self.dice.random() < 0.9
                else self._value(offered)
            )
            raw = value if self.dice.random() < 0.1 else quote_from_bytes(value).encode()
            label = quote_from_bytes(
                as_bytes(name + self.dice.choice(("",) * 60 + ("[]", "[0]", "\x00")))
            ).encode()
            pairs += [label + b"=" + raw] * self.dice.choice((1, 1, 1, 1, 1, 2))
        return self.dice.choice((b"&", b"&", b"&", b"&&", b";")).join(pairs)[:200_000]

    def _multipart(self, names: list[str], offered: list[str]) -> tuple[str, bytes]:
        """Return a multipart body, sometimes with files, a wrong boundary or no end."""
        boundary = b"edge"
        parts = []
        for name in names:
            file = b'; filename="' + self._value([])[:200] + b'"' if self.dice.random() < 0.1 else b""
            head = b'Content-Disposition: form-data; name="' + as_bytes(name) + b'"' + file
            parts.append(b"--" + boundary + b"\r\n" + head + b"\r\n\r\n" + self._value(offered) + b"\r\n")
        body = b"".join(parts) + self.dice.choice((b"--edge--\r\n", b"--edge--\r\n", b"", b"--edg"))
        if self.dice.random() < 0.15:
            body = body[: self.dice.randrange(len(body) + 1)]
        return self.dice.choice(
            ("multipart/form-data; boundary=edge",) * 8
            + ("multipart/form-data; boundary=other", "multipart/form-data; boundary=")
        ), body


def _is_page(reply: Reply) -> bool:
    return reply.status == 200 and reply.headers.get("Content-Type", "").startswith("text/html")


def hostile_headers(dice: Random, keys: Headers) -> Headers:
    """Return somebody's headers with some of them spoilt; only what a server may hand on: no line ends, Latin-1 alone."""
    names = (
        "Accept-Language", "Accept", "Accept-Encoding", "Cookie", "X-CSRFToken", "Authorization", "Host", "Origin", "Referer", "User-Agent", "Range", "Content-Type",
        "If-None-Match", "If-Modified-Since", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-HTTP-Method-Override", "HX-Request", "HX-Current-URL", "Content-Encoding", "Expect",
    )  # fmt: skip
    values = (
        "", "*", "vi;q=" + "9" * 40, "vi;q=x,en;q=-1", "en," * 800, "x" * 9000, "\xff\xfe", "Bearer", "Bearer ", "Bearer \xe9\xe9", "Basic !!!!", "Digest a=b", "bytes=0-,-1", "bytes=9-1",
        "sessionid=\x7f; csrftoken=", 'sessionid="\\000abc"; a=b', "sessionid=" + "a" * 5000, "=;=;;;", 'W/"' + "x" * 500, "Sun, 99 Foo 99999 99:99:99 GMT", "evil.example", "localhost:99999999", "[::1", "http://[", "null",
        "HTTPS", "1.2.3.4, " * 200, "true", "%E2%80%AE; URI-AutoEncoded=true", "gzip, deflate", "100-continue", "multipart/form-data", "application/x-www-form-urlencoded; charset=no-such",
        "text/html; charset=\x80", *(word.encode("latin-1", "ignore").decode("latin-1") for word in HOSTILE if "\n" not in word and "\x00" not in word and len(word) < 400),
    )  # fmt: skip
    spoilt = dict(keys)
    for name in dice.sample(names, dice.choice((1, 1, 2, 3))):
        spoilt[name] = dice.choice(values)
    return tuple(spoilt.items())
