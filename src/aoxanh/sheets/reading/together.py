"""Understanding the plain rows of a list of volunteers a block at a time, column by column; the others go one by one.

A row is plain when every cell of it was understood and its place is known, as nearly all are. What comes out is the same to
the letter as `Reader.understand` gives; it only takes a third of the time.
"""

from dataclasses import dataclass
from itertools import repeat
from operator import itemgetter
from typing import Any, cast

from aoxanh.sheets.reading.names import written
from aoxanh.sheets.reading.understand import KEEP, Reader

PLACE = ("place_code", "commune", "province")


@dataclass(slots=True)
class Block:
    """Rows understood together: the staged values of each in one text, what each is about, and which to look at singly."""

    values: list[str]
    keys: list[tuple[str, ...]]
    single: list[int]


def understand_volunteers(reader: Reader, rows: list[list[Any]]) -> Block:
    """Return what the rows say; the entries of those in `single` mean nothing."""
    single: set[int] = set()
    columns = _columns(reader, rows, single)
    blank = [KEEP] * len(rows)
    homes = _homes(reader, columns, blank, single)
    named = list(map(written, _names(columns, blank)))
    single.update(index for index, name in enumerate(named) if not name[0])
    names, folds, sort_keys = zip(*named, strict=True)
    # A day of majority that was typed must be judged against today.
    single.update(index for index, day in enumerate(columns.get("adult_on", ())) if day)
    given = columns.get("id", blank)
    staged = (
        given, names, folds, sort_keys, homes, *(columns.get(key, blank) for key in ("technology", "communication", "availability", "languages")),
        columns.get("birth", blank), columns.get("is_active", blank),
    )  # fmt: skip
    keys: list[tuple[str, ...]] = list(zip(homes, names, strict=True))
    if "id" in columns:
        keys = [(one,) if one else key for one, key in zip(given, keys, strict=True)]
    return Block(list(map("\t".join, zip(*staged, strict=True))), keys, sorted(single))


def _columns(reader: Reader, rows: list[list[Any]], single: set[int]) -> dict[str, list[str]]:
    """Return the columns' understood cells, noting rows with a cell that was not; names stay as they are typed."""
    width = max(reader.header.columns.values()) + 1
    if min(map(len, rows)) < width:
        rows = [row if len(row) >= width else [*row, *repeat("", width - len(row))] for row in rows]
    columns: dict[str, list[str]] = {}
    for key, index, memory in reader.columns:
        cells = map(itemgetter(index), rows)
        if memory is None:
            columns[key] = [cell if cell.__class__ is str else "" for cell in cells]
            continue
        known = memory.of_all(list(cells))
        if memory.has_flaws:
            single.update(number for number, said in enumerate(known) if said.__class__ is not str)
            columns[key] = [said if isinstance(said, str) else "" for said in known]
        else:
            columns[key] = cast("list[str]", known)
    return columns


def _names(columns: dict[str, list[str]], blank: list[str]) -> list[str]:
    """Return names as typed: whole, else put together from their parts."""
    whole = columns.get("full_name", blank)
    parts = zip(columns.get("family_name", blank), columns.get("given_name", blank), strict=True)
    if whole is blank:
        return [f"{family} {given}" for family, given in parts]
    return [name or f"{family} {given}" for name, (family, given) in zip(whole, parts, strict=True)]


def _homes(reader: Reader, columns: dict[str, list[str]], blank: list[str], single: set[int]) -> list[str]:
    """Return the places' codes, noting rows whose place is not plain."""
    texts = list(zip(*(columns.get(key, blank) for key in PLACE), strict=True))
    known = list(map(reader.places.get, texts))
    if None not in known:
        return cast("list[str]", known)
    for unknown in {text for text, home in zip(texts, known, strict=True) if home is None}:
        reader.place(dict(zip(PLACE, unknown, strict=True)), [])
    homes = [reader.places.get(text, "") for text in texts]
    single.update(index for index, home in enumerate(homes) if not home)
    return homes
