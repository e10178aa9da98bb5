"""A long list as .xlsx: what is in it when others open it, and that it is never in memory whole."""

import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aoxanh.people import rosters
from aoxanh.people.actors import system
from aoxanh.people.models import Volunteer
from aoxanh.sheets import export
from aoxanh.sheets.archive import write_list
from aoxanh.sheets.reading.layout import LAYOUTS
from aoxanh.sheets.writing import for_a_sheet
from tests.cast import TUYEN_QUANG
from tests.conftest import Cast

COLUMNS = LAYOUTS["volunteers"].written
PLAIN = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)


@given(
    st.lists(
        st.tuples(PLAIN, PLAIN, st.none() | st.integers(0, 10**9), st.dates(date(1900, 3, 1))), max_size=5
    )
)
@example(
    [
        ("=1+1", "@SUM(A1)", 7, date(2008, 7, 5)),
        ("]]>&lt;", " a  b ", None, date(2030, 2, 28)),
        ("'-5 km", "", 0, date(1901, 1, 1)),
    ]
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_cell_is_read_back_in_its_place_and_none_is_a_formula(
    tmp_path: Path, rows: list[tuple[Any, ...]]
) -> None:
    path = tmp_path / "list.xlsx"
    assert write_list(path, "A & B", COLUMNS, rows, spare=10) == len(rows)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    for row, (first, second, number, day) in zip(sheet.iter_rows(min_row=2), rows, strict=True):
        assert [cell.value or "" for cell in row[:2]] == [for_a_sheet(first), for_a_sheet(second)]
        assert (row[2].value, row[3].value and row[3].value.date()) == (number, day)
    read = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in read[1:]] == [row[3] for row in rows]


def test_what_looks_like_an_escaped_sign_is_shown_as_it_is(tmp_path: Path) -> None:
    write_list(tmp_path / "list.xlsx", "Danh sách", COLUMNS, [["_x0041_"]], spare=0)
    with zipfile.ZipFile(tmp_path / "list.xlsx") as archive:
        # Excel would show the first as an A.
        assert b">_x005F_x0041_<" in archive.read("xl/worksheets/sheet1.xml")


def test_drop_downs_offer_the_choices_of_a_column(tmp_path: Path) -> None:
    write_list(tmp_path / "list.xlsx", "Danh sách", COLUMNS, [["x"]], spare=10)
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None
    offered = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered["F2:F12"] == '"Không,Cơ bản,Tốt,Dạy được người khác"'
    assert sheet.freeze_panes == "A2"


def test_a_long_list_is_never_in_memory_whole(tmp_path: Path) -> None:
    def rows(count: int) -> Iterator[list[str]]:
        for number in range(count):
            yield [f"{number:036}", f"Giàng Thị Mỷ {number}", "00715", "Xã Lũng Cú", "Tỉnh Tuyên Quang"]

    peaks = []
    for count in (5_000, 50_000):
        tracemalloc.start()
        write_list(tmp_path / "list.xlsx", "Danh sách", COLUMNS, rows(count), spare=0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2.5 * peaks[0]


@pytest.mark.django_db
def test_a_list_over_many_communes_keeps_its_order_whatever_is_read_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = list(Volunteer.objects.order_by("-home_id").values_list("home_id", flat=True).distinct())
    whole = list(rosters.volunteers_listed(system("export"), codes))
    monkeypatch.setattr(rosters, "COMMUNES_AT_ONCE", 1)
    assert list(rosters.volunteers_listed(system("export"), codes)) == whole
    assert len(codes) > 1 < len(whole)
    assert [row[2] for row in whole] == sorted(row[2] for row in whole)


@pytest.mark.django_db
def test_a_list_that_no_sheet_can_hold_is_refused_with_what_to_do(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client: Client = cast.client("duc")
    address = f"/sheets/export/volunteers/?place={TUYEN_QUANG}"
    assert client.get(address).status_code == 200
    monkeypatch.setattr(export, "MOST_XLSX_ROWS", 1)
    answer = client.get(address)
    assert answer.status_code == 409
    assert "CSV" in answer.content.decode()
