"""The token behind a session's QR: commune, day, id and return code, made on the phone without a network and naming nobody.

Nothing signs it. The id has 74 random bits and the code 30, which only the phone, the citizen and, after the sync, the server know.
Why that is enough: docs/decisions/0029-let-citizens-answer-by-a-code.md.
"""

import base64
import binascii
import re
import struct
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6
_EPOCH = date(1970, 1, 1)
_FORM = struct.Struct(">IH16sI")
_SPELLING = re.compile(r"[A-Za-z0-9_-]{35}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says, before anybody has compared it with a session."""

    commune: str
    day: date
    id: UUID
    code: str


def read(text: str) -> Token | None:
    """Return what a token says, or None when these are not the bytes of one in their one spelling."""
    if not _SPELLING.fullmatch(text):
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=")
    except (binascii.Error, ValueError):
        return None
    commune, day, id_, code = _FORM.unpack(raw)
    if commune > 99_999 or code >= 1 << 30:
        return None
    letters = "".join(LETTERS[code >> (5 * place) & 31] for place in reversed(range(CODE_LENGTH)))
    token = Token(f"{commune:05}", _EPOCH + timedelta(days=day), UUID(bytes=id_), letters)
    # The last character may hold bits that no byte has: the same bytes must not have several addresses.
    return token if spell(token) == text else None


def spell(token: Token) -> str:
    """Return the token as it stands in an address."""
    number = 0
    for letter in token.code:
        number = number << 5 | LETTERS.index(letter)
    raw = _FORM.pack(int(token.commune), (token.day - _EPOCH).days, token.id.bytes, number)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
