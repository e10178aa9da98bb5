"""Files as Moodle and people write them: what is understood, and what is named with its line and left out."""

from fractions import Fraction

import pytest

from aoxanh.training.quiz.exchange.gift_in import read_gift
from aoxanh.training.quiz.exchange.question import Question, Reading
from aoxanh.training.quiz.exchange.xml_in import read_moodle_xml

GIFT = r"""// a comment of the author
$CATEGORY: $course$/top/Mạng/Cơ bản

::Thủ đô::[html]<p>Thủ đô của <b>Việt Nam</b> là&nbsp;gì?</p>{
=Hà Nội # đúng
~Huế # từng là kinh đô
// a comment in between
~%50%Thăng Long
####Hà Nội từ năm 1010.
}

Mặt trời mọc ở hướng đông. {T}

::Sai::Một cộng một \= ba.{FALSE#không#đúng rồi}

Ghép. {
=mèo -> meo
=chó -> gâu
}

Mấy tỉnh? {#34}

Pi? {#3.14:0.005}

Khoảng nào? {#1..5}

Nhiều số. {#
=1822:0 #hay
=%50%1822:2 #gần
}

Chọn hai. {
~%50%một
~%50%hai
~%-50%ba
~%-50%bốn
}

Cà phê ngon nhất ở {~Huế =Buôn Ma Thuột ~Vinh} thì phải.

Ai viết? {=Nguyễn Du =Tố Như}

Viết một đoạn. {}

Đây chỉ là lời dẫn.

Quên đóng {=a ~b

Hai chỗ {=a ~b} và {=c ~d}

[html]Nhìn hình <img src="x.png"> {T}

Không câu nào đúng {~a ~b}

Lạ {x =a ~b}

Không phải số {#ba}
"""


@pytest.fixture(scope="module")
def gift() -> Reading:
    return read_gift(GIFT.encode())


def asked(reading: Reading, start: str) -> Question:
    return next(question for question in reading.questions if question.ask.startswith(start))


def test_a_question_with_name_markup_feedback_and_comment_is_understood(gift: Reading) -> None:
    question = asked(gift, "Thủ đô")
    assert (question.name, question.category, question.kind, question.line) == (
        "Thủ đô",
        "Mạng/Cơ bản",
        "single",
        4,
    )
    assert question.ask == "Thủ đô của Việt Nam là\u00a0gì?"
    assert question.why == "Hà Nội từ năm 1010."
    assert [(choice.text, choice.weight, choice.why) for choice in question.choices] == [
        ("Hà Nội", 100, "đúng"),
        ("Huế", 0, "từng là kinh đô"),
        ("Thăng Long", 50, ""),
    ]


def test_part_marks_that_our_rule_does_not_give_are_told(gift: Reading) -> None:
    told = [(remark.line, remark.code) for remark in gift.remarks if remark.is_taken]
    assert told == [(4, "weights")]


@pytest.mark.parametrize(("start", "holds"), [("Mặt trời", True), ("Một cộng một = ba.", False)])
def test_a_claim_is_understood(gift: Reading, start: str, holds: bool) -> None:
    assert asked(gift, start).holds is holds


def test_pairs_are_understood(gift: Reading) -> None:
    assert asked(gift, "Ghép").pairs == (("mèo", "meo"), ("chó", "gâu"))


@pytest.mark.parametrize(
    ("start", "number", "within"),
    [("Mấy", 34, 0), ("Pi", 3.14, 0.005), ("Khoảng", 3, 2), ("Nhiều số", 1822, 0)],
)
def test_a_number_is_understood(gift: Reading, start: str, number: float, within: float) -> None:
    question = asked(gift, start)
    assert (question.kind, question.number, question.within) == ("numeric", number, within)


def test_several_right_answers_are_understood(gift: Reading) -> None:
    question = asked(gift, "Chọn hai")
    assert question.kind == "multiple"
    assert [choice.weight for choice in question.choices] == [50, 50, -50, -50]


def test_a_missing_word_leaves_a_gap(gift: Reading) -> None:
    assert asked(gift, "Cà phê").ask == "Cà phê ngon nhất ở _____ thì phải."


def test_what_cannot_be_taken_is_named_with_its_line(gift: Reading) -> None:
    lines = GIFT.split("\n")
    left_out = {
        (lines[remark.line - 1].split(" {")[0][:12], remark.code)
        for remark in gift.remarks
        if not remark.is_taken
    }
    assert left_out == {
        ("Ai viết?", "shortanswer"),
        ("Viết một đoạn."[:12], "essay"),
        ("Đây chỉ là lời dẫn."[:12], "description"),
        ("Quên đóng", "no_end"),
        ("Hai chỗ", "several_answers"),
        ("[html]Nhìn hình"[:12], "media"),
        ("Không câu nào đúng"[:12], "some_right"),
        ("Lạ", "not_understood"),
        ("Không phải số"[:12], "not_a_number"),
    }


