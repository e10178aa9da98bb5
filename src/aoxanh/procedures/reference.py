"""The cursor by which a phone asks what changed: a fingerprint of all it holds, so that no clock and no order matters.

A version may be published, closed, confirmed, begin on a day announced long ago, or vanish with a restored backup; the phone
may move to another province. In each case what it holds differs from what it should hold, and that is all the cursor tells.
"""

import base64
import binascii
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import blake2b

_FORM = b"\x01"
_NAME, _STAMP = 4, 4
_ENTRY = _NAME + _STAMP
MOST_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class Changes:
    """What to send: everything (`full`), or only the parts that are `fresh`, and the names of those to be `gone`."""

    full: bool
    fresh: frozenset[str]
    gone: tuple[str, ...]


def cursor_of(stamps: Mapping[str, str]) -> str:
    """Return the cursor of a phone that holds these parts, each with a stamp that changes when the part does."""
    entries = sorted(_short(name, _NAME) + _short(stamp, _STAMP) for name, stamp in stamps.items())
    return base64.urlsafe_b64encode(_FORM + b"".join(entries)).rstrip(b"=").decode()


def changes_since(cursor: str, stamps: Mapping[str, str], known: Collection[str] = ()) -> Changes:
    """Tell what a phone with this cursor lacks; `known` are names of parts that it may still hold but should not.

    An empty, foreign or damaged cursor gets everything.
    """
    held = _entries(cursor)
    if held is None:
        return Changes(full=True, fresh=frozenset(stamps), gone=())
    fresh = frozenset(
        name for name, stamp in stamps.items() if held.get(_short(name, _NAME)) != _short(stamp, _STAMP)
    )
    gone = sorted(name for name in known if name not in stamps and _short(name, _NAME) in held)
    return Changes(full=False, fresh=fresh, gone=tuple(gone))


def _entries(cursor: str) -> dict[bytes, bytes] | None:
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (UnicodeEncodeError, binascii.Error):
        return None
    body = raw[1:]
    if raw[:1] != _FORM or len(body) % _ENTRY or len(body) > MOST_ENTRIES * _ENTRY:
        return None
    return {body[at : at + _NAME]: body[at + _NAME : at + _ENTRY] for at in range(0, len(body), _ENTRY)}


def _short(text: str, size: int) -> bytes:
    return blake2b(text.encode(), digest_size=size).digest()
