"""Lan learns and is examined without a network; it counts once when her phone comes home, and for nobody else."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from aoxanh.training import courses as shelf
from aoxanh.training.quiz.item import Item
from tests.browser.phone import PATIENCE_MS, READ_SETTING, SCREEN, Phone
from tests.browser.readable import TOO_WIDE, violations
from tests.cast import volunteer_id
from tests.site import LiveSite

pytestmark = pytest.mark.browser
COURSE = "vneid"
LEARNED = f"({READ_SETTING})('learnAt')"
# Without a network the module is there under the hashed name only by which the app itself has loaded it.
FURTHEST = """async (module) => {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  const kept = await import(names.find((name) => /learn[/]kept[.][0-9a-f]+[.]js$/.test(name)));
  return [...(await kept.reads()).values()].find((read) => read.module === module)?.part ?? -1;
}"""
SEND = """async (told) => {
  const store = await import("/static/field/store.js");
  const { call } = await import("/static/field/transport.js");
  const reply = await call("/learning", { method: "POST", token: await store.sealedSetting("token"), json: told });
  return [reply.status, reply.body];
}"""


@pytest.fixture
def lan(new_phone: Callable[..., Phone], site: LiveSite) -> Phone:
    """Lan's phone with the courses on it and no network."""
    phone = new_phone()
    phone.sign_in("lan", site.password)
    phone.wait_for(LEARNED)
    phone.wait_for("caches.keys().then((names) => names.some((name) => name.startsWith('later-')))")
    phone.go_offline()
    return phone


def test_lan_learns_and_is_examined_offline_and_is_certified_once(
    lan: Phone, new_phone: Callable[..., Phone], site: LiveSite
) -> None:
    reads_a_module_and_stops_in_the_next(lan)
    told = takes_the_quiz(lan)
    (attempt,) = told["attempts"]
    rows = site.sql("SELECT score, passed FROM training_attempt WHERE volunteer_id = %s", volunteer_id("lan"))
    assert rows == [(10_000, True)]
    assert certificates(site, "lan") == 1
    goes_on_on_another_phone(new_phone(), site, attempt)
    nobody_else_profits(new_phone(), site, told)
    assert certificates(site, "lan") == 1


def reads_a_module_and_stops_in_the_next(phone: Phone) -> None:
    first, second = (course_of().modules[at] for at in (0, 1))
    phone.open("learn")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Khóa học")
    is_readable(phone.page, "list")
    phone.page.click(f"#course-{COURSE}")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(course_of().title.vi)
    is_readable(phone.page, "course")
    phone.page.click("#next")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(first.title.vi)
    expect(phone.page.get_by_text(first.practice.task.vi)).to_be_visible()
    is_readable(phone.page, "module")
    phone.page.click("#done")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(second.title.vi)
    phone.page.get_by_role("heading", name=second.sections[1].title.vi).scroll_into_view_if_needed()
    phone.wait_for(f"({FURTHEST})({json.dumps(second.id)}).then((part) => part >= 1)")
    phone.kill()
    phone.start_again(offline=True)
    phone.open(f"learn/{COURSE}/read/{second.id}")
    expect(phone.page.get_by_text("Mở lại chỗ bạn đọc lần trước")).to_be_visible()
    expect(phone.page.get_by_role("heading", name=second.sections[0].title.vi)).not_to_be_in_viewport()


