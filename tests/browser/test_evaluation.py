"""A whole evaluation in the browser: open, self-score, freeze, draw, blind review, visit, appeal, lock; recomputed, the same grade."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from aoxanh.kernel import clock
from tests.cast import LAN_TEAM, volunteer_id
from tests.site import LiveSite

pytestmark = pytest.mark.browser
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WORK = """
INSERT INTO desk_supportsession (commune_code, day, id, root_id, revision, withdrawn, reason, volunteer_id, team_id, device_id, seq, schema,
  activity, mode, outcome, obstacle, minutes, quantity, language, age_band, typed_by, steps_done, refused, handover_reason, return_code, note,
  captured_at, received_at, sha256)
SELECT '00715', %s, id, id, 0, false, '', %s, %s, gen_random_uuid(), number, 1, 'vneid', 'home', CASE WHEN number %% 3 = 0 THEN 'come_back' ELSE 'finished' END,
  'none', 12, 1, 'vie', 'unknown', 'citizen', '{}', '{}', '', '', '', now(), now(), ''
FROM (SELECT gen_random_uuid() AS id, number FROM generate_series(1, 60) number) made
"""
COUNTED = "INSERT INTO desk_dirtyday (commune_code, day, marked_at) VALUES ('00715', %s, now()) ON CONFLICT DO NOTHING"


def test_a_whole_evaluation(open_for: Callable[[str, int], Page], site: LiveSite) -> None:
    day = clock.today() - timedelta(days=1)
    site.sql(WORK, day, volunteer_id("lan"), LAN_TEAM)
    site.sql(COUNTED, day)
    site.wait_for_rollup()
    duc, son = open_for("duc", 1280), open_for("son", 360)
    cycle = _open(duc, site, day.isoformat())
    unit = f"{cycle}units/00715/"

    son.goto(unit)
    for field in son.locator("input[name^=score_]").all():
        field.fill("80")
    _is_readable(son)
    son.get_by_role("button", name="Lưu điểm tự chấm").click()
    expect(son.get_by_text("Đã lưu điểm tự chấm")).to_be_visible()

    duc.goto(cycle)
    duc.get_by_role("button", name="Chốt số liệu").click()
    duc.get_by_role("button", name="Rút mẫu phiếu").click()
    expect(duc.get_by_text("Còn 5 trong 5 phiếu")).to_be_visible()
    _is_readable(duc)
    _review(duc)
    duc.goto(unit)
    duc.fill("#day", day.isoformat())
    for field in duc.locator("input[name^=mark_]").all():
        field.fill("8")
    duc.get_by_role("button", name="Ghi kết quả kiểm tra").click()
    expect(duc.get_by_text("Đã ghi kết quả kiểm tra.")).to_be_visible()
    duc.goto(cycle)
    duc.get_by_role("button", name="Quyết định kết quả").click()

    son.goto(unit)
    before = son.locator(".grade b").inner_text()
    assert re.fullmatch(r"\d+[.,]\d\d", before)
    expect(son.get_by_text("vừa tính lại từ số liệu đã chốt: trùng khớp")).to_be_visible()
    _is_readable(son)
    son.select_option("#criterion", "visit")
    son.fill("#reason", "Hôm kiểm tra mất điện cả xã.")
    son.get_by_role("button", name="Đề nghị xem lại").click()
    duc.goto(unit)
    _is_readable(duc)
    duc.get_by_label("Điểm của tiêu chí nếu chấp nhận").fill("95,5")
    duc.get_by_label("Lý do").fill("Đúng, điện lực có thông báo.")
    duc.get_by_role("button", name="Chấp nhận", exact=True).click()
    expect(duc.get_by_text("Đã trả lời kiến nghị")).to_be_visible()
    after = duc.locator(".grade b").inner_text()
    assert after != before
    duc.goto(cycle)
    duc.get_by_role("button", name="Khóa").click()
    expect(duc.get_by_text("đã khóa")).to_be_visible()
    son.goto(unit)
    assert son.locator(".grade b").inner_text() == after
    expect(son.get_by_text("vừa tính lại từ số liệu đã chốt: trùng khớp")).to_be_visible()
    phone = open_for("duc", 360)
    phone.goto(cycle)
    _is_readable(phone)


def _open(page: Page, site: LiveSite, day: str) -> str:
    page.goto(f"{site.url}/evaluation/")
    _is_readable(page)
    for name, value in (("first_day", day), ("last_day", day), ("files_each", "5"), ("appeal_days", "0")):
        page.fill(f"#{name}", value)
    page.get_by_role("button", name="Mở kỳ đánh giá này").click()
    page.get_by_role("link", name=re.compile("tuyên quang", re.IGNORECASE)).click()
    _is_readable(page)
    return page.url


def _review(duc: Page) -> None:
    """Review all five files without learning where they come from."""
    duc.get_by_role("link", name="Kiểm tra phiếu").click()
    for number in range(5):
        expect(duc.get_by_text(f"Đã kiểm tra {number} trong 5")).to_be_visible()
        assert "Lũng Cú" not in duc.inner_text("main")
        if number == 0:
            _is_readable(duc)
        duc.get_by_label("Đúng", exact=True).check()
        duc.get_by_role("button", name="Ghi kết luận").click()


def _is_readable(page: Page) -> None:
    assert page.evaluate(TOO_WIDE) <= 0
    violations = Axe().run(page, options=WCAG).response["violations"]
    assert [(found["id"], found["nodes"][0]["html"][:200]) for found in violations] == []
