"""Asking the assistant on a phone without a network: ten hard questions, and nothing of them is kept."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from aoxanh.assistant.by_name import by_name
from playwright.sync_api import expect

from aoxanh.assistant import queries
from aoxanh.assistant.entries import index_of
from aoxanh.assistant.replies import Pinned, plain
from aoxanh.procedures import seed
from aoxanh.procedures.card import plain as plain_card
from tests.browser.phone import ARGUMENTS, Phone, chromium

pytestmark = pytest.mark.browser
BIRTH, AGAIN, COPY = "1.001193", "1.004884", "2.000635"
STAY, SINGLE, LEVEL_2, LAND, PENSION = "1.004194", "1.004873", "3.000228", "1.013978", "1.014027"

# What is asked, and the procedures that the last reply has to name.
HARD = [
    ("khai sinh cho con mất bao nhiêu tiền lệ phí?", {BIRTH}),
    ("làm lại giấy khai sinh cho mẹ đã mất", {AGAIN, COPY}),
    ("ddawng kys taam trus", {STAY}),
    ("xin giay xac nhan doc than de cuoi vo", {SINGLE}),
    ("đăng ký tạm trú mất mấy ngày, hết bao nhiêu tiền?", {STAY}),
    ("định danh mức hai làm ở đâu", {LEVEL_2}),
    ("mất sổ đỏ thì làm lại ở đâu", {LAND}),
    ("bác già 80 tuổi xin tiền trợ cấp hằng tháng", {PENSION}),
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
    for text, codes in HARD:
        turn = ask(away, text)
        assert codes <= named(turn), text
        # Anything else than a name to choose would have to say where it comes from.
        assert turn.locator("h2").count() == turn.locator("section").count() >= 1
    away.page.click("#again")
    expect(away.page.locator("#talk article")).to_have_count(0)


def test_a_name_is_tapped_its_card_opens_and_the_dialogue_is_still_there(away: Phone) -> None:
    away.open("assist")
    away.page.reload()
    ask(away, "giấy khai sinh").locator(f"[data-code='{BIRTH}']").click()
    card = away.page.locator("#talk article").last.locator(f"[data-card='{BIRTH}']")
    card.click()
    expect(away.page.locator(".steps li").first).to_be_visible()
    away.page.go_back()
    expect(away.page.locator("#talk article")).to_have_count(2)
    away.page.locator("#talk article").last.get_by_role("link", name="Ghi lượt hỗ trợ").click()
    expect(away.page.locator("#save")).to_be_visible()


def test_none_of_these_sends_on_to_an_official(away: Phone) -> None:
    away.open("assist")
    away.page.reload()
    ask(away, "giấy khai sinh")
    away.page.click("#none")
    expect(away.page.locator("#talk article").last.locator(".part.outside")).to_contain_text("18001096")


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


def test_the_phone_and_the_server_reply_alike(playwright: Any, site: Any) -> None:
    cards = seed.read_cards()
    index = index_of(cards)
    held = {card.code: card for card in cards}
    short = [{"short": item.short, "longs": list(item.meanings)} for item in seed.abbreviations()]
    texts = [text for text, _ in HARD] + [
        "không có cái nào",
        "Khong co cai nao.",
        "zzz qqq",
        BIRTH,
        "birth registration",
    ]
    asked = [(text, language) for text in texts for language in ("vi", "en")]
    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    page = browser.new_page()
    page.goto(f"{site.url}/field/manifest.webmanifest")
    replies = page.evaluate(
        """async ({ cards, short, asked, pack }) => {
          const { Index, entryOf } = await import("/static/field/retrieval.js");
          const { assistantOf } = await import("/static/field/later/assist/turn.js");
          const assistant = assistantOf(cards, new Index(cards.map(entryOf), short), pack);
          const pinned = { code: "2.000815", slot: null, offered: [], before: "" };
          return asked.map(([text, language]) => assistant.turn(text, pinned, language, "2026-11-26"));
        }""",
        {
            "cards": [plain_card(card) for card in cards],
            "short": short,
            "asked": asked,
            "pack": json.loads(json.dumps(queries.pack())),
        },
    )
    browser.close()
    for (text, language), reply in zip(asked, replies, strict=True):
        found = [held[one.code] for one in index.search(text)]
        assert reply == plain(by_name(found, text, Pinned("2.000815"), language)), text
