"""A claim of a model is shown only if its exact quote bears it out."""

import unicodedata
from functools import cache
from random import Random

import pytest

from aoxanh.assistant.llm import trials
from aoxanh.assistant.llm.numbers import numbers
from aoxanh.assistant.llm.passages import Claim, Passage, read_claims
from aoxanh.assistant.llm.verify import Doubt, Verifier, Weights, stands_in
from aoxanh.procedures.seed import read_cards

FEE = "Khai sinh đúng hạn thì không mất phí. Quá hạn thì mức phí do HĐND tỉnh quyết định."
TIME = "Thời hạn là 3 ngày làm việc, tối đa 5 ngày làm việc nếu phải xác minh ở UBND cấp xã nơi khác."
CARD = "Cấp lần đầu thì miễn phí, cấp đổi 50.000 đồng, cấp lại 70.000 đồng."
STEP = "Cán bộ xem hồ sơ, thiếu giấy CT07 thì báo cho cô chú."


@cache
def weights() -> Weights:
    return trials.weights_of(read_cards())


def verifier() -> Verifier:
    passages = [Passage(f"p{at}", text) for at, text in enumerate((FEE, TIME, CARD, STEP), start=1)]
    return Verifier(passages, weights())


def doubt(text: str, quote: str, passage: str = "") -> Doubt | None:
    texts = {FEE: "p1", TIME: "p2", CARD: "p3", STEP: "p4"}
    named = passage or next((name for known, name in texts.items() if quote in known), "p1")
    return verifier().doubt(Claim(text, named, quote))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Khai sinh đúng hạn thì không mất phí.", "Khai sinh đúng hạn thì không mất phí."),
        (
            "Quá hạn thì Hội đồng nhân dân tỉnh quyết định mức phí.",
            "Quá hạn thì mức phí do HĐND tỉnh quyết định.",
        ),
        ("Thời hạn: ba ngày làm việc.", "Thời hạn là 3 ngày làm việc"),
        ("Cấp đổi mất 50 nghìn đồng.", "mất 50 nghìn đồng"),
        (
            "Bà con lưu ý: cán bộ xem hồ sơ, thiếu giấy CT07 thì báo.",
            "Cán bộ xem hồ sơ, thiếu giấy CT07 thì báo",
        ),
    ],
    ids=["same", "long_name", "written_out", "not_in_passage", "citizens_addressed"],
)
def test_a_true_rewording_is_kept_and_a_quote_must_stand_in_the_passage(text: str, quote: str) -> None:
    assert doubt(text, quote) == (Doubt.QUOTE if "50 nghìn" in quote else None)


@pytest.mark.parametrize(
    ("text", "quote", "why"),
    [
        ("Thời hạn là 4 ngày làm việc.", "Thời hạn là 3 ngày làm việc", Doubt.NUMBERS),
        ("Thời hạn là bốn ngày làm việc.", "Thời hạn là 3 ngày làm việc", Doubt.NUMBERS),
        ("Thời hạn là 3 ngày.", "Thời hạn là 3 ngày làm việc", Doubt.NUMBERS),
        ("Cấp đổi 70.000 đồng, cấp lại 50.000 đồng.", "cấp đổi 50.000 đồng, cấp lại 70.000 đồng", Doubt.NUMBERS),
        ("Khai sinh đúng hạn thì mất phí.", "Khai sinh đúng hạn thì không mất phí.", Doubt.NEGATION),
        ("Quá hạn thì không phải do HĐND tỉnh quyết định.", "Quá hạn thì mức phí do HĐND tỉnh quyết định.", Doubt.NEGATION),
        ("Tối thiểu 5 ngày làm việc.", "tối đa 5 ngày làm việc", Doubt.LIMITS),
        ("Quá hạn thì mức phí do UBND tỉnh quyết định.", "Quá hạn thì mức phí do HĐND tỉnh quyết định.", Doubt.NAMES),
        ("Phải xác minh ở UBND cấp tỉnh nơi khác.", "phải xác minh ở UBND cấp xã nơi khác", Doubt.NAMES),
        ("Cán bộ xem hồ sơ, thiếu giấy CT01 thì báo cho cô chú.", "Cán bộ xem hồ sơ, thiếu giấy CT07 thì báo cho cô chú.", Doubt.NUMBERS),
        ("Bạn xem hồ sơ, thiếu giấy CT07 thì báo cho cô chú.", "Cán bộ xem hồ sơ, thiếu giấy CT07 thì báo cho cô chú.", Doubt.ROLES),
        ("Cô chú xem hồ sơ.", "Cán bộ xem hồ sơ", Doubt.ROLES),
        ("Cấp đổi thì miễn phí.", "cấp đổi 50.000 đồng", Doubt.STRENGTH),
        ("Phải gửi mẫu TK, cấp lần đầu thì miễn phí.", "Cấp lần đầu thì miễn phí", Doubt.NAMES),
        ("Mời bà con ra nhà văn hóa xem biểu diễn văn nghệ cấp xã.", "Cấp lần đầu thì miễn phí", Doubt.NAMES),
        ("Buổi tối trời nhiều gió, nhớ mặc ấm, cấp lần đầu.", "Cấp lần đầu thì miễn phí", Doubt.SUPPORT),
        ("Xem https://lua.example ngay.", "Khai sinh đúng hạn thì không mất phí.", Doubt.UNFIT),
        ("<b>Khai sinh</b> đúng hạn thì không mất phí.", "Khai sinh đúng hạn thì không mất phí.", Doubt.UNFIT),
        ("Khai sinh đúng hạn thì không\u202e mất phí.", "Khai sinh đúng hạn thì không mất phí.", Doubt.UNFIT),
        ("", "Khai sinh đúng hạn thì không mất phí.", Doubt.UNFIT),
        ("Khai sinh không mất phí.", "phí", Doubt.QUOTE),
        ("Khai sinh không mất phí.", "ai sinh đúng hạn", Doubt.QUOTE),
    ],
)  # fmt: skip
def test_a_claim_that_says_more_or_other_than_its_quote_is_dropped(text: str, quote: str, why: Doubt) -> None:
    assert doubt(text, quote) == why


