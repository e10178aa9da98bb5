"""A form holds what was asked for, spread over the modules, the same for the same seed."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.training import courses
from aoxanh.training.quiz.drawing import TooFewItems, draw, share_out
from aoxanh.training.quiz.item import Item

REAL = [item for course in courses.courses() for item in courses.bank(course.code)]
banks = st.lists(st.sampled_from(REAL), min_size=1, max_size=30, unique_by=lambda item: item.id)
calmly = settings(max_examples=60, deadline=None)
seeds = st.text(max_size=20).filter(lambda text: text.isprintable())


@calmly
@given(banks, seeds, st.data())
def test_a_form_has_the_size_asked_for_and_no_item_twice(
    bank: list[Item], seed: str, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(bank)))
    form = draw(bank, seed=seed, size=size)
    assert len({question.item for question in form.questions}) == len(form.questions) == size
    by_id = {item.id: item for item in bank}
    for question in form.questions:
        item = by_id[question.item]
        assert sorted(question.order) == list(range(len(item.options) or len(item.pairs)))
        assert question.version == item.version


@calmly
@given(banks, seeds, st.data())
def test_the_same_seed_gives_the_same_form_however_the_bank_is_sorted(
    bank: list[Item], seed: str, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(bank)))
    assert draw(bank, seed=seed, size=size) == draw(data.draw(st.permutations(bank)), seed=seed, size=size)


@calmly
@given(st.dictionaries(st.text(min_size=1), st.integers(1, 20), min_size=1, max_size=8), seeds, st.data())
def test_modules_give_shares_that_differ_by_one_unless_they_run_out(
    stock: dict[str, int], seed: str, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, sum(stock.values())))
    shares = share_out(size, stock, seed)
    assert sum(shares.values()) == size
    assert all(share <= stock[module] for module, share in shares.items())
    most = max(shares.values())
    assert all(share >= most - 1 or share == stock[module] for module, share in shares.items())


def test_a_form_of_a_real_course_asks_about_every_module() -> None:
    course = courses.courses()[1]
    form = draw(courses.bank(course.code), seed="7", size=course.examination.questions)
    module_of = {item.id: item.module for item in courses.bank(course.code)}
    asked = Counter(module_of[question.item] for question in form.questions)
    assert set(asked) == {module.id for module in course.modules}


def test_over_many_seeds_every_item_and_every_place_comes_up_alike() -> None:
    bank = courses.bank("vneid")
    met: Counter[str] = Counter()
    first: Counter[int] = Counter()
    for seed in range(1000):
        form = draw(bank, seed=str(seed), size=21)
        met.update(question.item for question in form.questions)
        first.update(question.order[0] for question in form.questions if question.item == "codes-01")
    assert len(met) == len(bank)
    assert max(met.values()) < 600, "each is due 500 times, give or take six sigmas"
    assert min(met.values()) > 400
    assert len(first) == 4
    assert min(first.values()) > 70, "each of four options is due 125 times"


def test_a_new_item_leaves_most_of_a_form_as_it_was() -> None:
    bank = courses.bank("ai")
    before = {question.item for question in draw(bank[1:], seed="x", size=20).questions}
    after = {question.item for question in draw(bank, seed="x", size=20).questions}
    assert len(before & after) >= 19


def test_a_bank_too_small_is_refused() -> None:
    with pytest.raises(TooFewItems):
        draw(courses.bank("conduct"), seed="1", size=19)


@pytest.mark.parametrize("size", [0, -1])
def test_a_form_without_questions_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="needs a question"):
        draw(courses.bank("conduct"), seed="1", size=size)


def test_a_bank_with_an_id_twice_is_refused() -> None:
    bank = courses.bank("conduct")
    with pytest.raises(ValueError, match="once"):
        draw([*bank, bank[0]], seed="1", size=3)


def test_seed_and_name_do_not_run_together() -> None:
    """A seed that ends where another's item begins must not give the other's order."""
    bank = courses.bank("conduct")
    assert draw(bank, seed="1", size=12).questions != draw(bank, seed="10", size=12).questions
