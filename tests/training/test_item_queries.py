"""Bad items are found among stored answers, each version by itself, and shown to the centre alone."""

import json
from html import unescape

import msgspec
import pytest
from click.testing import CliRunner

from aoxanh.cli.quiz import command
from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Volunteer
from aoxanh.training import courses as shelf
from aoxanh.training import handout, item_queries
from aoxanh.training.models import Attempt, AttemptAnswers, QuizBank
from aoxanh.training.quiz.drawing import draw
from aoxanh.training.quiz.item import Item
from aoxanh.training.quiz.marking import Given
from tests.cast import LUNG_CU
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
SITTINGS = 300


def right(item: Item) -> Given:
    if item.kind in ("single", "multiple"):
        return Given(chosen=tuple(at for at, option in enumerate(item.options) if option.right))
    if item.kind == "truefalse":
        return Given(holds=item.holds)
    if item.kind == "matching":
        return Given(matched=tuple(range(len(item.pairs))))
    return Given(number=item.number)


def wrong(item: Item, turn: int) -> Given:
    others = [at for at, option in enumerate(item.options) if not option.right]
    return Given(chosen=(others[turn % len(others)],)) if others else Given()


def sat_by_many(inverted: str, bank: handout.Bank) -> None:
    """Let many sit: the nth answers right with a chance that grows with n, but the inverted item the other way round."""
    row, _made = QuizBank.objects.get_or_create(
        version=bank.version(), defaults={"course": bank.course, "content": msgspec.to_builtins(bank)}
    )
    items = {item.id: item for item in bank.items}
    now = clock.now()
    for turn in range(SITTINGS):
        person = Volunteer.objects.create(full_name="x", fold="x", sort_key="x", home_id=LUNG_CU)
        attempt = Attempt.objects.create(
            id=uuid7(), volunteer=person, course=bank.course, number=1, bank=row, started_at=now,
            handed_in_at=now, received_at=now, score=0, passed=False,
        )  # fmt: skip
        answers = {}
        for at, asked in enumerate(draw(bank.items, seed=str(attempt.id), size=bank.questions).questions):
            knows = (turn * 7 + at * 13) % SITTINGS < 30 + turn * 0.8
            item = items[asked.item]
            good = not knows if item.id == inverted else knows
            answers[item.id] = msgspec.to_builtins(right(item) if good else wrong(item, turn + at))
        AttemptAnswers.objects.create(attempt=attempt, answers=answers)


def vneid() -> shelf.Course:
    course = shelf.course_of("vneid")
    assert course is not None
    return course


def test_an_item_whose_key_is_wrong_stands_first(cast: Cast) -> None:
    inverted = next(item.id for item in shelf.bank("vneid") if item.kind == "single")
    sat_by_many(inverted, handout.bank_of("vneid"))
    first, *others = item_queries.judged_items(vneid())
    assert first.item.id == inverted
    assert "negative" in first.figures.flags
    assert first.figures.r is not None
    assert first.figures.r < 0
    assert not any("negative" in one.figures.flags for one in others)
    page = unescape(cast.client("an").get("/learn/items/vneid/").content.decode())
    assert page.index(first.item.ask.vi) < min(page.index(one.item.ask.vi) for one in others)
    told = CliRunner().invoke(command, ["analyse", "--course", "vneid", "--json"])
    assert json.loads(told.output)["items"][0]["item"] == inverted


def test_versions_of_an_item_are_judged_each_by_itself(cast: Cast) -> None:
    bank = handout.bank_of("vneid")
    item = next(item for item in bank.items if item.kind == "single")
    told = msgspec.structs.replace(item.ask, vi="Câu hỏi cũ?")
    old = msgspec.structs.replace(item, ask=told)
    before = msgspec.structs.replace(
        bank, items=tuple(old if one.id == item.id else one for one in bank.items)
    )
    sat_by_many("", bank)
    sat_by_many(item.id, before)
    judged = {(one.item.id, one.is_present): one for one in item_queries.judged_items(vneid())}
    assert "negative" in judged[item.id, False].figures.flags
    assert "negative" not in judged[item.id, True].figures.flags
    assert len(judged) == len(bank.items) + 1


def test_without_answers_every_item_waits_and_none_is_called_good(cast: Cast) -> None:
    judged = item_queries.judged_items(vneid())
    assert len(judged) == 42
    assert all("difficulty" in one.figures.waiting and not one.figures.is_bad for one in judged)
    assert "chưa đủ người trả lời" in unescape(cast.client("an").get("/learn/items/").content.decode())


def test_a_volunteer_sees_in_the_list_what_they_read_and_how_they_did(cast: Cast) -> None:
    from tests.training.sittings import a_sitting, hand_in

    hand_in(cast, a_sitting(wrong=6))
    page = unescape(cast.client("lan").get("/learn/").content.decode())
    assert "Bài kiểm tra gần nhất của bạn: 70" in page
    assert "/field/#/learn/vneid" in page
    assert "/field/#/learn/vneid" not in cast.client("ha").get("/learn/").content.decode()
