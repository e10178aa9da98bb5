"""The reading process: takes orders on standard input, gives rows as COPY text in frames on standard output.

It runs apart so that a file which crashes or swells its reader costs this process only: memory and CPU are limited before
the file is opened. A frame is one line of JSON and `size` bytes.
"""

import gc
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from aoxanh.sheets.reading.container import form_of
from aoxanh.sheets.reading.flaw import FileFlaw
from aoxanh.sheets.reading.gazetteer import Gazetteer
from aoxanh.sheets.reading.header import DEEPEST, Header, find_header
from aoxanh.sheets.reading.layout import LAYOUTS, Layout
from aoxanh.sheets.reading.rows import sheets_of
from aoxanh.sheets.reading.stage import Stage, as_shown
from aoxanh.sheets.reading.understand import Reader, Surroundings

MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 120
FRAME_ROWS = 4_000


def main(orders: BinaryIO, out: BinaryIO) -> None:
    """Read the file that the first line of `orders` names and write its frames."""
    order = json.loads(orders.readline())
    # Nothing here refers to itself, so looking for cycles among millions of cells would find none.
    gc.disable()
    _limit()
    try:
        _read(order, orders, out)
    except FileFlaw as flaw:
        _frame(out, {"frame": "refused", "code": flaw.code, "facts": flaw.facts})
    except MemoryError:
        _frame(out, {"frame": "refused", "code": "bomb", "facts": {}})
    out.flush()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(order: dict[str, Any], orders: BinaryIO, out: BinaryIO) -> None:
    layout = LAYOUTS[order["kind"]]
    path = Path(order["path"])
    form = form_of(path)
    header, height, first, rows = _sheet(path, layout, form)
    _frame(out, {"frame": "header", "height": max(height - header.first, 0), "titles": header.titles, "left_out": header.left_out,
                 "columns": header.columns})  # fmt: skip
    if "pick" in order:
        _pick(out, set(order["pick"]), enumerate(chain(first, rows), header.first + 1))
        return
    reader = Reader(layout, header, _surroundings(order))
    stage = Stage(reader, header)
    number, below = header.first + 1, chain(first, rows)
    while block := list(islice(below, FRAME_ROWS)):
        _rows(out, stage, b"".join(stage.add_all(number, block)))
        number += len(block)
    if stage.asked:
        _frame(out, {"frame": "which", "places": stage.questions()})
        answers = json.loads(orders.readline())
        _rows(out, stage, b"".join(stage.settle(answers)))
    _frame(out, {"frame": "end", "skipped": stage.skipped[:50], "skipped_count": len(stage.skipped)})


def _pick(out: BinaryIO, numbers: set[int], numbered: Iterator[tuple[int, list[Any]]]) -> None:
    """Give some rows' cells as they were typed."""
    picked = ([number, as_shown(row)] for number, row in numbered if number in numbers)
    while block := list(islice(picked, FRAME_ROWS)):
        _frame(out, {"frame": "cells", "rows": block})
    _frame(out, {"frame": "end"})


def _surroundings(order: dict[str, Any]) -> Surroundings:
    reach = order["reach"]
    return Surroundings(
        date.fromisoformat(order["today"]),
        Gazetteer.of(order["provinces"], order["communes"], order["old"]),
        order["languages"],
        None if reach is None else frozenset(reach),
    )


def _sheet(path: Path, layout: Layout, form: Any) -> tuple[Header, int, list[list[Any]], Iterator[list[Any]]]:
    """Return the first sheet with a header of this kind, and its rows below the header."""
    nearest: Header | None = None
    for _name, height, rows in sheets_of(path, form):
        head = list(islice(rows, DEEPEST))
        header = find_header(head, layout)
        if header is not None and not header.missing:
            return header, height, head[header.first :], rows
        nearest = nearest or header
    if nearest is None:
        raise FileFlaw("no_header", wanted=", ".join(layout.columns[key].title for key in layout.required))
    raise FileFlaw(
        "lacks_columns",
        columns=", ".join(nearest.missing),
        found=", ".join(title for title in nearest.titles if title)[:200],
    )


def _rows(out: BinaryIO, stage: Stage, lines: bytes) -> None:
    head = {
        "frame": "rows",
        "done": stage.done,
        "bad": stage.bad_count,
        "repeated": stage.repeated,
        "flawed": stage.take_bad(),
    }
    _frame(out, head, lines)


def _frame(out: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    out.write(
        json.dumps({**head, "size": len(body)}, ensure_ascii=False).encode("utf-8", "replace") + b"\n" + body
    )
    out.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
