"""A phone that lost its network calls an answer wrong and sends a question; the server has each exactly once."""

import pytest

from tests.browser.phone import Phone
from tests.cast import volunteer_id
from tests.site import LiveSite

pytestmark = pytest.mark.browser
SHOW = """async (text) => {
  const tell = await import("/static/field/later/better/tell.js");
  document.body.append(
    tell.wrongAnswer({ code: "1.001193", slot: "fee" }),
    tell.toProvince({ text, why: "none", offered: ["1.001193"] }),
  );
}"""
UNSENT = "async () => (await import('/static/field/beside.js')).unsent()"


def test_two_taps_without_a_network_reach_the_province_once(phone: Phone, site: LiveSite) -> None:
    phone.page.evaluate(SHOW, "xin giấy phép nuôi chó ở đâu")
    phone.go_offline()
    phone.page.get_by_role("button", name="Báo sai").click()
    phone.page.locator("[data-reason=figure]").click()
    phone.page.get_by_text("Tỉnh sẽ xem lại").wait_for()
    phone.page.get_by_role("button", name="Gửi câu hỏi cho tỉnh").click()
    phone.page.get_by_text("Câu hỏi được gửi khi có mạng").wait_for()
    assert phone.page.evaluate(UNSENT) == 2
    phone.start_again()
    phone.wait_for("async () => (await (await import('/static/field/beside.js')).unsent()) === 0")
    phone.page.evaluate("async () => (await import('/static/field/beside.js')).sendAgain()")
    phone.start_again()
    phone.wait_for("async () => (await (await import('/static/field/beside.js')).unsent()) === 0")
    mine = site.sql(
        "SELECT slot, reason, approved FROM assistant_flag WHERE volunteer_id = %s", volunteer_id("lan")
    )
    assert mine == [("fee", "figure", 0)]
    sent = site.sql(
        "SELECT why, offered FROM assistant_unansweredquestion WHERE text LIKE 'xin giấy phép nuôi%%'"
    )
    assert sent == [("none", ["1.001193"])]


def test_a_question_with_somebodys_number_stays_on_the_screen(phone: Phone) -> None:
    phone.page.evaluate(SHOW, "anh Hoa số 0912345678 hỏi gì")
    phone.page.get_by_role("button", name="Gửi câu hỏi cho tỉnh").click()
    phone.page.get_by_text("Câu hỏi có dữ liệu cá nhân").wait_for()
    assert phone.page.evaluate(UNSENT) == 0
