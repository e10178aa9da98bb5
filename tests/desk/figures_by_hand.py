"""Counts daily figures from records in plain Python, as the definitions say, to hold the rollup's SQL to them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from aoxanh.desk.models import DailyFigure
from aoxanh.desk.rollup import MEASURES
from aoxanh.desk.sync.records import SessionRecord
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.measures import COLUMNS
from aoxanh.oversight.models import ProvinceDay
from aoxanh.places.models import Place
from aoxanh.procedures.models import Procedure

Figures = dict[tuple[str, date, UUID], dict[str, int]]
COUNTED_BY_QUANTITY = {
    "digitise": "files_digitise",
    "id_sync": "people_id_sync",
    "outreach": "people_outreach",
    "class": "people_class",
}


def by_hand(records: Iterable[SessionRecord], volunteer_of: dict[UUID, str]) -> Figures:
    """Return every column of every team's day; `volunteer_of` names who handed in a record id."""
    groups = dict(Procedure.objects.values_list("code", "group"))
    latest: dict[tuple[str, date, UUID], SessionRecord] = {}
    for record in records:
        root = (record.commune, record.day, record.root)
        if root not in latest or (record.revision, record.id) > (latest[root].revision, latest[root].id):
            latest[root] = record
    figures: Figures = {}
    people: dict[tuple[str, date, UUID], set[str]] = {}
    for record in latest.values():
        if record.withdrawn:
            continue
        key = (record.commune, record.day, record.team)
        figure = figures.setdefault(key, dict.fromkeys(MEASURES, 0))
        people.setdefault(key, set()).add(volunteer_of[record.id])
        figure["volunteers"] = len(people[key])
        for column, number in _counted(record, groups).items():
            figure[column] += number
    for figure in figures.values():
        figure["team_days"], figure["asked_squared"] = min(figure["asked"], 1), figure["asked"] ** 2
    return figures


def _counted(record: SessionRecord, groups: dict[str, str]) -> dict[str, int]:
    counts = {"minutes": record.minutes, "refusals": int(bool(record.refused))}
    if record.activity in COUNTED_BY_QUANTITY:
        return counts | {COUNTED_BY_QUANTITY[record.activity]: record.quantity}
    group = groups[record.procedure] if record.procedure else "vneid"
    return counts | {
        "sessions": 1,
        "asked": int(bool(record.return_code)),
        "other_language": int(record.language != "vie"),
        "old_age": int(record.age_band == "old"),
        f"group_{group}": 1,
        f"mode_{record.mode}": 1,
        f"outcome_{record.outcome}": 1,
        f"obstacle_{record.obstacle}": 1,
    }


def stored() -> Figures:
    """Return what the rollup has written."""
    with whole_nation():
        rows = list(DailyFigure.objects.values("commune_code", "day", "team_id", *MEASURES))
    return {
        (row["commune_code"], row["day"], row["team_id"]): {name: row[name] for name in MEASURES}
        for row in rows
    }


def provinces_stored() -> dict[tuple[str, date], dict[str, int]]:
    with whole_nation():
        rows = list(ProvinceDay.objects.values("province_code", "day", *COLUMNS))
    return {(row["province_code"], row["day"]): {name: row[name] for name in COLUMNS} for row in rows}


def provinces_of(figures: Figures) -> dict[tuple[str, date], dict[str, int]]:
    """Add team days up by province as the communes lie today."""
    parents: dict[str, Any] = dict(Place.objects.filter(level="commune").values_list("code", "parent_id"))
    sums: dict[tuple[str, date], dict[str, int]] = {}
    for (commune, day, _team), figure in figures.items():
        total = sums.setdefault((parents[commune], day), dict.fromkeys(COLUMNS, 0))
        for name in COLUMNS:
            total[name] += figure[name]
    return sums
