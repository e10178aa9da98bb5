"""Many messages at once: a few posts at a time, and a push service that is busy is not asked again in the same round."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

from aoxanh.oversight.pushing.endpoint import is_allowed, service_of
from aoxanh.oversight.pushing.envelope import Keys, Words, seal, signature
from aoxanh.oversight.pushing.keys import ServerKey
from aoxanh.oversight.pushing.post import Outcome, Reply, post

AT_ONCE = 8
TTL_SECONDS = 12 * 3600
"""How long a push service keeps a message for a browser that is away: by tomorrow morning there is a newer one."""
SECONDS = 10.0
MOST_SILENT = 4
"""After so many posts without an answer a push service is left alone for this round, so that the worker is not held up."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one browser is told."""

    id: Any
    endpoint: str
    keys: Keys
    words: Words


@dataclass(frozen=True, slots=True)
class Sender:
    """By which key and under which address the site speaks, and to which hosts."""

    key: ServerKey
    contact: str
    hosts: tuple[str, ...]
    loopback: bool = False
    seconds: float = SECONDS

    def send(self, letters: Sequence[Letter]) -> dict[Any, Reply]:
        """Post every letter once and return what became of each."""
        round_ = _Round(self)
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="push") as pool:
            return dict(
                zip((letter.id for letter in letters), pool.map(round_.post_one, letters), strict=True)
            )


class _Round:
    """One round of posts: remembers which services are busy, and signs once for each."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._lock = Lock()
        self._busy: dict[str, Reply] = {}
        self._silent: Counter[str] = Counter()
        self._signed: dict[str, str] = {}

    def post_one(self, letter: Letter) -> Reply:
        sender = self._sender
        if not is_allowed(letter.endpoint, sender.hosts, loopback=sender.loopback):
            return Reply(Outcome.REFUSED)
        service = service_of(letter.endpoint)
        if service in self._busy:
            return self._busy[service]
        headers = {
            "Authorization": self._signature(letter.endpoint, service),
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(TTL_SECONDS),
            "Topic": letter.words.topic,
            "Urgency": "normal",
        }
        body = seal(letter.words, letter.keys)
        reply = post(letter.endpoint, body, headers, seconds=sender.seconds, loopback=sender.loopback)
        self._note(service, reply)
        return reply

    def _note(self, service: str, reply: Reply) -> None:
        with self._lock:
            self._silent[service] += reply.silent
            if reply.busy or self._silent[service] >= MOST_SILENT:
                self._busy.setdefault(service, reply)

    def _signature(self, endpoint: str, service: str) -> str:
        with self._lock:
            if service not in self._signed:
                self._signed[service] = signature(endpoint, self._sender.key.private, self._sender.contact)
            return self._signed[service]
