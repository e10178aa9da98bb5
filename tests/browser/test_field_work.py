"""Refused, corrected and withdrawn records; signing out, updates and lost phones."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.road import Message, is_hand_in
from tests.cast import volunteer_id

pytestmark = pytest.mark.browser

HOLD_RULES = """
const passOn = window.fetch;
const released = new Promise((release) => { window.releaseRules = release; });
window.fetch = async (address, ...rest) => {
  if (String(address).endsWith("/field/rules.json")) await released;
  return passOn(address, ...rest);
};
"""
EMPTY_RULES = {"same": {}, "fold": {}, "zeros": [], "provinces": [], "parts": {}, "safe": [], "rules": []}


def revisions(site, device):
    rows = site.sql(
        "SELECT revision, withdrawn, outcome, note, reason FROM desk_supportsession WHERE device_id = %s ORDER BY revision",
        device,
    )
    return [tuple(row) for row in rows]


def test_personal_data_in_a_note_is_refused_before_it_is_saved(phone):
    phone.go_offline()
    phone.open("card/1.001193")
    phone.page.click("#record")
    phone.choose("outcome", "finished")
    phone.page.click("summary")
    phone.page.fill("#note", "gọi bà Mai theo số 0912 345 678")
    expect(phone.page.locator("#note-wrong")).to_contain_text("số điện thoại")
    phone.page.click("#save")
    expect(phone.page.locator("#save")).to_be_visible()
    phone.expect_all_sent()
    phone.page.fill("#note", "thiếu giấy chứng sinh")
    phone.page.click("#save")
    expect(phone.page.locator("#code")).to_be_visible()


def test_a_save_waits_for_the_rules_of_the_guard_and_happens_once(phone, site, stored):
    phone.page.add_init_script(HOLD_RULES)
    phone.page.reload()
    phone.go_offline()
    phone.open("card/1.001193")
    phone.page.click("#record")
    phone.choose("outcome", "finished")
    phone.page.click("summary")
    phone.page.fill("#note", "thiếu giấy chứng sinh")
    phone.page.click("#save")
    expect(phone.page.locator("#save")).to_be_disabled()
    phone.page.evaluate("document.querySelector('#save').click()")
    phone.page.evaluate("releaseRules()")
    code = phone.page.inner_text("#code")
    phone.go_online()
    phone.expect_all_sent()
    assert stored(phone.device()) == [re.sub(r"\s", "", code)]


def test_a_note_that_the_server_refuses_stays_holds_up_nothing_and_can_be_corrected(
    new_phone, road, site, stored
):
    def blind_the_guard(answer: Message) -> None:
        if answer.path == "/field/rules.json":
            answer.body = json.dumps(EMPTY_RULES).encode()

    road.after.append(blind_the_guard)
    phone = new_phone(road.url)
    phone.sign_in("lan", site.password)
    device = phone.device()
    phone.go_offline()
    refused = phone.record(note="số của cháu 0912345678")
    fine = phone.record()
    phone.go_online()
    phone.expect_state("1 lượt cần sửa")
    assert stored(device) == [fine]
    phone.open("work")
    phone.page.locator(".rows a").first.click()
    expect(phone.page.locator(".notice.bad")).to_contain_text("thông tin cá nhân")
    phone.page.click("#correct")
    phone.page.fill("#note", "thiếu giấy tờ")
    phone.page.click("#save")
    phone.expect_all_sent()
    assert stored(device) == sorted([refused, fine])
    assert all("0912" not in row[3] for row in revisions(site, device))


def test_a_refused_record_is_taken_once_its_cause_is_gone(phone, site, stored):
    device = phone.device()
    phone.go_offline()
    code = phone.record()
    site.sql(
        "UPDATE people_membership SET valid_from = valid_from + 5000 WHERE volunteer_id = %s",
        volunteer_id("lan"),
    )
    try:
        phone.go_online()
        phone.expect_state("1 lượt cần sửa")
        assert stored(device) == []
    finally:
        site.sql(
            "UPDATE people_membership SET valid_from = valid_from - 5000 WHERE volunteer_id = %s",
            volunteer_id("lan"),
        )
    phone.open("work")
    phone.page.locator(".rows a").first.click()
    phone.page.click("#correct")
    phone.page.click("#save")
    phone.expect_all_sent()
    assert stored(device) == [code]


def test_a_refused_record_can_be_dropped(phone, site, stored):
    device = phone.device()
    phone.go_offline()
    phone.record()
    site.sql(
        "UPDATE people_membership SET valid_from = valid_from + 5000 WHERE volunteer_id = %s",
        volunteer_id("lan"),
    )
    try:
        phone.go_online()
        phone.expect_state("1 lượt cần sửa")
    finally:
        site.sql(
            "UPDATE people_membership SET valid_from = valid_from - 5000 WHERE volunteer_id = %s",
            volunteer_id("lan"),
        )
    phone.open("work")
    phone.page.locator(".rows a").first.click()
    phone.page.click("#discard")
    phone.page.click("#discard-sure")
    phone.expect_all_sent()
    assert stored(device) == []


def test_a_sent_record_is_corrected_and_withdrawn_by_later_revisions_with_a_reason(phone, site):
    device = phone.device()
    phone.record(outcome="finished")
    phone.page.click("#see")
    phone.page.click("#correct")
    phone.choose("outcome", "come_back")
    phone.page.click("#save")
    expect(phone.page.locator("#reason-wrong")).not_to_be_empty()
    phone.page.fill("#reason", "bấm nhầm")
    phone.page.click("#save")
    expect(phone.page.locator("#withdraw")).to_be_visible()
    phone.expect_all_sent()
    phone.page.click("#withdraw")
    phone.page.fill("#reason", "ghi trùng")
    phone.page.click("#withdraw-sure")
    expect(phone.page.locator("#withdraw")).to_have_count(0)
    phone.expect_all_sent()
    assert revisions(site, device) == [
        (0, False, "finished", "", ""),
        (1, False, "come_back", "", "bấm nhầm"),
        (2, True, "come_back", "", "ghi trùng"),
    ]


def test_signing_out_is_refused_while_work_is_unsent_and_then_erases_the_phone(phone):
    phone.go_offline()
    phone.record()
    phone.open("settings")
    phone.page.click("#log-out")
    expect(phone.page.locator("#leaving .notice")).to_contain_text("Còn 1 lượt")
    assert phone.page.locator("#log-out-sure").count() == 0
    phone.go_online()
    phone.page.click("#send")
    phone.expect_all_sent()
    phone.open("settings")
    phone.page.reload()
    phone.page.click("#log-out")
    phone.page.click("#log-out-sure")
    expect(phone.page.locator("#sign-in")).to_be_visible()
    assert phone.page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))") == []
    phone.page.click("#sign-in")
    phone.page.wait_for_url(re.compile("/account/login/"))


def test_a_revoked_phone_erases_itself(phone, site):
    complaints: list[str] = []
    phone.page.on("pageerror", lambda error: complaints.append(str(error)))
    phone.go_offline()
    phone.record()
    site.sql("UPDATE people_device SET revoked_at = now() WHERE id = %s", phone.device())
    phone.go_online()
    expect(phone.page.locator("#sign-in")).to_be_visible()
    expect(phone.page.locator(".notice")).to_contain_text("thu hồi")
    left = phone.page.evaluate("""async () => ({
      databases: (await indexedDB.databases()).map((one) => one.name),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      account: localStorage.getItem("aoxanh.account"),
    })""")
    assert left == {"databases": [], "caches": [], "workers": 0, "account": None}
    assert complaints == []


def test_an_update_waits_for_the_tap_and_keeps_unsent_work(phone_on_road, road, stored):
    phone = phone_on_road
    device = phone.device()
    old = phone.page.locator("meta[name=shell-version]").get_attribute("content")

    def renew(answer: Message) -> None:
        if answer.path in ("/field/sw.js", "/field/"):
            answer.body = answer.body.replace(old.encode(), b"0123456789ab")

    road.after.append(renew)
    road.before.append(refuse_hand_ins)
    code = phone.record()
    phone.open()
    phone.expect_waiting(1)
    phone.page.evaluate(
        "navigator.serviceWorker.getRegistration().then((registration) => void registration.update())"
    )
    expect(phone.page.locator("#update")).to_be_visible()
    assert phone.page.locator("meta[name=shell-version]").get_attribute("content") == old
    with phone.page.expect_navigation():
        phone.page.click("#update")
    expect(phone.page.locator("meta[name=shell-version]")).to_have_attribute("content", "0123456789ab")
    phone.expect_waiting(1)
    road.before.clear()
    phone.notice_network()
    phone.expect_all_sent()
    assert stored(device) == [code]


def refuse_hand_ins(request: Message) -> None:
    if is_hand_in(request):
        request.path = "/api/v1/not-there"


def test_a_token_that_is_no_longer_known_asks_for_sign_in_and_keeps_everything(phone, site, stored):
    device = phone.device()
    phone.context.clear_cookies()
    site.sql("UPDATE people_device SET token_hash = 'gone' WHERE id = %s", device)
    code = phone.record()
    expect(phone.page.locator(".notices")).to_contain_text("đăng nhập lại")
    phone.expect_waiting(1)
    phone.page.get_by_role("button", name="Đăng nhập").click()
    phone.page.fill("input[name=login]", "lan")
    phone.page.fill("input[name=password]", site.password)
    phone.page.press("input[name=password]", "Enter")
    phone.expect_all_sent()
    assert stored(device) == [code]


def test_a_phone_whose_clock_is_wrong_says_so(phone):
    phone.context.add_init_script("const real = Date.now; Date.now = () => real() + 20 * 60_000;")
    phone.page.reload()
    expect(phone.page.locator(".notices")).to_contain_text("chạy nhanh 20 phút")
