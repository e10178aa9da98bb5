"""What examples decide: made from the marked sets, in points that hang on what is seen and not on how much was typed."""

import subprocess
import sys
from pathlib import Path

import yaml

from aoxanh.assistant.policy import read_policy
from aoxanh.assistant.policy.leaning import features, is_outweighed, is_refused, leaning, spoken
from aoxanh.assistant.replies import Kind
from aoxanh.assistant.weighing import FIRST, LAST, Weights, levels, with_neighbours

ROOT = Path(__file__).resolve().parents[2]
LEAST_MET, MOST_GOOD_STOPPED = 0.75, 0.05
"""A little beside what was measured, 0.83 and 0.04 of the kept half: twins are made to sound alike, ordinary questions are stopped less."""


def pairs(half: str) -> list[dict[str, str]]:
    held: list[dict[str, str]] = yaml.safe_load(
        (Path(__file__).parent / f"{half}.yaml").read_text(encoding="utf-8")
    )
    return held


def test_the_weights_are_made_from_the_examples_as_they_are():
    made = subprocess.run([sys.executable, "tools/weigh.py", "--check"], cwd=ROOT, check=False)
    assert made.returncode == 0, "run `python tools/weigh.py`"


def test_words_neighbours_and_those_with_one_between_are_weighed_each_once():
    assert list(features([FIRST, "a", "b", "a", LAST])) == [
        "<", "a", "b", ">", "< a", "a b", "b a", "a >", "<_b", "a_a", "b_>",
    ]  # fmt: skip
    assert features([FIRST, LAST], "otp")["rule:otp"] == 2
    assert list(with_neighbours(["a", "b"])) == ["<", "a", "b", ">", "< a", "a b", "b >"]
    assert list(levels("n", 4, (3, 4, 5))) == ["n>3"]
    assert spoken(read_policy().tokens("lm 0****12 hộ")) == [FIRST, "lam", "#", "ho", LAST]


def test_points_do_not_grow_with_length_and_features_never_seen_count_nothing():
    weights = Weights(("yes", "no"), (-5, 0), {"x": (0, 10), "y": (0, 6, 1, -3)})
    assert weights.points({"x": 1.0}) == {"yes": 5, "no": 0}
    assert weights.points({"x": 1.0, "z": 1.0}) == {"yes": 5, "no": 0}
    assert weights.points({"x": 2.0}) == {"yes": 5, "no": 0}
    assert weights.points({}) == {"yes": -5, "no": 0}
    both = weights.points({"x": 3.0, "y": 4.0})
    assert both["yes"] == -5 + 10 * 3 / 5 + 6 * 4 / 5
    assert both["no"] == -3 * 4 / 5


def test_a_phrase_is_overruled_only_by_a_clear_lead_and_nothing_typed_is_not_refused():
    assert is_outweighed(Kind.REFUSE, {"answer": 8, "refuse": 0, "outside": 90})
    assert not is_outweighed(Kind.REFUSE, {"answer": 7, "refuse": 0, "outside": 0})
    assert is_outweighed(Kind.OUTSIDE, {"answer": 3, "refuse": 90, "outside": 0})
    assert not is_refused(leaning([]))


def test_a_text_is_like_a_refused_one_only_if_it_is_no_more_like_one_about_nothing_we_hold():
    assert is_refused({"refuse": 10, "answer": 16, "outside": 10})
    assert not is_refused({"refuse": 10, "answer": 17, "outside": 0})
    assert not is_refused({"refuse": 10, "answer": 0, "outside": 11})


def test_requests_written_before_the_policy_was_read_meet_a_limit_and_their_twins_do_not():
    judge = read_policy().judge
    for half in ("limits", "limits_kept"):
        held = pairs(half)
        met = sum(judge(pair["refuse"]) is not None for pair in held)
        verdicts = [judge(pair["answer"]) for pair in held]
        # What is called outside has no card yet, which the writer of the twins did not know.
        stopped = sum(one is not None and one.stops and one.kind is Kind.REFUSE for one in verdicts)
        assert len(held) == 75
        # Totals only: no failure names a text of the kept half.
        assert met / len(held) >= LEAST_MET, half
        assert stopped / len(held) <= MOST_GOOD_STOPPED, half
