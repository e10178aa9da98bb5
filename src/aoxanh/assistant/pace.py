"""How fast one account may ask: counted in the memory of each process, and forgotten with the minute."""

import time
from collections import OrderedDict
from threading import Lock
from uuid import UUID

from aoxanh.assistant.asking_errors import AskedTooFast
from aoxanh.people.actors import Actor

MOST = 60
SECONDS = 60
MOST_KNOWN = 20_000

_counts: OrderedDict[UUID | None, tuple[float, int]] = OrderedDict()
_lock = Lock()


def keep_pace(by: Actor) -> None:
    """Count one question. Raises AskedTooFast when the account asks faster than a person types."""
    now = time.monotonic()
    with _lock:
        since, count = _counts.pop(by.account_id, (now, 0))
        if now - since >= SECONDS:
            since, count = now, 0
        _counts[by.account_id] = (since, count + 1)
        if len(_counts) > MOST_KNOWN:
            _counts.popitem(last=False)
    if count >= MOST:
        raise AskedTooFast


def forget_pace() -> None:
    """Begin to count anew."""
    with _lock:
        _counts.clear()
