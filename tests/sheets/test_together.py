"""Rows of volunteers understood together say what they say one by one."""

import re
from datetime import date, datetime
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from aoxanh.sheets.reading.gazetteer import Gazetteer
from aoxanh.sheets.reading.header import find_header
from aoxanh.sheets.reading.layout import LAYOUTS
from aoxanh.sheets.reading.names import folded, is_name, listed, person, written
from aoxanh.sheets.reading.stage import Stage, fresh_ids
from aoxanh.sheets.reading.understand import Reader, Surroundings

NAMES = [
    "Giàng Thị Mỷ",
    "VÀNG VĂN PÁO",
    "lê an",
    "Lê  An ",
    "N'Guyen Văn-Anh",
    "Y Blô (A)",
    "Lan 0912345678",
    "\u200b",
    "?",
    "A",
    "Lê\\An",
    "",
    5.0,
    None,
]
TITLES = [
    "Mã",
    "Họ và tên",
    "Họ đệm",
    "Tên",
    "Ngày sinh",
    "Xã/phường",
    "Tỉnh",
    "Công nghệ",
    "Buổi rảnh",
    "Ngôn ngữ",
    "Ngày đủ 18",
    "Hoạt động",
]
AROUND = Surroundings(
    date(2026, 7, 1),
    Gazetteer.of(
        {"tuyen quang": "08"}, [["00715", "xa", "Lũng Cú", "08"], ["00721", "xa", "Đồng Văn", "08"]], []
    ),
    {"mong": "hmn"},
    frozenset({"00715"}),
)
ROW = st.tuples(
    st.sampled_from(["", "7", "0197f000-0000-7000-8000-000000000001"]),
    st.sampled_from(NAMES) | st.text(max_size=20),
    st.sampled_from(["", "Lê Thị"]),
    st.sampled_from(["", "Mỷ"]),
    st.sampled_from(["", "05/07/2009", datetime(2001, 1, 2), 39634.0, True, "hôm qua", 2001, 2001.0]),  # noqa: DTZ001 - a cell has no zone
    st.sampled_from(["Lũng Cú", "lung cu", "Lũng Cú", "Đồng Văn", "Đâu Đó", ""]),
    st.sampled_from(["Tuyên Quang", "", "Đâu"]),
    st.sampled_from(["Tốt", "", "siêu", 2, 2.0]),
    st.sampled_from(["T2-T6", "", "?"]),
    st.sampled_from(["Mông (3)", "", "không"]),
    st.sampled_from(["", "", "01/09/2026"]),
    st.sampled_from(["Có", "", 1, True]),
)


def staged(rows: list[list[Any]], titles: list[str], *, together: bool) -> tuple[Any, ...]:
    header = find_header([titles], LAYOUTS["volunteers"])
    assert header is not None
    stage = Stage(Reader(LAYOUTS["volunteers"], header, AROUND), header)
    if together:
        half = len(rows) // 2
        lines = (
            [*stage.add_all(2, rows[:half]), *stage.add_all(2 + half, rows[half:])]
            if half
            else [*stage.add_all(2, rows)]
        )
    else:
        lines = [line for number, row in enumerate(rows, 2) for line in stage.add(number, row)]
    text = re.sub(rb"(?m)^(\d+)\t[0-9a-f]{32}\t", rb"\1\t", b"".join(lines))
    asked = {texts: [(number, row) for number, row, _ in waiting] for texts, waiting in stage.asked.items()}
    return text, stage.bad, stage.bad_count, stage.done, stage.repeated, stage.skipped, asked


@given(
    st.lists(ROW, min_size=1, max_size=12),
    st.sampled_from([TITLES, TITLES[1:], ["", *TITLES[1:2], "", "", *TITLES[4:]], ["", "", *TITLES[2:]]]),
    st.integers(0, 12),
)
@example([("", name, "", "", "", "Lũng Cú", "", "", "", "", "", "") for name in NAMES], TITLES, 0)
def test_rows_understood_together_say_the_same_as_one_by_one(
    drawn: list[tuple[Any, ...]], titles: list[str], cut: int
) -> None:
    rows = [list(row[len(row) - len(titles) :]) for row in drawn]
    # CSV lines may end early.
    rows[-1] = rows[-1][: len(titles) - cut]
    assert staged(rows, titles, together=True) == staged(rows, titles, together=False)


@given(st.text() | st.sampled_from([name for name in NAMES if isinstance(name, str)]))
def test_a_name_looked_at_once_is_the_name_looked_at_four_times(cell: str) -> None:
    name = person(cell)
    said = written(cell)
    assert said == ("", "", "") or (is_name(name) and said == (name, folded(name), listed(name)))


def test_fresh_ids_are_different_ordered_and_of_version_7() -> None:
    ids = fresh_ids(4_000)
    assert len(set(ids)) == 4_000
    assert ids == sorted(ids)
    assert all(re.fullmatch(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}", one) for one in ids)
