"""Requests that no phrase foresaw are weighed by examples: made from the marked sets, told beside the facts, few good ones met."""

import subprocess
import sys
from pathlib import Path

import yaml

from aoxanh.assistant.policy import read_policy
from aoxanh.assistant.policy.weighing import FIRST, LAST, Weights, features, read_weights, spoken
from aoxanh.assistant.replies import Kind

ROOT = Path(__file__).resolve().parents[2]
LEAST_MET, MOST_GOOD_STOPPED = 0.75, 0.05
"""A little beside what was measured, 0.83 and 0.04 of the kept half: twins are made to sound alike, ordinary questions are stopped less."""


def pairs(half: str) -> list[dict[str, str]]:
    held: list[dict[str, str]] = yaml.safe_load(
        (Path(__file__).parent / f"{half}.yaml").read_text(encoding="utf-8")
    )
    return held


def test_the_weights_are_made_from_the_examples_as_they_are():
    made = subprocess.run([sys.executable, "tools/weigh_requests.py", "--check"], cwd=ROOT, check=False)
    assert made.returncode == 0, "run `python tools/weigh_requests.py`"


def test_words_neighbours_and_those_with_one_between_are_weighed_each_once():
    assert features([FIRST, "a", "b", "a", LAST]) == [
        "<", "a", "b", ">", "< a", "a b", "b a", "a >", "<_b", "a_a", "b_>",
    ]  # fmt: skip
    assert spoken(read_policy().tokens("lm 0****12 hộ")) == [FIRST, "lam", "#", "ho", LAST]


def test_a_text_is_refused_from_a_weight_on_that_does_not_grow_with_its_length():
    weights = Weights({"x": 10}, bias=-5, least=5)
    tokens = read_policy().tokens
    assert weights.is_refused(tokens("x"))
    assert not weights.is_refused(tokens("y"))
    assert weights.weight(tokens("x y y y")) == 5
    assert read_weights().weight([]) < 0


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
