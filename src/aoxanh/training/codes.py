"""The codes that change at a point: one on its screen for cameras, one to be said aloud; pure, and the phone computes the same.

A code is a keyed hash of the number of its window of time. It is worth nothing without the key, and its window closes it: what
was photographed at one place is over before it is of use at another.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

# Nothing that is mistaken for something else on a screen (0 O, 1 I L, 5 S, 2 Z) or by ear (B, G, J, N, Q, U, W).
ALPHABET = "346789ACDEFHKMPRTVXY"

Kind = Literal["screen", "spoken"]


@dataclass(frozen=True, slots=True)
class Rotation:
    """How long a code is, how many seconds a window lasts, and how many windows before the present one still hold."""

    length: int
    seconds: int
    kept: int


# A picture of the screen holds for 90 seconds at most, a spoken code for ten minutes.
ROTATIONS: dict[Kind, Rotation] = {"screen": Rotation(14, 30, 2), "spoken": Rotation(6, 300, 1)}


def point_key(secret: str, point_id: UUID, kind: Kind) -> bytes:
    """Return the key of a point's codes of one kind; the spoken one may be given to the host's phone, for places without a network."""
    return hmac.digest(secret.encode(), f"training point {kind} ".encode() + point_id.bytes, "sha256")


def window(kind: Kind, moment: datetime) -> int:
    """Return the number of the window of time that a moment lies in."""
    return int(moment.timestamp()) // ROTATIONS[kind].seconds


def code_in(key: bytes, kind: Kind, number: int) -> str:
    """Return the code of one window."""
    value = int.from_bytes(hmac.digest(key, str(number).encode(), "sha256")[:8], "big")
    letters = []
    for _ in range(ROTATIONS[kind].length):
        value, rest = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def code_at(key: bytes, kind: Kind, moment: datetime) -> str:
    """Return the code that is shown or said at a moment."""
    return code_in(key, kind, window(kind, moment))


def seconds_left(kind: Kind, moment: datetime) -> int:
    """Return after how many seconds the next code is shown."""
    return ROTATIONS[kind].seconds - int(moment.timestamp()) % ROTATIONS[kind].seconds


def fits(key: bytes, kind: Kind, code: str, moment: datetime) -> bool:
    """Tell whether a code holds at a moment."""
    now = window(kind, moment)
    held = [code_in(key, kind, now - age) for age in range(ROTATIONS[kind].kept + 1)]
    return any(hmac.compare_digest(one.encode(), code.encode()) for one in held)


def kind_of(code: str) -> Kind | None:
    """Return of which kind a code is by its length, or None for no code of ours."""
    if not set(code) <= set(ALPHABET):
        return None
    return next((kind for kind, rotation in ROTATIONS.items() if rotation.length == len(code)), None)


def as_typed(text: str) -> str:
    """Return a code as somebody typed it, with spaces and small letters, in the form it was made in."""
    return "".join(text.split()).replace("-", "").upper()[:40]
