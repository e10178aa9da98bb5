"""A report's life: its figures are the board's, signing freezes it under a number without gaps, and a correction is in the open."""

import io
import json
from datetime import date, timedelta
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope, whole_nation
from aoxanh.oversight import ledger_queries, report_queries
from aoxanh.oversight.actions import (
    DifficultyFacts,
    ReportFacts,
    answer_difficulty,
    correct_report,
    digest_of,
    draft_for_communes,
    draft_report,
    edit_report,
    hand_up_difficulty,
    raise_difficulty,
    sign_report,
)
from aoxanh.oversight.errors import (
    DifficultyAnswered,
    ReportAlreadyDrafted,
    ReportEditedMeanwhile,
    ReportNotADraft,
    ReportNotYetOver,
)
from aoxanh.oversight.models import Difficulty, Report
from aoxanh.oversight.periods import Period
from aoxanh.oversight.reporting import pdf
from aoxanh.oversight.reporting.files import FORMS, file_of
from aoxanh.oversight.reporting.narrative import SECTIONS
from aoxanh.oversight.reporting.numbers import unknown_numbers
from aoxanh.oversight.reporting.paper import paper_of
from aoxanh.oversight.reporting.snapshot import figure
from aoxanh.people.actors import system
from aoxanh.people.errors import NotAllowed
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text
from tests.cast import LAN_TEAM, LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.oversight.rows import work
from tests.pdf_text import pages

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 15)


def place(code: str) -> Place:
    return Place.objects.select_related("parent").get(code=code)


def drafted(
    cast: Cast, who: str = "son", code: str = LUNG_CU, form: str = "union", last: date = LAST
) -> Report:
    actor = cast.actor(who)
    facts = ReportFacts(place(code), "weekly", form, last - timedelta(days=6), last)
    with scope(actor.scope):
        return draft_report(facts=facts, by=actor)


def signed(cast: Cast, report: Report, who: str = "son") -> Report:
    actor = cast.actor(who)
    with scope(actor.scope):
        return sign_report(
            report_id=report.id, position="head", signer="Lò Văn Sơn", seen=report.edited_at, by=actor
        )


@pytest.fixture(autouse=True)
def some_work(cast: Cast) -> None:
    work(LUNG_CU, FIRST, LAN_TEAM, 1307, outcome_finished=907, outcome_guided=400)
    work(LUNG_CU, FIRST - timedelta(days=3), LAN_TEAM, 1000)


def test_the_snapshot_is_the_board_and_the_text_tells_the_rise_with_its_numbers(cast: Cast) -> None:
    report = drafted(cast)
    assert figure(report.figures, "sessions")["now"] == 1307
    assert figure(report.figures, "sessions")["before"] == 1000
    for number in ("1.307", "307", "30,7%", "1.000"):
        assert number in report.text["results"]
    assert report.text.keys() == set(SECTIONS)


def test_a_drafted_text_passes_the_guard_that_it_will_meet_when_it_is_edited(cast: Cast) -> None:
    for text in drafted(cast).text.values():
        assert check_text(text) == text


def test_signing_freezes_and_numbers_have_no_gap(cast: Cast) -> None:
    one, other = drafted(cast), drafted(cast, last=LAST - timedelta(days=7))
    assert [signed(cast, one).number, signed(cast, other).number] == [1, 2]
    with scope(cast.actor("son").scope):
        held = Report.objects.get(id=one.id)
        assert digest_of(held) == held.digest
        with pytest.raises(ReportNotADraft):
            edit_report(report_id=one.id, text={}, seen=held.edited_at, by=cast.actor("son"))


def test_a_correction_names_what_changed_and_ends_the_version_before(cast: Cast) -> None:
    old = signed(cast, drafted(cast))
    work(LUNG_CU, LAST, LAN_TEAM, 12)
    actor = cast.actor("son")
    with scope(actor.scope):
        new = correct_report(report_id=old.id, change="Bổ sung 12 lượt đồng bộ muộn.", by=actor)
        with pytest.raises(ReportAlreadyDrafted):
            correct_report(report_id=old.id, change="x", by=actor)
    assert figure(new.figures, "sessions")["now"] == 1319
    new = signed(cast, new)
    with scope(actor.scope):
        old.refresh_from_db()
        assert "Bổ sung 12 lượt" in paper_of(new, site="").replaces
    assert (old.state, new.version, new.number) == ("corrected", 2, 2)
    assert figure(old.figures, "sessions")["now"] == 1307
    proven = report_queries.proven(str(old.code))
    assert proven is not None
    assert proven.newer == new


