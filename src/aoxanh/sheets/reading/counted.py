"""What the cells of a list of official figures say: which figure, of which days, how many, out of which book."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from aoxanh.kernel.text import fold
from aoxanh.privacy.detection import find
from aoxanh.sheets.reading import cells
from aoxanh.sheets.reading.flaw import CellFlaw, Flaw
from aoxanh.sheets.reading.layout import COUNTED, FIGURES

MOST, LONGEST_SOURCE, LONGEST_DAYS = 1_000_000_000, 200, 1100
# Figures are told from the first day of the communes of today on.
BEGAN = date(2025, 7, 1)
_GROUPED = re.compile(r"[0-9]{1,3}(?:([. ])[0-9]{3})(?:\1[0-9]{3})*")
_WORDS = {
    **{fold(name): key for key, name in FIGURES.items()},
    **dict.fromkeys(("so luot tham gia", "luot tnv tham gia", "volunteer turns"), "turns"),
    **dict.fromkeys(("luot ho tro", "so luot ho tro", "so luot ho tro nguoi dan", "assists"), "assists"),
    **dict.fromkeys(("ho tro vneid", "vneid", "so luot ho tro vneid", "vneid help"), "vneid_helped"),
    **dict.fromkeys(("so ho so duoc huong dan", "huong dan ho so", "dossiers guided"), "dossiers_guided"),
    **dict.fromkeys(
        ("hoc vien binh dan hoc vu so", "binh dan hoc vu so", "learners in digital literacy classes"),
        "learners",
    ),
    **dict.fromkeys(("so ho so so hoa", "so hoa ho so", "files digitised"), "files_digitised"),
}
Parse = Callable[[Any], str]


def parsers(today: date) -> dict[str, Parse]:
    """Return what reads each column that only this list has."""
    return {
        "indicator": lambda value: cells.choice_of(value, _WORDS),
        "count": _count,
        "first_day": _day(today),
        "last_day": _day(today),
    }


def staged(values: dict[str, str], flaws: list[Flaw]) -> list[str]:
    """Return a row's values in the order in which they are staged; every cell must be filled in."""
    wrong = {flaw.column for flaw in flaws}
    flaws.extend(Flaw("missing", key) for key in COUNTED if not values.get(key) and key not in wrong)
    first, last = values.get("first_day", ""), values.get("last_day", "")
    if first and last:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days
        if days < 0:
            flaws.append(Flaw("ends_before", "last_day"))
        elif days >= LONGEST_DAYS:
            flaws.append(Flaw("too_many_days", "last_day", {"limit": str(LONGEST_DAYS)}))
    source = values.get("source", "")
    if len(source) > LONGEST_SOURCE:
        flaws.append(Flaw("too_long", "source", {"limit": str(LONGEST_SOURCE)}))
    elif find(source):
        flaws.append(Flaw("number_in_name", "source"))
    return [values.get(key, "") for key in COUNTED]


def _count(value: Any) -> str:
    """Return a count; an office writes 1.307 where a spreadsheet holds 1307."""
    if isinstance(value, str) and _GROUPED.fullmatch(value.strip()):
        value = re.sub(r"[. ]", "", value)
    number = cells.number_of(value, MOST)
    return "" if number is None else str(number)


def _day(today: date) -> Parse:
    def parse(value: Any) -> str:
        day = cells.date_of(value)
        if day is None:
            return ""
        if day > today:
            raise CellFlaw("in_future")
        if day < BEGAN:
            raise CellFlaw("too_early", day=f"{BEGAN:%d/%m/%Y}")
        return day.isoformat()

    return parse
