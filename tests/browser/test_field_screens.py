"""Every screen works at 360 px, with large text, with one thumb and with a screen reader; recording takes few taps."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone import READ_SETTING, SCREEN, Phone
from tests.browser.readable import TOO_WIDE, violations

pytestmark = pytest.mark.browser

SCREENS = [
    "",
    "find",
    "find/ho_tich",
    "card/1.001193",
    "card/1.012796",
    "record/procedure/1.001193",
    "record/vneid",
    "record/digitise",
    "record/class",
    "vneid",
    "vneid/otp_missing",
    "work",
    "settings",
    "assist",
    "card/0.000000",
]

TOO_SMALL = """() => [...document.querySelectorAll("a, button, label.chip, summary, select, input:not([type=radio]), textarea")]
  .filter((element) => element.checkVisibility() && !element.closest("p, dd") && !element.matches(".skip, .chip input, .step input"))
  .map((element) => ({ box: element.getBoundingClientRect(), name: element.outerHTML.slice(0, 90) }))
  .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
  .map(({ box, name }) => `${Math.round(box.width)}x${Math.round(box.height)} ${name}`)"""


@pytest.fixture(scope="module")
def busy_phone(playwright, site, tmp_path_factory):
    """Return a phone with sent, waiting and handed-over work on it, which these tests only look at."""
    made = Phone(playwright, tmp_path_factory.mktemp("busy"), site.url)
    made.sign_in("lan", site.password)
    made.record(outcome="finished")
    made.expect_all_sent()
    made.go_offline()
    made.record(outcome="come_back", note="thiếu giấy tờ")
    yield made
    made.kill()


@pytest.fixture(autouse=True)
def usual_size(request):
    """Give the shared phone its usual screen back after each test."""
    yield
    if "busy_phone" in request.fixturenames:
        request.getfixturevalue("busy_phone").page.set_viewport_size(SCREEN)


def opened(phone, screen):
    phone.open(screen)
    expect(phone.page.locator("main h1")).to_be_visible()
    return phone.page


def screens_of(phone):
    """Yield the name of each screen, opened, those about one record included."""
    for screen in SCREENS:
        opened(phone, screen)
        yield screen
    opened(phone, "work")
    record = phone.page.locator(".rows a").first.get_attribute("href").rpartition("/")[2]
    for screen in ("session", "correct", "saved"):
        opened(phone, f"{screen}/{record}")
        yield screen
    opened(phone, f"session/{record}")
    phone.page.click("#withdraw")
    yield "withdraw"


def test_no_screen_has_an_accessibility_violation(busy_phone):
    # Tall enough to show every screen whole: what scrolls under the bars would count as covered.
    busy_phone.page.set_viewport_size({"width": 360, "height": 6000})
    found = {screen: violations(busy_phone.page) for screen in screens_of(busy_phone)}
    assert {screen: wrong for screen, wrong in found.items() if wrong} == {}


def test_the_first_screen_has_no_accessibility_violation_in_either_language(new_phone):
    phone = new_phone()
    phone.open()
    expect(phone.page.locator("#sign-in")).to_be_visible()
    assert violations(phone.page) == []
    phone.choose("ui-language", "en")
    expect(phone.page.locator("#sign-in")).to_have_text("Sign in")
    assert phone.page.locator("html").get_attribute("lang") == "en"
    assert violations(phone.page) == []


@pytest.mark.parametrize(("width", "text_percent"), [(360, 100), (320, 100), (360, 200)])
def test_no_screen_scrolls_sideways(busy_phone, width, text_percent):
    busy_phone.page.set_viewport_size({"width": width, "height": 740})
    wide = {}
    for screen in screens_of(busy_phone):
        busy_phone.page.evaluate(
            f"document.documentElement.style.fontSize = '{106.25 * text_percent / 100}%'"
        )
        wide[screen] = busy_phone.page.evaluate(TOO_WIDE)
        busy_phone.page.evaluate("document.documentElement.style.fontSize = ''")
    assert {screen: pixels for screen, pixels in wide.items() if pixels > 0} == {}


def test_everything_to_tap_is_large_enough_for_a_thumb(busy_phone):
    small = {screen: busy_phone.page.evaluate(TOO_SMALL) for screen in screens_of(busy_phone)}
    assert {screen: found for screen, found in small.items() if found} == {}


def test_a_help_is_recorded_in_at_most_four_taps_from_its_card(phone):
    opened(phone, "card/1.001193")
    phone.page.evaluate("window.taps = 0; addEventListener('pointerup', () => { window.taps += 1; }, true)")
    phone.page.click("#record")
    phone.choose("outcome", "finished")
    phone.choose("obstacle", "papers")
    phone.page.click("#save")
    expect(phone.page.locator("#code")).to_be_visible()
    assert phone.page.evaluate("window.taps") == 4


def test_a_hand_over_asks_why_and_gives_a_code_for_the_official(phone, site):
    opened(phone, "card/1.001193")
    phone.page.click("#record")
    phone.choose("outcome", "handed_over")
    phone.page.click("#save")
    expect(phone.page.locator("#handover_reason-wrong")).not_to_be_empty()
    phone.choose("handover_reason", "identity")
    phone.page.click("#save")
    code = phone.page.inner_text("#code").replace(" ", "")
    phone.expect_all_sent()
    assert site.sql(
        "SELECT outcome, handover_reason FROM desk_supportsession WHERE return_code = %s", code
    ) == [("handed_over", "identity")]


def test_the_steps_ticked_on_the_card_travel_with_the_record(phone, site):
    opened(phone, "card/1.001193")
    for step in (0, 2):
        phone.page.locator("input[name=step]").nth(step).check()
    phone.wait_for(f"({READ_SETTING})('draft.1.001193').then((draft) => draft.steps.length === 2)")
    phone.page.reload()
    expect(phone.page.locator("input[name=step]").nth(2)).to_be_checked()
    phone.page.click("#record")
    phone.choose("outcome", "guided")
    phone.page.click("#save")
    code = phone.page.inner_text("#code").replace(" ", "")
    phone.expect_all_sent()
    assert site.sql(
        "SELECT steps_done, procedure_version FROM desk_supportsession WHERE return_code = %s", code
    ) == [([1, 3], 1)]


def test_counted_work_is_told_in_files_or_people(phone, site):
    device = phone.device()
    opened(phone, "record/digitise")
    phone.page.fill("#quantity", "35")
    phone.page.click("#save")
    expect(phone.page.locator("#next")).to_be_visible()
    opened(phone, "record/vneid")
    phone.choose("outcome", "finished")
    phone.page.click("#save")
    expect(phone.page.locator("#code")).to_be_visible()
    phone.expect_all_sent()
    rows = site.sql(
        "SELECT activity, quantity, procedure_id FROM desk_supportsession WHERE device_id = %s ORDER BY activity",
        device,
    )
    assert rows == [("digitise", 35, None), ("vneid", 1, None)]


def test_today_counts_my_work_and_shows_my_team(busy_phone):
    page = opened(busy_phone, "")
    expect(page.locator("h1")).to_have_text("Chào Vàng Thị Lan")
    expect(page.locator(".team")).to_contain_text("xã Lũng Cú, tỉnh Tuyên Quang", ignore_case=True)
    assert page.locator(".figures dd").all_inner_texts() == ["2", "20", "1"]
    expect(page.locator("#waiting")).to_have_text("1 mục chưa gửi")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("lam giay khai sinh", "1.001193"),
        ("Đăng ký khai sinh", "1.001193"),
        ("1.001193", "1.001193"),
        ("dk tam tru", "1.004194"),
        ("doi the cccd", "1.116410"),
        ("xac nhan doc than", "1.004873"),
        ("vneid muc 2", "3.000228"),
        ("sao y ban chinh", "2.000815"),
        ("birth registration", "1.001193"),
    ],
)
def test_a_procedure_is_found_the_way_people_type(searching, typed, code):
    searching.page.fill("#query", typed)
    expect(searching.page.locator("#results a").first).to_have_attribute("href", f"#/card/{code}")


@pytest.fixture(scope="module")
def searching(playwright, site, tmp_path_factory):
    """One phone on the search screen for all the queries."""
    made = Phone(playwright, tmp_path_factory.mktemp("search"), site.url)
    made.sign_in("lan", site.password)
    made.open("find")
    yield made
    made.kill()


def test_the_app_speaks_english_when_asked(phone):
    opened(phone, "settings")
    phone.choose("ui-language", "en")
    expect(phone.page.locator("main h1")).to_have_text("Settings")
    opened(phone, "card/1.001193")
    expect(phone.page.locator("main h1")).to_have_text("Birth registration")
    assert violations(phone.page) == []
