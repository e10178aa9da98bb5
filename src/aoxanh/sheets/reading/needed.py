"""What the cells of a list of needs say: people wanted and the least of them, speakers, leaders, half days, the way there."""

from collections.abc import Callable
from typing import Any

from aoxanh.sheets.reading import cells, skills
from aoxanh.sheets.reading.flaw import Flaw
from aoxanh.sheets.reading.layout import NEED_NUMBERS, NEEDED

MOST_WANTED, MOST_SPEAKERS = 2_000, 500
MOST = {"leaders": 100, "half_days": 20_000, "boat_km": 500}
Parse = Callable[[Any], str]


def parsers(languages: dict[str, str]) -> dict[str, Parse]:
    """Return what reads each column; `languages` are codes by folded name."""
    return {
        **{key: _up_to(MOST.get(key, MOST_WANTED)) for key in NEED_NUMBERS},
        "speakers": lambda value: skills.speakers_of(value, languages, MOST_SPEAKERS),
        "has_road": _truth,
    }


def staged(values: dict[str, str], flaws: list[Flaw]) -> list[str]:
    """Return a row's values in the order in which they are staged; a minimum above the need is a flaw."""
    for kind in NEEDED:
        wanted, least = values.get(kind, ""), values.get(f"{kind}_minimum", "")
        if wanted and least and int(least) > int(wanted):
            flaws.append(Flaw("minimum_above", f"{kind}_minimum"))
    numbers = [values.get(key, "") for key in NEED_NUMBERS]
    return [*numbers, values.get("speakers", ""), values.get("has_road", "")]


def _up_to(most: int) -> Parse:
    def parse(value: Any) -> str:
        number = cells.number_of(value, most)
        return "" if number is None else str(number)

    return parse


def _truth(value: Any) -> str:
    said = cells.truth_of(value)
    return "" if said is None else str(int(said))
