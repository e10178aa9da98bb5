"""Official figures as lists: stored beside the earlier ones, the same list twice is one, every wrong cell named with what to do."""

from datetime import timedelta
from pathlib import Path

import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight.indicators import indicators
from aoxanh.oversight.models import OfficialTotal
from aoxanh.oversight.total_lists import TOTALS
from aoxanh.oversight.total_queries import countable
from aoxanh.sheets import actions as sheets
from aoxanh.sheets import queries
from aoxanh.sheets.kinds import kinds_exported_by, kinds_imported_by
from aoxanh.sheets.models import SheetImport
from aoxanh.sheets.reading.layout import FIGURES
from tests.cast import BA_DINH, LUNG_CU
from tests.conftest import Cast
from tests.sheets import lists

TITLES = ["STT", "Tên xã", "Tỉnh", "CHỈ TIÊU", "Từ ngày", "Đến ngày", "Số lượng", "Nguồn số liệu"]
GOOD = [
    "1",
    "Lũng Cú",
    "Tuyên Quang",
    "Lượt hỗ trợ người dân",
    "01/07/2026",
    "31/07/2026",
    "1.307",
    "Sổ tiếp nhận tháng 7",
]


def send(cast: Cast, path: Path, *rows: list[object], by: str = "son", store: bool = True) -> SheetImport:
    actor = cast.actor(by)
    content = lists.xlsx(path / "totals.xlsx", TITLES, *rows).read_bytes()
    sheet = sheets.receive_sheet(kind="totals", content=[content], by=actor)
    sheet = sheets.read_sheet(import_id=sheet.id, by=actor)
    if store and sheet.good:
        sheets.order_storing(import_id=sheet.id, good_rows_only=True, by=actor)
        sheet = sheets.store_sheet(import_id=sheet.id, by=actor)
    return sheet


def held(cast: Cast) -> list[tuple[str, int, str]]:
    with scope(cast.actor("son").scope):
        rows = OfficialTotal.objects.filter(commune=LUNG_CU, replaced_at=None).order_by("indicator")
        return list(rows.values_list("indicator", "count", "source"))


def test_a_list_is_stored_and_another_count_replaces_the_earlier_one_which_stays(
    cast: Cast, tmp_path: Path
) -> None:
    vneid = [
        "2",
        "lung cu",
        "tuyen quang",
        "VNeID",
        "1/7/2026",
        "31/7/2026",
        40,
        "Báo cáo 12/BC-UBND ngày 01/08/2026",
    ]
    sheet = send(cast, tmp_path, GOOD, vneid)
    assert (sheet.new, sheet.changed, sheet.unchanged, sheet.bad) == (2, 0, 0, 0)
    assert held(cast) == [("assists", 1307, "Sổ tiếp nhận tháng 7"), ("vneid_helped", 40, vneid[-1])]
    again = send(cast, tmp_path, GOOD, vneid, store=False)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    corrected = send(cast, tmp_path, [*GOOD[:6], 1311, GOOD[7]], vneid)
    assert (corrected.new, corrected.changed, corrected.unchanged) == (0, 1, 1)
    assert held(cast)[0] == ("assists", 1311, "Sổ tiếp nhận tháng 7")
    with whole_nation():
        earlier = OfficialTotal.objects.exclude(replaced_at=None).values_list("count", flat=True)
        assert list(earlier) == [1307]


def held_row() -> OfficialTotal:
    with whole_nation():
        return OfficialTotal.objects.get(commune=LUNG_CU, replaced_at=None)


def test_a_province_sends_figures_of_its_communes_and_of_no_others(cast: Cast, tmp_path: Path) -> None:
    elsewhere: list[object] = ["2", "Ba Đình", "Hà Nội", *GOOD[3:]]
    sheet = send(cast, tmp_path, GOOD, elsewhere, by="duc")
    assert (sheet.new, sheet.bad) == (1, 1)
    assert held_row().by_province
    with whole_nation():
        assert not OfficialTotal.objects.filter(commune=BA_DINH).exists()
    corrected = send(cast, tmp_path, [*GOOD[:6], 1311, GOOD[7]])
    assert corrected.changed == 1
    assert (held_row().count, held_row().by_province) == (1311, False)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (3, "Số người đẹp", "Chỉ tiêu"),
        (3, "", "Chỉ tiêu"),
        (4, "01/06/2025", "Từ ngày"),
        (4, "mai", "Từ ngày"),
        (5, "30/06/2026", "Đến ngày"),
        (5, f"{clock.today() + timedelta(days=1):%d/%m/%Y}", "Đến ngày"),
        (6, "-5", "Số lượng"),
        (6, "nhiều", "Số lượng"),
        (6, 2.5, "Số lượng"),
        (6, "13.07", "Số lượng"),
        (7, "", "Nguồn"),
        (7, "gọi chị Hoa 0912 345 678", "Nguồn"),
        (7, "x" * 201, "Nguồn"),
    ],
    ids=["figure", "no-figure", "too-early", "no-day", "ends-before", "future", "negative", "word", "half", "grouping", "no-source", "phone", "long"],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_its_column_and_remedy(
    cast: Cast, tmp_path: Path, column: int, cell: object, code: str
) -> None:
    row: list[object] = [*GOOD]
    row[column] = cell
    sheet = send(cast, tmp_path, row)
    assert (sheet.good, sheet.bad) == (0, 1)
    (told,) = [told for bad in queries.bad_rows(sheet) for _index, told in bad.flaws]
    assert told.column == code
    assert told.message
    assert told.remedy
    assert held(cast) == []


def test_a_commune_tells_its_own_figures_only_and_each_of_them_once(cast: Cast, tmp_path: Path) -> None:
    elsewhere = ["1", "Ba Đình", "Hà Nội", *GOOD[3:]]
    sheet = send(cast, tmp_path, GOOD, [*GOOD[:6], 9, GOOD[7]], elsewhere)
    assert (sheet.new, sheet.bad) == (1, 2)
    with whole_nation():
        assert not OfficialTotal.objects.filter(commune=BA_DINH).exists()
    assert not held_row().by_province
    kinds = {
        name: TOTALS in kinds_imported_by(cast.actor(name)) for name in ("son", "ha", "duc", "an", "lan")
    }
    assert kinds == {"son": True, "ha": True, "duc": True, "an": False, "lan": False}
    assert TOTALS in kinds_exported_by(cast.actor("an"))


def test_a_list_taken_out_and_sent_in_again_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    send(cast, tmp_path, GOOD)
    page = cast.client("son").get("/sheets/export/totals/", {"place": LUNG_CU})
    content = b"".join(page.streaming_content) if page.streaming else page.content
    son = cast.actor("son")
    sheet = sheets.receive_sheet(kind="totals", content=[content], by=son)
    sheet = sheets.read_sheet(import_id=sheet.id, by=son)
    assert (sheet.new, sheet.changed, sheet.unchanged, sheet.bad) == (0, 0, 1, 0)


def test_the_list_knows_every_figure_that_a_commune_can_tell() -> None:
    assert {key: indicators()[key].vi.name for key in countable()} == FIGURES
