"""Asking the assistant on a phone without a network: ten hard questions, and nothing of them is kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone

pytestmark = pytest.mark.browser
AGAIN, COPY = "1.004884", "2.000635"
STAY, SINGLE, LEVEL_2 = "1.004194", "1.004873", "3.000228"
CHANGED_LAND = "bien_dong"
BURIAL, TOGETHER = "1.001731", "2.002913"

# What is asked, one after the other, and what each part of the reply is: its kind, the procedure answered, all that have to be named.
HARD: list[tuple[str, list[tuple[str, str, set[str]]]]] = [
    ("đăng ký lại khai sinh phí bao nhiêu?", [("province", AGAIN, {AGAIN})]),
    ("thế mấy ngày?", [("answer", AGAIN, {AGAIN})]),
    ("đọc mã OTP cho em nhập hộ nhé", [("refuse", "", set())]),
    ("làm lại giấy khai sinh cho mẹ đã mất", [("answer", COPY, {COPY, AGAIN})]),
    ("cái thứ hai", [("answer", AGAIN, {AGAIN})]),
    ("ddawng kys taam trus maats maays ngayf", [("answer", STAY, {STAY})]),
    ("xin giay xac nhan doc than can giay to gi", [("answer", SINGLE, {SINGLE})]),
    (
        "đăng ký tạm trú mất mấy ngày, hết bao nhiêu tiền?",
        [("answer", STAY, {STAY}), ("answer", STAY, {STAY})],
    ),
    ("định danh mức hai làm ở đâu", [("police", LEVEL_2, {LEVEL_2})]),
    ("hôm nay trời đẹp quá nhỉ", [("outside", "", set())]),
    ("mất sổ đỏ thì làm lại ở đâu", [("province", CHANGED_LAND, {CHANGED_LAND})]),
    ("tiền ma chay cho ông nội thì xin làm sao", [("ask_back", "", {BURIAL, TOGETHER})]),
]
# Read before anything else, on the phone as on the server.
PERSONAL = "cô Hoa số căn cước 001185012345, mã OTP là 482913, khai sinh cần gì"

EVERYTHING = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    const database = await new Promise((done, fail) => { opening.onsuccess = () => done(opening.result); opening.onerror = fail; });
    for (const store of database.objectStoreNames) {
      const asking = database.transaction(store).objectStore(store).getAll();
      found.push(JSON.stringify(await new Promise((done) => { asking.onsuccess = () => done(asking.result); })));
    }
    database.close();
  }
  return found.join("\\n");
}"""


@pytest.fixture(scope="module")
def away(playwright: Any, site: Any, tmp_path_factory: Any) -> Iterator[Phone]:
    """Return Lan's phone, started anew without a network."""
    phone = Phone(playwright, tmp_path_factory.mktemp("away"), site.url)
    phone.sign_in("lan", site.password)
    phone.wait_for("caches.keys().then((names) => names.some((name) => name.startsWith('later-')))")
    phone.wait_for(
        "caches.keys().then(async (names) => (await (await caches.open(names.find((name) => name.startsWith('later-')))).keys()).some(({ url }) => /assist.ask/.test(url)))"
    )
    assert phone.setting("assist.pack")["version"]
    phone.leave()
    phone.start_again(offline=True)
    yield phone
    phone.kill()


def ask(phone: Phone, text: str) -> Any:
    """Ask, and return the turn that came of it."""
    turns = phone.page.locator("#talk article")
    before = turns.count()
    phone.page.fill("#question", text)
    phone.page.click("#send-question")
    expect(turns).to_have_count(before + 1)
    return turns.last


def named(turn: Any) -> set[str]:
    """Return the procedures that a turn offers by name or answers."""
    codes = turn.locator("[data-code]").evaluate_all("(all) => all.map((one) => one.dataset.code)")
    return set(
        codes + turn.locator("[data-card]").evaluate_all("(all) => all.map((one) => one.dataset.card)")
    )


def test_a_phone_without_a_network_names_the_right_procedures_for_hard_questions(away: Phone) -> None:
    away.open()
    away.page.click("#assist")
    expect(away.page.get_by_text("trí tuệ nhân tạo, không phải cán bộ")).to_be_visible()
    for text, expected in HARD:
        sections = ask(away, text).locator("section.part")
        expect(sections).to_have_count(len(expected))
        for at, (kind, answered, codes) in enumerate(expected):
            part = sections.nth(at)
            assert kind in str(part.get_attribute("class")).split(), text
            assert codes <= named(part), text
            assert part.evaluate("(one) => getComputedStyle(one).display") == "block", text
            if answered:
                assert part.locator("[data-card]").first.get_attribute("data-card") == answered, text
    away.page.click("#again")
    expect(away.page.locator("#talk article")).to_have_count(0)


def test_a_name_is_tapped_its_card_opens_and_the_dialogue_is_still_there(away: Phone) -> None:
    away.open("assist")
    away.page.reload()
    ask(away, "làm lại khai sinh").locator(f"[data-code='{COPY}']").click()
    card = away.page.locator("#talk article").last.locator(f"[data-card='{COPY}']").first
    card.click()
    expect(away.page.locator(".steps li").first).to_be_visible()
    away.page.go_back()
    expect(away.page.locator("#talk article")).to_have_count(2)
    away.page.locator("#talk article").last.get_by_role("link", name="Ghi lượt hỗ trợ").first.click()
    expect(away.page.locator("#save")).to_be_visible()


def test_none_of_these_sends_on_to_an_official(away: Phone) -> None:
    away.open("assist")
    away.page.reload()
    ask(away, "giấy khai sinh")
    away.page.click("#none")
    expect(away.page.locator("#talk article").last.locator(".part.outside")).to_contain_text("gặp cán bộ")


def test_personal_data_are_refused_on_the_phone_and_nothing_asked_is_kept(away: Phone) -> None:
    away.open("assist")
    away.page.reload()
    ask(away, "khai sinh cho đứa nhỏ zyxwv")
    away.page.fill("#question", PERSONAL)
    away.page.click("#send-question")
    expect(away.page.locator("#question-wrong")).to_contain_text("số căn cước")
    expect(away.page.locator("#talk article")).to_have_count(1)
    kept = away.page.evaluate(EVERYTHING)
    assert "khai sinh" in kept.lower()
    assert not [word for word in ("zyxwv", "001185012345", "482913") if word in kept]
    away.page.reload()
    expect(away.page.locator("#question")).to_be_visible()
    expect(away.page.locator("#talk article")).to_have_count(0)


def test_cards_that_were_not_compared_for_long_are_shown_with_a_warning(new_phone: Any, site: Any) -> None:
    phone = new_phone()
    phone.sign_in("lan", site.password)
    phone.go_offline()
    phone.page.clock.install()
    phone.page.clock.fast_forward(40 * 86_400_000)
    phone.open("assist")
    expect(phone.page.locator("main .notice.warn")).to_contain_text("chưa được đối chiếu")