@pytest.mark.parametrize(
    ("who", "form"), [("duc", "union"), ("an", "union"), ("ha", "union"), ("son", "state")]
)
def test_only_who_holds_the_office_at_this_very_place_signs(cast: Cast, who: str, form: str) -> None:
    report = drafted(cast, "son", form=form)
    with pytest.raises(NotAllowed):
        signed(cast, report, who)


def test_a_draft_that_somebody_else_saved_is_not_overwritten(cast: Cast) -> None:
    report, actor = drafted(cast), cast.actor("son")
    with scope(actor.scope):
        edit_report(report_id=report.id, text={"tasks": "Một việc."}, seen=report.edited_at, by=actor)
        with pytest.raises(ReportEditedMeanwhile):
            edit_report(report_id=report.id, text={"tasks": "Hai việc."}, seen=report.edited_at, by=actor)


def test_a_week_that_is_not_over_cannot_be_signed(cast: Cast) -> None:
    report = drafted(cast, last=clock.today())
    with pytest.raises(ReportNotYetOver):
        signed(cast, report)


def test_a_number_that_no_figure_bears_out_is_pointed_at(cast: Cast) -> None:
    report = drafted(cast)
    assert unknown_numbers(report.text, report.figures) == []
    assert unknown_numbers({"results": "Có 1.370 lượt, 1.307 lượt đúng."}, report.figures) == ["1.370"]


def test_every_file_holds_the_figures_of_the_board(cast: Cast) -> None:
    paper = paper_of(drafted(cast, "duc", TUYEN_QUANG), site="https://example.test")
    made = {form: file_of(paper, form) for form in FORMS}
    assert made["pdf"].startswith(b"%PDF-")
    word = ZipFile(io.BytesIO(made["docx"])).read("word/document.xml").decode()
    assert "1.307" in word
    assert word.count("w:tblHeader") >= 4
    sheet = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))["Biểu tổng hợp"]
    total = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Tổng cộng")
    assert 1307 in total
    assert len(sheet.merged_cells.ranges) > 5


def test_the_words_of_the_paper_the_file_and_the_sheet_carry_the_confirmed_share(cast: Cast) -> None:
    day = FIRST + timedelta(days=1)
    work(LUNG_CU, day, LAN_TEAM, 60, asked=50, said_qr=30, team_days=1, asked_squared=2500)
    report = drafted(cast)
    paper = paper_of(report, site="https://example.test")
    with scope(cast.actor("son").scope):
        told = ledger_queries.shares(place=place(LUNG_CU), days=Period(FIRST, LAST), by=cast.actor("son"))
    share = told.confirmed_share
    assert share.value == 0.54
    sure = f"54% ({100 * share.low:.0f}–{100 * share.high:.0f}%)"
    document = docx.Document(io.BytesIO(file_of(paper, "docx")))
    words = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {sure, "1.367", "54,0%"} <= words
    assert "xác nhận 30 lượt" in "\n".join(line.text for line in document.paragraphs)
    book = openpyxl.load_workbook(io.BytesIO(file_of(paper, "xlsx")))
    team, total = list(book["Biểu tổng hợp"].iter_rows(values_only=True))[-4:-2]
    assert team[-1] == total[-1] == sure
    # What Typst lays out is this very data; no text of the PDF comes from anywhere else.
    laid_out = json.dumps(pdf._told(paper), ensure_ascii=False)
    assert sure in laid_out
    assert "1.367" in laid_out


def test_the_table_of_kinds_of_sessions_says_how_much_of_them_is_confirmed(cast: Cast) -> None:
    day = FIRST + timedelta(days=1)
    work(LUNG_CU, day, LAN_TEAM, 60, asked=50, said_qr=30, team_days=1, asked_squared=2500)
    paper = paper_of(drafted(cast), site="https://example.test")
    tables = {table.key: table for table in paper.tables}
    sure = tables["units"].total[-1].text("vi")
    assert sure.startswith("54% (")
    assert f"người dân xác nhận {sure}" in " ".join(tables["breakdowns"].notes)


def test_a_first_report_has_no_columns_for_days_before_and_says_that_nothing_can_be_compared(
    cast: Cast,
) -> None:
    son = cast.actor("son")
    facts = ReportFacts(place(LUNG_CU), "final", "union", date(2025, 7, 1), LAST)
    with scope(son.scope):
        report = draft_report(facts=facts, by=son)
    paper = paper_of(report, site="https://example.test")
    titles = {column.title for table in paper.tables for column in table.columns}
    assert not titles & {"Kỳ trước", "Thay đổi"}
    assert "Chưa có kỳ trước để so sánh." in report.text["assessment"]
    assert all(len(row) in (1, len(table.columns)) for table in paper.tables for row in table.rows)
    assert all(len(table.total) in (0, len(table.columns)) for table in paper.tables)


