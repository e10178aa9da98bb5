"""The pages of the human loop: what is open, forms that refuse by name, and files to take away."""

import io

import openpyxl
import pytest

from aoxanh.assistant.models import AliasProposal, ApprovedAnswer, AskedCount, Flag, UnansweredQuestion
from aoxanh.kernel import clock
from aoxanh.procedures import queries as procedures
from tests.assistant.loop import BIRTH, approve, flag, open_ids, send
from tests.cast import BA_DINH, LUNG_CU
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]
REVIEW = "/assistant/review/"


def page(cast: Cast, name: str, path: str) -> str:
    answer = cast.client(name).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_volunteer_calls_an_answer_wrong_on_a_page_and_sees_the_end_of_it(cast: Cast) -> None:
    told = {"code": BIRTH, "version": "1", "slot": "fee", "reason": "old", "note": "Phí đã đổi."}
    lan = cast.client("lan")
    assert lan.post("/assistant/flags/", told).status_code == 302
    assert lan.post("/assistant/flags/", told | {"note": "Gọi 0912345678"}).status_code == 302
    assert "tỉnh đang xem" in lan.get("/assistant/flags/").content.decode()
    queue = page(cast, "duc", REVIEW)
    assert "Phí đã đổi." in queue
    form = {"flag": [str(row.id) for row in Flag.objects.all()], "outcome": "right", "answer": "Vẫn đúng."}
    assert cast.client("duc").post(f"{REVIEW}flags/answer/", form).status_code == 302
    assert "Vẫn đúng." in lan.get("/assistant/flags/").content.decode()
    assert Flag.objects.count() == 1


def test_a_note_with_personal_data_is_refused_in_words(cast: Cast) -> None:
    told = {"code": BIRTH, "version": "1", "slot": "fee", "reason": "old", "note": "Gọi 0912345678"}
    answer = cast.client("lan").post("/assistant/flags/", told, follow=True).content.decode()
    assert "ghi chú có dữ liệu cá nhân" in answer
    assert not Flag.objects.exists()


def test_an_official_proposes_and_the_coordinator_closes_with_the_same_form(cast: Cast) -> None:
    send(cast, "vào sổ cho thằng cu mới đẻ")
    form = {"question": [str(one) for one in open_ids()], "code": "", "other": BIRTH, "words": "vào sổ cho thằng cu", "outcome": "alias"}  # fmt: skip
    cast.client("ha").post(f"{REVIEW}questions/close/", form)
    assert (AliasProposal.objects.get().state, len(open_ids())) == ("proposed", 1)
    answer = cast.client("duc").post(
        f"{REVIEW}questions/close/", form | {"words": "sổ cho thằng cu"}, follow=True
    )
    assert "Đã khép" in answer.content.decode()
    assert open_ids() == []
    assert AliasProposal.objects.filter(state="confirmed").get().from_questions == 1


def test_a_refused_closing_says_why_and_changes_nothing(cast: Cast) -> None:
    send(cast, "vào sổ cho thằng cu mới đẻ")
    ids = [str(one) for one in open_ids()]
    for more, words in (
        ({"outcome": "alias", "other": "9.999999", "words": "hai từ"}, "9.999999"),
        ({"outcome": "alias", "other": BIRTH, "words": "một"}, "ít từ quá"),
        ({"outcome": "approved", "other": BIRTH}, "chưa có câu trả lời được duyệt"),
        ({"outcome": "?"}, "chưa chọn kết quả"),
        ({"outcome": "card", "other": ""}, "không có thủ tục này"),
    ):
        answer = cast.client("duc").post(f"{REVIEW}questions/close/", {"question": ids, **more}, follow=True)
        assert words in answer.content.decode()
    assert (len(open_ids()), AliasProposal.objects.count()) == (1, 0)
    answer = cast.client("duc").post(f"{REVIEW}questions/close/", {"question": ["x"], "outcome": "not_ours"}, follow=True)  # fmt: skip
    assert "đã được khép" in answer.content.decode()


