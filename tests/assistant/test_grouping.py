"""Questions that mean the same stand together, in whatever order they came."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.assistant.entries import index_of
from aoxanh.assistant.grouping import Asked, groups, likeness
from aoxanh.procedures import seed

DOGS = ["xin giấy phép nuôi chó ở đâu", "nuôi cho co phai xin giay phep khong"]
VISA = ["làm visa đi Hàn Quốc thế nào", "thủ tục xin visa hàn quốc", "lam visa han quoc can gi"]
SIM = ["mất sim điện thoại làm lại ở đâu", "lam lai sim dien thoai bi mat"]
LOAN = ["vay vốn ngân hàng chính sách", "muốn vay vốn ngân hàng chính sách xã hội cần giấy tờ gì"]
ALONE = ["đổi tên facebook", "đăng ký tổ chức đám cưới", "bao giờ có điện", "giá vàng hôm nay"]


@pytest.fixture(scope="module")
def index():
    return index_of(seed.read_cards())


def asked(index, texts):
    searched = [(text, index.weigh(text, 3)) for text in texts]
    return [
        Asked(text, index.read(text).terms, [one.code for one in found.found] if found.lead > 0 else [])
        for text, found in searched
    ]


def test_questions_of_one_matter_stand_together_and_no_others(index):
    found = groups(asked(index, [*DOGS, *VISA, *SIM, *LOAN, *ALONE]))
    assert {frozenset(keys) for keys in found} == {
        *map(frozenset, (DOGS, VISA, SIM, LOAN)), *(frozenset([text]) for text in ALONE),
    }  # fmt: skip
    assert found[0] == sorted(VISA)


@settings(deadline=None)
@given(st.randoms())
def test_any_order_gives_the_same_groups(index, dice):
    questions = asked(index, [*DOGS, *VISA, *SIM, *LOAN, *ALONE])
    before = groups(questions)
    dice.shuffle(questions)
    assert groups(questions) == before


WORDS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([0.3, 0.6, 1.0]), min_size=1, max_size=5)
MANY = st.lists(st.tuples(WORDS, st.lists(st.sampled_from("123"), max_size=3)), max_size=12)


@settings(deadline=None)
@given(MANY, st.randoms())
def test_groups_part_the_questions_whatever_they_hold(told, dice):
    questions = [Asked(f"{number:02}", terms, found) for number, (terms, found) in enumerate(told)]
    shuffled = list(questions)
    dice.shuffle(shuffled)
    found = groups(shuffled)
    assert sorted(key for keys in found for key in keys) == [one.key for one in questions]
    assert found == groups(questions)
    assert [len(keys) for keys in found] == sorted((len(keys) for keys in found), reverse=True)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_likeness_is_the_same_from_both_sides_and_whole_for_the_same(one, other):
    rarity = dict.fromkeys("abcdefgh", 1.0)
    left, right = Asked("1", one, ["x"]), Asked("2", other, ["x"])
    assert likeness(left, right, rarity) == likeness(right, left, rarity)
    assert likeness(left, left, rarity) == pytest.approx(1.0)
    assert 0 <= likeness(left, right, rarity) <= 1


def test_a_chain_of_neighbours_does_not_become_one_group():
    chain = [Asked(str(at), dict.fromkeys("abcdefghijkl"[at : at + 3], 1.0)) for at in range(10)]
    for keys in groups(chain):
        numbers = [int(key) for key in keys]
        assert max(numbers) - min(numbers) < 3


def test_no_question_gives_no_group():
    assert groups([]) == []
    assert groups([Asked("1", {})]) == [["1"]]
