"""Certificates on the phone and in a citizen's browser: work without one is held back, never lost; a paper is checked by anybody."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from aoxanh.kernel import clock
from tests.browser.phone import ARGUMENTS, chromium
from tests.cast import fixed_id, volunteer_id

pytestmark = pytest.mark.browser

LOSE = "UPDATE training_certificate SET revoked_on = issued_on WHERE volunteer_id = %s"
REGAIN = "UPDATE training_certificate SET revoked_on = NULL, valid_to = NULL WHERE volunteer_id = %s"
END = "UPDATE training_certificate SET valid_to = %s WHERE volunteer_id = %s AND group_id = 'vneid'"


@pytest.fixture
def binh(site) -> Iterator[str]:
    """Bình, whom no other test signs in, with the certificates of the cast again afterwards."""
    yield str(volunteer_id("binh"))
    site.sql(REGAIN, str(volunteer_id("binh")))


def test_work_without_a_certificate_is_refused_kept_and_taken_once_there_is_one(
    new_phone, site, stored, binh
):
    phone = new_phone()
    phone.sign_in("binh", site.password)
    phone.go_offline()
    code = phone.record()
    site.sql(LOSE, binh)
    phone.go_online()
    phone.notice_network()
    phone.expect_state("1 lượt cần sửa")
    phone.open("work")
    phone.open((phone.page.locator(".rows a").first.get_attribute("href") or "").removeprefix("#/"))
    refusal = phone.page.locator(".notice.bad")
    expect(refusal).to_contain_text("chứng nhận còn hạn")
    expect(refusal).to_contain_text("Hỗ trợ dịch vụ công trực tuyến")
    assert stored(phone.device()) == []

    phone.go_offline()
    phone.open("card/1.001193")
    phone.page.click("#record")
    expect(phone.page.locator(".notice.warn")).to_contain_text("Bạn cần chứng nhận còn hạn")
    expect(phone.page.locator("#save")).to_have_count(0)
    phone.open("record/outreach")
    expect(phone.page.locator("#save")).to_be_visible()

    site.sql(REGAIN, binh)
    phone.go_online()
    phone.notice_network()
    phone.expect_all_sent()
    assert stored(phone.device()) == [code]


def test_a_certificate_ends_on_its_day_without_a_network_too_and_the_phone_warns_ahead(new_phone, site, binh):
    site.sql(END, clock.today() + timedelta(days=3), binh)
    phone = new_phone()
    phone.sign_in("binh", site.password)
    phone.go_offline()
    expect(phone.page.locator("#main")).to_contain_text("Hỗ trợ VNeID” hết hiệu lực từ")
    phone.open("record/vneid")
    expect(phone.page.locator("#save")).to_be_visible()
    phone.open()
    phone.page.clock.set_system_time(clock.now() + timedelta(days=4))
    phone.open("record/vneid")
    expect(phone.page.locator(".notice.warn").first).to_contain_text("Hỗ trợ VNeID")
    expect(phone.page.locator("#save")).to_have_count(0)


def test_a_phone_that_does_not_know_the_certificates_records_nothing_until_it_does(new_phone, site, binh):
    phone = new_phone()
    phone.sign_in("binh", site.password)
    phone.page.evaluate(
        """async () => {
          const store = await import("/static/field/store.js");
          const me = await store.sealedSetting("me");
          delete me.certificates;
          await store.rememberSealed("me", me);
        }"""
    )
    phone.go_offline()
    phone.open("record/vneid")
    expect(phone.page.locator(".notice.warn").first).to_contain_text("đồng bộ một lần")
    expect(phone.page.locator("#save")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_citizen_checks_a_paper_without_script_or_account(playwright, site, width):
    from aoxanh.training.credentials.codes import code_of

    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/c/{code_of(fixed_id(7, 1))}/")
    expect(page.locator("main")).to_contain_text("Chứng nhận này đang có hiệu lực.")
    expect(page.locator("main")).to_contain_text("Lan V.")
    assert context.cookies() == []
    page.fill("#text", "00000-00000-00000-00000-00000-0")
    page.click("button")
    expect(page.locator("main")).to_contain_text("Chúng tôi không có chứng nhận nào mang mã này.")
    browser.close()
