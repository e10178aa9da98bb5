"""Sơn sends in a list with a wrong row, takes the marked file, stores the good rows, then sends the corrected file."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.phone import ARGUMENTS, chromium
from tests.browser.readable import is_readable
from tests.sheets import lists
from tests.site import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture(params=[360, 1280])
def page(request: pytest.FixtureRequest, playwright: Playwright, site: LiveSite) -> Iterator[Page]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    context = browser.new_context(viewport={"width": request.param, "height": 800}, locale="vi-VN")
    opened = context.new_page()
    opened.goto(f"{site.url}/account/login/")
    opened.fill("input[name=login]", "son")
    opened.fill("input[name=password]", site.password)
    opened.press("input[name=password]", "Enter")
    opened.wait_for_url(lambda url: "login" not in url)
    yield opened
    browser.close()


def test_a_list_with_a_wrong_row_is_corrected_and_stored(page: Page, site: LiveSite, tmp_path: Path) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    names = (
        ["Giàng Thị Mỷ", "Vàng Văn Páo", "Lý A Dình"]
        if width == 360
        else ["Sùng Thị Mỷ", "Sùng Văn Páo", "Sùng A Dình"]
    )
    rows = [["", name, "", "", "Lũng Cú", "Tuyên Quang", "Tốt"] for name in names]
    wrong = [*rows[2][:6], "siêu"]
    page.goto(f"{site.url}/sheets/")
    is_readable(page)
    _send(page, lists.xlsx(tmp_path / "list.xlsx", lists.TITLES, rows[0], rows[1], wrong))
    expect(page.get_by_text("siêu")).to_be_visible(timeout=60_000)
    is_readable(page)
    with page.expect_download() as download:
        page.click("text=Các dòng cần sửa")
    download.value.save_as(tmp_path / "marked.xlsx")
    page.click("text=Chỉ lưu các dòng đúng")
    expect(page.get_by_text("Đã lưu lúc")).to_be_visible(timeout=60_000)
    is_readable(page)
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.active is not None
    assert book.active.max_row == 2
    book.active["G2"] = "Tốt"
    book.save(tmp_path / "corrected.xlsx")
    page.goto(f"{site.url}/sheets/")
    _send(page, tmp_path / "corrected.xlsx")
    page.click("text=Lưu tất cả", timeout=60_000)
    expect(page.get_by_text("Đã lưu lúc")).to_be_visible(timeout=60_000)
    found = site.sql("SELECT full_name FROM people_volunteer WHERE full_name = ANY (%s)", names)
    assert {name for (name,) in found} == set(names)


def _send(page: Page, path: Path) -> None:
    page.select_option("#kind", "volunteers")
    page.set_input_files("#file", path)
    page.click("text=Gửi và xem trước")
    page.wait_for_url(lambda url: url.rstrip("/").count("/") == 4)
