"""A whole cycle in the browser: self-score, freeze, draw, a visit without a network, blind review, appeal, lock, the report on paper."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from aoxanh.kernel import clock
from tests.browser.phone import Phone
from tests.browser.readable import is_readable
from tests.browser.visit_steps import NOTE, expect_on_phone, fill_in_checklist, plan_visit, see_on_phone
from tests.cast import LAN_TEAM, volunteer_id
from tests.pdf_text import pages
from tests.site import LiveSite

pytestmark = pytest.mark.browser
# For each menu of the page, whether the entry of the page lies in sight.
MENU_SHOWS_HERE = """() => [...document.querySelectorAll(".top nav [aria-current]")].map((here) => {
  const [entry, menu] = [here, here.closest("nav")].map((item) => item.getBoundingClientRect());
  return entry.left >= menu.left - 1 && entry.right <= menu.right + 1;
})"""
WORK = """
INSERT INTO desk_supportsession (commune_code, day, id, root_id, revision, withdrawn, reason, volunteer_id, team_id, device_id, seq, schema,
  activity, mode, outcome, obstacle, minutes, quantity, language, age_band, typed_by, steps_done, refused, handover_reason, return_code, note,
  captured_at, received_at, sha256)
SELECT '00715', %s, id, id, 0, false, '', %s, %s, gen_random_uuid(), number, 1, 'vneid', 'home', CASE WHEN number %% 3 = 0 THEN 'come_back' ELSE 'finished' END,
  'none', 12, 1, 'vie', 'unknown', 'citizen', '{}', '{}', '', '', '', now(), now(), ''
FROM (SELECT gen_random_uuid() AS id, number FROM generate_series(1, 60) number) made
"""
# Something open that weighs enough for the commune to be on the plan although it is not silent.
OPEN = """
INSERT INTO oversight_supervisiontask (id, rule, subject, place_id, owner, n, weight, opened_on, due_on, handed_on, reason, outcome)
VALUES (gen_random_uuid(), 'long_queue', 'commune:00715', '00715', 'commune_secretary', 40, 9, %s, %s, 0, '', '')
"""
COUNTED = "INSERT INTO desk_dirtyday (commune_code, day, marked_at) VALUES ('00715', %s, now()) ON CONFLICT DO NOTHING"


def test_a_whole_evaluation_from_its_opening_to_the_signed_report(
    open_for: Callable[[str, int], Page], new_phone: Callable[..., Phone], site: LiveSite, tmp_path: Path
) -> None:
    # Not yesterday: other tests record today, and midnight may pass between them and this one.
    day = clock.today() - timedelta(days=3)
    site.sql(WORK, day, volunteer_id("lan"), LAN_TEAM)
    site.sql(COUNTED, day)
    site.wait_for_rollup()
    duc, son = open_for("duc", 1280), open_for("son", 360)
    cycle = _open(duc, site, day.isoformat())
    unit = f"{cycle}units/00715/"

    _score(son, unit)
    duc.goto(cycle)
    duc.get_by_role("button", name="Chốt số liệu").click()
    duc.get_by_role("button", name="Rút mẫu phiếu").click()
    expect(duc.get_by_text("Còn 5 trong 5 phiếu")).to_be_visible()
    is_readable(duc)
    _review(duc)
    _visit(duc, new_phone(), site, unit)
    duc.goto(cycle)
    duc.get_by_role("button", name="Quyết định kết quả").click()

    before = _grade_that_holds(son, unit)
    is_readable(son)
    _appeal(son, duc, unit)
    after = duc.locator(".grade b").inner_text()
    assert after != before
    duc.goto(cycle)
    duc.get_by_role("button", name="Khóa").click()
    expect(duc.get_by_text("đã khóa")).to_be_visible()
    assert _grade_that_holds(son, unit) == after
    phone = open_for("duc", 360)
    phone.goto(cycle)
    is_readable(phone)
    assert phone.evaluate(MENU_SHOWS_HERE) == [True, True]

    number = _signed_report(son, site, day)
    _printed(son, tmp_path, site, number, day)


def _score(son: Page, unit: str) -> None:
    son.goto(unit)
    for field in son.locator("input[name^=score_]").all():
        field.fill("80")
    is_readable(son)
    son.get_by_role("button", name="Lưu điểm tự chấm").click()
    expect(son.get_by_text("Đã lưu điểm tự chấm")).to_be_visible()


def _visit(duc: Page, phone: Phone, site: LiveSite, unit: str) -> None:
    """Go there with the checklist on the phone, where there is no network; back in the office it stands beside the marks."""
    site.sql(OPEN, clock.today(), clock.today())
    plan_visit(duc, site.url)
    phone.sign_in("duc", site.password)
    see_on_phone(phone)
    phone.go_offline()
    fill_in_checklist(phone)
    expect_on_phone(phone, "chưa gửi")
    duc.goto(unit)
    expect(duc.get_by_text(NOTE)).to_have_count(0)
    phone.go_online()
    phone.notice_network()
    expect_on_phone(phone, "đã gửi")

    duc.goto(unit)
    expect(duc.get_by_text(NOTE)).to_be_visible()
    expect(duc.get_by_text("Đạt 1 trên 2 điểm đã xem.")).to_be_visible()
    assert duc.input_value("#day") == clock.today().isoformat()
    is_readable(duc)
    for field in duc.locator("input[name^=mark_]").all():
        field.fill("8")
    duc.get_by_role("button", name="Ghi kết quả kiểm tra").click()
    expect(duc.get_by_text("Đã ghi kết quả kiểm tra.")).to_be_visible()


def _grade_that_holds(page: Page, unit: str) -> str:
    """Return the grade that the unit's page shows, computed again from the frozen texts and found the same."""
    page.goto(unit)
    expect(page.get_by_text("vừa tính lại từ số liệu đã chốt: trùng khớp")).to_be_visible()
    grade = page.locator(".grade b").inner_text()
    assert re.fullmatch(r"\d+[.,]\d\d", grade)
    return grade


