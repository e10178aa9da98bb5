"""What the tests of the human loop share: the things people tell, as short as they can be told."""

from typing import Any
from uuid import UUID

from aoxanh.assistant import actions
from aoxanh.assistant.actions import AnswerFacts, FlagFacts, QuestionFacts
from aoxanh.assistant.models import ApprovedAnswer, UnansweredQuestion
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.kernel.scope import scope
from aoxanh.places.models import Place
from aoxanh.places.queries import place_by_code
from aoxanh.procedures import queries as procedures
from tests.cast import TUYEN_QUANG
from tests.conftest import Cast

BIRTH, MARRIAGE = "1.001193", "1.000894"


def province(code: str = TUYEN_QUANG) -> Place:
    return place_by_code(code)


def approve(cast: Cast, by: str = "duc", place: str = TUYEN_QUANG, **more: Any) -> ApprovedAnswer:
    code = more.get("code", BIRTH)
    home = place_by_code(place)
    shown = procedures.card_on(code, province=home if home.level == Place.Level.PROVINCE else None)
    facts = {
        "place": home,
        "code": code,
        "slot": "fee",
        "version": shown.version.id,
        "text_vi": "Không mất phí khi đăng ký đúng hạn.",
        "office": "Sở Tư pháp",
    }
    return actions.approve_answer(facts=AnswerFacts(**facts | more), by=cast.actor(by))


def flag_facts(**more: Any) -> FlagFacts:
    facts = {
        "id": uuid7(),
        "code": BIRTH,
        "version": 1,
        "slot": "fee",
        "reason": "old",
        "made_at": clock.now(),
    }
    return FlagFacts(**facts | more)


def flag(cast: Cast, by: str = "lan", **more: Any) -> str:
    actor = cast.actor(by)
    with scope(actor.scope):
        [told] = actions.flag_answers(flags=[flag_facts(**more)], by=actor)
    return told.code or told.status


def send(cast: Cast, text: str, by: str = "lan", **more: Any) -> str:
    facts = QuestionFacts(**{"id": uuid7(), "text": text, "why": "outside", **more})
    actor = cast.actor(by)
    with scope(actor.scope):
        [told] = actions.send_questions(questions=[facts], by=actor)
    return told.code or told.status


def open_ids() -> list[UUID]:
    return list(UnansweredQuestion.objects.filter(closed_at=None).values_list("id", flat=True))
