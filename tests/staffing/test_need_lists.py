"""Needs as Excel lists: in as corrected by the commune, blank cells kept, every wrong cell named."""

from pathlib import Path

import pytest

from aoxanh.kernel.scope import scope
from aoxanh.places import queries as places
from aoxanh.sheets import actions as sheets
from aoxanh.sheets import queries
from aoxanh.sheets.models import SheetImport
from aoxanh.staffing import actions
from aoxanh.staffing.models import Need
from tests.cast import BA_DINH, LUNG_CU
from tests.conftest import Cast
from tests.sheets import lists

TITLES = [
    "Xã/phường",
    "Tỉnh/thành phố",
    "VNeID: cần",
    "VNeID: tối thiểu",
    "Số đội trưởng",
    "Người biết tiếng",
    "Số km đi tàu",
]


def send(cast: Cast, path: Path, *rows: list[object], by: str = "son", store: bool = True) -> SheetImport:
    actor = cast.actor(by)
    content = lists.xlsx(path / "needs.xlsx", TITLES, *rows).read_bytes()
    sheet = sheets.receive_sheet(kind="needs", content=[content], by=actor)
    sheet = sheets.read_sheet(import_id=sheet.id, by=actor)
    if store and sheet.good:
        sheets.order_storing(import_id=sheet.id, good_rows_only=True, by=actor)
        sheet = sheets.store_sheet(import_id=sheet.id, by=actor)
    return sheet


def need(cast: Cast) -> tuple[Need, dict[str, tuple[int, int]], dict[str, int]]:
    with scope(cast.actor("son").scope):
        found = Need.objects.get(commune=LUNG_CU)
        posts = {post.kind: (post.wanted, post.minimum) for post in found.posts.all()}
        return found, posts, {row.language_id: row.speakers for row in found.languages.all()}


def test_a_list_of_needs_is_stored_as_corrected_and_blank_cells_keep_what_was(
    cast: Cast, tmp_path: Path
) -> None:
    son = cast.actor("son")
    with scope(son.scope):
        actions.suggest_needs(place=places.place_by_code(LUNG_CU), by=son)
    before, posts, _spoken = need(cast)
    sheet = send(cast, tmp_path, ["Lũng Cú", "Tuyên Quang", 9, 4, "", "Mông 3; Lô Lô (2)", ""])
    assert (sheet.new, sheet.changed, sheet.bad) == (0, 1, 0)
    found, now, spoken = need(cast)
    assert found.state == "corrected"
    assert now == posts | {"vneid": (9, 4)}
    assert spoken["hmn"] == 3
    assert len(spoken) == 2
    assert (found.leaders, found.half_days, found.basis) == (before.leaders, before.half_days, before.basis)
    again = send(cast, tmp_path, ["Lũng Cú", "Tuyên Quang", 9, 4, "", "Lô Lô 2, Mông: 3", ""], store=False)
    assert (again.unchanged, again.changed) == (1, 0)
    send(cast, tmp_path, ["Lũng Cú", "Tuyên Quang", 2, "", 1, "không", 7])
    found, now, spoken = need(cast)
    assert (now["vneid"], spoken, found.leaders, found.boat_km) == ((2, 2), {}, 1, 7)


def test_a_commune_of_which_nothing_was_known_begins_with_its_row(cast: Cast, tmp_path: Path) -> None:
    assert send(cast, tmp_path, ["Lũng Cú", "Tuyên Quang", 5, 2, 1, "", ""]).new == 1
    found, posts, _spoken = need(cast)
    assert (posts["vneid"], posts["ai"], found.leaders, found.has_road) == ((5, 2), (0, 0), 1, True)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ([-5, "", "", "", ""], "VNeID: cần"),
        (["nhiều", "", "", "", ""], "VNeID: cần"),
        ([2_001, "", "", "", ""], "VNeID: cần"),
        ([2.5, "", "", "", ""], "VNeID: cần"),
        ([2, 3, "", "", ""], "VNeID: tối thiểu"),
        (["", "", 101, "", ""], "Số đội trưởng"),
        (["", "", "", "Mông", ""], "Người biết tiếng"),
        (["", "", "", "Klingon 3", ""], "Người biết tiếng"),
        (["", "", "", "", 501], "Số km đi tàu"),
    ],
)
def test_a_wrong_cell_is_named_with_its_column_and_remedy(
    cast: Cast, tmp_path: Path, cells: list[object], column: str
) -> None:
    sheet = send(cast, tmp_path, ["Lũng Cú", "Tuyên Quang", *cells])
    assert sheet.bad == 1
    ((_index, told),) = [flaw for row in queries.bad_rows(sheet) for flaw in row.flaws]
    assert told.column == column
    assert told.remedy


def test_needs_elsewhere_and_two_rows_of_one_commune_are_not_taken(cast: Cast, tmp_path: Path) -> None:
    row = ["Lũng Cú", "Tuyên Quang", 3, "", "", "", ""]
    sheet = send(
        cast, tmp_path, ["Ba Đình", "Hà Nội", 3, "", "", "", ""], row, [*row[:2], 4, *row[3:]], store=False
    )
    assert sheet.bad >= 2
    with scope(cast.actor("an").scope):
        assert not Need.objects.filter(commune=BA_DINH).exists()
