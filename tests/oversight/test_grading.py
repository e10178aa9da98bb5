"""Grades: computed by hand once, exact always; frozen texts have one form and one hash; lots cannot be chosen."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.oversight.grading import rubric
from aoxanh.oversight.grading.documents import TamperedDocument, canonical, digest, opened
from aoxanh.oversight.grading.drawing_lots import combined, commitment_of, drawn, seed_of
from aoxanh.oversight.grading.grade import Granted, grade, rounded

ITEMS = rubric.newest().visit_items
FINDINGS: dict[str, Any] = {
    "files": {"reviewed": 10, "passed": 9},
    "visit": {"day": "2025-09-01", "marks": dict.fromkeys(ITEMS, 8)},
}


def figure(value: str | None, count: int = 100, target: str | None = None) -> dict[str, Any]:
    return {"n": 0, "d": count, "value": value, "target": target}


def snapshot(**changes: Any) -> dict[str, Any]:
    figures = {
        "finished_share": figure("0.600000"),
        "come_back_share": figure("0.190000"),
        "outside_share": figure("0.100000"),
    }
    told = {"finished": 60, "come_back": 80, "outside": 50, "files": 90, "voice": 70, "visit": 80}
    whole = {"rubric": rubric.as_content(rubric.newest()), "figures": figures, "voice": None, "self": told}
    return {**whole, **changes}


def test_a_grade_is_what_the_hand_computes() -> None:
    """Finished (0.60-0.30)/0.45 = 66.67, come back (0.40-0.19)/0.30 = 70, outside 50, files 90, visit 80, voice not judged.

    Self-scores are off by 6.67, 10, 0, 0, 0: candour 100 - 16.67/5 = 96.67. Weights 20, 10, 10, 20, 15, 10 of 85:
    (1333.33 + 700 + 500 + 1800 + 1200 + 966.67) / 85 = 76.47.
    """
    found = grade(snapshot(), FINDINGS)
    assert [str(each.points) for each in found.judged] == ["66.67", "70.00", "50.00", "90.00", "None", "80.00", "96.67"]  # fmt: skip
    assert (str(found.points), found.band, found.weight) == ("76.47", "good", 85)


def test_citizens_who_confirm_count_once_enough_were_asked() -> None:
    few = grade(snapshot(voice={"answered": 19, "confirmed": 0}), FINDINGS)
    many = grade(snapshot(voice={"answered": 20, "confirmed": 20}), FINDINGS)
    assert few.points == grade(snapshot(), FINDINGS).points
    assert many.judged[4].points == Decimal(100)


def test_a_target_goes_before_the_rubrics_own() -> None:
    figures = snapshot()["figures"] | {"finished_share": figure("0.600000", target="0.600000")}
    assert grade(snapshot(figures=figures), FINDINGS).judged[0].points == Decimal(100)


def test_too_little_to_judge_by_gives_no_grade() -> None:
    figures = {key: figure("0.5", count=29) for key in snapshot()["figures"]}
    found = grade(snapshot(figures=figures), {"files": {"reviewed": 4, "passed": 4}, "visit": None})
    assert (found.points, found.band, found.weight) == (None, "", 0)


def test_a_unit_that_said_nothing_of_itself_gets_nothing_for_candour() -> None:
    assert grade(snapshot(self={}), FINDINGS).judged[-1].points == 0


def test_a_granted_appeal_changes_its_criterion_and_the_last_one_counts() -> None:
    found = grade(snapshot(), FINDINGS, [Granted("outside", "60.00"), Granted("outside", "85.50")])
    assert found.judged[2].points == Decimal("85.50")
    assert found.judged[2].is_by_appeal
    assert found.points is not None
    assert found.points > Decimal("76.47")


@given(st.fractions(0, 100))
def test_rounding_is_half_up_and_never_off_by_more_than_half_a_cent(value: Fraction) -> None:
    assert -Fraction(1, 200) < Fraction(rounded(value)) - value <= Fraction(1, 200)


@given(
    st.fixed_dictionaries({key: st.integers(0, 10**6) for key in snapshot()["figures"]}),
    st.integers(0, 40),
    st.integers(0, 10),
)
def test_freezing_and_opening_gives_the_same_grade(values: dict[str, int], reviewed: int, mark: int) -> None:
    figures = {key: figure(str(Decimal(value).scaleb(-6))) for key, value in values.items()}
    content = snapshot(figures=figures)
    findings = {
        "files": {"reviewed": reviewed, "passed": reviewed // 2},
        "visit": {"marks": dict.fromkeys(ITEMS, mark)},
    }
    text = canonical(content)
    again = grade(opened(text, digest(text)), opened(canonical(findings), digest(canonical(findings))))
    assert again == grade(content, findings)
    assert again.points is None or 0 <= again.points <= 100


def test_equal_content_has_one_text_and_a_changed_letter_is_noticed() -> None:
    text = canonical({"b": [1, "ế"], "a": None})
    assert text == '{"a":null,"b":[1,"ế"]}'
    with pytest.raises(TamperedDocument):
        opened(text.replace("1", "2"), digest(text))


@pytest.mark.parametrize("content", [{"a": 0.1}, {"a": [{"b": 1.0}]}], ids=["flat", "deep"])
def test_a_float_is_never_frozen(content: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        canonical(content)


def test_lots_depend_on_the_secret_and_on_the_figures_and_on_nothing_else() -> None:
    files = [f"00715 2025-08-01 {number}" for number in range(100)]
    seed = seed_of("secret", combined(["a", "b"]))
    assert drawn(seed, "00715", files, 10) == drawn(seed, "00715", list(reversed(files)), 10)
    assert drawn(seed, "00715", files, 10) != drawn(seed_of("secret", combined(["a", "c"])), "00715", files, 10)  # fmt: skip
    assert drawn(seed, "00715", files, 10) != drawn(seed_of("other", combined(["a", "b"])), "00715", files, 10)  # fmt: skip
    assert commitment_of("secret") != commitment_of("other")
    assert drawn(seed, "00715", files[:3], 10) == drawn(seed, "00715", files[:3], 3)


def test_every_file_is_drawn_about_equally_often() -> None:
    files = [str(number) for number in range(20)]
    times = dict.fromkeys(files, 0)
    for number in range(2000):
        for file in drawn(seed_of(str(number), "f"), "u", files, 5):
            times[file] += 1
    assert all(400 < count < 600 for count in times.values())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"weight: 20, floor": "weight: 21, floor"}, "add up"),
        ({"kind: visit": "kind: guess"}, "unknown kind"),
        ({'target: "0.75"': 'target: "0.30"'}, "differ"),
        ({'from: "0"': 'from: "10"'}, "down to 0"),
        ({"key: come_back": "key: finished"}, "there twice"),
    ],
    ids=["weights", "kind", "target", "bands", "twice"],
)
def test_a_rubric_that_cannot_be_is_refused(change: dict[str, str], fault: str) -> None:
    text = rubric.PATH.read_text(encoding="utf-8")
    for old, new in change.items():
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(ValueError, match=fault):
        rubric.read(text)
