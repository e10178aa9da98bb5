"""A list on its way in: read, compared, stored at once or not at all, and stable when it comes again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import scope
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import LanguageSkill, Membership, Team, Volunteer
from aoxanh.places.models import Trait
from aoxanh.places.queries import place_by_code
from aoxanh.sheets import actions, queries, tasks
from aoxanh.sheets.errors import HasBadRows, NoSuchImport, UnfitFile
from aoxanh.sheets.export import export_csv, export_xlsx, write_marked, write_template
from aoxanh.sheets.flaws import unfit
from aoxanh.sheets.models import SheetImport, SheetPiece, ShownRow
from aoxanh.staffing.actions import suggest_needs
from tests.cast import BA_DINH, LUNG_CU, TUYEN_QUANG, volunteer_id
from tests.conftest import Cast
from tests.sheets import lists

pytestmark = pytest.mark.django_db
TITLES = lists.TITLES
Send = Callable[..., SheetImport]


@pytest.fixture
def send(cast: Cast, tmp_path: Path) -> Send:
    """Send a file in as somebody, read it, and store its good rows if asked."""

    def do(path: Path, *, kind: str = "volunteers", name: str = "son", store: str = "") -> SheetImport:
        actor = cast.actor(name)
        sheet = actions.receive_sheet(kind=kind, content=[path.read_bytes()], by=actor)
        sheet = actions.read_sheet(import_id=sheet.id, by=actor)
        if store:
            actions.order_storing(import_id=sheet.id, good_rows_only=store == "good", by=actor)
            sheet = actions.store_sheet(import_id=sheet.id, by=actor)
        return sheet

    return do


def counts(sheet: SheetImport) -> tuple[int, int, int, int]:
    return sheet.new, sheet.changed, sheet.unchanged, sheet.bad


def told(sheet: SheetImport) -> list[tuple[int, str, str]]:
    return [
        (row.number, flaw.column, flaw.message) for row in queries.bad_rows(sheet) for _i, flaw in row.flaws
    ]


def test_a_list_is_shown_before_it_is_stored_and_the_same_list_again_changes_nothing(
    send: Send, tmp_path: Path
) -> None:
    path = lists.xlsx(tmp_path / "list.xlsx", ["HUYỆN ĐOÀN"], [], TITLES, *lists.ROWS)
    before = Volunteer.objects.count()
    assert counts(send(path)) == (2, 0, 0, 0)
    assert Volunteer.objects.count() == before
    assert counts(send(path, store="all")) == (2, 0, 0, 0)
    assert counts(send(path, store="all")) == (0, 0, 2, 0)
    my = Volunteer.objects.get(full_name="Giàng Thị Mỷ")
    assert (my.home_id, my.technology, my.adult_on, my.fold) == (LUNG_CU, 2, None, "giang thi my")
    assert Volunteer.objects.count() == before + 2
    entry = AuditEntry.objects.filter(action="people.volunteers.imported").latest("number")
    assert (entry.chain, "Mỷ" in entry.details) == (LUNG_CU, False)


@pytest.mark.parametrize("form", ["xls", "csv", "cp1258", "semicolon"])
def test_every_form_of_file_means_the_same(send: Send, tmp_path: Path, form: str) -> None:
    rows = [TITLES, *lists.ROWS]
    path = tmp_path / "list"
    if form == "xls":
        lists.xls(path, *rows)
    elif form == "cp1258":
        from tests.sheets.test_reading import _as_1258

        data = "\n".join(",".join(map(str, row)) for row in rows)
        path.write_bytes("".join(map(_as_1258, data)).encode("cp1258"))
    else:
        lists.text(path, *rows, sign=";" if form == "semicolon" else ",", encoding="utf-8-sig")
    assert counts(send(path, store="all")) == (2, 0, 0, 0)
    assert Volunteer.objects.filter(full_name__in=["Giàng Thị Mỷ", "Vàng Văn Páo"], home=LUNG_CU).count() == 2


def test_each_bad_row_is_named_with_column_and_remedy_and_can_be_taken_away_marked(
    send: Send, tmp_path: Path
) -> None:
    rows = [
        ["", "Lý Thị Súa", "31/02/2001", "", "Lũng Cú", "Tuyên Quang", "Tốt"],
        ["", "", "01/02/2001", "", "Lũng Cú", "Tuyên Quang", "Tốt"],
        ["", "Lý Văn Chứ", "01/02/2001", "", "Ba Đình", "Hà Nội", "siêu"],
        ["", "Lý A Páo", "01/02/2020", "", "Lũng Cúu", "Tuyên Quang", ""],
        ["", "Lan 0912345678", "", "", "Lũng Cú", "Tuyên Quang", ""],
        ["", "Sùng A Dình", "", "", "Lũng Cú", "Tuyên Quang", "=1+1"],
    ]  # fmt: skip
    sheet = send(lists.xlsx(tmp_path / "list.xlsx", TITLES, *lists.ROWS, *rows))
    # A formula has no value of its own, so the last row is a good one with an empty cell.
    assert counts(sheet) == (3, 0, 0, 5)
    found = {(number, column) for number, column, _message in told(sheet)}
    assert {
        (4, "Ngày sinh"),
        (5, "Họ và tên"),
        (6, "Xã/phường"),
        (6, "Công nghệ"),
        (7, "Ngày sinh"),
        (7, "Xã/phường"),
        (8, "Họ và tên"),
    } <= found
    write_marked(sheet=sheet, path=tmp_path / "marked.xlsx")
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx").active
    assert marked is not None
    assert marked.max_row == 6
    assert marked["B2"].value == "Lý Thị Súa"
    assert marked["C2"].fill.fgColor.rgb == "FFFDE7EA"
    assert all(cell.data_type != "f" for row in marked.iter_rows() for cell in row)
    assert marked["I2"].value
    marked["C2"] = "28/02/2001"
    marked.parent.save(tmp_path / "corrected.xlsx")
    again = send(tmp_path / "corrected.xlsx")
    assert (again.new, again.bad) == (1, 4)


def test_all_or_nothing_stores_nothing_while_a_row_is_bad_and_good_rows_only_stores_the_rest(
    send: Send, cast: Cast, tmp_path: Path
) -> None:
    path = lists.xlsx(
        tmp_path / "list.xlsx", TITLES, *lists.ROWS, ["", "?", "", "", "Lũng Cú", "Tuyên Quang", ""]
    )
    sheet = send(path)
    with pytest.raises(HasBadRows):
        actions.order_storing(import_id=sheet.id, good_rows_only=False, by=cast.actor("son"))
    assert not Volunteer.objects.filter(full_name="Giàng Thị Mỷ").exists()
    assert send(path, store="good").state == "stored"
    assert Volunteer.objects.filter(full_name__in=["Giàng Thị Mỷ", "Vàng Văn Páo"]).count() == 2
    assert not SheetPiece.objects.exclude(sheet=sheet).exists()
    assert not ShownRow.objects.exclude(sheet=sheet).exists()


def test_a_row_outside_the_senders_place_is_bad_and_nobody_without_the_right_sends_anything(
    send: Send, cast: Cast, tmp_path: Path
) -> None:
    path = lists.xlsx(tmp_path / "list.xlsx", TITLES, ["", "Lê An", "", "", "Ba Đình", "Hà Nội", ""])
    assert counts(send(path)) == (0, 0, 0, 1)
    for name in ("lan", "minh", "ha", "an", "thu"):
        with pytest.raises(NotAllowed):
            actions.receive_sheet(kind="volunteers", content=[b"x"], by=cast.actor(name))
    with pytest.raises(NoSuchImport):
        queries.import_of(cast.actor("duc"), SheetImport.objects.get().id)


def test_a_right_taken_back_meanwhile_stores_nothing(send: Send, cast: Cast, tmp_path: Path) -> None:
    sheet = send(lists.xlsx(tmp_path / "list.xlsx", TITLES, *lists.ROWS))
    son = cast.actor("son")
    actions.order_storing(import_id=sheet.id, good_rows_only=False, by=son)
    with pytest.raises(NotAllowed):
        actions.store_sheet(import_id=sheet.id, by=Actor(name="son", account_id=son.account_id))
    assert not Volunteer.objects.filter(full_name="Giàng Thị Mỷ").exists()


def test_whose_right_was_taken_back_meanwhile_is_told_so(send: Send, cast: Cast, tmp_path: Path) -> None:
    sheet = send(lists.xlsx(tmp_path / "list.xlsx", TITLES, *lists.ROWS))
    actions.order_storing(import_id=sheet.id, good_rows_only=False, by=cast.actor("son"))
    cast.account("son").role_assignments.all().delete()
    tasks.store.func(import_id=str(sheet.id))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.refusal["code"]) == ("refused", "not_allowed")
    assert str(NotAllowed.message) in str(unfit("not_allowed", {}))
    assert not Volunteer.objects.filter(full_name="Giàng Thị Mỷ").exists()


def test_people_are_known_again_without_diacritics_and_two_of_one_name_are_asked_back(
    send: Send, tmp_path: Path
) -> None:
    send(lists.xlsx(tmp_path / "a.xlsx", TITLES, *lists.ROWS), store="all")
    bare = send(
        lists.xlsx(
            tmp_path / "b.xlsx", TITLES, ["", "GIANG THI MY", "", "", "lung cu", "tuyen quang", "giỏi"]
        ),
        store="all",
    )
    assert counts(bare) == (0, 1, 0, 0)
    assert Volunteer.objects.get(full_name="Giàng Thị Mỷ").technology == 3
    Volunteer.objects.create(full_name="Giàng Thị Mỷ", fold="giang thi my", sort_key="x", home_id=LUNG_CU)
    asked = send(lists.xlsx(tmp_path / "c.xlsx", TITLES, *lists.ROWS))
    assert counts(asked) == (0, 0, 1, 1)
    assert told(asked)[0][0] == 2
    twice = send(
        lists.xlsx(tmp_path / "d.xlsx", TITLES, lists.ROWS[1], lists.ROWS[1], [*lists.ROWS[1][:6], "giỏi"])
    )
    assert (counts(twice), twice.repeated) == ((0, 0, 1, 1), 1)


def test_a_minor_is_noted_by_the_day_of_majority_and_no_birth_date_or_number_is_stored(
    send: Send, tmp_path: Path
) -> None:
    born = clock.today().replace(day=1) - timedelta(days=17 * 365)
    rows = [["", "Lý Thị Pà", born, 912345678, "Lũng Cú", "Tuyên Quang", ""]]
    sheet = send(lists.xlsx(tmp_path / "list.xlsx", TITLES, *rows))
    stored = b"".join(bytes(piece.content) for piece in SheetPiece.objects.filter(sheet=sheet, holds="rows"))
    assert b"912345678" not in stored
    assert f"{born:%Y-%m-%d}".encode() not in stored
    actor_sheet = send(lists.xlsx(tmp_path / "list2.xlsx", TITLES, *rows), store="all")
    assert actor_sheet.left_out == [["STT", True], ["Số điện thoại", True]]
    adult_on = Volunteer.objects.get(full_name="Lý Thị Pà").adult_on
    assert adult_on is not None
    assert (adult_on.year, adult_on.month) == (born.year + 18, born.month)


def test_teams_then_members_then_traits_come_in_and_again_change_nothing(send: Send, tmp_path: Path) -> None:
    teams = lists.xlsx(
        tmp_path / "t.xlsx",
        ["Tên đội", "Xã", "Tỉnh", "Loại"],
        ["Đội Mùa Hè", "Lũng Cú", "Tuyên Quang", "lưu động"],
    )
    assert counts(send(teams, kind="teams", store="all")) == (1, 0, 0, 0)
    assert counts(send(teams, kind="teams", store="all")) == (0, 0, 1, 0)
    team = Team.objects.get(name="Đội Mùa Hè")
    members = lists.xlsx(
        tmp_path / "m.xlsx", ["Đội hình", "Xã", "Tỉnh", "Họ và tên", "Vai trò", "Từ ngày"],
        ["doi mua he", "Lũng Cú", "Tuyên Quang", "Vàng Thị Lan", "Đội trưởng", "01/09/2025"], ["Đội khác", "Lũng Cú", "Tuyên Quang", "Vàng Thị Lan", "", ""],
    )  # fmt: skip
    assert counts(send(members, kind="memberships", store="good")) == (1, 0, 0, 1)
    assert counts(send(members, kind="memberships", store="good")) == (0, 0, 1, 1)
    held = Membership.objects.get(team=team)
    assert (held.volunteer_id, held.position) == (volunteer_id("lan"), "leader")
    assert held.volunteer.account is not None
    assert held.volunteer.account.role_assignments.filter(role="team_leader", place=LUNG_CU).exists()
    traits = lists.text(
        tmp_path / "p.csv",
        ["Xã", "Tỉnh", "Đặc điểm", "Ngôn ngữ", "Nguồn", "Ngày số liệu"],
        ["Lũng Cú", "Tuyên Quang", "Ngôn ngữ", "Mông", "Báo cáo 12", "1/6/2026"],
    )
    assert counts(send(traits, kind="traits", name="duc", store="all")) == (1, 0, 0, 0)
    assert counts(send(traits, kind="traits", name="duc", store="all")) == (0, 0, 1, 0)
    assert Trait.objects.get(place=LUNG_CU, value="hmn").status == "confirmed"


@pytest.mark.parametrize("kind", ["volunteers", "teams", "memberships", "traits", "needs"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_out_in_and_out_again_is_the_same_to_the_letter(
    send: Send, cast: Cast, tmp_path: Path, kind: str, form: str
) -> None:
    duc = cast.actor("duc")
    Team.objects.create(commune_id=LUNG_CU, name="=HYPERLINK(1)", active_from=clock.today())
    Team.objects.create(commune_id=LUNG_CU, name="'-5 km", active_from=clock.today())
    Volunteer.objects.filter(id=volunteer_id("lan")).update(adult_on=clock.today() + timedelta(days=100))
    LanguageSkill.objects.create(volunteer_id=volunteer_id("lan"), language_id="tyz", level=1)
    with scope(duc.scope):
        suggest_needs(place=place_by_code(TUYEN_QUANG), by=duc)

    def out(name: str) -> tuple[Path, list[list[Any]]]:
        path = tmp_path / name
        with scope(duc.scope):
            if form == "csv":
                path.write_bytes(b"".join(export_csv(kind=kind, place=place_by_code(TUYEN_QUANG), by=duc)))
                return path, [[path.read_bytes()]]
            export_xlsx(kind=kind, place=place_by_code(TUYEN_QUANG), path=path, by=duc)
        book = openpyxl.load_workbook(path).active
        assert book is not None
        assert all(cell.data_type != "f" for row in book.iter_rows() for cell in row)
        return path, [[cell.value for cell in row] for row in book.iter_rows()]

    path, first = out(f"first.{form}")
    if form == "csv":
        assert not any(
            cell.startswith(("=", "-", "+", "@"))
            for line in path.read_text("utf-8-sig").splitlines()
            for cell in line.split(",")
        )
    sheet = send(path, kind=kind, name="duc")
    assert counts(sheet)[:2] + counts(sheet)[3:] == (0, 0, 0), told(sheet)
    actions.order_storing(import_id=sheet.id, good_rows_only=False, by=duc)
    actions.store_sheet(import_id=sheet.id, by=duc)
    assert out(f"second.{form}")[1] == first


def test_a_template_can_be_sent_in_as_it_is(send: Send, tmp_path: Path) -> None:
    for kind in ("volunteers", "teams", "memberships", "traits", "needs"):
        write_template(kind=kind, path=tmp_path / "t.xlsx")
        assert counts(send(tmp_path / "t.xlsx", kind=kind, name="duc")) == (0, 0, 0, 0)


def test_names_of_before_july_2025_lead_to_the_commune_of_today_or_are_asked_back(
    send: Send, cast: Cast, tmp_path: Path
) -> None:
    path = lists.xlsx(
        tmp_path / "list.xlsx",
        TITLES,
        ["", "Lê An", "", "", "phường Trúc Bạch", "Hà Nội", ""],
        ["", "Lê Bo", "", "", "xã Không Có Đâu", "Hà Nội", ""],
    )
    actor = Actor(name="test", is_system=True)
    sheet = actions.import_file(kind="volunteers", path=path, by=actor)
    assert counts(sheet) == (1, 0, 0, 1)
    assert queries.values_of(sheet, queries.good_rows(sheet, 1)[0])["home"] == BA_DINH


def test_uploads_are_let_go_of_after_a_day(send: Send, cast: Cast, tmp_path: Path) -> None:
    sheet = send(lists.xlsx(tmp_path / "list.xlsx", TITLES, *lists.ROWS))
    assert actions.expire_uploads(by=cast.actor("son")) == 0
    SheetImport.objects.filter(id=sheet.id).update(made_at=clock.now() - timedelta(hours=25))
    assert actions.expire_uploads(by=cast.actor("son")) == 1
    assert [model.objects.count() for model in (SheetPiece, ShownRow, SheetImport)] == [0, 0, 0]


def test_a_file_that_breaks_its_reader_is_refused_and_breaks_nothing_else(send: Send, tmp_path: Path) -> None:
    wide = openpyxl.Workbook()
    assert wide.active is not None
    wide.active["A1"] = "Họ và tên"
    wide.active["XFD400000"] = "far"
    wide.save(tmp_path / "wide.xlsx")
    sheet = send(tmp_path / "wide.xlsx")
    assert sheet.state == "refused"
    assert sheet.refusal["code"] in ("bomb", "broken")
    assert send(lists.bomb(tmp_path / "bomb.xlsx", lie=True)).refusal["code"] == "bomb"


def test_nested_and_locked_files_are_refused_with_their_reason(send: Send, tmp_path: Path) -> None:
    assert send(lists.locked(tmp_path / "locked.xlsx")).refusal["code"] in ("locked", "broken")
    for depth in (1_000, 200_000):
        sheet = send(lists.deep(tmp_path / "deep.xlsx", depth))
        assert sheet.state in ("ready", "refused")


def test_no_damaged_xls_breaks_the_import(send: Send, cast: Cast, tmp_path: Path) -> None:
    whole = lists.xls(tmp_path / "whole.xls", TITLES, *lists.ROWS).read_bytes()
    before, codes = Volunteer.objects.count(), set()
    for seed in range(24):
        random, data = Random(seed), bytearray(whole)
        for _ in range(1 << seed % 8):
            data[random.randrange(8, len(data))] = random.randrange(256)
        if seed % 5 == 0:
            del data[random.randrange(512, len(data)) :]
        path = tmp_path / "damaged.xls"
        path.write_bytes(data)
        SheetImport.objects.all().delete()
        try:
            sheet = send(path, store="good")
        except DomainError:
            sheet = SheetImport.objects.get()
            assert sheet.good == 0
        assert sheet.state in ("stored", "ready", "refused")
        codes.add(sheet.refusal.get("code", sheet.state))
        assert Volunteer.objects.count() == before + (sheet.new if sheet.state == "stored" else 0)
        Volunteer.objects.filter(created_at__gte=sheet.made_at).delete()
    assert codes >= {"broken", "stored"}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30), st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.sampled_from(["Lũng Cú", "Tuyên Quang", "Lê An", "Tốt"])),
            min_size=7, max_size=7,
        ),
        max_size=8,
    )
)  # fmt: skip
def test_no_spreadsheet_breaks_the_import_or_is_half_stored(
    send: Send, tmp_path: Path, rows: list[list[Any]]
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(TITLES)
    for number, row in enumerate(rows, 2):
        for index, value in enumerate(row, 1):
            cell = book.active.cell(number, index)
            if isinstance(value, str):
                cell.data_type, cell._value = "s", value
            else:
                cell.value = value
    book.save(tmp_path / "any.xlsx")
    before = Volunteer.objects.count()
    SheetImport.objects.all().delete()
    sheet = send(tmp_path / "any.xlsx")
    assert sheet.state in ("ready", "refused")
    assert Volunteer.objects.count() == before
    try:
        sheet = send(tmp_path / "any.xlsx", store="good")
    except DomainError:
        assert sheet.good == 0
    else:
        assert Volunteer.objects.count() == before + sheet.new


def test_a_file_too_large_or_empty_is_refused_while_it_arrives(cast: Cast) -> None:
    for content in ([], (b"x" * 1024 * 1024 for _ in range(41))):
        with pytest.raises(UnfitFile):
            actions.receive_sheet(kind="volunteers", content=content, by=cast.actor("son"))


def test_a_failure_midway_leaves_nothing_stored_and_can_be_tried_again(
    send: Send, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = send(lists.xlsx(tmp_path / "list.xlsx", TITLES, *lists.ROWS))
    son = cast.actor("son")
    actions.order_storing(import_id=sheet.id, good_rows_only=False, by=son)
    with monkeypatch.context() as broken:
        broken.setattr("aoxanh.people.rosters.record_list", lambda *_arguments, **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            actions.store_sheet(import_id=sheet.id, by=son)
    assert not Volunteer.objects.filter(full_name="Giàng Thị Mỷ").exists()
    assert actions.store_sheet(import_id=sheet.id, by=son).state == "stored"
    assert Volunteer.objects.filter(full_name="Giàng Thị Mỷ").count() == 1


def test_what_a_dead_worker_left_is_taken_up_again_three_times_at_most(send: Send, tmp_path: Path) -> None:
    sheet = send(lists.xlsx(tmp_path / "list.xlsx", TITLES, *lists.ROWS))
    for _attempt in range(actions.MOST_ATTEMPTS):
        SheetImport.objects.update(state="reading", touched_at=clock.now() - timedelta(minutes=10))
        tasks.resume(timestamp=0)
        sheet.refresh_from_db()
        assert sheet.state == "reading"
    SheetImport.objects.update(touched_at=clock.now() - timedelta(minutes=10))
    tasks.resume(timestamp=0)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.refusal["code"]) == ("refused", "gave_up")
