"""Finding personal data in free text: the golden cases, and properties over numbers that nobody wrote down."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.kernel import clock
from aoxanh.privacy.detection import KINDS, find
from aoxanh.privacy.detection.rules import PROVINCES, ZEROS

HERE = Path(__file__).parent
GOLDEN = json.loads((HERE / "golden.json").read_text())
RULES = Path(__file__).parents[2] / "src/aoxanh/privacy/data/rules.json"
HIDDEN = ["", "\u200b", "\u00ad", "\u2060", "\ufeff"]
BETWEEN = ["", " ", ".", "-", "\u00a0", " - ", "\u2013", "/", "_"]


def kinds(text: str) -> list[str]:
    return sorted({finding.kind for finding in find(text)})


@pytest.mark.parametrize("case", GOLDEN, ids=[case["text"] for case in GOLDEN])
def test_the_golden_cases_are_judged_as_written(case):
    assert kinds(case["text"]) == case["kinds"]


@pytest.mark.parametrize("case", GOLDEN, ids=[case["text"] for case in GOLDEN])
def test_decomposed_letters_are_judged_like_composed_ones(case):
    assert kinds(unicodedata.normalize("NFD", case["text"])) == case["kinds"]


def test_the_golden_cases_hold_every_kind_and_enough_ordinary_notes():
    assert {kind for case in GOLDEN for kind in case["kinds"]} == set(KINDS)
    assert sum(not case["kinds"] for case in GOLDEN) >= 60


@st.composite
def id_numbers(draw):
    century = draw(st.sampled_from("0123"))
    newest = 99 if century in "01" else clock.today().year - 2000
    year = draw(st.integers(0, newest))
    return f"{draw(st.sampled_from(sorted(PROVINCES)))}{century}{year:02d}{draw(st.integers(0, 999_999)):06d}"


@st.composite
def disguised(draw, number: str) -> str:
    zero = draw(st.sampled_from([0x30, 0xFF10, *ZEROS]))
    digits = [chr(zero + int(digit)) for digit in number]
    return "".join(digit + draw(st.sampled_from(HIDDEN)) + draw(st.sampled_from(BETWEEN)) for digit in digits)


@given(
    st.data(),
    id_numbers(),
    st.sampled_from(["", "cccd ", "của bác là ", "(", "CCCD:"]),
    st.sampled_from(["", " nhé", ")", ", 30 phút"]),
)
def test_a_citizen_number_is_found_in_any_disguise(data, number, before, after):
    assert find(f"{before}{data.draw(disguised(number))}{after}")


@given(
    st.data(),
    st.sampled_from("35789"),
    st.integers(0, 99_999_999),
    st.sampled_from(["0", "+84", "84", "0084"]),
)
def test_a_mobile_number_is_found_in_any_disguise(data, operator, rest, prefix):
    shown = data.draw(disguised(f"{operator}{rest:08d}"))
    assert find(f"gọi {prefix}{shown} hẹn mai")


@given(st.text(max_size=280))
def test_any_text_can_be_judged_and_findings_stand_in_it_in_order(text):
    composed = unicodedata.normalize("NFC", text)
    last = 0
    for finding in find(text):
        assert finding.kind in KINDS
        assert last <= finding.start < finding.end <= len(composed)
        last = finding.end


def test_a_finding_says_where_the_data_stand():
    text = "Bác Hoa, số 079\u200b190001234 nhé"
    [finding] = find(text)
    assert text[finding.start : finding.end] == "079\u200b190001234"


def test_every_script_with_digits_of_its_own_is_known():
    for code in range(0x110000):
        char = chr(code)
        if (
            unicodedata.category(char) == "Nd"
            and unicodedata.normalize("NFKC", char) == char
            and not char.isascii()
        ):
            assert any(zero <= code < zero + 10 for zero in ZEROS), hex(code)


def test_the_patterns_use_only_what_every_phone_reads_too():
    text = RULES.read_text()
    assert text.isascii()
    data = json.loads(text)
    patterns = [*data["parts"].values(), *data["safe"]]
    patterns += [
        rule[key]
        for rule in data["rules"]
        for key in ("pattern", "near", "unless", "unless_before", "unless_after")
        if key in rule
    ]
    for pattern in patterns:
        assert not re.search(r"\(\?<|\(\?P|\(\?[aimsx-]+[:)]|[*+?}]\+|\\[dwsbDWSB]|\(\?>", pattern), pattern