def test_the_table_of_many_units_lies_on_its_side_and_every_page_but_the_first_has_its_number(
    cast: Cast,
) -> None:
    paper = paper_of(drafted(cast, "duc", TUYEN_QUANG), site="https://example.test")
    assert [table.key for table in paper.tables if table.is_wide] == ["units"]
    sections = docx.Document(io.BytesIO(file_of(paper, "docx"))).sections
    upright = [section.page_height > section.page_width for section in sections]
    assert upright == [True, False, True]
    assert [section.different_first_page_header_footer for section in sections] == [True, False, False]
    printed = pages(file_of(paper, "pdf"))
    assert not printed[0].startswith("1 ")
    assert all(text.startswith(f"{number} ") for number, text in enumerate(printed[1:], start=2))
    commune = paper_of(drafted(cast), site="https://example.test")
    assert not [table for table in commune.tables if table.is_wide]


def test_a_week_without_work_is_told_in_words_and_not_in_empty_tables(cast: Cast) -> None:
    report = drafted(cast, last=LAST - timedelta(days=70))
    paper = paper_of(report, site="https://example.test")
    assert "Trong kỳ chưa ghi nhận lượt hỗ trợ nào." in report.text["results"]
    assert "breakdowns" not in [table.key for table in paper.tables]
    assert not [row for table in paper.tables for row in table.rows if row[-1].text("vi") == "0,0"]


def test_proposals_say_who_raised_them_and_labels_stand_inside_a_sentence(cast: Cast) -> None:
    made = {"kind": "difficulty", "due": LAST, "made_on": FIRST}
    with whole_nation():
        Difficulty.objects.create(place_id=LUNG_CU, owner_id=TUYEN_QUANG, text="Thiếu máy quét.", **made)
        Difficulty.objects.create(place_id=LUNG_CU, owner_id=LUNG_CU, text="Máy tính hỏng.", **made)
    own, above = drafted(cast).text, drafted(cast, "duc", TUYEN_QUANG).text
    assert (
        "- Gửi tỉnh Tuyên Quang: Thiếu máy quét (đề nghị trả lời trước ngày 15/03/2026)" in own["proposals"]
    )
    assert "- Đơn vị tự giải quyết: Máy tính hỏng (trước ngày 15/03/2026)" in own["proposals"]
    assert above["proposals"] == "- Xã Lũng Cú: Thiếu máy quét (hạn trả lời 15/03/2026)"
    assert "Kết quả: đã xong 907" in own["results"]


def test_a_report_tells_what_was_right_the_first_time_and_an_older_one_stays_as_it_was(cast: Cast) -> None:
    work(LUNG_CU, FIRST + timedelta(days=1), LAN_TEAM, 60, asked=50, returned=5)
    report = drafted(cast)
    words = "Xong ngay lần đầu, trên số lượt đã kết thúc từ 30 ngày trở lên"
    document = docx.Document(io.BytesIO(file_of(paper_of(report, site="https://example.test"), "docx")))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    (line,) = [row for row in rows if row[0] == words]
    assert line[1:4] == ["45", "50", "90,0%"]
    figures = {**report.figures, "confirmed": {**report.figures["confirmed"]}}
    del figures["confirmed"]["first_time_right"]
    report.figures = figures
    older = docx.Document(io.BytesIO(file_of(paper_of(report, site="https://example.test"), "docx")))
    assert words not in {cell.text for table in older.tables for row in table.rows for cell in row.cells}


def test_an_entry_is_answered_once_by_the_unit_that_was_asked(cast: Cast) -> None:
    son, duc = cast.actor("son"), cast.actor("duc")
    facts = DifficultyFacts(
        place(LUNG_CU), "difficulty", "Ba bản xa không có sóng.", place(TUYEN_QUANG), clock.today()
    )
    with whole_nation():
        entry = raise_difficulty(facts=facts, by=son)
        with pytest.raises(NotAllowed):
            answer_difficulty(entry_id=entry.id, answer="x", by=son)
        assert hand_up_difficulty(entry_id=entry.id, by=duc).owner_id == "VN"
        answer_difficulty(entry_id=entry.id, answer="Đã có bộ phát.", by=cast.actor("an"))
        with pytest.raises(DifficultyAnswered):
            answer_difficulty(entry_id=entry.id, answer="y", by=cast.actor("an"))


def test_drafting_for_all_communes_goes_on_where_it_stopped(cast: Cast) -> None:
    mine = drafted(cast)
    province = place(TUYEN_QUANG)
    kinds = {"place": province, "first": FIRST, "last": LAST, "by": system("x")}
    with whole_nation():
        communes = Place.objects.filter(parent=province).count()
    assert draft_for_communes(**kinds) == communes - 1
    assert draft_for_communes(**kinds) == 0
    with whole_nation():
        assert Report.objects.get(place=LUNG_CU).id == mine.id
