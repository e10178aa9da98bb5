"""A whole reply on a slow phone: a processor six times slower than this machine's still answers while the finger lifts."""

from pathlib import Path
from statistics import median

import msgspec
import pytest

import aoxanh
from aoxanh.assistant.dialogue import pack
from aoxanh.assistant.policy import read_policy
from aoxanh.assistant.queries import sayings
from aoxanh.assistant.questions import read_questions
from aoxanh.procedures import seed
from aoxanh.procedures.card import plain as plain_card

pytestmark = pytest.mark.browser

SLOWER, MOST_MS = 6, 50
TUNING = Path(aoxanh.__file__).parent / "assistant" / "evaluation" / "tuning.yaml"


def test_a_phone_six_times_slower_replies_within_fifty_milliseconds(playwright, site):
    from tests.browser.phone import ARGUMENTS, chromium

    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    page = browser.new_page()
    page.goto(f"{site.url}/field/manifest.webmanifest")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    asked = [question.text for question in read_questions(TUNING)][::2]
    took = page.evaluate(
        """async ({ cards, short, phrases, policy, vneid, asked }) => {
          const { Index, entryOf } = await import("/static/field/retrieval.js");
          const { Assistant, NOTHING } = await import("/static/field/later/assist/dialogue.js");
          const { Policy } = await import("/static/field/later/assist/policy.js");
          const guard = await import("/static/field/guard.js");
          await guard.load();
          const judging = new Policy(policy);
          const assistant = new Assistant({ cards, index: new Index(cards.map(entryOf), short), phrases, vneid, judge: (text) => judging.judge(text) });
          const once = (text) => {
            const begun = performance.now();
            assistant.turn(text, NOTHING, "vi");
            return performance.now() - begun;
          };
          asked.slice(0, 20).map(once);
          return asked.map(once);
        }""",
        {
            "cards": [plain_card(card) for card in seed.read_cards()],
            "short": [*seed.read_guides()["abbreviations"], *sayings()],
            "phrases": pack(),
            "policy": read_policy().pack(),
            "vneid": msgspec.to_builtins(seed.vneid()),
            "asked": asked,
        },
    )
    browser.close()
    print(f"median {median(took):.1f} ms, slowest {max(took):.1f} ms of {len(took)}")
    assert median(took) <= MOST_MS, took
