"""The door of citizens' codes: answers from slips and calls, cases that came back, second looks; each once, without a name."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.days import Day
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.sent import Sent
from aoxanh.desk import actions
from aoxanh.desk.entering import Entered
from aoxanh.people.actors import Actor

router = Router(tags=["codes"], auth=PERSON)


class EnteredOut(Schema):
    """For which help it was taken; `already` when the same had been told before, so that it is safe to send again."""

    commune: str
    day: date
    already: bool


class AnswerIn(Sent):
    """What a citizen wrote on a slip or said on the telephone. `day` only where the code stands for help on several days."""

    code: str = Field(max_length=40)
    channel: Literal["slip", "callback"]
    answer: Literal["done", "not_yet", "not_helped"]
    day: Day | None = None


class ReturnIn(Sent):
    """A dossier that was returned, or a citizen who had to come back, and on which day."""

    code: str = Field(max_length=40)
    why: Literal["dossier", "person"]
    happened_on: Day


class CheckIn(Sent):
    """What a supervisor found about one piece of help, on a visit or as a visitor whom nobody knew; a reason unless it passed."""

    code: str = Field(max_length=40)
    kind: Literal["visit", "test"]
    verdict: Literal["passed", "failed", "unclear"]
    reason: str = Field("", max_length=200)
    day: Day | None = None


@router.post("/answers", response={200: EnteredOut, **REFUSALS})
def enter_answer(request: HttpRequest, sent: AnswerIn) -> dict[str, Any]:
    """Enter a citizen's answer, as an official of the service centre; within 30 days of the help."""
    return _told(
        actions.enter_answer(
            code=sent.code, channel=sent.channel, answer=sent.answer, day=sent.day, by=_actor(request)
        )
    )


@router.post("/returns", response={200: EnteredOut, **REFUSALS})
def note_return(request: HttpRequest, sent: ReturnIn) -> dict[str, Any]:
    """Note a case that came back within 30 days of the help, as an official of the service centre."""
    return _told(
        actions.note_return(code=sent.code, why=sent.why, happened_on=sent.happened_on, by=_actor(request))
    )


@router.post("/checks", response={200: EnteredOut, **REFUSALS})
def note_check(request: HttpRequest, sent: CheckIn) -> dict[str, Any]:
    """Note a second look at one piece of help, as a coordinator of the province; within 60 days of the help."""
    return _told(
        actions.note_check(
            code=sent.code,
            kind=sent.kind,
            verdict=sent.verdict,
            reason=sent.reason,
            day=sent.day,
            by=_actor(request),
        )
    )


def _told(done: Entered) -> dict[str, Any]:
    return {"commune": done.help.commune, "day": done.help.day, "already": not done.is_new}


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
