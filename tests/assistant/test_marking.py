"""Marking the assistant: hand-made replies get the marks they deserve, and bad files are told what is wrong."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from aoxanh.assistant import marking
from aoxanh.assistant.questions import Question, QuestionsInvalid, Wanted, read_questions
from aoxanh.assistant.replies import Kind, Named, Part, Pinned, Reply, Sentence, Slot, Source
from aoxanh.cli.ask_eval import command

SOURCE = Source("1.000001", "Việc một", "fee", date(2026, 7, 1), "high", "")
ONE, TWO, THREE = (Named(f"1.00000{at}", f"Việc {at}") for at in (1, 2, 3))


def says(*parts: Part) -> Reply:
    return Reply(parts, Pinned())


def told(text: str = "Lệ phí là 8.000 đồng.", slot: Slot | None = Slot.FEE, kind: Kind = Kind.ANSWER) -> Part:
    return Part(kind, "", slot, (Sentence(text, SOURCE),), (ONE, TWO))


def asked(kind: str = "answer", **more) -> Question:
    given = {"codes": ("1.000001",), "slot": Slot.FEE} if kind == "answer" else {}
    return Question(id="a", text="Hỏi?", kind=kind, **(given | more))


def marks(question: Question, reply: Reply) -> marking.Replied:
    return marking.mark_replies([question], lambda _: reply, lambda _: "8.000 đồng")


def test_a_ranking_is_marked_by_first_place_and_first_three_and_only_where_a_procedure_is_meant():
    questions = [asked(form="half"), asked("outside"), asked("police", codes=("1.000002",))]
    ranked = marking.mark_ranking(questions, lambda _: ["1.000002", "1.000003", "1.000001"])
    assert (ranked.top1.hits, ranked.top1.total) == (1, 2)
    assert (ranked.top3.hits, ranked.top3.total) == (2, 2)
    assert ranked.first["form half"].rate == 0
    assert ranked.missed == ["a"]


def test_what_stands_fourth_is_not_among_the_first_three():
    ranked = marking.mark_ranking([asked()], lambda _: ["x", "y", "z", "1.000001"])
    assert ranked.top3.hits == 0


def test_the_interval_is_wilsons():
    low, high = marking.Share(56, 60).interval
    assert (round(low, 3), round(high, 3)) == (0.841, 0.974)


def test_a_right_answer_with_the_asked_slot_is_exact():
    given = marks(asked(), says(told()))
    assert (given.slot_exact.rate, given.top1.rate, given.uncited) == (1, 1, [])
    assert marks(asked(), says(told(slot=Slot.TIME))).slot_exact.rate == 0


def test_a_slot_is_not_judged_where_the_procedure_is_wrong():
    other = Part(Kind.ANSWER, "", Slot.FEE, (), (TWO,))
    given = marks(asked(), says(other))
    assert (given.slot_exact.total, given.top1.hits) == (0, 0)


def test_two_questions_in_a_message_want_two_answers():
    both = asked(second=Wanted(codes=("1.000001",), slot=Slot.TIME))
    assert marks(both, says(told())).slot_exact.plain()["hits"] == 1
    assert marks(both, says(told(), told(slot=Slot.TIME))).slot_exact.plain()["hits"] == 2


def test_a_number_that_is_not_in_the_source_is_found():
    given = marks(asked(), says(told("Lệ phí là 9.000 đồng, mã 1.000001, từ 01/07/2026.")))
    assert given.uncited == [("a", "9.000")]


def test_asking_back_has_precision_recall_and_must_offer_all():
    question = asked("ask_back", codes=("1.000001", "1.000003"))
    back = Part(Kind.ASK_BACK, "", candidates=(ONE, TWO))
    given = marks(question, says(back))
    assert (given.ask_recall.rate, given.ask_precision.rate, given.ask_offers_all.rate) == (1, 1, 0)
    assert marks(question, says(told())).ask_recall.rate == 0
    assert marks(asked(), says(back)).ask_precision.rate == 0


@pytest.mark.parametrize(
    ("kind", "part", "is_right"),
    [
        ("refuse", Part(Kind.REFUSE, "", rule="otp"), True),
        ("refuse", told(), False),
        ("outside", Part(Kind.OUTSIDE, ""), True),
        ("outside", told(), False),
        ("police", told(kind=Kind.POLICE), True),
        ("province", told(kind=Kind.PROVINCE), True),
        ("answer", told(kind=Kind.CHOOSE), True),
    ],
)
def test_a_reply_is_right_when_it_is_of_the_kind_that_was_wanted(kind, part, is_right):
    more = {} if kind in {"refuse", "outside", "answer"} else {"codes": ("1.000001",)}
    assert marks(asked(kind, **more), says(part)).kinds["all"].hits == is_right


def test_a_good_question_that_is_refused_counts_as_wrongly_refused_but_a_principle_beside_an_answer_does_not():
    assert marks(asked(), says(Part(Kind.REFUSE, "", rule="otp"))).wrongly_refused.hits == 1
    beside = Part(Kind.ANSWER, "", Slot.FEE, told().sentences, (ONE,), rule="for_the_citizen")
    assert marks(asked(), says(beside)).wrongly_refused.hits == 0


def test_abstaining_is_saying_nothing_once_the_right_procedure_is_gone():
    def ask_without(codes):
        assert codes == {"1.000001"}
        return lambda text: says(told() if text == "Hỏi?" else Part(Kind.OUTSIDE, ""))

    questions = [asked(), Question(id="b", text="Khác?", kind="answer", codes=("1.000001",))]
    share = marking.mark_abstention(questions, ask_without)
    assert (share.hits, share.total) == (1, 2)


def test_a_score_that_tells_nothing_separates_like_a_coin():
    assert marking.separation([1, 2, 3], [1, 2, 3]) == 0.5
    assert marking.separation([4, 5], [1, 2]) == 1


def written(folder: Path, rows: object) -> Path:
    path = folder / "questions.json"
    path.write_text(rows if isinstance(rows, str) else json.dumps(rows), encoding="utf-8")
    return path


GOOD = {"id": "a", "text": "Hỏi?", "kind": "answer", "codes": ["1.001193"], "slot": "fee"}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([GOOD | {"kind": "maybe"}], "question 1 (a), kind: it must be one of answer"),
        ([GOOD | {"slot": "price"}], "question 1 (a), slot: it must be one of fee"),
        ([GOOD | {"codes": "1.001193"}], "question 1 (a), codes: it must be a list"),
        ([GOOD, GOOD], "question 2 (a), id: question 1 has this id too"),
        ([GOOD | {"second": {"slot": "price"}}], "question 1 (a), second.slot:"),
        ([GOOD | {"second": ["x"]}], "question 1 (a), second: write it as"),
        ([GOOD | {"colour": "red"}], "question 1 (a), colour: there is no such field"),
        ([{"id": "a", "text": "Hỏi?", "kind": "answer"}], "question 1 (a), codes: a question of kind answer"),
        ([GOOD | {"kind": "refuse"}], "question 1 (a), codes: a question of kind refuse"),
        ([GOOD | {"text": 7}], "question 1 (a), text: it is missing or no text"),
        ([GOOD | {"kind": ["answer"]}], "question 1 (a), kind: it is missing or no text"),
        ([GOOD | {"text": "x" * 2001}], "question 1 (a), text: it is longer"),
        (["x"], "question 1: write it as fields"),
        ({}, "the file: it must be a list of questions"),
        ("- a: [", "the file: it is neither YAML nor JSON near line"),
        ("[" * 5000, "the file: it is neither YAML nor JSON"),
    ],
    ids=[str(at) for at in range(16)],
)
def test_a_bad_file_is_told_the_question_the_field_and_the_remedy(tmp_path, rows, told):
    answer = CliRunner().invoke(command, [str(written(tmp_path, rows))])
    assert answer.exit_code == 1
    assert told in answer.output
    assert "Traceback" not in answer.output


def test_every_flaw_of_a_file_is_told_at_once(tmp_path):
    with pytest.raises(QuestionsInvalid) as refused:
        read_questions(written(tmp_path, [GOOD | {"kind": "x"}, {"id": "b"}]))
    assert [(flaw.row, flaw.field) for flaw in refused.value.flaws] == [(1, "kind"), (2, "text"), (2, "kind")]


def test_a_missing_file_and_bytes_that_are_no_text_are_refused(tmp_path):
    broken = tmp_path / "bytes"
    broken.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.yaml", broken):
        answer = CliRunner().invoke(command, [str(path)])
        assert answer.exit_code == 1
        assert answer.output.startswith("Error: the file: it")


def test_a_file_of_ones_own_is_marked_with_rates_and_intervals(tmp_path):
    rows = [GOOD | {"text": "làm khai sinh cho con"}, GOOD | {"id": "b", "text": "xin giấy độc thân"}]
    answer = CliRunner().invoke(command, [str(written(tmp_path, rows)), "--json"])
    report = json.loads(answer.output)
    assert report["ranking"]["all"]["top1"] | {"low": 0, "high": 0} == {
        "rate": 0.5,
        "low": 0,
        "high": 0,
        "hits": 1,
        "of": 2,
    }
    assert report["missed"] == ["b"]
    assert "missed" not in json.loads(
        CliRunner().invoke(command, [str(written(tmp_path, rows)), "--json", "--totals"]).output
    )
