"""The bank travels to Moodle and back unchanged, and files that mean harm or nonsense do none."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from aoxanh.training import courses
from aoxanh.training.quiz.exchange.bilingual import join, questions_of
from aoxanh.training.quiz.exchange.gift_in import read_gift
from aoxanh.training.quiz.exchange.gift_out import write_gift
from aoxanh.training.quiz.exchange.question import Choice, Question, Reading, Unreadable
from aoxanh.training.quiz.exchange.xml_in import read_moodle_xml
from aoxanh.training.quiz.exchange.xml_out import write_moodle_xml
from aoxanh.training.quiz.item import Item, Language
from aoxanh.training.quiz.rules import flaws_of
from tests.training.quiz.strategies import AWKWARD, SENTENCES, banks

Format = tuple[Callable[[list[Question]], str], Callable[[bytes], Reading]]
GIFT: Format = (write_gift, read_gift)
XML: Format = (write_moodle_xml, read_moodle_xml)
each_format = pytest.mark.parametrize("form", [GIFT, XML], ids=["gift", "xml"])
gently = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def there_and_back(items: list[Item], form: Format) -> list[Item]:
    write, read = form

    def travelled(language: Language) -> list[Question]:
        reading = read(write(questions_of(items, language, "c")).encode())
        assert reading.remarks == []
        return reading.questions

    joined = join(travelled("vi"), travelled("en"))
    assert joined.remarks == ()
    return list(joined.items)


@each_format
@pytest.mark.parametrize("course", courses.courses(), ids=lambda course: course.code)
def test_a_real_bank_comes_back_unchanged(course: courses.Course, form: Format) -> None:
    bank = list(courses.bank(course.code))
    assert there_and_back(bank, form) == bank


@each_format
@gently
@given(bank=banks(most=4))
def test_any_bank_comes_back_unchanged(form: Format, bank: list[Item]) -> None:
    assert [flaw for item in bank for flaw in flaws_of(item)] == []
    assert there_and_back(bank, form) == bank


@each_format
@settings(max_examples=150, deadline=None)
@given(
    data=st.one_of(st.binary(max_size=200), st.text(AWKWARD + "\t\r\n/TF0123.", max_size=200).map(str.encode))
)
def test_any_bytes_are_read_or_refused(form: Format, data: bytes) -> None:
    sensible(form[1], data)


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            [*SENTENCES, "{", "}", "=", "~", "#", "\n", "\n\n", "a", "TRUE", "%-300%", "1:1", "..", "\\"]
        ),
        max_size=25,
    )
)
def test_any_mixture_of_gift_is_read_or_left_out(pieces: list[str]) -> None:
    sensible(read_gift, "".join(pieces).encode())


@gently
@given(bank=banks(most=2), at=st.integers(0, 3000), sign=st.sampled_from("<>&\"'/=!x\x00"))
def test_a_damaged_xml_file_is_read_or_refused(bank: list[Item], at: int, sign: str) -> None:
    whole = write_moodle_xml(questions_of(bank, "vi"))
    at %= len(whole)
    sensible(read_moodle_xml, (whole[:at] + sign + whole[at + 1 :]).encode())


def sensible(read: Callable[[bytes], Reading], data: bytes) -> None:
    try:
        reading = read(data)
    except Unreadable as refusal:
        assert refusal.code
        return
    for question in reading.questions:
        assert question.ask
        assert question.line >= 1
    assert all(remark.line >= 1 and remark.code for remark in reading.remarks)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b'<!DOCTYPE q [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>', "entities"),
        (b'<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', "entities"),
        (b"<quiz>" + b"<a>" * 100 + b"</a>" * 100 + b"</quiz>", "shape"),
        (b"<quiz>" + b"<a/>" * 200_001 + b"</quiz>", "shape"),
        (b"<quiz>" + b" " * 5_000_001 + b"</quiz>", "size"),
        (b"<html></html>", "not_a_quiz"),
        (b"<quiz><question>", "not_xml"),
        (b'<?xml version="1.0" encoding="klingon"?><quiz/>', "not_xml"),
        (b"", "not_xml"),
    ],
    ids=["bomb", "outside", "deep", "flood", "big", "page", "cut", "encoding", "empty"],
)
def test_an_xml_file_that_means_harm_is_refused(source: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_moodle_xml(source)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [(b"ok {T}\n\n\xff\xfe", "encoding", 3), (b"x" * 5_000_001, "size", 0), (b"a\x00b{T}", "encoding", 0)],
    ids=["encoding", "big", "binary"],
)
def test_a_gift_file_that_is_no_text_is_refused(source: bytes, code: str, line: int) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_gift(source)
    assert (refusal.value.code, refusal.value.line) == (code, line)


def test_more_questions_than_a_bank_can_want_are_refused() -> None:
    with pytest.raises(Unreadable, match="many"):
        read_gift(b"a {T}\n\n" * 5001)


def test_a_long_run_of_brackets_takes_no_longer_than_its_length() -> None:
    reading = read_gift(b"[html]" + b"<!--" * 12_000 + b"{=a ~b}")
    assert [remark.code for remark in reading.remarks] == ["markup"]


def test_weights_are_written_as_moodle_lists_them() -> None:
    choices = tuple(Choice(str(at), Fraction(100, 3) if at < 3 else Fraction(-100, 2)) for at in range(5))
    written = write_gift([Question("q", "", "multiple", "?", choices=choices)])
    assert "~%33.33333%0" in written
    assert "~%-50%4" in written


def test_a_question_in_one_language_alone_is_named_and_cannot_pass_for_whole() -> None:
    vietnamese = [Question("a-1", "m", "truefalse", "Đúng?", "Vì vậy.", holds=True, line=3)]
    joined = join(vietnamese, [])
    assert [(remark.code, remark.line) for remark in joined.remarks] == [("no_translation", 3)]
    assert {flaw.code for flaw in flaws_of(joined.items[0])} == {"empty"}


def test_two_languages_that_disagree_are_not_put_together() -> None:
    one = Question("a-1", "m", "truefalse", "Đúng?", "Vì vậy.", holds=True)
    other = Question("a-1", "m", "truefalse", "True?", "So.", holds=False)
    joined = join([one], [other, Question("b", "m", "truefalse", "?", holds=True)])
    assert [remark.code for remark in joined.remarks] == ["unlike", "no_original"]
    assert joined.items[0].ask.en == ""


def test_a_foreign_name_gives_the_same_id_each_time() -> None:
    question = Question("Câu 1: VNeID?", "Khóa học/Mức 2", "truefalse", "Đúng?", holds=True)
    first, again = (join([question], []).items[0] for _ in range(2))
    assert first == again
    assert not [flaw for flaw in flaws_of(first) if flaw.field == "id"]
