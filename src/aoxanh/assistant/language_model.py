"""The one gate to the optional language model: switch, personal data, cache, budget, endpoint, log; and what the product asks it.

Every way out of here is safe: whatever is off, spent, slow or wrong, the caller gets nothing and stays with the plain answer.
"""

import threading
import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from uuid import UUID

import msgspec
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from aoxanh.assistant.llm.client import Answer, Endpoint, Failed, Outcome, Prompt, guessed_tokens
from aoxanh.assistant.llm.verify import Weights
from aoxanh.assistant.llm.wording import Judged, Purpose, Wording
from aoxanh.assistant.llm.wording import search_terms as terms_for
from aoxanh.assistant.llm.wording import worded as reworded
from aoxanh.assistant.models import LanguageModelCall, LanguageModelDay, LanguageModelSwitch
from aoxanh.assistant.replies import Reply
from aoxanh.kernel import clock
from aoxanh.privacy.detection import find
from aoxanh.procedures import queries as procedures
from aoxanh.procedures.card import texts_of

A_DAY = 24 * 3600
MOST_AT_ONCE = 2
"""Calls of one process at a time; a slow endpoint must not hold every thread of a web server."""
FAILURES, PAUSE = 3, 300
"""After so many failures one soon after the other nobody is made to wait for that many seconds."""
# Only what was checked is kept for the day, and no search terms: those come too near to the question.
_KEPT = (Purpose.ANSWER, Purpose.DRAFT)
_FAILED = "language-model:failed"
_RESERVE = (
    "INSERT INTO assistant_languagemodelday AS today (day, tokens) SELECT %s, %s WHERE %s <= %s"
    " ON CONFLICT (day) DO UPDATE SET tokens = today.tokens + EXCLUDED.tokens WHERE today.tokens + EXCLUDED.tokens <= %s"
    " RETURNING tokens"
)
_slots = threading.BoundedSemaphore(MOST_AT_ONCE)


def is_on() -> bool:
    """Tell whether the model may be asked now: configured, enabled, and not switched off."""
    return bool(settings.LLM_ENDPOINT and settings.LLM_ENABLED) and is_switched_on()


def is_switched_on() -> bool:
    """Tell what the last decision says; on where nobody decided."""
    last = LanguageModelSwitch.objects.values_list("is_on", flat=True).first()
    return last is not False


def worded(reply: Reply, question: str) -> Reply:
    """Return the reply in easier words where a model is on and its claims hold; the very same reply otherwise."""
    return reworded(reply, question, wording()) if is_on() else reply


def search_terms(question: str) -> str:
    """Return what else to search for, or ""; never instead of the question itself. Off unless it was switched on by itself."""
    return terms_for(question, consult) if settings.LLM_SEARCH_TERMS and is_on() else ""


def wording() -> Wording:
    """Return the model with the weights that its claims are checked with."""
    return Wording(consult, _weights(procedures.current_version_ids()))


def consult(purpose: Purpose, prompt: Prompt, judge: Callable[[str], Judged | None]) -> Judged | None:
    """Ask once and judge the answer; None for everything that cannot be used. Writes one row of the log, without text."""
    endpoint: Endpoint | None = settings.LLM_ENDPOINT
    if endpoint is None or not is_on():
        return None
    key = _key(endpoint, prompt)
    judged, answer = None, None
    outcome = _hindrance(prompt)
    if outcome is None and purpose in _KEPT and (held := _cached(key)):
        outcome, judged = Outcome.CACHED, held
    if outcome is None:
        outcome, answer = _asked(endpoint, prompt)
    if outcome is Outcome.ANSWERED and answer:
        outcome, judged = _judged(judge, answer)
        if outcome is Outcome.ANSWERED and purpose in _KEPT:
            cache.set(key, msgspec.json.encode(judged).decode(), A_DAY)
    _log(purpose, outcome, answer, judged)
    return judged if judged and judged.kept else None


def _hindrance(prompt: Prompt) -> Outcome | None:
    """Return why nothing is sent: personal data anywhere in it, or an endpoint that has just failed again and again."""
    if any(find(message["content"]) for message in prompt.messages):
        return Outcome.PERSONAL
    return Outcome.PAUSED if cache.get(_FAILED, 0) >= FAILURES else None


def _judged(judge: Callable[[str], Judged | None], answer: Answer) -> tuple[Outcome, Judged | None]:
    judged = judge(answer.text)
    if judged is None:
        return Outcome.MALFORMED, None
    return (Outcome.ANSWERED if judged.kept else Outcome.NOTHING_HELD), judged


def _asked(endpoint: Endpoint, prompt: Prompt) -> tuple[Outcome, Answer | None]:
    """Call the endpoint, one of few at a time, within the day's budget; what was reserved is settled by what was used."""
    if not _slots.acquire(blocking=False):
        return Outcome.BUSY, None
    today = clock.today()
    reserved = guessed_tokens(prompt) + prompt.most_tokens
    used, begun = 0, time.monotonic()
    try:
        if not _reserve(today, reserved):
            reserved = 0
            return Outcome.BUDGET, None
        used = reserved
        answer = endpoint.ask(prompt)
        used = answer.tokens
    except Failed as failure:
        used = 0 if failure.outcome is Outcome.UNREACHABLE else guessed_tokens(prompt)
        cache.set(_FAILED, cache.get(_FAILED, 0) + 1, PAUSE)
        return failure.outcome, Answer("", used, int((time.monotonic() - begun) * 1000))
    finally:
        _slots.release()
        if used != reserved:
            LanguageModelDay.objects.filter(day=today).update(tokens=F("tokens") + used - reserved)
    cache.delete(_FAILED)
    return Outcome.ANSWERED, answer


def _reserve(today: date, tokens: int) -> bool:
    """Take tokens from the day's budget, which all servers share; one statement, so that two never take the same."""
    budget = settings.LLM_DAILY_BUDGET
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [today, tokens, tokens, budget, budget])
        return cursor.fetchone() is not None


def _key(endpoint: Endpoint, prompt: Prompt) -> str:
    """Return the name under which an answer is kept: nobody without our key can try out questions against it."""
    asked = msgspec.json.encode([endpoint.url, endpoint.model, prompt.messages])
    return "language-model:" + salted_hmac("aoxanh.assistant", asked, algorithm="sha256").hexdigest()


def _cached(key: str) -> Judged | None:
    held = cache.get(key)
    return msgspec.json.decode(held, type=Judged) if isinstance(held, str) else None


def _log(
    purpose: Purpose, outcome: Outcome, answer: Answer | None = None, judged: Judged | None = None
) -> None:
    LanguageModelCall.objects.create(
        day=clock.today(),
        purpose=purpose,
        outcome=outcome,
        tokens=answer.tokens if answer else 0,
        ms=answer.ms if answer else 0,
        kept=judged.kept if judged else 0,
        dropped=judged.dropped if judged else 0,
    )


@lru_cache(maxsize=4)
def _weights(version_ids: tuple[UUID, ...]) -> Weights:
    """Weigh the words of the cards that hold today; versions never change, so their ids are a safe key."""
    cards = procedures.cards_of_versions(version_ids)
    return Weights.among(
        told for card in cards for _path, text in texts_of(card) for told in (text.vi, text.en)
    )
