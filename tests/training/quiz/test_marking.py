"""Marks are exact, guessing everything is worth nothing, and a damaged answer is refused."""

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.training import courses
from aoxanh.training.quiz.drawing import draw
from aoxanh.training.quiz.item import Item, Option, Pair, Text
from aoxanh.training.quiz.marking import Given, MisfitAnswer, mark, mark_form, weights
from tests.training.quiz.strategies import items

calmly = settings(max_examples=60, deadline=None)


def text(words: str) -> Text:
    return Text(vi=words, en=words)


def choice(kind: str, *right: bool) -> Item:
    options = tuple(Option(vi=str(at), en=str(at), right=is_right) for at, is_right in enumerate(right))
    return Item(id="q", module="m", kind=kind, ask=text("?"), why=text("!"), options=options)


SINGLE = choice("single", False, True, False, False)
MULTIPLE = choice("multiple", True, True, False, False, True)
CLAIM = Item(id="q", module="m", kind="truefalse", ask=text("?"), why=text("!"), holds=False)
NUMBER = Item(id="q", module="m", kind="numeric", ask=text("?"), why=text("!"), number=0.2, within=0.1)
PAIRS = Item(
    id="q", module="m", kind="matching", ask=text("?"), why=text("!"),
    pairs=tuple(Pair(left=text(f"l{at}"), right=text(f"r{at}")) for at in range(3)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("item", "answer", "worth"),
    [
        (SINGLE, Given(chosen=(1,)), 1),
        (SINGLE, Given(chosen=(0,)), 0),
        (MULTIPLE, Given(chosen=(0, 1, 4)), 1),
        (MULTIPLE, Given(chosen=(4, 0, 1)), 1),
        (MULTIPLE, Given(chosen=(0, 1)), Fraction(2, 3)),
        (MULTIPLE, Given(chosen=(0, 1, 4, 2)), Fraction(1, 2)),
        (MULTIPLE, Given(chosen=(0, 2)), 0),
        (MULTIPLE, Given(chosen=(0, 1, 2, 3, 4)), 0),
        (CLAIM, Given(holds=False), 1),
        (CLAIM, Given(holds=True), 0),
        (PAIRS, Given(matched=(0, 1, 2)), 1),
        (PAIRS, Given(matched=(0, 2, 1)), Fraction(1, 3)),
        (PAIRS, Given(matched=(0, -1, -1)), Fraction(1, 3)),
        (NUMBER, Given(number=0.3), 1),
        (NUMBER, Given(number=0.1), 1),
        (NUMBER, Given(number=0.31), 0),
    ],
)
def test_an_answer_is_worth_what_the_rule_says(item: Item, answer: Given, worth: Fraction) -> None:
    assert mark(item, answer) == worth


@pytest.mark.parametrize("item", [SINGLE, MULTIPLE, CLAIM, PAIRS, NUMBER], ids=lambda item: item.kind)
def test_a_question_left_out_is_worth_nothing(item: Item) -> None:
    assert mark(item, Given()) == 0


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (SINGLE, Given(chosen=(1, 2))),
        (SINGLE, Given(chosen=(4,))),
        (SINGLE, Given(chosen=(-1,))),
        (SINGLE, Given(holds=True)),
        (MULTIPLE, Given(chosen=(0, 0, 1))),
        (CLAIM, Given(chosen=(0,))),
        (CLAIM, Given(holds=False, number=1.0)),
        (PAIRS, Given(matched=(0, 0, 0))),
        (PAIRS, Given(matched=(0, 1))),
        (PAIRS, Given(matched=(0, 1, 3))),
        (PAIRS, Given(matched=(0, 1, -2))),
        (NUMBER, Given(number=float("nan"))),
        (NUMBER, Given(number=float("inf"))),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(item: Item, answer: Given) -> None:
    with pytest.raises(MisfitAnswer):
        mark(item, answer)


@calmly
@given(items())
def test_the_right_answer_is_worth_one(item: Item) -> None:
    assert mark(item, right_answer(item)) == 1


@calmly
@given(items(), st.data())
def test_a_mark_lies_between_nothing_and_one(item: Item, data: st.DataObject) -> None:
    chosen = (
        data.draw(st.sets(st.integers(0, max(0, len(item.options) - 1)))) if item.kind == "multiple" else ()
    )
    assert 0 <= mark(item, Given(chosen=tuple(chosen))) <= 1


@calmly
@given(items().filter(lambda item: item.kind in ("single", "multiple")))
def test_weights_say_the_same_as_the_rule(item: Item) -> None:
    assert sum(weight for weight in weights(item) if weight > 0) == 100
    assert item.kind == "single" or sum(weights(item)) == 0


@calmly
@given(
    st.one_of(
        st.builds(Given, chosen=st.lists(st.integers(-9, 9), max_size=9).map(tuple)),
        st.builds(Given, matched=st.lists(st.integers(-9, 9), max_size=9).map(tuple)),
        st.builds(Given, number=st.floats(), holds=st.booleans()),
    ),
    st.sampled_from([SINGLE, MULTIPLE, CLAIM, PAIRS, NUMBER]),
)
def test_any_answer_is_marked_or_refused(answer: Given, item: Item) -> None:
    try:
        assert 0 <= mark(item, answer) <= 1
    except MisfitAnswer:
        pass
    else:
        assert msgspec.json.decode(msgspec.json.encode(answer), type=Given) == answer


def test_a_form_is_passed_at_the_very_share_and_not_below() -> None:
    bank = courses.bank("conduct")
    form = draw(bank, seed="s", size=10)
    by_id = {item.id: item for item in bank}
    whole = {question.item: right_answer(by_id[question.item]) for question in form.questions}
    first = [question.item for question in form.questions]
    assert mark_form(form, bank, whole, pass_percent=100).passed
    eight = {name: whole[name] for name in first[:8]}
    assert mark_form(form, bank, eight, pass_percent=80).passed
    assert not mark_form(form, bank, eight, pass_percent=81).passed
    assert not mark_form(form, bank, {}, pass_percent=1).passed


def test_an_answer_to_something_not_asked_is_refused() -> None:
    bank = courses.bank("conduct")
    form = draw(bank, seed="s", size=5)
    with pytest.raises(MisfitAnswer, match="not asked"):
        mark_form(form, bank, {"codes-01": Given()}, pass_percent=80)


def test_an_item_changed_since_it_was_asked_is_not_marked_against_its_new_text() -> None:
    bank = list(courses.bank("conduct"))
    form = draw(bank, seed="s", size=len(bank))
    bank[3] = msgspec.structs.replace(bank[3], ask=text("something else"))
    with pytest.raises(MisfitAnswer, match="changed"):
        mark_form(form, bank, {}, pass_percent=80)


def right_answer(item: Item) -> Given:
    if item.options:
        return Given(chosen=tuple(at for at, option in enumerate(item.options) if option.right))
    return Given(holds=item.holds, number=item.number, matched=tuple(range(len(item.pairs))))
