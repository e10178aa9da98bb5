"""The coordinator's day: needs from Excel, a plan, who moves, a hand edit, publishing, Lan's no, and planning again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.readable import is_readable
from tests.cast import volunteer_id
from tests.sheets import lists
from tests.site import LiveSite

pytestmark = pytest.mark.browser
TITLES = [
    "Xã/phường",
    "Tỉnh/thành phố",
    "Tuyên truyền: cần",
    "Tuyên truyền: tối thiểu",
    "VNeID: cần",
    "Người biết tiếng",
]
PEOPLE = ("Giàng Mí Chứ", "Lý Thị Dở", "Sùng Mí Sính", "Thào Thị Mai")
REGISTER = """
INSERT INTO people_volunteer (id, full_name, fold, sort_key, home_id, technology, communication, availability, reach_km, is_active, created_at)
SELECT gen_random_uuid(), name, lower(name), name, '00715', 2, 2, 1023, 60, true, now() FROM unnest(%s::text[]) name
"""
CERTIFY = """
INSERT INTO training_certificate (id, volunteer_id, group_id, issued_on, source, recorded_at)
SELECT gen_random_uuid(), id, 'vneid', current_date - 9, 'Lớp của tỉnh', now() FROM people_volunteer WHERE full_name = ANY (%s)
"""


def test_a_coordinators_day(open_for: Callable[[str, int], Page], site: LiveSite, tmp_path: Path) -> None:
    site.sql(REGISTER, list(PEOPLE))
    site.sql(CERTIFY, list(PEOPLE[:2]))
    duc = open_for("duc", 1280)
    _send_needs(duc, site, tmp_path)
    duc.goto(f"{site.url}/staffing/needs/")
    expect(duc.get_by_role("link", name="Xã Lũng Cú")).to_be_visible()
    is_readable(duc)
    duc.get_by_role("button", name=re.compile("Xác nhận tất cả")).click()
    expect(duc.get_by_text("đã xác nhận").first).to_be_visible()

    plan = _make_plan(duc, site, "Hai tuần đầu tháng 8")
    is_readable(duc)
    duc.get_by_role("button", name="Ai chuyển chỗ?").click()
    expect(duc.get_by_role("heading", name=re.compile("so với hiện nay"))).to_be_visible()
    is_readable(duc)

    # Giàng Mí Chứ is kept out of Lũng Cú by hand; the plan answers at once.
    duc.goto(f"{plan}communes/00715/")
    is_readable(duc)
    row = duc.get_by_role("row", name=re.compile(PEOPLE[0]))
    row.get_by_role("button", name="Không ở đây").click()
    expect(duc.get_by_text("Đã tính lại")).to_be_visible(timeout=30_000)
    expect(duc.get_by_role("row", name=re.compile(PEOPLE[0]))).to_have_count(0)
    duc.get_by_role("link", name=PEOPLE[1]).click()
    duc.select_option("#kind", "ai")
    duc.get_by_role("button", name="Hỏi").click()
    expect(duc.get_by_text(re.compile("chứng nhận"))).to_be_visible()
    is_readable(duc)

    duc.goto(plan)
    duc.get_by_role("row", name=re.compile("Lũng Cú")).get_by_role("checkbox").check()
    duc.get_by_role("button", name="Duyệt và công bố").click()
    expect(duc.get_by_text("Đã công bố").first).to_be_visible(timeout=30_000)

    lan = open_for("lan", 360)
    lan.goto(f"{site.url}/staffing/mine/")
    expect(lan.get_by_role("heading", name=re.compile("Xã Lũng Cú"))).to_be_visible()
    is_readable(lan)
    lan.get_by_text("Tôi không đi được").click()
    lan.select_option("select[name=reason]", "study")
    lan.get_by_role("button", name="Từ chối").click()
    expect(lan.get_by_text("Cảm ơn bạn đã báo")).to_be_visible()

    duc.goto(plan)
    duc.get_by_role("button", name="Xếp lại khi không có họ").click()
    expect(duc.get_by_role("heading", name="Phương án này so với hiện nay")).to_be_visible(timeout=60_000)
    again = duc.url
    duc.goto(f"{again}communes/00715/")
    expect(duc.get_by_role("row", name=re.compile("Vàng Thị Lan"))).to_have_count(0)
    held = site.sql("SELECT state FROM staffing_assignment WHERE volunteer_id = %s", volunteer_id("lan"))
    assert held == [("declined",)]
    phone = open_for("duc", 360)
    for address in (
        again,
        f"{again}communes/00715/",
        f"{again}compare/",
        f"{site.url}/staffing/needs/00715/",
        f"{site.url}/staffing/sent/?place=08",
    ):
        phone.goto(address)
        is_readable(phone)


def _send_needs(page: Page, site: LiveSite, folder: Path) -> None:
    path = lists.xlsx(folder / "needs.xlsx", TITLES, ["Lũng Cú", "Tuyên Quang", 5, 2, 2, "Mông 2"])
    page.goto(f"{site.url}/sheets/?kind=needs")
    assert page.locator("#kind").count() == 1, (page.url, page.inner_text("body")[:600], site.log()[-3000:])
    page.select_option("#kind", "needs")
    page.set_input_files("#file", path)
    page.click("text=Gửi và xem trước")
    page.click("text=Lưu tất cả", timeout=60_000)
    expect(page.get_by_text("Đã lưu lúc")).to_be_visible(timeout=60_000)


def _make_plan(page: Page, site: LiveSite, name: str) -> str:
    page.goto(f"{site.url}/staffing/plans/")
    is_readable(page)
    page.fill("#name", name)
    page.get_by_role("button", name="Lập phương án").click()
    expect(page.get_by_role("heading", name="Phương án này so với hiện nay")).to_be_visible(timeout=60_000)
    return page.url
