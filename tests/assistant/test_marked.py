"""The marked questions that everything is weighed by: whole, over all procedures, and apart from what is only counted on."""

from collections import Counter
from pathlib import Path

import pytest

import aoxanh
from aoxanh.assistant.questions import read_questions
from aoxanh.kernel.text import fold
from aoxanh.procedures import seed

FOLDER = Path(__file__).parent
MARKED = sorted((FOLDER / "marked").glob("*.yaml"))
EVALUATION = Path(aoxanh.__file__).parent / "assistant" / "evaluation"
UNSEEN = (EVALUATION / "held_out.yaml", EVALUATION / "unseen.yaml", FOLDER / "fresh_kept.yaml")
MOST_ALIKE = 0.01
"""Short questions are asked by everybody ("mất căn cước"): so many of the unseen may stand among the marked, word for word."""


@pytest.fixture(scope="module")
def marked():
    return [one for path in MARKED for one in read_questions(path)]


def test_every_procedure_has_examples_and_so_has_each_kind(marked):
    asked = Counter(code for one in marked if one.kind != "ask_back" for code in one.right_codes)
    assert min(asked[card.code] for card in seed.read_cards()) >= 50
    kinds = Counter(one.kind for one in marked)
    assert (
        min(kinds[kind] for kind in ("answer", "ask_back", "refuse", "police", "province", "outside")) >= 250
    )


def test_what_is_only_counted_on_is_not_weighed_by(marked):
    known = {" ".join(fold(one.text).split()) for one in marked}
    for path in UNSEEN:
        texts = [" ".join(fold(one.text).split()) for one in read_questions(path)]
        assert sum(text in known for text in texts) <= MOST_ALIKE * len(texts), path.name
