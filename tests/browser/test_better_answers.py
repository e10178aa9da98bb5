"""A phone that lost its network calls an answer wrong and sends a question; the server has each exactly once."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.cast import volunteer_id
from tests.site import LiveSite

pytestmark = pytest.mark.browser
KEPT = "caches.keys().then(async (names) => (await (await caches.open(names.find((name) => name.startsWith('later-')))).keys()).some(({ url }) => /better.tell/.test(url)))"
WAITING = """(async () => {
  const opening = indexedDB.open("aoxanh-" + localStorage.getItem("aoxanh.account"));
  const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
  const asking = database.transaction("settings").objectStore("settings").getAll();
  const rows = await new Promise((done) => { asking.onsuccess = () => done(asking.result); });
  database.close();
  return rows.filter((row) => row?.unsent && ["flags", "questions"].includes(row.kind)).length;
})()"""


def ask(phone: Phone, text: str) -> None:
    turns = phone.page.locator("#talk article")
    before = turns.count()
    phone.page.fill("#question", text)
    phone.page.click("#send-question")
    expect(turns).to_have_count(before + 1)


def test_a_wrong_answer_and_a_question_without_one_reach_the_province_once(
    phone: Phone, site: LiveSite
) -> None:
    phone.wait_for(KEPT)
    phone.open("assist")
    phone.go_offline()
    ask(phone, "đăng ký khai sinh cần giấy tờ gì")
    phone.page.get_by_role("button", name="Báo sai").click()
    phone.page.locator("[data-reason=missing]").click()
    phone.page.get_by_text("Tỉnh sẽ xem lại").wait_for()
    ask(phone, "sửa ống nước nhà bị vỡ")
    phone.page.get_by_role("button", name="Gửi câu hỏi cho tỉnh").click()
    phone.page.get_by_text("Câu hỏi được gửi khi có mạng").wait_for()
    assert phone.page.evaluate(WAITING) == 2
    phone.leave()
    phone.start_again()
    phone.open("")
    phone.wait_for(f"{WAITING}.then((left) => left === 0)")
    flags = site.sql(
        "SELECT approved FROM assistant_flag WHERE volunteer_id = %s AND slot = 'papers' AND reason = 'missing'",
        volunteer_id("lan"),
    )
    assert flags == [(0,)]
    sent = site.sql("SELECT why FROM assistant_unansweredquestion WHERE text = 'sửa ống nước nhà bị vỡ'")
    assert sent == [("outside",)]
