"""The phone's guard judges every text as the server's detection does; ids and records keep the protocol's shape."""

import json
from pathlib import Path

import pytest
import yaml

import aoxanh
from aoxanh.assistant.entries import PROCEDURES, index_of
from aoxanh.assistant.queries import sayings
from aoxanh.assistant.weighing import learned
from aoxanh.desk.sync import records
from aoxanh.privacy.detection import find
from aoxanh.procedures import seed
from aoxanh.procedures.card import plain

pytestmark = pytest.mark.browser

EVALUATION = Path(aoxanh.__file__).parent / "assistant" / "evaluation"
GOLDEN = json.loads((Path(__file__).parents[1] / "privacy" / "golden.json").read_text())


@pytest.fixture(scope="module")
def page(playwright, site):
    """Open a page of the site's own origin, in which the app's modules can be called one by one."""
    from tests.browser.phone import ARGUMENTS, chromium

    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    opened = browser.new_page()
    opened.goto(f"{site.url}/field/manifest.webmanifest")
    yield opened
    browser.close()


def test_the_phones_guard_judges_the_golden_cases_as_the_server_does(page):
    judged = page.evaluate(
        """async (texts) => {
          const guard = await import("/static/field/guard.js");
          await guard.load();
          return texts.map((text) => [...new Set(guard.find(text).map((found) => found.kind))].sort());
        }""",
        [case["text"] for case in GOLDEN],
    )
    wrong = [
        (case["text"], case["kinds"], kinds)
        for case, kinds in zip(GOLDEN, judged, strict=True)
        if kinds != case["kinds"]
    ]
    assert wrong == []


def test_the_phones_guard_agrees_with_the_server_on_where_the_data_stand(page):
    texts = [case["text"] for case in GOLDEN if case["text"].isascii()]
    judged = page.evaluate(
        """async (texts) => {
          const guard = await import("/static/field/guard.js");
          await guard.load();
          return texts.map((text) => guard.find(text).map((found) => found.kind));
        }""",
        texts,
    )
    assert judged == [[finding.kind for finding in find(text)] for text in texts]


def test_the_phone_finds_procedures_as_the_server_does_to_the_last_digit(page):
    cards = seed.read_cards()
    short = [
        *({"short": item.short, "longs": list(item.meanings)} for item in seed.abbreviations()),
        *sayings(),
    ]
    names = [text for card in cards for text in (card.name.vi, *card.aliases)]
    slips = [name[: at % len(name)] + name[at % len(name) + 1 :] for at, name in enumerate(names)]
    strange = [
        "ddawng kys keets hoon",
        "khai s",
        "İstanbul K ĐỖ 1.001193",
        "e\u0301",
        "🙂 khai sinh",
        "ß ſ ﬁ",
        "để đẻ de v",
        " ",
    ]
    tuning = yaml.safe_load((EVALUATION / "tuning.yaml").read_text(encoding="utf-8"))
    said = [saying["short"].replace("…", "nội tôi") for saying in sayings()]
    asked = [
        *names,
        *slips,
        *said[::5],
        *(question["text"] for question in tuning),
        *(name * 20 for name in names[:20]),
        *strange,
    ]
    judged = page.evaluate(
        """async ({ cards, short, learned, asked }) => {
          const { Index, entryOf } = await import("/static/field/retrieval.js");
          const index = new Index(cards.map(entryOf), short, learned);
          const found = (text, how) => index.search(text, 20, how).map(({ code, score }) => [code, score]);
          return asked.map((text) => [found(text), found(text, { typing: true })]);
        }""",
        {
            "cards": [plain(card) for card in cards],
            "short": short,
            "learned": learned(PROCEDURES).pack(),
            "asked": asked,
        },
    )
    index = index_of(cards)

    def found(text, *, typing):
        return [[one.code, one.score] for one in index.search(text, typing=typing)]

    for text, (whole, unfinished) in zip(asked, judged, strict=True):
        assert (text, whole) == (text, found(text, typing=False))
        assert (text, unfinished) == (text, found(text, typing=True))


