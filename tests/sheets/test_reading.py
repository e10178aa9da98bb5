"""Files, headers and cells as they come; the engine alone, without a database."""

import string
import time
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aoxanh.people.actions.volunteers import name_key
from aoxanh.sheets.reading import cells, skills
from aoxanh.sheets.reading.container import form_of
from aoxanh.sheets.reading.encoding import decode
from aoxanh.sheets.reading.flaw import CellFlaw, FileFlaw
from aoxanh.sheets.reading.header import find_header
from aoxanh.sheets.reading.layout import LAYOUTS
from aoxanh.sheets.reading.names import listed
from aoxanh.sheets.reading.rows import sheets_of
from tests.sheets import lists

VOLUNTEERS = LAYOUTS["volunteers"]


def refusal(path: Path) -> str:
    with pytest.raises(FileFlaw) as caught:
        form_of(path)
    return caught.value.code


@pytest.mark.parametrize("lie", [False, True])
def test_a_bomb_is_refused_before_it_is_opened_whether_its_sizes_lie_or_not(
    tmp_path: Path, lie: bool
) -> None:
    path = lists.bomb(tmp_path / "bomb.xlsx", lie=lie)
    assert path.stat().st_size < 26 * 2_000_000 / 300
    started = time.process_time()
    assert refusal(path) == "bomb"
    assert time.process_time() - started < 2


def test_files_that_are_no_sheets_are_told_apart(tmp_path: Path) -> None:
    def write(data: bytes) -> Path:
        path = tmp_path / "file.xlsx"
        path.write_bytes(data)
        return path

    assert refusal(write(b"")) == "empty"
    assert refusal(write(b"%PDF-1.7 ...")) == "not_a_sheet"
    assert refusal(write(b"<html><table><tr><td>a</td></tr></table>")) == "web_page"
    assert refusal(write(b"PK\x03\x04 and then nothing of an archive")) == "broken"
    with zipfile.ZipFile(tmp_path / "file.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(tmp_path / "file.xlsx") == "not_a_sheet"
    with zipfile.ZipFile(tmp_path / "file.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>')
    assert refusal(tmp_path / "file.xlsx") == "entities"
    with zipfile.ZipFile(tmp_path / "file.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            "".join(f'<row r="{n}" x="{n * 7919 % 999983}"/>' for n in range(500_010)),
        )
    assert refusal(tmp_path / "file.xlsx") == "too_many_rows"


def test_a_file_is_what_its_content_says_whatever_its_name(tmp_path: Path) -> None:
    assert form_of(lists.xlsx(tmp_path / "list.csv", ["a"])) == "xlsx"
    assert form_of(lists.xls(tmp_path / "list.xlsx", ["a"])) == "xls"
    assert form_of(lists.text(tmp_path / "list.xls", ["a", "b"])) == "csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_csv_in_any_letters_of_vietnam_reads_the_same(tmp_path: Path, encoding: str) -> None:
    said = "Họ và tên;Đường Nguyễn Thị Hằng;ở Đắk Lắk, Ệ ữ ợ"
    sent = said
    if encoding == "cp1258":
        sent = "".join(_as_1258(char) for char in said)
    assert decode(sent.encode(encoding)) == said


def _as_1258(char: str) -> str:
    """Return a letter as Windows-1258 has it: shape composed, tone as a combining mark behind it."""
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        decomposed = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in tones)) + tones
    return char


@pytest.mark.parametrize(
    ("rows", "found", "first"),
    [
        ([["Họ và tên", "Xã/phường", "Tỉnh"]], {"full_name": 0, "commune": 1, "province": 2}, 1),
        (
            [["TỈNH ĐOÀN"], [], ["DANH SÁCH TÌNH NGUYỆN VIÊN"], ["stt", "HO VA TEN (*)", "Phường, xã", "TỈNH / THÀNH PHỐ"]],
            {"full_name": 1, "commune": 2, "province": 3},
            4,
        ),
        (
            [["TT", "Họ tên", "Nơi ở", ""], ["", "", "Xã", "Tỉnh"], ["1", "Lê An", "Lũng Cú", "Tuyên Quang"]],
            {"full_name": 1, "commune": 2, "province": 3},
            2,
        ),
        ([["Họ đệm", "Tên", "Xã", "Tỉnh"], ["(1)", "(2)", "(3)", "(4)"]], {"family_name": 0, "given_name": 1, "commune": 2, "province": 3}, 2),
        ([[unicodedata.normalize("NFD", "Họ và tên"), "Mã xã"]], {"full_name": 0, "place_code": 1}, 1),
    ],
)  # fmt: skip
def test_the_header_is_found_where_offices_put_it(
    rows: list[list[Any]], found: dict[str, int], first: int
) -> None:
    header = find_header(rows, VOLUNTEERS)
    assert header is not None
    assert (header.columns, header.first, header.missing) == (found, first, ())


