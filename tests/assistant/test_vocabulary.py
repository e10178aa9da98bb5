"""What people mean by what they say: everyday and regional words lead to the procedures they stand for."""

import pytest

from aoxanh.assistant.entries import VOCABULARY, index_of, vocabulary
from aoxanh.assistant.retrieval import Entry, Index
from aoxanh.assistant.retrieval.meaning import Vocabulary
from aoxanh.assistant.retrieval.words import words
from aoxanh.assistant.weighing import Weights
from aoxanh.kernel.text import fold
from aoxanh.procedures import seed

SAYINGS = [
    ("ông … mất", ("khai tử",)),
    ("vừa mất", ("khai tử",)),
    ("mất bao lâu", ()),
    ("đẻ", ("khai sinh",)),
    ("nghỉ đẻ", ("thai sản",)),
    ("má", ()),
]


@pytest.fixture(scope="module")
def index():
    """What the words do by themselves, without what examples taught."""
    return index_of(seed.read_cards(), weights=Weights((), (), {}))


def meant(text: str, marks: frozenset[str] = frozenset()) -> list[str]:
    found = Vocabulary(SAYINGS).hear(words(text), marks)
    return sorted({" ".join(meaning) for heard in found for meaning in heard.meanings})


def test_a_saying_with_a_gap_is_said_of_whoever_stands_between():
    assert meant("ông nội tôi vừa mất") == ["khai tu"]
    assert meant("ông nội tôi hôm qua mất") == []


def test_a_word_that_goes_on_to_say_something_else_is_not_the_shorter_saying():
    assert meant("ông hỏi mất bao lâu") == []


def test_a_word_within_a_longer_saying_says_nothing_by_itself():
    assert meant("tiền nghỉ đẻ") == ["thai san"]
    assert meant("mới đẻ") == ["khai sinh"]


def test_a_single_word_is_not_meant_where_another_that_folds_alike_was_written():
    assert meant("để", frozenset({"để"})) == []
    assert meant("đẻ", frozenset({"đẻ"})) == ["khai sinh"]
    assert meant("de") == ["khai sinh"]


def test_what_was_typed_counts_more_than_what_may_be_meant():
    entries = [Entry("a", ("Giấy hồng",)), Entry("b", ("Bìa xanh",))]
    index = Index(entries, vocabulary=[("bìa xanh", ("giấy hồng",))])
    assert [found.code for found in index.search("làm bìa xanh")] == ["b", "a"]
    assert [found.code for found in Index(entries).search("làm bìa xanh")] == ["b"]


def test_words_that_speak_of_no_procedure_count_little_but_are_not_thrown_away():
    entries = [Entry("a", ("Nơi tạm trú",)), Entry("b", ("Giấy khai sinh",))]
    index = Index(entries, vocabulary=[("tại nơi tạm trú", ())])
    assert index.search("khai sinh tại nơi tạm trú")[0].code == "b"
    assert [found.code for found in index.search("tại nơi tạm trú")] == ["a"]
    assert Index(entries).search("khai sinh tại nơi tạm trú")[0].code == "a"


def test_a_word_that_all_cards_mention_still_names_the_one_that_is_called_so():
    others = [Entry(str(at), (f"Việc số {at}",), body=("Mang theo thẻ căn cước.",)) for at in range(40)]
    index = Index([*others, Entry("x", ("Thẻ căn cước",), body=("Việc thẻ nào cũng hỏi.",))])
    assert index.search("căn cước với việc nào")[0].code == "x"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("tiền nghỉ đẻ", "2.000693"),
        ("tien nghi de", "2.000693"),
        ("tieenf nghir ddeer", "2.000693"),
        ("cắt khẩu", "1.003197"),
        ("giấy chưa vợ", "1.004873"),
        ("bà nội tôi mới mất", "1.000656"),
        ("dẹp quán luôn", "1.001266"),
        ("lãnh bảo hiểm một cục", "1.001613"),
        ("bìa đỏ", "1.013978"),
        ("đóng mộc đỏ bản photo", "2.000815"),
        ("rớt cuốn hộ chiếu", "1.010386"),
        ("khách ngủ qua đêm", "2.001159"),
        ("đi lính", "1.013133"),
        ("bằng lái hết hạn", "3.000347"),
    ],
)
def test_citizens_words_find_the_procedure(index, said, code):
    assert index.search(said)[0].code == code


def test_marks_left_out_of_a_saying_find_the_same(index):
    sayings = [said.replace("…", "nội tôi") for said, meanings in vocabulary() if meanings and " " in said]
    assert len(sayings) > 500
    differing = [said for said in sayings if first(index, said) != first(index, fold(said))]
    assert len(differing) <= len(sayings) / 100


def first(index: Index, text: str) -> str:
    return next((found.code for found in index.search(text, 1)), "")


def test_sayings_that_fold_alike_mean_the_same():
    """Typed without diacritics they are one saying, and it could mean only one of them."""
    meanings: dict[str, set[tuple[str, ...]]] = {}
    for said, meant in vocabulary():
        meanings.setdefault(" ".join(words(said.replace("…", " 0 "))), set()).add(meant)
    assert {said for said, found in meanings.items() if len(found) > 1} == set()


def test_the_file_says_what_it_is_in_its_head():
    assert VOCABULARY.read_text(encoding="utf-8").startswith("# What people mean by what they say")
