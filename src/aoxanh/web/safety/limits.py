"""How often one address may ask in a while.

Looks, and what is said of fraud, are counted in the memory of a process alone, under a key that dies with it. What citizens say of
help is worth sending many times, so it is counted in the database, over all processes.
"""

import secrets
import time
from collections import OrderedDict
from hashlib import blake2b
from threading import Lock

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from aoxanh.desk.attempts import count_attempt

_SALT = secrets.token_bytes(16)
MOST_KNOWN = 50_000


class Limit:
    """At most `most` of something within `seconds` from one address, in each process.

    The address itself is never kept: what is counted is a keyed hash, with a key that no disk has seen. A whole office or village
    may share one address, so the numbers are generous; they stop machines, not neighbours.
    """

    def __init__(self, most: int, seconds: int) -> None:
        self.most = most
        self.seconds = seconds
        self._counts: OrderedDict[bytes, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def takes(self, request: HttpRequest) -> bool:
        """Count one, and tell whether it is still within the limit."""
        address = str(ratelimit.get_ip(request))
        key = blake2b(address.encode(errors="replace"), key=_SALT, digest_size=16).digest()
        now = time.monotonic()
        with self._lock:
            since, count = self._counts.pop(key, (now, 0))
            if now - since >= self.seconds:
                since, count = now, 0
            self._counts[key] = (since, count + 1)
            if len(self._counts) > MOST_KNOWN:
                self._counts.popitem(last=False)
        return count < self.most


class SharedLimit:
    """At most `most` of something within one while of `seconds` from one address, over all processes; whiles begin by the clock."""

    def __init__(self, what: str, most: int, seconds: int) -> None:
        self.what = what
        self.most = most
        self.seconds = seconds

    def takes(self, request: HttpRequest) -> bool:
        """Count one in the transaction of the request, and tell whether it is still within the limit."""
        return count_attempt(self.what, str(ratelimit.get_ip(request)), self.seconds) <= self.most
