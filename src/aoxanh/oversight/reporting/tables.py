"""The computed annexes of a report as tables of plain values; each writer turns a value into text or a cell of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from aoxanh.oversight.models import Difficulty
from aoxanh.oversight.reporting import written
from aoxanh.oversight.reporting.narrative import owner_in_words
from aoxanh.oversight.reporting.snapshot import Snapshot
from aoxanh.places.models import Place

Format = Literal["text", "count", "decimal", "share", "change"]


class Cell(NamedTuple):
    """A value and how it is written; None is nothing to tell, shown as a dash."""

    value: str | float | None
    format: Format = "text"

    def text(self, language: str) -> str:
        if self.value is None:
            return written.NOTHING
        if isinstance(self.value, str):
            return self.value
        if self.format in ("share", "change"):
            text = written.percent(self.value, language)
            return f"+{text}" if self.format == "change" and self.value > 0 else text
        return written.number(self.value, language, 1 if self.format == "decimal" and self.value else 0)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, the title it stands under together with its neighbours, and how wide it is beside the others."""

    title: str
    over: str = ""
    width: float = 1.0
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One annex; a row of a single cell is a band across the whole table, and `total` stands last.

    A wide one takes pages on their side, since its numbers would run into each other on upright ones.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: tuple[Cell, ...] = ()
    notes: list[str] = field(default_factory=list)
    is_wide: bool = False


def annexes(snapshot: Snapshot) -> list[Table]:
    """Return the annexes of a snapshot, in its own language."""
    with override(snapshot["language"]):
        found = [_figures(snapshot), _units(snapshot), _breakdowns(snapshot)]
        found.append(_confirmed(snapshot["confirmed"]))
        found = [table for table in found if table.rows]
        if snapshot["entries"]:
            found.append(_entries(snapshot))
        return found