def test_a_missing_column_is_named_and_columns_nobody_needs_are_told_apart() -> None:
    header = find_header([["Họ và tên", "Số CCCD", "Sở thích", "Tỉnh"]], VOLUNTEERS)
    assert header is not None
    assert header.missing == ("Xã/phường",)
    assert header.left_out == [("Số CCCD", True), ("Sở thích", False)]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/07/2008", date(2008, 7, 5)), ("5-7-08", date(2008, 7, 5)), ("5.7.1999", date(1999, 7, 5)), ("2008-07-05", date(2008, 7, 5)),
        (39634.0, date(2008, 7, 5)), ("39634", date(2008, 7, 5)), (datetime(2008, 7, 5, 10, tzinfo=UTC), date(2008, 7, 5)),
        ("ngày 5 tháng 7 năm 2008", date(2008, 7, 5)), ("05/07/2008 00:00:00", date(2008, 7, 5)), ("  ", None), (None, None),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(cell: Any, day: date | None) -> None:
    assert cells.date_of(cell) == day


@pytest.mark.parametrize(
    "cell", ["31/02/2008", "hôm qua", "2008", 2008.0, float("nan"), float("inf"), -5.0, 1e300]
)
def test_what_is_no_date_is_refused(cell: Any) -> None:
    with pytest.raises(CellFlaw):
        cells.date_of(cell)


@given(st.dates(date(1930, 1, 1), date(2090, 12, 31)))
def test_every_day_survives_each_way_of_writing_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for cell in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat(), float(serial)):
        assert cells.date_of(cell) == day


@given(st.integers(0, (1 << 14) - 1))
def test_half_days_are_read_back_as_they_were_written(bits: int) -> None:
    assert skills.availability_of(skills.half_days_written(bits)) == (str(bits) if bits else "")


@pytest.mark.parametrize(
    ("cell", "bits"),
    [("T2 sáng", 1), ("thứ hai chiều", 2), ("T2-T3", 0b1111), ("CN", 3 << 12), ("sáng", 0b01010101010101), ("Cả tuần", (1 << 14) - 1), ("không", 0)],
)  # fmt: skip
def test_half_days_are_read_as_people_write_them(cell: str, bits: int) -> None:
    assert skills.availability_of(cell) == str(bits)


def test_languages_are_read_with_their_levels() -> None:
    known = {"mong": "hmn", "tay": "tyz", "cham (tay)": "cja", "giay, bo y": "pcc"}
    assert skills.languages_of("Tiếng Mông (3), tày: giao tiếp", known) == "hmn:3,tyz:2"
    assert skills.languages_of("Chăm (tây) (1); Giáy, Bố Y", known) == "cja:1,pcc:2"
    assert skills.languages_of("không", known) == "-"
    with pytest.raises(CellFlaw):
        skills.languages_of("Tiếng Sao Hoả", known)


ANY_CELL = st.one_of(
    st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times()
)


@given(ANY_CELL)
def test_no_cell_breaks_a_reader(cell: Any) -> None:
    for parse in (
        cells.text_of,
        cells.date_of,
        cells.truth_of,
        skills.level_of,
        skills.availability_of,
        cells.year_of,
    ):
        try:
            parse(cell)
        except CellFlaw as flaw:
            assert flaw.code


@given(st.text(alphabet=string.ascii_letters + "ăâđêôơưáàảãạĂÂĐÊỒỢỮ ", min_size=1, max_size=60))
def test_a_name_is_listed_by_the_same_key_as_one_typed_by_hand(text: str) -> None:
    name = cells.text_of(text)
    if name:
        assert listed(name) == name_key(name)


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = lists.xlsx(tmp_path / "list.xlsx", [], ["", "b"], [], ["d"])
    _name, _height, found = next(sheets_of(path, "xlsx"))
    rows = list(found)
    assert [row[:2] for row in rows] == [["", ""], ["", "b"], ["", ""], ["d", ""]]
