"""What a dialogue on the page remembers: carried by the page itself, signed, so that no session and no table holds a question."""

from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.core import signing

from aoxanh.assistant.replies import Pinned

_SALT = "aoxanh.assistant.talk"
_HOURS = 12
_MOST_TURNS = 6
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question and, in a line, what was replied."""

    asked: str
    replied: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What the assistant has to remember, and the last turns as the page shows them."""

    pinned: Pinned = Pinned()  # noqa: RUF009 - frozen
    turns: tuple[Turn, ...] = ()

    def after(self, asked: str, replied: str, pinned: Pinned) -> "Memory":
        """Return the memory after one more turn; only the last few stay."""
        turn = Turn(asked[:_LONGEST], replied[:_LONGEST])
        return replace(self, pinned=pinned, turns=(*self.turns, turn)[-_MOST_TURNS:])


def written(memory: Memory) -> str:
    """Return the memory as the page's form carries it."""
    plain: dict[str, Any] = msgspec.to_builtins(memory)
    return signing.dumps(plain, salt=_SALT, compress=True)


def read(given: str) -> Memory:
    """Read what a form carried; what is not ours, damaged or too old is a new beginning."""
    try:
        plain = signing.loads(given, salt=_SALT, max_age=_HOURS * 3600)
        return msgspec.convert(plain, Memory)
    except (signing.BadSignature, msgspec.ValidationError, ValueError):
        return Memory()
