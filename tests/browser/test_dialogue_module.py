"""The phone's dialogue gives the server's replies: on every tuning question, on scripted dialogues and on odd texts."""

from pathlib import Path

import msgspec
import pytest
import yaml

import aoxanh
from aoxanh.assistant import entries
from aoxanh.assistant.dialogue import Assistant, pack
from aoxanh.assistant.queries import sayings
from aoxanh.assistant.replies import Pinned, plain
from aoxanh.procedures import seed
from aoxanh.procedures.card import plain as plain_card

pytestmark = pytest.mark.browser

TUNING = Path(aoxanh.__file__).parent / "assistant" / "evaluation" / "tuning.yaml"
ASKED = (
    TUNING,
    *(Path(__file__).parents[1] / "assistant" / f"{half}.yaml" for half in ("fresh", "fresh_kept")),
)
DIALOGUES = Path(__file__).parents[1] / "assistant" / "dialogues.yaml"
STRANGE = [
    "",
    "?!",
    "\x1c\x85 khai sinh",
    "🙂 khai sinh, còn phí?",
    "İstanbul Đ",
    "con con va va rồi rồi",
    "làm khai sinh\ncần gì.và 1.001193 mất bao lâu",
    "x " * 900 + "khai sinh, phí bao nhiêu",
]


@pytest.fixture(scope="module")
def page(playwright, site):
    """Open a page of the site's own origin, in which the app's modules can be called one by one."""
    from tests.browser.phone import ARGUMENTS, chromium

    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    opened = browser.new_page()
    opened.goto(f"{site.url}/field/manifest.webmanifest")
    yield opened
    browser.close()


def test_the_phone_replies_as_the_server_does_in_every_dialogue(page):
    cards = seed.read_cards()
    guide = msgspec.to_builtins(seed.vneid())
    assistant = Assistant(cards, entries.index_of(cards), vneid=guide)
    asked = [
        question["text"] for file in ASKED for question in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
    scripts = yaml.safe_load(DIALOGUES.read_text(encoding="utf-8"))
    dialogues = [[turn["says"] for turn in script["turns"]] for script in scripts]
    # Questions of strangers in a row try what a topic kept or dropped does to the next question.
    dialogues += (
        [[text] for text in asked] + [asked[at : at + 4] for at in range(0, len(asked), 4)] + [STRANGE]
    )
    told = page.evaluate(
        """async ({ cards, short, phrases, learned, vneid, dialogues }) => {
          const { Index, entryOf } = await import("/static/field/retrieval.js");
          const { Assistant, NOTHING } = await import("/static/field/later/assist/dialogue.js");
          const assistant = new Assistant({ cards, index: new Index(cards.map(entryOf), short, learned.procedures), phrases, learned, vneid });
          return dialogues.map((texts, at) => {
            let pinned = NOTHING;
            return texts.map((text) => {
              const reply = assistant.turn(text, pinned, at % 5 ? "vi" : "en");
              pinned = reply.pinned;
              return reply;
            });
          });
        }""",
        {
            "cards": [plain_card(card) for card in cards],
            "short": [*seed.read_guides()["abbreviations"], *sayings()],
            "phrases": pack(),
            "learned": entries.taught(),
            "vneid": guide,
            "dialogues": dialogues,
        },
    )
    for at, (texts, replies) in enumerate(zip(dialogues, told, strict=True)):
        pinned = Pinned()
        for text, reply in zip(texts, replies, strict=True):
            expected = assistant.turn(text, pinned, "vi" if at % 5 else "en")
            assert (text, reply) == (text, plain(expected))
            pinned = expected.pinned