def test_ids_made_on_the_phone_are_of_version_seven_and_codes_are_easy_to_read(page):
    made = page.evaluate(
        """async () => {
          const ids = await import("/static/field/ids.js");
          return { ids: Array.from({ length: 200 }, () => ids.uuid7()), early: ids.uuid7(5), codes: Array.from({ length: 200 }, ids.returnCode),
            late: ids.vietnamDay(Date.UTC(2026, 10, 23, 17, 0)), before: ids.vietnamDay(Date.UTC(2026, 10, 23, 16, 59)) };
        }"""
    )
    assert len(set(made["ids"])) == 200
    assert all(text[14] == "7" and text[19] in "89ab" for text in made["ids"])
    assert made["early"].startswith("00000000-0005-7")
    assert not set("".join(made["codes"])) & set("01IO")
    assert (made["before"], made["late"]) == ("2026-11-23", "2026-11-24")


def test_records_of_every_kind_are_readable_to_the_server(page):
    made = page.evaluate(
        """async () => {
          const record = await import("/static/field/record.js");
          const { MODES, OUTCOMES, OBSTACLES, AGE_BANDS, TYPED_BY, REFUSED, HANDOVER_REASONS, COUNTED } = await import("/static/field/vocabulary.js");
          const team = { id: "01970000-0000-7000-8000-000200000001", commune: { code: "00715" } };
          const help = (told) => record.firstRecord(record.blank("procedure", { procedure: "1.001193", procedure_version: 1, outcome: "finished", ...told }), team);
          const each = (field, words, more = {}) => words.map((word) => help({ [field]: word, ...more }));
          const first = [
            ...each("mode", MODES), ...each("outcome", OUTCOMES.filter((word) => word !== "handed_over")), ...each("obstacle", OBSTACLES),
            ...each("age_band", AGE_BANDS), ...each("typed_by", TYPED_BY), ...each("handover_reason", HANDOVER_REASONS, { outcome: "handed_over" }),
            help({ refused: REFUSED, note: "hai  dòng\\nghi chú", steps_done: [3, 1] }),
            ...COUNTED.map((activity) => record.firstRecord(record.blank(activity, { quantity: 12 }), team)),
            record.firstRecord(record.blank("vneid", { outcome: "stopped" }), team),
          ];
          const later = record.correction(first[0], { ...record.formOf(first[0]), reason: "nhầm" });
          return [...first, later, record.withdrawal(later, "ghi trùng")];
        }"""
    )
    read = [
        records.read_record(json.dumps({**one, "seq": seq}).encode()) for seq, one in enumerate(made, start=1)
    ]
    assert [one.revision for one in read[-3:]] == [0, 1, 2]
    assert read[-1].withdrawn
    assert len({one.root for one in read}) == len(read) - 2
    assert any(one.steps_done == (1, 3) and one.note == "hai dòng ghi chú" for one in read)


def test_a_withdrawn_or_old_record_shows_no_code_for_a_citizen(page):
    asked = page.evaluate(
        """async () => {
          const { isAsked } = await import("/static/field/later/answer/ask.js");
          const day = (back) => new Date(Date.now() - back * 86400000).toISOString().slice(0, 10);
          const record = { return_code: "ABC234", withdrawn: false, day: day(1) };
          return [record, { ...record, withdrawn: true }, { ...record, return_code: "" }, { ...record, day: day(32) }, null].map(isAsked);
        }"""
    )
    assert asked == [True, False, False, False, False]


READ_WHILE_DELETING = """() => {
  const deleting = IDBFactory.prototype.deleteDatabase;
  IDBFactory.prototype.deleteDatabase = function (name) {
    IDBFactory.prototype.deleteDatabase = deleting;
    const request = deleting.call(this, name);
    void window.store.setting("device").catch(() => {});
    return request;
  };
}"""
WRITE_AT_LENGTH = """() => {
  void window.store.transact(["settings"], "readwrite", async (settings) => {
    for (let turn = 0; turn < 3000; turn += 1) await window.store.answer(settings.put(turn, "turn"));
  });
}"""


@pytest.mark.parametrize("meanwhile", [READ_WHILE_DELETING, WRITE_AT_LENGTH])
@pytest.mark.parametrize("erase", ["eraseEverything", "eraseAccount"])
def test_erasing_leaves_nothing_though_a_screen_still_reads_or_writes(page, erase, meanwhile):
    page.evaluate(
        """async () => {
          window.store = await import("/static/field/store.js");
          window.store.belongTo("somebody");
          await window.store.remember({ device: "one" });
        }"""
    )
    page.evaluate(meanwhile)
    left = page.evaluate(
        """async (erase) => {
          await window.store[erase]();
          return { databases: (await indexedDB.databases()).map((one) => one.name), account: window.store.currentAccount() };
        }""",
        erase,
    )
    assert left == {"databases": [], "account": ""}
