"""What the assistant says: a reply of one or two parts, each with its kind, its sentences and where they come from.

The same shape is made in Python and on the phone, goes through the API, and is what the evaluation marks.
"""

from datetime import date
from enum import StrEnum
from typing import Any

import msgspec


class Kind(StrEnum):
    """What a part of a reply is; the evaluation's questions expect one of these, `CHOOSE` and `ANSWER` both as `answer`."""

    ANSWER = "answer"
    """One procedure is meant: its sentences, and other candidates by name."""
    CHOOSE = "choose"
    """Two procedures are near: the likelier is answered, the other offered."""
    ASK_BACK = "ask_back"
    """Three or more cannot be told apart: nothing is answered, they are offered with what tells them apart."""
    PROVINCE = "province"
    """Each province settles it: said so, no figure named, the province asked first."""
    POLICE = "police"
    """Only the police do it; where, and what a volunteer may do up to there."""
    REFUSE = "refuse"
    """Neither a volunteer nor the assistant does it; why, and where to go."""
    OUTSIDE = "outside"
    """No card of ours speaks of it: hand over to an official; nothing is guessed."""


class Slot(StrEnum):
    """What is asked about a procedure."""

    FEE = "fee"
    TIME = "time"
    PLACE = "place"
    PAPERS = "papers"
    ONLINE = "online"
    STEPS = "steps"
    WHO = "who"
    LEGAL = "legal"


class Named(msgspec.Struct, frozen=True):
    """A procedure by name; `apart` is the one thing that tells it from its siblings, "" when nothing is known."""

    code: str
    title: str
    apart: str = ""


class Source(msgspec.Struct, frozen=True):
    """Where a sentence comes from: a field of a card as it was valid from a day on, and how sure that card is."""

    code: str
    title: str
    field: str
    valid_from: date
    confidence: str
    link: str
    """The procedure on the national portal; "" where it has no national code."""
    is_stale: bool = False
    """The phone has held this version longer than it should without asking for a newer one."""


class Sentence(msgspec.Struct, frozen=True):
    """One sentence and the card field it says in words; `is_certain` is false for a fee that a province's council sets.

    `quote` is "" for our own wording; where a language model worded the sentence, the exact words of the card it rests on.
    """

    text: str
    source: Source
    is_certain: bool = True
    quote: str = ""


class Part(msgspec.Struct, frozen=True):
    """The reply to one question. `say` opens it in one plain sentence; `rule` names the limit that a refusal meets."""

    kind: Kind
    say: str
    slot: Slot | None = None
    sentences: tuple[Sentence, ...] = ()
    candidates: tuple[Named, ...] = ()
    """Best first; with ANSWER and CHOOSE the first is the one answered."""
    rule: str = ""
    go: str = ""
    """Where to go or whom to hand over to, in one sentence."""


class Pinned(msgspec.Struct, frozen=True):
    """What a dialogue remembers between questions: no word of what was asked, only codes."""

    code: str = ""
    slot: Slot | None = None
    offered: tuple[str, ...] = ()
    """Codes in the order they were last shown, so that "the second one" is understood."""
    before: str = ""
    """The procedure spoken of before this one, to return to."""


class Reply(msgspec.Struct, frozen=True):
    """One to two parts, what to remember, and the language of the sentences ("vi" or "en")."""

    parts: tuple[Part, ...]
    pinned: Pinned
    language: str = "vi"
    notes: tuple[str, ...] = ()
    """What else is to be known of the message: old unit names in it and what they are now. A phone by itself tells none."""


def plain(reply: Reply) -> dict[str, Any]:
    """Return the reply as JSON holds it."""
    held: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(reply))
    return held
