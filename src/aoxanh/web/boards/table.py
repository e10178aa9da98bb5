"""The table of a board: its columns, their order, and the same table as text for Excel, for Zalo and as a file."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aoxanh.oversight.definitions import DEFINITIONS
from aoxanh.oversight.ledger_queries import confirmed_share
from aoxanh.oversight.measures import BREAKDOWNS, TOTALS
from aoxanh.oversight.queries import Figures, Row
from aoxanh.places.models import Place
from aoxanh.web import numbers
from aoxanh.web.boards import confirmed

_FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown, what is copied (plain digits, so that Excel of any language reads a number) and what sorts."""

    text: str
    copied: str
    order: Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the address, the definition behind it, and how a row fills it."""

    key: str
    fill: Callable[[Row], Cell]

    @property
    def title(self) -> str:
        return str(DEFINITIONS[self.key].name)


@dataclass(frozen=True, slots=True)
class Filled:
    """A row with its cells, one a column."""

    row: Row
    cells: list[Cell]


def columns_for(figures: Figures) -> list[Column]:
    """Return the columns that make sense for the children of this board, after their name."""
    shares = ["finished", "handed_over", "obstructed"]
    if figures.team is not None:
        keys = ["sessions", "confirmed", "volunteer_days", *shares, "files_digitise"]
    elif figures.place.level == Place.Level.COMMUNE:
        keys = ["sessions", "confirmed", "change", "volunteers", "volunteer_days", *shares]
    elif figures.place.level == Place.Level.PROVINCE:
        keys = ["sessions", "confirmed", "change", "teams", "volunteers", *shares]
    else:
        keys = ["sessions", "confirmed", "change", "communes_active", "teams", "volunteers", *shares]
    return [Column(key, _FILLS[key]) for key in keys if key != "change" or figures.before is not None]


def total_row(figures: Figures) -> Row:
    """Return the board's own figures as one more row."""
    return Row(
        key="",
        name=_("Total"),
        sort_key="",
        sums=figures.sums,
        before=figures.before,
        headcount=figures.headcount,
        active=figures.active,
        communes=figures.communes,
    )


def filled(rows: Iterable[Row], columns: Sequence[Column]) -> list[Filled]:
    """Return the rows with their cells, in the same order."""
    return [filled_row(row, columns) for row in rows]


def filled_row(row: Row, columns: Sequence[Column]) -> Filled:
    """Return one row with its cells."""
    return Filled(row, [column.fill(row) for column in columns])


def in_order(
    rows: Sequence[Filled], columns: Sequence[Column], sort: str, *, descending: bool
) -> list[Filled]:
    """Return the rows sorted by a column, or by name; equal ones stay in the order of their names."""
    by_name = sorted(rows, key=lambda item: item.row.sort_key, reverse=descending and sort == "name")
    index = next((index for index, column in enumerate(columns) if column.key == sort), None)
    if index is None:
        return by_name
    return sorted(by_name, key=lambda item: item.cells[index].order, reverse=descending)


def as_text(names: Sequence[str], rows: Iterable[Filled], columns: Sequence[Column], heading: str) -> str:
    """Return the table with tabs between cells, as a spreadsheet takes it from the clipboard."""
    lines = [[heading, *(column.title for column in columns)]]
    lines += [
        [_plain(name), *(cell.copied for cell in item.cells)] for name, item in zip(names, rows, strict=True)
    ]
    return "\n".join("\t".join(line) for line in lines)


def as_file(figures: Figures, rows: Iterable[Row], heading: str) -> str:
    """Return every figure of every row as CSV, for work with other tools."""
    out = io.StringIO()
    writer = csv.writer(out)
    words = [f"{DEFINITIONS[item.key].name}: {label}" for item in BREAKDOWNS for _word, label in item.words]
    writer.writerow([_("Code"), heading, *_file_titles(), *words])
    for row in (*rows, total_row(figures)):
        counted = [row.sums[column] for item in BREAKDOWNS for column in item.columns]
        totals = [*(row.sums[column] for column in TOTALS), *confirmed.in_file(row.sums)]
        writer.writerow(
            [_plain(row.key), _plain(row.name), row.headcount.teams, row.headcount.members, *totals, *counted]
        )
    return out.getvalue()


def _file_titles() -> list[str]:
    named = {"volunteers": "volunteer_days"}
    titles = [str(DEFINITIONS[named.get(column, column)].name) for column in TOTALS]
    titles[TOTALS.index("minutes")] = _("Minutes of help")
    return [str(DEFINITIONS["teams"].name), str(DEFINITIONS["volunteers"].name), *titles, *confirmed.titles()]


def _plain(name: str) -> str:
    """Keep a spreadsheet from running a name as a formula, and a name from breaking the line."""
    name = str(name).replace("\t", " ").replace("\n", " ").replace("\r", " ")
    return f"'{name}" if name.startswith(_FORMULA_STARTS) else name


def _count(value: int) -> Cell:
    return Cell(numbers.number(value), str(value), value)


def _share(part: int, whole: int) -> Cell:
    copied = f"{round(100 * part / whole)}%" if whole else ""
    return Cell(numbers.share(part, whole), copied, part / whole if whole else -1.0)


def _confirmed(row: Row) -> Cell:
    share = confirmed_share(row.sums)
    text = confirmed.in_cell(share)
    return Cell(text, text, -1.0 if share.value is None else share.value)


def _change(row: Row) -> Cell:
    before = row.before["sessions"] if row.before else None
    percent = numbers.percent_change(row.sums["sessions"], before)
    copied = "" if percent is None else f"{round(percent)}%"
    return Cell(
        numbers.change(row.sums["sessions"], before), copied, float("-inf") if percent is None else percent
    )


def _of_sessions(column: str) -> Callable[[Row], Cell]:
    return lambda row: _share(row.sums[column], row.sums["sessions"])


_FILLS: dict[str, Callable[[Row], Cell]] = {
    "teams": lambda row: _count(row.headcount.teams),
    "volunteers": lambda row: _count(row.headcount.members),
    "volunteer_days": lambda row: _count(row.sums["volunteers"]),
    "communes_active": lambda row: Cell(
        f"{numbers.number(row.active)}/{numbers.number(row.communes)}",
        str(row.active),
        row.active / (row.communes or 1),
    ),
    "sessions": lambda row: _count(row.sums["sessions"]),
    "confirmed": _confirmed,
    "files_digitise": lambda row: _count(row.sums["files_digitise"]),
    "change": _change,
    "finished": _of_sessions("outcome_finished"),
    "handed_over": _of_sessions("outcome_handed_over"),
    "obstructed": lambda row: _share(row.sums["sessions"] - row.sums["obstacle_none"], row.sums["sessions"]),
}
