"""Schemathesis over the whole OpenAPI, for people and phones: examples, coverage, generated and stateful phases, in process."""

import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

import schemathesis
from django.db import connections
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.fuzz.bodies import digest_of
from tests.fuzz.ground import browser_keys, mend_cast, phone_keys
from tests.fuzz.thrower import Headers, Reply, Thrower
from tests.openapi import DESCRIPTION

GROUP = "operations"
SYNC = "/api/v1/sync"
MEND_EVERY = 40
# 413: more records than a batch may hold.
REFUSED = ["400", "401", "403", "404", "405", "409", "410", "413", "422"]
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "unsupported_method",
)


class Watched:
    """The application as Schemathesis calls it: every reply is counted and held to the rules on its way out."""

    def __init__(self, thrower: Thrower, keys: Headers) -> None:
        self.thrower = thrower
        self.count = 0
        self.keys = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in keys}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.count += 1
        if self.count % MEND_EVERY == 0:
            mend_cast()
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        # Django writes the path as text over the bytes in its environment, which the client still needs.
        environ = {**environ, "REMOTE_ADDR": "127.0.0.1", **self.keys}
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = _Once(body)
        if environ["PATH_INFO"] == SYNC and "HTTP_CONTENT_DIGEST" not in environ:
            environ["HTTP_CONTENT_DIGEST"] = digest_of(body)
        try:
            reply = self.thrower.send(environ)
        finally:
            # Schemathesis works in threads that come and go, and each would leave its connections behind.
            if threading.current_thread() is not threading.main_thread():
                connections.close_all()
        self._hold(path, environ, reply, body)
        start_response(
            f"{reply.status} {'OK' if reply.status < 400 else 'Refused'}", list(reply.headers.items())
        )
        return [reply.body]

    def _hold(self, path: str, environ: dict[str, Any], reply: Reply, body: bytes) -> None:
        if path == DESCRIPTION:
            return
        self.thrower.tally.count(GROUP, reply.status)
        story = f"{environ['REQUEST_METHOD']} {quote(path)}?{environ['QUERY_STRING'][:300]} {body[:500]!r}"
        self.thrower.hold(environ["REQUEST_METHOD"], path, reply, story)


class _Once:
    """A body that is there once, as a server's input is."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        taken = self._body if size < 0 else self._body[:size]
        self._body = self._body[len(taken) :]
        return taken

    def readline(self, size: int = -1) -> bytes:
        return self.read(
            min(self._body.find(b"\n") + 1 or len(self._body), size if size >= 0 else len(self._body))
        )


def keys_of(who: str) -> Headers:
    """Return the headers of "lan" (her browser), "lan's phone", or "" (a stranger)."""
    return phone_keys(who.partition("'")[0]) if "phone" in who else browser_keys(who or None)


def play_operations(thrower: Thrower, who: str, *, seed: int, examples: int) -> None:
    """Let one caller loose on every operation; each failed check of Schemathesis is a breach."""
    if thrower.seconds_left < 1:
        return
    mend_cast()
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "max-time": max(1, round(thrower.seconds_left)),
            "continue-on-failure": True,
            "generation": {
                "max-examples": examples,
                "database": "none",
                "no-shrink": True,
                "with-security-parameters": False,
            },
            "checks": {
                "enabled": False,
                **{name: {"enabled": True} for name in CHECKS},
                "negative_data_rejection": {"enabled": True, "expected-statuses": REFUSED},
            },
            "phases": {"stateful": {"enabled": True}},
        }
    )
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, Watched(thrower, keys_of(who)), config=config)
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _note_failures(thrower, who, event)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            thrower.tally.breach("schemathesis", _stumbled(event), f"as {who}: {event!r:.800}")


def _note_failures(thrower: Thrower, who: str, event: events.ScenarioFinished) -> None:
    for case_id, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                call = event.recorder.cases[case_id].value
                story = f"as {who or 'a stranger'}, {event.phase.value}: {call.method} {call.formatted_path} {call.query!r:.200} {call.body!r:.300}"
                place = f"{call.method} {call.operation.path}"
                thrower.tally.breach(check.name, place, f"{story}: {check.failure_info.failure!s:.400}")


def _stumbled(event: events.NonFatalError | events.FatalError) -> str:
    """Return where Schemathesis itself stumbled and over what."""
    if isinstance(event, events.NonFatalError):
        return f"{event.label} {type(event.value).__name__}"
    return type(event.exception).__name__