def _appeal(son: Page, duc: Page, unit: str) -> None:
    son.select_option("#criterion", "visit")
    son.fill("#reason", "Hôm kiểm tra mất điện cả xã.")
    son.get_by_role("button", name="Đề nghị xem lại").click()
    duc.goto(unit)
    is_readable(duc)
    duc.get_by_label("Điểm của tiêu chí nếu chấp nhận").fill("95,5")
    duc.get_by_label("Lý do").fill("Đúng, điện lực có thông báo.")
    duc.get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(duc.get_by_text("Đã trả lời kiến nghị")).to_be_visible()


def _signed_report(son: Page, site: LiveSite, day: date) -> str:
    """Draft the final report of these days and sign it as the secretary; return the number it got."""
    son.goto(f"{site.url}/reports/")
    son.select_option("#id_kind", "final")
    for name in ("first", "last"):
        son.fill(f"#id_{name}", day.isoformat())
    son.get_by_role("button", name="Soạn từ số liệu").click()
    expect(son.locator("article.sheet")).to_contain_text("60 lượt hỗ trợ")
    is_readable(son)
    son.get_by_role("link", name="Ký", exact=True).click()
    expect(son.locator("input[name=password], #id_signer")).to_be_visible()
    if son.locator("input[name=password]").count():
        son.fill("input[name=password]", site.password)
        son.press("input[name=password]", "Enter")
    expect(son.locator("#id_signer")).to_have_value("Lò Văn Sơn")
    is_readable(son)
    son.get_by_role("button", name="Ký ngay").click()
    expect(son.get_by_text("Đã ký. Báo cáo đã có số")).to_be_visible()
    is_readable(son)
    found = re.search(r"Số: (\d+-BC/ĐTN)", son.locator("article.sheet").inner_text())
    assert found
    return found[1]


def _printed(son: Page, folder: Path, site: LiveSite, number: str, day: date) -> None:
    """Print it: the paper has the number, the figures and the signer, and whoever holds it finds it genuine."""
    with son.expect_download() as taken:
        son.get_by_role("link", name="PDF", exact=True).click()
    taken.value.save_as(folder / "report.pdf")
    paper = pages((folder / "report.pdf").read_bytes())
    first, whole = paper[0], " ".join(paper)
    for words in (
        "BCH ĐOÀN XÃ LŨNG CÚ",
        "ĐOÀN TNCS HỒ CHÍ MINH",
        f"Số: {number}",
        "BÁO CÁO",
        f"{day:%d/%m/%Y}",
    ):
        assert words in first
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA" not in whole
    assert "60 lượt hỗ trợ" in whole
    assert re.search(r"TM\. BAN CHẤP HÀNH ĐOÀN XÃ BÍ THƯ .*Lò Văn Sơn", whole)
    assert "DỰ THẢO" not in whole
    found = re.search(r"http\S+/r/([A-Z2-7]{16})/", whole)
    assert found

    citizen = son.context.browser.new_context(locale="vi-VN").new_page()  # type: ignore[union-attr]
    citizen.goto(found[0])
    expect(citizen.locator(".verdict.genuine")).to_be_visible()
    expect(citizen.get_by_text(number)).to_be_visible()
    is_readable(citizen)
    wrong = citizen.goto(f"{site.url}/r/{found[1][::-1]}/")
    assert wrong is not None
    assert wrong.status == 404


def _open(page: Page, site: LiveSite, day: str) -> str:
    page.goto(f"{site.url}/evaluation/")
    is_readable(page)
    for name, value in (("first_day", day), ("last_day", day), ("files_each", "5"), ("appeal_days", "0")):
        page.fill(f"#{name}", value)
    page.get_by_role("button", name="Mở kỳ đánh giá này").click()
    page.get_by_role("link", name=re.compile("tuyên quang", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tuyên Quang")
    is_readable(page)
    return page.url


def _review(duc: Page) -> None:
    """Review all five files without learning where they come from."""
    duc.get_by_role("link", name="Kiểm tra phiếu").click()
    for number in range(5):
        expect(duc.get_by_text(f"Đã kiểm tra {number} trong 5")).to_be_visible()
        assert "Lũng Cú" not in duc.inner_text("main")
        if number == 0:
            is_readable(duc)
        duc.get_by_label("Đúng", exact=True).check()
        duc.get_by_role("button", name="Ghi kết luận").click()
