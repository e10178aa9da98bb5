"""The place data that comes with the product, read from the files in `data/`; their sources are in its README."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from aoxanh.places.names import searchable

DATA = Path(__file__).resolve().parent / "data"
NATION = "VN"
SCHEME_STARTS = date(2025, 7, 1)
SCHEME_SOURCE = "QĐ 19/2025/QĐ-TTg, 30/6/2025; NQ 202/2025/QH15"
# What people call a province besides its names of today and before the merger.
NICKNAMES = {"hcm": "79", "hcmc": "79", "tphcm": "79", "sai gon": "79", "sg": "79", "hn": "01"}


@dataclass(frozen=True)
class Change:
    """One dated change of a unit's kind or name."""

    code: str
    effective: date
    kind: str
    name: str
    source: str


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the CSV files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def changes() -> list[Change]:
    """Return the changes since 1 July 2025, oldest first."""
    written = yaml.safe_load((DATA / "changes.yaml").read_text(encoding="utf-8"))["changes"]
    found = [
        Change(unit["code"], change["effective"], unit["kind"], unit["name"], change["source"])
        for change in written
        for unit in (*change.get("provinces", ()), *change.get("communes", ()))
    ]
    return sorted(found, key=lambda change: (change.effective, change.code))


@lru_cache(maxsize=1)
def province_names() -> dict[str, frozenset[str]]:
    """Return for each province's code every name it is called by, searchable: of today, of before July 2025, in short."""
    names = {
        row["code"]: {
            searchable(name) for name in (row["name"], row["name_en"], *row["merged_from"].split(";"))
        }
        for row in rows("provinces.csv")
    }
    for nickname, code in NICKNAMES.items():
        names[code].add(nickname)
    return {code: frozenset(called) for code, called in names.items()}


@lru_cache(maxsize=1)
def merged_provinces() -> dict[str, tuple[str, ...]]:
    """Return for each province's code the provinces of before July 2025 that became it."""
    return {row["code"]: tuple(row["merged_from"].split(";")) for row in rows("provinces.csv")}
