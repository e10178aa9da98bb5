"""Asking the assistant. What it knows is public, so nothing is filtered by who asks, only by day and province."""

from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from aoxanh.assistant import dialogue, language_model
from aoxanh.assistant.alias_queries import Said, said_in
from aoxanh.assistant.asking_errors import PersonalQuestion, UnreadableQuestion
from aoxanh.assistant.dialogue import Assistant
from aoxanh.assistant.entries import index_of, taught, vocabulary
from aoxanh.assistant.former_units import former_units
from aoxanh.assistant.policy import Policy, read_policy
from aoxanh.assistant.replies import Kind, Pinned, Reply
from aoxanh.assistant.retrieval import Index
from aoxanh.kernel.text import is_storable
from aoxanh.places.models import Place
from aoxanh.privacy.detection import find
from aoxanh.privacy.errors import kinds_in_words
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.queries import ShownCard

LONGEST_QUESTION = 2000
NONE_OF_THESE = "không có cái nào"
NOTHING = Pinned()


def ask(text: str, pinned: Pinned = NOTHING, language: str = "vi", province: Place | None = None) -> Reply:
    """Answer one message of a dialogue from the cards of a province, or the nation's; nothing of it is kept.

    Personal data are looked for before anything else reads the text. Raises PersonalQuestion or UnreadableQuestion.
    """
    asked = text.strip()
    if not asked or len(asked) > LONGEST_QUESTION or not is_storable(asked):
        raise UnreadableQuestion(field="text", limit=LONGEST_QUESTION)
    if found := find(asked):
        raise PersonalQuestion(field="text", kinds=kinds_in_words(found))
    guide = msgspec.json.encode(procedures.guides().get("vneid"))
    assistant = _assistant(procedures.current_version_ids(province), said_in(province), guide)
    reply = assistant.turn(asked, pinned, language)
    if _found_nothing(reply) and (terms := language_model.search_terms(asked)):
        reply = _with_terms(assistant, reply, f"{terms} {asked}", pinned)
    reply = language_model.worded(reply, asked)
    return msgspec.structs.replace(reply, notes=former_units(asked, language))


def _found_nothing(reply: Reply) -> bool:
    return all(part.kind is Kind.OUTSIDE and not part.rule for part in reply.parts)


def _with_terms(assistant: Assistant, plain: Reply, text: str, pinned: Pinned) -> Reply:
    """Return the reply to a question with a model's words before it, if that names procedures and meets no limit; else the plain one."""
    reply = assistant.turn(text, pinned, plain.language)
    is_better = all(
        part.candidates and not part.rule and part.kind is not Kind.OUTSIDE for part in reply.parts
    )
    return reply if is_better else plain


def pack() -> dict[str, Any]:
    """Return what a phone needs besides the cards to give the same replies, with a version that changes when any of it does."""
    parts = {"policy": _policy().pack(), "phrases": dialogue.pack(), "learned": taught()}
    version = blake2b(msgspec.json.encode(parts, order="sorted"), digest_size=8).hexdigest()
    return {"version": version, **parts}


def find_procedures(text: str, province: Place | None = None, limit: int = 20) -> list[ShownCard]:
    """Find the procedures that a person may mean, best first: typed anyhow, short forms, citizens' words, codes.

    A code that was superseded finds the procedure that took its place.
    """
    codes = [found.code for found in index_for(province).search(text, limit)]
    successor = procedures.living_successor(text.strip())
    if successor and successor not in codes:
        codes.insert(0, successor)
    cards = {shown.card.code: shown for shown in procedures.current_cards(province, codes=codes)}
    return [cards[code] for code in codes if code in cards][:limit]


def sayings() -> list[dict[str, Any]]:
    """Return what people say and may mean by it, as a phone takes it beside the short forms."""
    return [{"short": said, "longs": list(meant), "beside": True} for said, meant in vocabulary()]


@lru_cache(maxsize=40)
def _assistant(version_ids: tuple[UUID, ...], said: Said, guide: bytes) -> Assistant:
    """Make the one who answers; `guide` is that of VNeID as JSON, which belongs to the key since it may be mended."""
    cards = procedures.cards_of_versions(version_ids)
    return Assistant(cards, _index(version_ids, said), _policy().judge, vneid=msgspec.json.decode(guide))


@cache
def _policy() -> Policy:
    return read_policy()


def index_for(province: Place | None = None) -> Index:
    """Return the index of what holds today for a province, or for the nation, with the words that were confirmed there."""
    return _index(procedures.current_version_ids(province), said_in(province))


@lru_cache(maxsize=40)
def _index(version_ids: tuple[UUID, ...], said: Said) -> Index:
    """Build the index over versions, which never change once published; so their ids and the words are a safe key."""
    return index_of(procedures.cards_of_versions(version_ids), dict(said))
