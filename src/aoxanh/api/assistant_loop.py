"""The door of the assistant's human loop: wrong answers and questions without one, as phones send them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Moment, Sent, Whole
from aoxanh.assistant import actions, review_queries
from aoxanh.assistant.actions import FlagFacts, QuestionFacts
from aoxanh.kernel import clock
from aoxanh.people.errors import NotAllowed

router = Router(tags=["assistant"], auth=PERSON)

MOST = 20
MOST_OWN = 50


class FlagIn(Sent):
    """An answer is wrong: which card version, slot and approved answer (0 for the card's own words), and why, in one word of ours."""

    id: UUID
    code: str = Field(max_length=20)
    version: Whole = Field(ge=1, le=1_000_000)
    slot: str = Field(max_length=8)
    approved: Whole = Field(0, ge=0, le=1_000_000)
    reason: str = Field(max_length=8)
    note: str = Field("", max_length=300)
    made_at: Moment


class FlagsIn(Sent):
    """Some flags; sending them again changes nothing."""

    flags: list[FlagIn] = Field(min_length=1, max_length=MOST)


class QuestionIn(Sent):
    """A question that found no answer, sent on purpose: `why` is `outside` or `none` (none of those offered)."""

    id: UUID
    text: str = Field(max_length=300)
    why: str = Field(max_length=8)
    offered: list[str] = Field([], max_length=10)


class QuestionsIn(Sent):
    """Some questions; sending them again changes nothing."""

    questions: list[QuestionIn] = Field(min_length=1, max_length=MOST)


class ToldOut(Schema):
    """What became of one: `accepted`, `already`, or `refused` with a code, such as personal_data, unfit_flag or unfit_question."""

    id: UUID
    status: str
    code: str


class ToldsOut(Schema):
    """The answers, in the order of what was sent."""

    results: list[ToldOut]


class OwnFlagOut(Schema):
    """What the caller flagged and what came of it: `outcome` is "" while the province looks at it."""

    id: UUID
    code: str
    slot: str
    version: int
    approved: int
    outcome: str
    answer: str
    answered_at: int | None


class OwnFlagsOut(Schema):
    """The caller's own flags, the newest first."""

    flags: list[OwnFlagOut]


@router.post("/flags", response={200: ToldsOut, **REFUSALS})
def take_flags(request: HttpRequest, wanted: FlagsIn) -> dict[str, Any]:
    """Take word of wrong answers, one for each volunteer and answer; each is answered by itself."""
    flags = [
        FlagFacts(
            id=one.id,
            code=one.code,
            version=one.version,
            slot=one.slot,
            reason=one.reason,
            made_at=clock.from_milliseconds(one.made_at),
            approved=one.approved,
            note=one.note,
        )
        for one in wanted.flags
    ]
    return _told(actions.flag_answers(flags=flags, by=request.actor))  # type: ignore[attr-defined]


@router.get("/flags", response={200: OwnFlagsOut, **REFUSALS})
def list_flags(request: HttpRequest) -> dict[str, Any]:
    """Return the caller's own flags with what came of them."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.volunteer_id is None:
        raise NotAllowed
    return {
        "flags": [
            {
                "id": row.id,
                "code": row.procedure_id,
                "slot": row.slot,
                "version": row.version.number,
                "approved": row.approved,
                "outcome": row.outcome,
                "answer": row.answer,
                "answered_at": clock.milliseconds(row.answered_at) if row.answered_at else None,
            }
            for row in review_queries.own_flags(actor)[:MOST_OWN]
        ]
    }


@router.post("/questions", response={200: ToldsOut, **REFUSALS})
def take_questions(request: HttpRequest, wanted: QuestionsIn) -> dict[str, Any]:
    """Send questions to the province, each checked for personal data and stored once, without who asked."""
    questions = [
        QuestionFacts(id=one.id, text=one.text, why=one.why, offered=tuple(one.offered))
        for one in wanted.questions
    ]
    return _told(actions.send_questions(questions=questions, by=request.actor))  # type: ignore[attr-defined]


def _told(answers: list[Any]) -> dict[str, Any]:
    return {"results": [{"id": one.id, "status": one.status, "code": one.code} for one in answers]}
