"""Attempts as phones tell them, for the tests: right or wrong to the last question, with right sides numbered as on the phone."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from aoxanh.kernel import clock
from aoxanh.training import actions, handout, slots
from aoxanh.training.actions import Sitting
from aoxanh.training.actions.attempts import Answer
from aoxanh.training.handout import Bank
from aoxanh.training.quiz.drawing import draw
from aoxanh.training.quiz.item import Item
from aoxanh.training.quiz.marking import Given
from tests.cast import volunteer_id
from tests.conftest import Cast

MINUTE = timedelta(minutes=1)


def right(item: Item, bank: Bank) -> Given:
    """Return the right answer as a phone would tell it."""
    if item.kind in ("single", "multiple"):
        return Given(chosen=tuple(at for at, option in enumerate(item.options) if option.right))
    if item.kind == "truefalse":
        return Given(holds=item.holds)
    if item.kind == "matching":
        return Given(matched=tuple(bank.rights[item.id].index(at) for at in range(len(item.pairs))))
    return Given(number=item.number)


def answers_to(bank: Bank, id_: UUID, wrong: int = 0) -> dict[str, Given]:
    """Return right answers to a form, the first `wrong` questions of it left out."""
    items = {item.id: item for item in bank.items}
    asked = draw(bank.items, seed=str(id_), size=bank.questions).questions
    return {question.item: right(items[question.item], bank) for question in asked[wrong:]}


def a_sitting(
    name: str = "lan", course: str = "vneid", number: int = 1, wrong: int = 0, **more: Any
) -> Sitting:
    """Return somebody's attempt, handed in a minute ago."""
    bank = handout.bank_of(course)
    version = bank.version()
    id_ = slots.start_number(volunteer_id(name), course, number, version)
    now: datetime = clock.now()
    sitting = Sitting(
        id_, course, number, version, now - 20 * MINUTE, now - MINUTE, answers_to(bank, id_, wrong)
    )
    return replace(sitting, **more)


def hand_in(cast: Cast, *sittings: Sitting, by: str = "lan") -> list[Answer]:
    return actions.hand_in_quizzes(sittings=sittings, device=None, by=cast.actor(by))