def test_a_claim_about_a_passage_that_was_not_given_is_dropped() -> None:
    assert (
        doubt("Khai sinh đúng hạn thì không mất phí.", "Khai sinh đúng hạn thì không mất phí.", "p9")
        == Doubt.PASSAGE
    )
    assert (
        doubt("Khai sinh đúng hạn thì không mất phí.", "Khai sinh đúng hạn thì không mất phí.", "p2")
        == Doubt.QUOTE
    )


def test_a_quote_may_differ_in_composition_and_white_space_only() -> None:
    loose = unicodedata.normalize("NFD", "Khai sinh  đúng hạn\nthì không mất phí.")
    assert doubt("Khai sinh đúng hạn thì không mất phí.", loose, "p1") is None
    assert (
        doubt("Khai sinh đúng hạn thì không mất phí.", "khai sinh đúng hạn thì không mất phí", "p1")
        == Doubt.QUOTE
    )


def test_what_is_kept_names_its_passage_and_what_is_dropped_its_doubt() -> None:
    good = Claim("Khai sinh đúng hạn thì không mất phí.", "p1", "Khai sinh đúng hạn thì không mất phí.")
    lie = Claim("Khai sinh đúng hạn thì mất phí.", "p1", "Khai sinh đúng hạn thì không mất phí.")
    checked = verifier().check([good, lie, good])
    assert [(claim.text, passage.id) for claim, passage in checked.kept] == [(good.text, "p1")]
    assert checked.dropped == (Doubt.NEGATION,)


def test_claims_that_leave_a_condition_or_a_number_of_their_passage_out_are_seen() -> None:
    half = [Claim("Khai sinh thì không mất phí.", "p1", "Khai sinh đúng hạn thì không mất phí.")]
    whole = [
        Claim("Khai sinh đúng hạn thì không mất phí.", "p1", "Khai sinh đúng hạn thì không mất phí."),
        Claim(
            "Quá hạn thì mức phí do HĐND tỉnh quyết định.",
            "p1",
            "Quá hạn thì mức phí do HĐND tỉnh quyết định.",
        ),
    ]
    assert all(verifier().doubt(claim) is None for claim in [*half, *whole])
    assert not verifier().leaves_nothing_out(half, Passage("p1", FEE))
    assert verifier().leaves_nothing_out(whole, Passage("p1", FEE))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hai ngày làm việc, phí 8.000đ", [("2", "working day"), ("8000", "dong")]),
        ("một trăm linh năm nghìn đồng", [("105000", "dong")]),
        ("hai mươi mốt ngày", [("21", "day")]),
        ("ba triệu rưỡi", [("3500000", "")]),
        ("1,5 triệu đồng", [("1500000", "dong")]),
        ("năm năm", [("5", "year")]),
        ("năm 2025, ba mẹ, một phần, không", [("2025", "")]),
        ("ngày 30 tháng 4 năm 2026", [("30/4/2026", "")]),
        ("30/04/2026", [("30/4/2026", "")]),
        ("mã 1.001193, phiếu số ba", [("1.001193", ""), ("3", "")]),
        ("twenty-one working days", [("21", "working day")]),
        ("", []),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text: str, said: list[tuple[str, str]]) -> None:
    assert numbers(text) == said


@pytest.mark.parametrize(
    "answer",
    ["", "null", "[]", "{}", '{"claims": 3}', '{"claims": [{"text": "a"}]}', "not json", '{"claims": [' + "[" * 5000,
     '{"claims": [' + ",".join(['{"text":"a","passage_id":"p1","quote":"a"}'] * 99) + "]}"],
    ids=["empty", "null", "list", "object", "number", "halves", "prose", "deep", "many"],
)  # fmt: skip
def test_an_answer_out_of_shape_holds_no_claims(answer: str) -> None:
    assert read_claims(answer) is None


def test_an_answer_within_a_fence_is_read() -> None:
    read = read_claims('```json\n{"claims": [], "completeness": "none"}\n```')
    assert read is not None
    assert read.claims == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_corrupted_sentence_of_our_cards_passes_and_true_rewordings_do(seed: int) -> None:
    figures = trials.measure(read_cards(), seed=seed, size=0.4)
    wrong = {
        kind: figures[f"{kind}_accepted_pct"]
        for kind in (*trials.EDITS, "cited_elsewhere")
        if f"{kind}_tried" in figures
    }
    assert wrong.keys() >= {
        "number_changed",
        "negation_flipped",
        "agency_exchanged",
        "unit_changed",
        "cited_elsewhere",
    }
    assert {kind: share for kind, share in wrong.items() if share > 0} == {}
    assert figures["true_accepted_pct"] >= 92


def test_long_hostile_texts_cost_little_and_break_nothing() -> None:
    random = Random(5)
    signs = "aạ1 .,/(không)mười\n\u202e<tỷ%UBND"
    for _ in range(200):
        text = "".join(random.choice(signs) for _ in range(random.randrange(900)))
        assert isinstance(doubt(text[:400], text, "p1"), Doubt)
    assert not stands_in("a" * 5000, "a" * 5000)
    assert Weights.among([]).share("", "") == 1.0