def test_the_form_of_an_answer_shows_the_card_and_refuses_at_its_field(cast: Cast) -> None:
    path = f"{REVIEW}answers/{BIRTH}/fee/"
    shown = procedures.card_on(BIRTH)
    begun = page(cast, "duc", path)
    assert shown.card.fee.vi[:20] in begun
    wanted = {"version": str(shown.version.id), "text_vi": "Không mất phí.", "office": "Sở Tư pháp"}
    for wrong, words in (
        ({"office": "Chị Nguyễn Thị Hoa"}, "dữ liệu cá nhân"),
        ({"version": "01970000-0000-7000-8000-000999999999"}, "đã thay đổi"),
        ({"text_vi": ""}, "text_vi"),
    ):
        answer = cast.client("duc").post(path, wanted | wrong)
        assert answer.status_code == 200
        assert words in answer.content.decode()
    assert not ApprovedAnswer.objects.exists()
    assert cast.client("duc").post(path, wanted).status_code == 302
    assert "Không mất phí." in page(cast, "duc", f"{REVIEW}answers/")
    assert cast.client("an").post(f"{path}?for=01", wanted).status_code == 302
    assert {row.place_id for row in ApprovedAnswer.objects.all()} == {"08", "01"}


def test_the_tabs_say_how_much_waits(cast: Cast) -> None:
    flag(cast)
    send(cast, "giá vàng hôm nay")
    approve(cast)
    tabs = page(cast, "duc", f"{REVIEW}answers/")
    assert tabs.count('<span class="tag warn">1</span>') == 2


def test_a_place_out_of_reach_shows_nothing_of_it(cast: Cast) -> None:
    flag(cast, "binh", note="chỉ ở Ba Đình")
    send(cast, "giá vàng hôm nay ở Ba Đình", "binh")
    for path in (REVIEW, f"{REVIEW}questions/"):
        assert "Ba Đình" not in page(cast, "duc", path)
        assert "chỉ ở" not in page(cast, "duc", f"{path}?place=01")
    assert "chỉ ở Ba Đình" in page(cast, "an", f"{REVIEW}?place={BA_DINH}")


def test_the_board_and_its_files_hold_the_same_figures(cast: Cast) -> None:
    today = clock.today()
    for topic, kind, count in ((BIRTH, "answer", 1234), ("otp", "refuse", 7), ("", "outside", 3)):
        AskedCount.objects.create(
            commune_code=LUNG_CU, day=today, kind=kind, topic=topic, slot="fee" if topic == BIRTH else "", count=count,
        )  # fmt: skip
    board = page(cast, "duc", "/assistant/asked/")
    assert "1.234" in board
    assert "1.244" in board
    csv = cast.client("duc").get("/assistant/asked/table.csv").content.decode("utf-8-sig")
    assert any(line.startswith(f"Thủ tục,{BIRTH},") and line.endswith(",1234") for line in csv.splitlines())
    answer = cast.client("duc").get("/assistant/asked/table.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert len(rows) == len(csv.splitlines())
    assert ["Đã từ chối", "otp", "mã OTP", 7] in rows
    assert f"place={LUNG_CU}" in page(cast, "ha", "/assistant/asked/")


def test_every_question_on_the_page_can_be_closed_at_once(cast: Cast) -> None:
    for text in ("xin visa đi Hàn Quốc ở đâu", "thủ tục xin visa hàn quốc"):
        send(cast, text)
    shown = page(cast, "duc", f"{REVIEW}questions/")
    assert shown.count('name="question"') == 2
    assert shown.count("<article") == 1
    cast.client("duc").post(f"{REVIEW}questions/close/", {"question": [str(one) for one in open_ids()], "outcome": "not_ours"})  # fmt: skip
    assert set(UnansweredQuestion.objects.values_list("outcome", flat=True)) == {"not_ours"}
