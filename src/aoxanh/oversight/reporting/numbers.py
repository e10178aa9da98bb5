"""Which numbers of a text are in no figure: whoever rewrites a report is shown them, since a slip of the hand looks like a result."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from aoxanh.oversight.reporting import narrative
from aoxanh.oversight.reporting.snapshot import Snapshot
from aoxanh.oversight.reporting.tables import annexes

# A number with its thousands and decimals, taken whole; days are looked at as one word.
_NUMBER = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d+(?:[.,]\d+)*")
_PART = re.compile(r"(?m)^\s*\d{1,2}\.\s")
_SMALLEST = 10  # smaller ones are counted by hand and mean anything


def unknown_numbers(text: Mapping[str, str], snapshot: Snapshot) -> list[str]:
    """Return the numbers of a text from 10 on that stand neither in the annexes nor in the draft, in their order."""
    known = _known(snapshot)
    found: dict[str, None] = {}
    for section in text.values():
        for number in _NUMBER.findall(_PART.sub("", section)):
            if number not in known and not _is_small(number):
                found[number] = None
    return list(found)


def _known(snapshot: Snapshot) -> set[str]:
    language = snapshot["language"]
    cells = [
        cell.text(language)
        for table in annexes(snapshot)
        for row in (*table.rows, table.total)
        for cell in row
    ]
    known = {
        number for text in (*cells, *narrative.draft(snapshot).values()) for number in _NUMBER.findall(text)
    }
    first, last = (date.fromisoformat(snapshot["period"][name]) for name in ("first", "last"))
    days = {first, last, last + timedelta(days=1)}
    return known | {f"{day:%d/%m/%Y}" for day in days} | {str(day.year) for day in days}


def _is_small(number: str) -> bool:
    return number.isdecimal() and int(number) < _SMALLEST
