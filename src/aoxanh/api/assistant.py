"""The assistant door: ask in words, and what a phone needs to answer without a network."""

import hashlib
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from ninja import Query, Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.procedures import own_province
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Sent
from aoxanh.assistant import actions, queries
from aoxanh.assistant.approved_queries import plain_with_approved
from aoxanh.assistant.pace import keep_pace
from aoxanh.assistant.replies import Pinned, Slot

router = Router(tags=["assistant"], auth=PERSON)

_KINDS = Literal["answer", "choose", "ask_back", "province", "police", "refuse", "outside"]
_SLOTS = Literal["fee", "time", "place", "papers", "online", "steps", "who", "legal"]
_LONGEST_CODE = 40
_MOST_OFFERED = 20


class PinnedIn(Sent):
    """What the dialogue remembers, as the last reply gave it; empty at the beginning. It holds codes and no words."""

    code: str = Field("", max_length=_LONGEST_CODE)
    slot: _SLOTS | None = None
    offered: list[Annotated[str, Field(max_length=_LONGEST_CODE)]] = Field([], max_length=_MOST_OFFERED)
    before: str = Field("", max_length=_LONGEST_CODE)


class MessageIn(Sent):
    """One message, in Vietnamese as people type it or in English; nothing of it is stored or logged."""

    text: str = Field(max_length=queries.LONGEST_QUESTION)
    pinned: PinnedIn | None = None
    language: Literal["vi", "en"] = "vi"


class NamedOut(Schema):
    """A procedure by name; `apart` tells it from its siblings."""

    code: str
    title: str
    apart: str


class SourceOut(Schema):
    """The field of a card that a sentence says in words."""

    code: str
    title: str
    field: str
    valid_from: date
    confidence: str
    link: str
    is_stale: bool


class SentenceOut(Schema):
    """One sentence; without `is_certain` it must be asked for again, as a fee that a province's council sets.

    `quote` is what the card says word for word where a language model put the sentence in easier words, else "".
    """

    text: str
    source: SourceOut
    is_certain: bool
    quote: str


class ApprovedAnswerOut(Schema):
    """An answer that an office approved for this slot of this version of the card: shown before the card's own words."""

    text: str
    place: str
    office: str
    day: date
    number: int
    version: int


class PartOut(Schema):
    """The reply to one of at most two questions."""

    kind: _KINDS
    say: str
    slot: _SLOTS | None
    sentences: list[SentenceOut]
    candidates: list[NamedOut]
    rule: str
    go: str
    approved: ApprovedAnswerOut | None


class PinnedOut(Schema):
    """What to send back with the next message."""

    code: str
    slot: _SLOTS | None
    offered: list[str]
    before: str


class ReplyOut(Schema):
    """The reply: its parts, what to remember, and what old units named in the message are called today."""

    parts: list[PartOut]
    pinned: PinnedOut
    language: str
    notes: list[str]


class PackAsked(Schema):
    """The version that the phone holds already."""

    held: str = Field("", max_length=64)


@router.post("/ask", response={200: ReplyOut, **REFUSALS})
def ask(request: HttpRequest, message: MessageIn) -> dict[str, Any]:
    """Answer a message from the cards that hold today where the asker works; personal data in it are refused unread."""
    actor = request.actor  # type: ignore[attr-defined]
    keep_pace(actor)
    pinned = _remembered(message.pinned)
    province = own_province(actor)
    reply = queries.ask(message.text, pinned, message.language, province)
    actions.count_asked(reply=reply, by=actor)
    return plain_with_approved(reply, province)


@router.get("/pack", response={200: dict[str, Any], 304: None, **REFUSALS})
def show_pack(request: HttpRequest, asked: Query[PackAsked]) -> HttpResponseBase:
    """Return what a phone needs to reply as the server does: sentences, rules, words; 304 where it has them."""
    body = msgspec.json.encode(queries.pack())
    tag = quote_etag(hashlib.blake2b(body, digest_size=12).hexdigest())
    if asked.held and asked.held == msgspec.json.decode(body)["version"]:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    answer = get_conditional_response(request, tag, None, response) or response
    patch_cache_control(answer, private=True, no_cache=True)
    patch_vary_headers(answer, ["Authorization", "Cookie"])
    return answer


def _remembered(held: PinnedIn | None) -> Pinned:
    if held is None:
        return Pinned()
    return Pinned(held.code, Slot(held.slot) if held.slot else None, tuple(held.offered), held.before)
