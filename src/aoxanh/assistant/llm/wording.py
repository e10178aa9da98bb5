"""Saying plain sentences again in easier words, and finding what a rambling question is after; each falls back to the plain way."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

import msgspec

from aoxanh.assistant.llm import prompts
from aoxanh.assistant.llm.client import Prompt
from aoxanh.assistant.llm.passages import MOST_PASSAGES, Claim, passages_of, read_claims
from aoxanh.assistant.llm.prompts import Task
from aoxanh.assistant.llm.verify import Verifier, Weights
from aoxanh.assistant.replies import Kind, Part, Reply, Sentence
from aoxanh.kernel.text import nfc
from aoxanh.privacy.detection import find

T = TypeVar("T")
LONGEST_QUESTION = 2000
LONGEST_TERMS = 120
MOST_ROUNDS = 3
_WORDED = (Kind.ANSWER, Kind.CHOOSE)


class Purpose(StrEnum):
    """What a model is asked for."""

    SEARCH = "search"
    ANSWER = "answer"
    DRAFT = "draft"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer was worth: claims kept by passage number, and how many were kept and dropped; `None` is out of shape."""

    claims: dict[int, list[Claim]]
    kept: int
    dropped: int
    terms: str = ""


class Consult(Protocol):
    """Asks a model and judges its answer; returns None whenever there is nothing to use, whatever the reason."""

    def __call__(
        self, purpose: Purpose, prompt: Prompt, judge: Callable[[str], Judged | None], /
    ) -> Judged | None: ...


@dataclass(frozen=True, slots=True)
class Wording:
    """A model to consult and the weights its claims are checked with."""

    consult: Consult
    weights: Weights

    def say_again(
        self, texts: Sequence[str], task: Task, purpose: Purpose, question: str = ""
    ) -> dict[int, list[Claim]]:
        """Return, by number of the text, the claims that together still say all of it; texts said no better are left out."""
        told: dict[int, list[Claim]] = {}
        for start in range(0, min(len(texts), MOST_PASSAGES * MOST_ROUNDS), MOST_PASSAGES):
            some = list(texts[start : start + MOST_PASSAGES])
            judged = self.consult(
                purpose,
                prompts.saying_again(task, passages_of(some), question),
                self._judge(some, whole=True),
            )
            if judged is None:
                break
            told |= {start + number: claims for number, claims in judged.claims.items()}
        return told

    def claims_about(self, texts: Sequence[str], task: Task, purpose: Purpose) -> list[tuple[int, Claim]]:
        """Return claims about texts that need not say all of them, for a summary."""
        some = list(texts[:MOST_PASSAGES])
        judged = self.consult(
            purpose, prompts.saying_again(task, passages_of(some)), self._judge(some, whole=False)
        )
        found = judged.claims.items() if judged else ()
        return [(number, claim) for number, claims in found for claim in claims]

    def _judge(self, texts: list[str], *, whole: bool) -> Callable[[str], Judged | None]:
        passages = passages_of(texts)
        verifier = Verifier(passages, self.weights)

        def judge(answer: str) -> Judged | None:
            read = read_claims(answer)
            if read is None:
                return None
            checked = verifier.check(read.claims)
            held: dict[int, list[Claim]] = {}
            for number, passage in enumerate(passages):
                claims = [claim for claim, its in checked.kept if its.id == passage.id]
                if claims and (not whole or verifier.leaves_nothing_out(claims, passage)):
                    held[number] = claims
            kept = sum(map(len, held.values()))
            return Judged(held, kept, len(read.claims) - kept)

        return judge


def worded(reply: Reply, question: str, wording: Wording) -> Reply:
    """Return the reply with the sentences of its answers in easier words, each with its quote; the plain reply where that fails.

    Refusals, questions back and provincial matters are ours to word and never sent. A sentence that a model says only in part
    stays as it was. A question with personal data is sent nowhere.
    """
    spots = [
        (at, place)
        for at, part in enumerate(reply.parts)
        if part.kind in _WORDED
        for place in range(len(part.sentences))
    ][:MOST_PASSAGES]
    if not spots or find(question) or len(question) > LONGEST_QUESTION:
        return reply
    texts = [reply.parts[at].sentences[place].text for at, place in spots]
    told = wording.say_again(texts, Task.ANSWER, Purpose.ANSWER, question)
    by_spot = {spots[number]: claims for number, claims in told.items()}
    if not by_spot:
        return reply
    parts = tuple(_said(part, at, by_spot) for at, part in enumerate(reply.parts))
    return msgspec.structs.replace(reply, parts=parts)


def search_terms(question: str, consult: Consult) -> str:
    """Return what to search for beside the question itself, or "" where no model helps; never a number that was not asked."""
    if find(question) or not question.strip() or len(question) > LONGEST_QUESTION:
        return ""

    def judge(answer: str) -> Judged | None:
        terms = _read_terms(answer)
        if terms is None:
            return None
        fits = _is_searchable(terms, question)
        return Judged({}, int(fits), int(not fits), terms if fits else "")

    judged = consult(Purpose.SEARCH, prompts.search_terms(question), judge)
    return judged.terms if judged else ""


def _said(part: Part, at: int, by_spot: dict[tuple[int, int], list[Claim]]) -> Part:
    sentences: list[Sentence] = []
    for place, plain in enumerate(part.sentences):
        claims = by_spot.get((at, place))
        if claims is None:
            sentences.append(plain)
            continue
        sentences += [msgspec.structs.replace(plain, text=claim.text, quote=claim.quote) for claim in claims]
    return msgspec.structs.replace(part, sentences=tuple(sentences))


class _Terms(msgspec.Struct, frozen=True):
    terms: str


def _read_terms(answer: str) -> str | None:
    try:
        return nfc(msgspec.json.decode(answer, type=_Terms).terms)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _is_searchable(terms: str, question: str) -> bool:
    numbers = re.findall(r"\d+", terms)
    return (
        0 < len(terms) <= LONGEST_TERMS
        and re.fullmatch(r"[\w\s.,/()-]+", terms) is not None
        and all(number in question for number in numbers)
    )