XML = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0 -->
  <question type="category"><category><text>$course$/top/Default for VNeID</text></category></question>
  <question type="multichoice">
    <name><text>Màu cờ</text></name>
    <questiontext format="html"><text><![CDATA[<p>Cờ có <strong>hai</strong> màu nào?</p><p>Chọn hai.</p>]]></text></questiontext>
    <generalfeedback format="html"><text>&lt;p&gt;Đỏ &amp;amp; vàng&lt;/p&gt;</text></generalfeedback>
    <defaultgrade>1.0000000</defaultgrade><hidden>0</hidden><single>false</single>
    <answer fraction="50" format="html"><text><![CDATA[<p>Đỏ</p>]]></text><feedback format="html"><text></text></feedback></answer>
    <answer fraction="50" format="html"><text>Vàng</text></answer>
    <answer fraction="-100" format="html"><text>Tím</text><feedback format="html"><text>không</text></feedback></answer>
    <tags><tag><text>cờ</text></tag></tags>
  </question>
  <question type="truefalse"><name><text>tf</text></name><questiontext><text>Nước sôi ở 100 độ.</text></questiontext>
    <answer fraction="0"><text>false</text></answer><answer fraction="100"><text>true</text></answer></question>
  <question type="matching"><name><text>m</text></name><questiontext format="plain_text"><text>Ghép &lt;p&gt;</text></questiontext>
    <subquestion format="html"><text><![CDATA[<p>một</p>]]></text><answer><text>1</text></answer></subquestion>
    <subquestion format="html"><text>hai</text><answer><text>2</text></answer></subquestion>
    <subquestion format="html"><text></text><answer><text>3</text></answer></subquestion></question>
  <question type="numerical"><name><text>n</text></name><questiontext><text>Mấy?</text></questiontext>
    <answer fraction="100"><text>72</text><tolerance>0.5</tolerance></answer></question>
  <question type="shortanswer"><name><text>s</text></name><questiontext><text>Ai?</text></questiontext></question>
  <question type="cloze"><name><text>c</text></name></question>
  <question type="multichoice"><name><text>pic</text></name><questiontext format="html"><text>Hình</text>
    <file name="a.png" encoding="base64">AAAA</file></questiontext></question>
  <question type="truefalse"><name><text>bad</text></name><questiontext><text>?</text></questiontext>
    <answer fraction="x"><text>true</text></answer></question>
  <question/>
</quiz>
"""


@pytest.fixture(scope="module")
def xml() -> Reading:
    return read_moodle_xml(XML.encode())


def test_moodles_own_markup_becomes_plain_text(xml: Reading) -> None:
    question = asked(xml, "Cờ")
    assert (question.name, question.category, question.kind) == ("Màu cờ", "Default for VNeID", "multiple")
    assert question.ask == "Cờ có hai màu nào?\nChọn hai."
    assert question.why == "Đỏ & vàng"
    assert [(choice.text, choice.weight) for choice in question.choices] == [
        ("Đỏ", 50),
        ("Vàng", 50),
        ("Tím", Fraction(-100)),
    ]


def test_claims_pairs_and_numbers_are_understood(xml: Reading) -> None:
    assert asked(xml, "Nước").holds is True
    assert asked(xml, "Ghép <p>").pairs == (("một", "1"), ("hai", "2"))
    assert (asked(xml, "Mấy").number, asked(xml, "Mấy").within) == (72, 0.5)


def test_what_moodle_has_and_we_have_not_is_named_with_its_line(xml: Reading) -> None:
    lines = XML.split("\n")
    for remark in xml.remarks:
        assert "<question" in lines[remark.line - 1]
    assert [(remark.name, remark.code, remark.is_taken) for remark in xml.remarks] == [
        ("m", "extra_sides", True),
        ("s", "shortanswer", False),
        ("c", "cloze", False),
        ("pic", "media", False),
        ("bad", "not_a_number", False),
        ("", "not_understood", False),
    ]


def test_scripts_do_not_survive() -> None:
    reading = read_gift(b"[html]<script>alert(1)</script><b onclick='x'>Hi</b> {T}")
    assert reading.questions[0].ask == "Hi"


def test_the_right_side_of_a_pair_is_plain_text_to_moodle() -> None:
    """A side that speaks of a tag must not lose it: Moodle gives these texts no format."""
    pair = "<subquestion><text>{0}</text><answer><text>&lt;b&gt; {0}</text></answer></subquestion>"
    source = (
        '<quiz><question type="matching"><name><text>m</text></name><questiontext><text>Ghép</text></questiontext>'
        + pair.format("một")
        + pair.format("hai")
        + "</question></quiz>"
    )
    assert read_moodle_xml(source.encode()).questions[0].pairs == (("một", "<b> một"), ("hai", "<b> hai"))


def test_lines_of_the_source_are_not_lines_of_the_text() -> None:
    reading = read_gift(b"[html]<p>One\ntext</p><pre>a\nb</pre><p>end</p> {T}")
    assert reading.questions[0].ask == "One text\na\nb\nend"


@pytest.mark.parametrize("formula", [r"\(x^2\)", r"\[x\]", "$$x$$"])
def test_a_formula_is_left_out_since_nobody_would_see_it_as_one(formula: str) -> None:
    source = (
        f'<quiz><question type="truefalse"><questiontext format="html"><text>{formula}</text></questiontext>'
    )
    answer = '<answer fraction="100"><text>true</text></answer></question></quiz>'
    remark = read_moodle_xml(f"{source}{answer}".encode()).remarks[0]
    assert (remark.code, remark.detail) == ("media", "formula")
