"""Which hamlets a text names: whole words, the longer name where two overlap, whatever stands around them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.oversight.hamlet_names import named_in, named_in_any
from aoxanh.places.names import searchable

NAMES = {"thon 1", "thon 12", "sung la", "sung la tren", "lo lo chai", "to 3 khu pho 4"}
SAID = {
    "Thôn 1": {"thon 1"},
    "Thôn 12": {"thon 12"},
    "thôn 01": {"thon 1"},
    "Thôn 123": set(),
    "Nhà văn hoá thôn 1, thôn 12": {"thon 1", "thon 12"},
    "Nhà văn hoá Sủng Là Trên": {"sung la tren"},
    "Sủng Là, Sủng Là Trên": {"sung la", "sung la tren"},
    "SUNG LA": {"sung la"},
    "Sủng Lài": set(),
    "Chợ phiên": set(),
    "Tổ 3 - Khu phố 4": {"to 3 khu pho 4"},
    "": set(),
}
WORDS = ["thon", "1", "12", "a", "b"]
words = st.sampled_from(WORDS)
names_of_words = st.sampled_from(
    [" ".join(some) for count in (1, 2, 3) for some in product(WORDS, repeat=count)]
)


@pytest.mark.parametrize("text", SAID, ids=lambda text: text or "nothing")
def test_a_text_names_the_hamlets_whose_whole_name_stands_in_it(text: str) -> None:
    assert named_in(searchable(text), NAMES) == SAID[text]


def test_without_a_list_nothing_is_named() -> None:
    assert named_in("thon 1", set()) == set()


@given(st.sets(names_of_words, max_size=8), st.lists(words, max_size=12).map(" ".join))
def test_what_is_found_stands_there_as_whole_words_and_only_names_are_found(
    names: set[str], text: str
) -> None:
    found = named_in(text, names)
    assert found <= names
    assert all(f" {name} " in f" {text} " for name in found)


@given(st.sets(names_of_words, max_size=8), st.lists(words, max_size=12).map(" ".join))
def test_a_name_that_stands_there_is_found_or_lies_across_a_found_one_as_long(
    names: set[str], text: str
) -> None:
    found = named_in(text, names)
    longest = max((name.count(" ") for name in found), default=-1)
    for name in names - found:
        assert f" {name} " not in f" {text} " or name.count(" ") <= longest


@given(st.sets(names_of_words, min_size=1, max_size=8), st.data())
def test_a_text_that_is_a_name_names_it_alone(names: set[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(names)))
    assert named_in(name, names) == {name}


@given(st.sets(names_of_words, max_size=6), st.lists(names_of_words, max_size=5))
def test_more_texts_never_make_a_hamlet_less_reached(names: set[str], texts: list[str]) -> None:
    assert named_in_any(texts[:-1], names) <= named_in_any(texts, names)
