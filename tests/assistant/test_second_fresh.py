"""What is reached on questions over all procedures that nobody tuned to: floors on the half looked into and the half only counted."""

from hashlib import blake2b
from pathlib import Path

import pytest

from aoxanh.assistant.dialogue import Assistant
from aoxanh.assistant.entries import index_of
from aoxanh.assistant.marking import mark_ranking, mark_replies
from aoxanh.assistant.policy import read_policy
from aoxanh.assistant.questions import Question, read_questions
from aoxanh.cli.ask_eval import source_texts
from aoxanh.procedures import seed

FOLDER = Path(__file__).parent
SECOND = FOLDER / "second_fresh.yaml"
STORIES = FOLDER / "more_fresh.yaml"


def half_of(question: Question) -> str:
    return "AB"[blake2b(question.text.encode(), digest_size=1).digest()[0] & 1]


def half(name: str) -> tuple[Question, ...]:
    """Return a half of the set; which one a question is in hangs on its words alone."""
    return tuple(one for one in read_questions(SECOND) if half_of(one) == name)


@pytest.fixture(scope="module")
def assistant():
    cards = seed.read_cards()
    index = index_of(cards)
    return index, Assistant(cards, index, read_policy().judge, vneid=seed.read_guides()["vneid"])


def test_the_set_asks_for_every_procedure_that_is_held():
    asked = {code for one in read_questions(SECOND) for code in one.right_codes}
    assert asked == {card.code for card in seed.read_cards()}
    assert min(len(half("A")), len(half("B"))) > 150


@pytest.mark.parametrize("name", ["A", "B"])
def test_the_right_procedure_is_found(assistant, name):
    index, _ = assistant
    marks = mark_ranking(half(name), lambda text: [found.code for found in index.search(text, 3)])
    # Totals only: no failure names a question of the half that is only counted.
    assert (marks.top1.rate >= 0.95, marks.top3.rate >= 0.98) == (True, True)


@pytest.mark.parametrize("name", ["A", "B"])
def test_the_thing_asked_is_told_and_what_must_be_refused_is(assistant, name):
    marks = mark_replies(half(name), assistant[1].turn, source_texts())
    assert marks.uncited == []
    assert (marks.slot_exact.rate >= 0.94, marks.refused.rate >= 0.92) == (True, True)
    assert marks.wrongly_refused.rate <= 0.06


def test_stories_that_name_no_procedure_find_it_all_the_same(assistant):
    index, _ = assistant
    marks = mark_ranking(
        read_questions(STORIES), lambda text: [found.code for found in index.search(text, 3)]
    )
    assert marks.top1.rate >= 0.95
