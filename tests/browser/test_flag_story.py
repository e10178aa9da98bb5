"""Somebody makes records up at night: the weekly look asks, the leader talks it over, an appeal is ended by somebody else, nobody else sees it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.readable import is_readable
from tests.cast import TUYEN_QUANG
from tests.site import LiveSite

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PLANTED = "import django; django.setup(); from tests.oversight.test_flags import a_campaign; a_campaign()"
OTHERS = ("ha", "duc", "an", "thu", "binh")


@pytest.fixture
def site(live_site: LiveSite) -> LiveSite:
    return live_site


def test_a_question_about_figures_from_the_weekly_look_to_the_end_of_an_appeal(
    open_for: Callable[[str, int], Page], site: LiveSite
) -> None:
    assert look(site) == 0
    subprocess.run([sys.executable, "-c", PLANTED], env=site.environment, cwd=ROOT, check=True)
    assert look(site) == 1
    assert look(site) == 0

    minh, lan, son = open_for("minh", 1280), open_for("lan", 360), open_for("son", 360)
    question = from_the_list(minh, site, "Vàng Thị Lan")
    expect(minh.get_by_text("Ngày phần lớn được ghi trong khoảng 22 giờ đến 5 giờ")).to_be_visible()
    expect(minh.get_by_role("button", name="Khép lại câu hỏi")).to_have_count(0)
    is_hidden(site, open_for, question, ("son", *OTHERS))

    assert from_the_list(lan, site, "Số liệu từ") == question
    expect(lan.get_by_role("heading", name="Số liệu này khác với đồng đội")).to_be_visible()
    lan.fill("#explain", "Bản em chỉ có sóng lúc khuya, em ghi bù cả ngày.")
    lan.get_by_role("button", name="Gửi").first.click()
    expect(lan.get_by_text("Bản em chỉ có sóng lúc khuya")).to_be_visible()

    minh.goto(question)
    expect(minh.get_by_text("Bản em chỉ có sóng lúc khuya")).to_be_visible()
    minh.fill("#coach", "Hẹn ghi trong ngày, máy tự gửi khi có sóng.")
    minh.locator("form:has(#coach) button").click()
    expect(minh.locator("#coach")).to_have_count(0)
    is_readable(minh)

    lan.goto(question)
    lan.locator("details summary").click()
    lan.fill("#appeal", "Em không thấy mình ghi sai, nhờ người khác xem giúp.")
    is_readable(lan)
    lan.locator("form:has(#appeal) button").click()
    expect(lan.locator("#appeal")).to_have_count(0)
    minh.goto(question)
    expect(minh.locator("#close")).to_have_count(0)
    is_hidden(site, open_for, question, OTHERS)

    assert from_the_list(son, site, "Vàng Thị Lan") == question
    son.locator("label.choice").first.click()
    son.fill("#close", "Bản này đúng là chỉ có sóng ban đêm.")
    is_readable(son)
    son.locator("form:has(#close) button").click()
    for page in (lan, minh, son):
        page.goto(question)
        expect(page.get_by_text("Bản này đúng là chỉ có sóng ban đêm.")).to_be_visible()
        expect(page.locator("main form")).to_have_count(0)
    is_hidden(site, open_for, question, OTHERS)
    assert look(site) == 0


def look(site: LiveSite) -> int:
    """Do what the worker does every week, and return how many new questions came of it."""
    told: int = json.loads(site.run("flags", "run", "--province", TUYEN_QUANG, "--json"))[TUYEN_QUANG]
    return told


def from_the_list(page: Page, site: LiveSite, text: str) -> str:
    page.goto(f"{site.url}/questions/")
    is_readable(page)
    page.locator("main article a", has_text=text).click()
    page.wait_for_url("**/questions/*-*/")
    is_readable(page)
    return page.url


def is_hidden(
    site: LiveSite, open_for: Callable[[str, int], Page], question: str, names: tuple[str, ...]
) -> None:
    """Neither the question nor a line of it is there for these people."""
    for name in names:
        page = open_for(name, 1280)
        answer = page.goto(question)
        assert answer is not None
        assert answer.status in (403, 404), name
        assert "Vàng Thị Lan" not in page.inner_text("body")
        page.goto(f"{site.url}/questions/")
        expect(page.locator("main article")).to_have_count(0)
        page.context.close()
