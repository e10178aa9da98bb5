"""No count of help stands alone: whoever shows one shows beside it what citizens confirmed of it, or says here why it is no result.

Counts are known by the words they are read with, so a page that is new must either say what was confirmed or be argued for below.
"""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "aoxanh"
ROOMS = (
    "web",
    "api",
    "sheets",
    "staffing",
    "oversight/reporting",
    "oversight/supervision",
    "initiatives",
    "people",
)
"""Rooms that show, export or tell figures; the desk counts them, and the rest of oversight reckons with them."""
COUNT = re.compile(
    r"""\["(?:sessions|reported|(?:outcome|mode|obstacle|group)_\w+)"\]|\.(?:numerator|reported)\b(?!\.(?:shape|sum))|tally\.kinds"""
)
PRINTED = re.compile(r"\{\{[^}]*\b(?:sessions|procedures|vneid|numerator|reported|handed_over)\b[^}]*\}\}")
BORNE_OUT = re.compile(
    r"confirmed_share|confirmed_shares|boards\.confirmed|boards import .*\bconfirmed\b|\"confirmed\"|\bsure\b|_sure\(|\{\{ [^}]*confirmed"
)
NO_RESULT = {
    "web/boards/coverage.py": "asks only whether there was any session",
    "web/people/record.py": "a volunteer's own notes to learn from; its page says so",
    "staffing/actions/needs.py": "what is asked for, to reckon how many people are needed; its page tells the share",
    "oversight/supervision/board_figures.py": "a threshold of one's own alert, which leads to the board with the share",
    "initiatives/panel.py": "rates from which an effect is estimated; shown with its own interval",
    "initiatives/copies.py": "rates from which the change of one copy is estimated; shown with its own interval",
    "initiatives/evidence/copies.py": "rates from which the change of one copy is estimated; shown with its own interval",
    "initiatives/evidence/panel.py": "rates from which an effect is estimated; shown with its own interval",
    "initiatives/evidence/comparison.py": "rates from which an effect is estimated; shown with its own interval",
}


def sources() -> list[str]:
    found = [path for room in ROOMS for kind in ("*.py", "*.html") for path in (SOURCE / room).rglob(kind)]
    return sorted(path.relative_to(SOURCE).as_posix() for path in found)


def counts_in(name: str) -> bool:
    return bool((PRINTED if name.endswith(".html") else COUNT).search((SOURCE / name).read_text()))


@pytest.mark.parametrize("name", [name for name in sources() if counts_in(name)])
def test_a_count_stands_beside_what_citizens_confirmed_of_it(name: str) -> None:
    assert name in NO_RESULT or BORNE_OUT.search((SOURCE / name).read_text()), (
        f"{name} tells counts of help: show beside them what was confirmed (web.boards.confirmed), or argue in NO_RESULT"
    )


@pytest.mark.parametrize("name", NO_RESULT)
def test_nothing_is_argued_for_that_tells_no_count(name: str) -> None:
    assert counts_in(name)
    assert not BORNE_OUT.search((SOURCE / name).read_text())
