"""Better answers, end to end: volunteers tell, the coordinator mends on a phone and a laptop, searches and volunteers see it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7
from tests.browser.readable import is_readable
from tests.site import LiveSite

pytestmark = pytest.mark.browser
SEND = """async ({ path, body }) => {
  const { token } = await (await fetch("/api/v1/csrf")).json();
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body) });
  return (await answer.json()).results.map((one) => one.status);
}"""
ASKED = """
INSERT INTO assistant_askedcount (commune_code, day, kind, topic, slot, count)
SELECT '00715', current_date - 1, kind, topic, slot, count FROM (VALUES ('answer', '1.001193', 'fee', 42), ('answer', '1.000894', 'papers', 17),
('province', '1.013978', '', 9), ('refuse', 'otp', '', 6), ('outside', '', '', 4)) AS asked (kind, topic, slot, count)
"""
QUESTIONS = ("vào sổ cho thằng cu mới đẻ", "vao so cho thang cu", "xin visa đi Hàn Quốc ở đâu")


def test_what_volunteers_tell_is_mended_and_comes_back_to_them(
    open_for: Callable[[str, int], Page], site: LiveSite
) -> None:
    lan = open_for("lan", 360)
    _tell(lan)
    site.sql(ASKED)
    duc = open_for("duc", 1280)
    small = open_for("duc", 360)
    for page in (duc, small):
        for path in ("review/", "review/questions/", "review/aliases/", "review/answers/", "review/answers/1.001193/fee/", "asked/"):  # fmt: skip
            page.goto(f"{site.url}/assistant/{path}")
            is_readable(page)
    _close_questions(duc, site)
    _correct_and_answer(small, site)
    lan.goto(f"{site.url}/assistant/flags/")
    expect(lan.get_by_text("đã sửa câu trả lời")).to_be_visible()
    expect(lan.get_by_text("Đã ghi rõ theo nghị quyết.")).to_be_visible()
    is_readable(lan)
    found = lan.evaluate(
        "async () => (await (await fetch('/api/v1/procedures?province=08&q=vao%20so%20cho%20thang%20cu')).json()).procedures[0]"
    )
    assert (found["code"], found["approved"][0]["office"]) == ("1.001193", "Sở Tư pháp")


def _tell(lan: Page) -> None:
    """Send three questions and call an answer wrong, as the field app does."""
    asked = [{"id": str(uuid7()), "text": text, "why": "outside"} for text in QUESTIONS]
    sent = lan.evaluate(SEND, {"path": "/api/v1/assistant/questions", "body": {"questions": asked}})
    assert sent == ["accepted"] * 3
    told = {
        "id": str(uuid7()), "code": "1.001193", "version": 1, "slot": "fee", "reason": "figure",
        "note": "Xã đang thu khác.", "made_at": clock.milliseconds(clock.now()),
    }  # fmt: skip
    assert lan.evaluate(SEND, {"path": "/api/v1/assistant/flags", "body": {"flags": [told]}}) == ["accepted"]


def _close_questions(duc: Page, site: LiveSite) -> None:
    duc.goto(f"{site.url}/assistant/review/questions/")
    group = duc.locator("article", has_text="vào sổ cho thằng cu")
    expect(group.get_by_text("2 câu hỏi")).to_be_visible()
    group.get_by_label("hoặc mã thủ tục").fill("1.001193")
    group.get_by_label("Cách bà con gọi").fill("vào sổ cho thằng cu")
    group.get_by_role("button", name="Thêm cách gọi này và khép").click()
    expect(duc.get_by_role("status")).to_contain_text("Đã khép")
    other = duc.locator("article", has_text="visa")
    other.get_by_role("button", name="Không thuộc việc của ta").click()
    expect(duc.get_by_text("Không có câu hỏi nào chờ.")).to_be_visible()
    duc.goto(f"{site.url}/assistant/review/aliases/")
    expect(duc.get_by_text("“vào sổ cho thằng cu”")).to_be_visible()
    is_readable(duc)


def _correct_and_answer(small: Page, site: LiveSite) -> None:
    small.goto(f"{site.url}/assistant/review/")
    small.get_by_role("link", name="Sửa câu trả lời").click()
    small.get_by_label("Câu trả lời bằng tiếng Việt").fill("Đăng ký đúng hạn thì không mất phí.")
    small.get_by_label("Cơ quan chịu trách nhiệm").fill("Sở Tư pháp")
    small.get_by_role("button", name="Duyệt", exact=True).click()
    expect(small.get_by_text("Đăng ký đúng hạn thì không mất phí.")).to_be_visible()
    is_readable(small)
    small.goto(f"{site.url}/assistant/review/")
    small.get_by_label("Kết quả").select_option("corrected")
    small.get_by_label("Lời nhắn cho tình nguyện viên").fill("Đã ghi rõ theo nghị quyết.")
    small.get_by_role("button", name="Trả lời").click()
    expect(small.get_by_text("Chưa có câu trả lời nào bị báo sai.")).to_be_visible()
