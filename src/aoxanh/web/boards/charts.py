"""The charts of a board: lying bars for each breakdown, upright ones for the days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aoxanh.oversight.definitions import DEFINITIONS, Definition
from aoxanh.oversight.measures import BREAKDOWNS, Breakdown
from aoxanh.oversight.queries import Figures, Sums
from aoxanh.web import numbers, svg
from aoxanh.web.boards import confirmed, markup

# More columns than this cannot be told apart on a phone, so longer series are drawn by week.
MOST_COLUMNS = 92


@dataclass(frozen=True, slots=True)
class Line:
    """One lying bar of a breakdown."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    """One breakdown as bars, drawn as the items of a list; `none` names the words that were never chosen, `sure` how much is confirmed."""

    definition: Definition
    lines: list[Line]
    drawn: SafeString
    none: list[str]
    sure: str


@dataclass(frozen=True, slots=True)
class Days:
    """The chart of days: drawing, range and the highest value."""

    definition: Definition
    drawing: SafeString
    first: str
    last: str
    highest: str
    by_week: bool
    listed: SafeString
    sure: str


def bars(breakdown: Breakdown, sums: Sums, sure: str) -> Bars:
    """Return a breakdown as bars, the longest first where the words have no order of their own; `sure` stands below."""
    labels = _labels(breakdown.key, get_language())
    counted = [(label, sums[column]) for column, label in zip(breakdown.columns, labels, strict=True)]
    if breakdown.key in ("group", "obstacle"):
        counted.sort(key=lambda item: -item[1])
    total, top = sum(value for _label, value in counted), max(value for _label, value in counted)
    lines = [Line(label, numbers.number(value)) for label, value in counted if value]
    drawn = markup.bar_list(
        (label, numbers.number(value), numbers.share(value, total), svg.meter(value, top))
        for label, value in counted
        if value
    )
    none = [label for label, value in counted if not value]
    return Bars(DEFINITIONS[breakdown.key], lines, drawn, none, sure)


@lru_cache(maxsize=16)
def _labels(key: str, _language: str | None) -> list[str]:
    """Return what the words of a breakdown are called; looked up once a language."""
    breakdown = next(item for item in BREAKDOWNS if item.key == key)
    return [str(capfirst(label)) for _word, label in breakdown.words]


def days(figures: Figures) -> Days:
    """Return the chart of the days that the board's series names, by week where they are many."""
    by_week = len(figures.series) > MOST_COLUMNS
    parts = _weeks(figures.series) if by_week else [(numbers.day(day), sums) for day, sums in figures.series]
    top, most = max(((name, sums["sessions"]) for name, sums in parts), key=lambda part: part[1])
    said = [(name, numbers.number(sums["sessions"]), confirmed.in_words(sums)) for name, sums in parts]
    label = _("At most {count} sessions: {when}.").format(count=numbers.number(most), when=top)
    bars_drawn = [
        svg.Bar(sums["sessions"], f"{name}: {count}, {sure}" if sure else f"{name}: {count}")
        for (_name, sums), (name, count, sure) in zip(parts, said, strict=True)
    ]
    drawn = svg.columns(bars_drawn, label)
    first, last = figures.series[0][0], figures.series[-1][0]
    listed = markup.value_list(
        (name, f"{count}, {sure}" if sure else count) for name, count, sure in reversed(said)
    )
    return Days(
        DEFINITIONS["days"],
        drawn,
        numbers.day(first),
        numbers.day(last),
        numbers.number(most),
        by_week,
        listed,
        confirmed.of_all(_added(sums for _day, sums in figures.series)),
    )


def _weeks(series: Sequence[tuple[date, Sums]]) -> list[tuple[str, Sums]]:
    weeks = [series[start : start + 7] for start in range(0, len(series), 7)]
    return [
        (
            f"{numbers.day(week[0][0])} – {numbers.day(week[-1][0])}",
            _added(sums for _day, sums in week),
        )
        for week in weeks
    ]


def _added(parts: Iterable[Sums]) -> Sums:
    known = list(parts)
    return {column: sum(part[column] for part in known) for column in known[0]}