def takes_the_quiz(phone: Phone) -> dict[str, Any]:
    """Answer all twenty, the battery empty in between; return what the phone told the server when it came home."""
    items = {item.ask.vi: item for item in shelf.bank(COURSE)}
    phone.open(f"learn/{COURSE}/quiz")
    is_readable(phone.page, "intro")
    expect(phone.page.get_by_text("Máy không biết đáp án")).to_be_visible()
    phone.page.click("#begin")
    for at in range(20):
        expect(phone.page.get_by_role("heading", level=1)).to_have_text(f"Câu {at + 1}/20")
        answer(phone.page, items)
        if at == 9:
            phone.page.click("#next")
            expect(phone.page.get_by_role("heading", level=1)).to_have_text("Câu 11/20")
            phone.kill()
            phone.start_again(offline=True)
            phone.open(f"learn/{COURSE}/quiz")
            expect(phone.page.get_by_role("heading", level=1)).to_have_text("Câu 11/20")
            phone.page.click("#back")
            expect(phone.page.get_by_role("heading", level=1)).to_have_text("Câu 10/20")
            is_readable(phone.page, "question")
        if at < 19:
            phone.page.click("#next")
    phone.page.click("#hand-in")
    expect(phone.page.get_by_text("chưa trả lời")).to_have_count(0)
    phone.page.click("#sure")
    expect(phone.page.locator("#quiz-waiting")).to_be_visible()
    is_readable(phone.page, "waiting")
    phone.open("settings")
    phone.page.click("#log-out")
    expect(phone.page.locator("#leaving .notice")).to_be_visible()
    expect(phone.page.locator("#log-out-sure")).to_have_count(0)
    phone.open(f"learn/{COURSE}")
    with phone.page.expect_request("**/api/v1/learning") as sent:
        phone.go_online()
        phone.notice_network()
    expect(phone.page.locator("#quiz-result")).to_contain_text("Bạn đã đạt", timeout=PATIENCE_MS)
    is_readable(phone.page, "passed")
    told: dict[str, Any] = json.loads(sent.value.post_data or "")
    return told


def answer(page: Page, items: dict[str, Item]) -> None:
    """Answer the question on the screen as somebody who knows."""
    asked = page.locator("main legend, main .field label").first.inner_text()
    item = items[asked.removesuffix(" (Có thể chọn nhiều ý)")]
    if item.kind == "numeric":
        page.fill("#answer", f"{item.number:g}")
    elif item.kind == "matching":
        for side, pair in enumerate(item.pairs):
            page.select_option(f"#side-{side}", label=pair.right.vi)
    else:
        words = [option.vi for option in item.options if option.right]
        for text in words or ["Đúng" if item.holds else "Sai"]:
            page.locator("label.chip", has=page.get_by_text(text, exact=True)).click()


def goes_on_on_another_phone(phone: Phone, site: LiveSite, attempt: dict[str, Any]) -> None:
    """Lan's other phone knows what she read and passed; other answers under the same number are refused."""
    phone.sign_in("lan", site.password)
    phone.wait_for(LEARNED)
    phone.open(f"learn/{COURSE}")
    expect(phone.page.locator(".rows .badge.good")).to_have_count(1)
    expect(phone.page.locator("#quiz-result")).to_contain_text("Bạn đã đạt")
    _status, body = phone.page.evaluate(SEND, {"attempts": [attempt | {"answers": {}}]})
    assert body["results"] == [{"id": attempt["id"], "status": "refused", "code": "used"}]


def nobody_else_profits(phone: Phone, site: LiveSite, told: dict[str, Any]) -> None:
    """Minh's phone replays Lan's request, word for word."""
    phone.sign_in("minh", site.password)
    status, body = phone.page.evaluate(SEND, told)
    assert status == 200
    assert [result["code"] for result in body["results"]] == ["no_number"]
    assert certificates(site, "minh") == 0


def certificates(site: LiveSite, name: str) -> int:
    """Count what was earned: those of the cast have no end."""
    rows = site.sql(
        "SELECT count(*) FROM training_certificate WHERE volunteer_id = %s AND group_id = 'vneid' AND valid_to IS NOT NULL",
        volunteer_id(name),
    )
    return int(rows[0][0])


def course_of() -> shelf.Course:
    course = shelf.course_of(COURSE)
    assert course is not None
    return course


def is_readable(page: Page, name: str) -> None:
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate(TOO_WIDE) <= 0, name
    if folder := os.environ.get("AOXANH_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"quiz-{name}.png", full_page=True)
    # Tall enough for the whole page: what the bar covers is a matter of scrolling, and no target that is too small.
    page.set_viewport_size({"width": SCREEN["width"], "height": 4000})
    found = violations(page)
    page.set_viewport_size(SCREEN)
    assert found == [], name