def header_cells(columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    """Return the cells of the header, row by row, with how many columns and rows each spans."""
    has_two = any(column.over for column in columns)
    upper: list[dict[str, Any]] = []
    lower: list[dict[str, Any]] = []
    open_group = ""
    for x, column in enumerate(columns):
        if column.over and column.over == open_group:
            upper[-1]["colspan"] += 1
        else:
            title = column.over or column.title
            tall = 2 if has_two and not column.over else 1
            upper.append({"title": title, "x": x, "y": 0, "colspan": 1, "rowspan": tall})
        if column.over:
            lower.append({"title": column.title, "x": x, "y": 1, "colspan": 1, "rowspan": 1})
        open_group = column.over
    return upper + lower


def _text(title: str, width: float = 1.0) -> Column:
    return Column(title, width=width, is_number=False)


def _figures(snapshot: Snapshot) -> Table:
    rows: list[tuple[Cell, ...]] = []
    has_before = snapshot["before"] is not None
    for number, item in enumerate(snapshot["figures"], start=1):
        form: Format = "share" if item.get("is_share") else "decimal" if item["key"] == "minutes" else "count"
        now, before = item["now"], item["before"]
        # A share of a share misleads, so shares are told by their two values alone.
        moved = None if not before or now is None or form == "share" else (now - before) / before
        compared = (Cell(before, form), Cell(moved, "change")) if has_before else ()
        rows.append(
            (Cell(number, "count"), Cell(item["name"]), Cell(item["unit"]), Cell(now, form), *compared)
        )
        if item["key"] == "sessions":
            sure = _sure(snapshot["confirmed"]["confirmed_share"], snapshot["language"])
            name = _("Confirmed by citizens, with the 95% interval")
            compared = (Cell(None), Cell(None)) if has_before else ()
            rows.append((Cell(""), Cell(name), Cell(item["unit"]), sure, *compared))
    columns = (
        Column(_("No."), width=0.5),
        _text(_("Figure"), 3.0),
        _text(_("Unit"), 1.3),
        Column(_("These days"), width=1.5),
        *((Column(_("Days before")), Column(_("Change"))) if has_before else ()),
    )
    notes = [f"{item['name']}: {item['counts']}" for item in snapshot["figures"]]
    return Table("figures", _("Figures of the period"), columns, rows, notes=notes)


def _units(snapshot: Snapshot) -> Table:
    level = snapshot["place"]["level"]
    has_teams, has_before = level != Place.Level.COMMUNE, snapshot["before"] is not None
    people, sessions, results = _("Forces"), _("Support sessions"), _("Of these")
    columns = [Column(_("No."), width=0.6), _text(_unit_word(level), 2.6)]
    if has_teams:
        columns.append(Column(_("Teams"), people, 0.8))
    columns += [
        Column(_("Volunteers"), people if has_teams else "", 0.9),
        Column(_("These days"), sessions, 0.9),
        *((Column(_("Days before"), sessions, 0.9),) if has_before else ()),
        Column(_("Finished"), results, 0.9),
        Column(_("Handed over"), results, 0.9),
        Column(_("With an obstacle"), results, 1.0),
        Column(_("Hours"), width=0.8),
        Column(_("Confirmed (95% interval)"), width=2.0),
    ]
    rows = [
        (
            Cell(number, "count"),
            Cell(capfirst(unit["name"])),
            *_work(unit, has_teams=has_teams, has_before=has_before),
            _sure(unit["confirmed"], snapshot["language"]),
        )
        for number, unit in enumerate(snapshot["units"], start=1)
    ]
    total = (
        Cell(""),
        Cell(_("Total")),
        *_work(_added(snapshot["units"]), has_teams=has_teams, has_before=has_before),
        _sure(snapshot["confirmed"]["confirmed_share"], snapshot["language"]),
    )
    notes = [
        _(
            "Confirmed: of the sessions that citizens were asked about, the share they confirmed; a dash: none was asked about."
        )
    ]
    return Table("units", _("Figures by unit"), tuple(columns), rows, total, notes, is_wide=has_teams)


def _sure(share: dict[str, float | None], language: str) -> Cell:
    """Return a share with its interval in one cell, as it stands beside counts."""
    value, low, high = share["value"], share["low"], share["high"]
    if value is None or low is None or high is None:
        return Cell(None)
    bounds = f"{written.number(100 * low, language)}–{written.number(100 * high, language)}"
    return Cell(f"{written.number(100 * value, language)}% ({bounds}%)")


def _unit_word(level: str) -> str:
    if level == Place.Level.NATION:
        return _("Province or city")
    return _("Commune, ward or special zone") if level == Place.Level.PROVINCE else _("Team")


def _work(unit: dict[str, Any], *, has_teams: bool, has_before: bool) -> tuple[Cell, ...]:
    keys = (("teams",) if has_teams else ()) + ("volunteers", "sessions")
    keys += (("before",) if has_before else ()) + ("finished", "handed_over", "obstructed")
    counted = [Cell(unit[key], "count") for key in keys]
    return (*counted, Cell(unit["minutes"] / 60, "decimal"))


def _added(units: list[dict[str, Any]]) -> dict[str, Any]:
    keys = ("teams", "volunteers", "sessions", "finished", "handed_over", "obstructed", "minutes")
    added: dict[str, Any] = {key: sum(unit[key] for unit in units) for key in keys}
    before = [unit["before"] for unit in units if unit["before"] is not None]
    return added | {"before": sum(before) if before else None}


def _breakdowns(snapshot: Snapshot) -> Table:
    rows: list[tuple[Cell, ...]] = []
    has_before = snapshot["before"] is not None
    for breakdown in snapshot["breakdowns"]:
        total = sum(line["now"] for line in breakdown["lines"])
        counted = [line for line in breakdown["lines"] if line["now"] or line["before"]]
        rows += [(Cell(breakdown["name"]),)] if counted else []
        rows += [
            (
                Cell(line["label"]),
                Cell(line["now"], "count"),
                Cell(line["now"] / total if total else None, "share"),
                *((Cell(line["before"], "count"),) if has_before else ()),
            )
            for line in counted
        ]
    before = (Column(_("Days before")),) if has_before else ()
    columns = (_text(_("What"), 4), Column(_("Sessions")), Column(_("Share")), *before)
    notes = [_("Words that nobody chose in either period are left out.")]
    share = snapshot["confirmed"]["confirmed_share"]
    if share["value"] is not None:
        sure = _sure(share, snapshot["language"]).value
        notes.append(
            _("Of all sessions of these days, citizens confirmed {share} (95% interval in brackets).").format(
                share=sure
            )
        )
    title = _("Support sessions by kind, place, outcome and obstacle")
    return Table("breakdowns", title, columns, rows, notes=notes)


def _confirmed(held: dict[str, Any]) -> Table:
    rows = [
        _share(
            _("Confirmed by citizens, of those asked"),
            held["confirmed"],
            held["asked"],
            held["confirmed_share"],
        ),
        _share(
            _("Found in order, of those checked"),
            held["checks_passed"],
            held["checked"],
            held["passed_share"],
        ),
    ]
    # Reports that were signed before cases that came back were noted say nothing of them.
    if right := held.get("first_time_right"):
        rows.append(
            _share(
                _("Right the first time, of those that ended 30 days ago or earlier"),
                round(right["hits"]),
                round(right["total"]),
                right,
            )
        )
    interval = _("95% interval")
    columns = (
        _text(_("What"), 3.2),
        Column(_("Count")),
        Column(_("Of")),
        Column(_("Share")),
        Column(_("Lower bound"), interval),
        Column(_("Upper bound"), interval),
    )
    notes = [
        _(
            "The interval (Wilson) says between which shares the true one lies, were all sessions asked about or checked."
        ),
        _(
            "A confirmation counts by the weight of its channel, and no answer counts as not confirmed; so the share is a floor, below the plain count."
        ),
    ]
    return Table("confirmed", _("What was confirmed and checked"), columns, rows, notes=notes)


def _share(name: str, hits: int, total: int, share: dict[str, float | None]) -> tuple[Cell, ...]:
    bounds = (share["low"], share["high"]) if share["value"] is not None else (None, None)
    return (
        Cell(name),
        Cell(hits, "count"),
        Cell(total, "count"),
        Cell(share["value"], "share"),
        *(Cell(bound, "share") for bound in bounds),
    )


def _entries(snapshot: Snapshot) -> Table:
    kinds = dict(Difficulty.Kind.choices)
    rows = [
        (
            Cell(number, "count"),
            Cell(capfirst(entry["from"])),
            Cell(f"{capfirst(str(kinds[entry['kind']]))}: {entry['text']}"),
            Cell(capfirst(owner_in_words(entry["to"]))),
            Cell(written.day(entry["due"])),
            Cell(entry["answer"] or _("waiting")),
        )
        for number, entry in enumerate(snapshot["entries"], start=1)
    ]
    columns = (
        Column(_("No."), width=0.5),
        _text(_("Raised by"), 1.4),
        _text(_("What"), 3),
        _text(_("To be answered by"), 1.3),
        _text(_("Due"), 1.5),
        _text(_("Answer"), 2.2),
    )
    return Table("entries", _("Difficulties and proposals"), columns, rows)
