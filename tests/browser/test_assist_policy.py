"""The phone keeps the same limits as the server, on every question and every hostile text."""

from pathlib import Path

import pytest
import yaml

import aoxanh
from aoxanh.assistant.policy import read_policy
from tests.assistant.test_hostile import DISGUISES, HOSTILE, SET

pytestmark = pytest.mark.browser

EVALUATION = Path(aoxanh.__file__).parent / "assistant" / "evaluation"
FRESH, FRESH_KEPT = (
    Path(__file__).parents[1] / "assistant" / f"{half}.yaml" for half in ("fresh", "fresh_kept")
)


@pytest.fixture(scope="module")
def page(playwright, site):
    """Open a page of the site's own origin, in which the app's modules can be called one by one."""
    from tests.browser.phone import ARGUMENTS, chromium

    browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    opened = browser.new_page()
    opened.goto(f"{site.url}/field/manifest.webmanifest")
    yield opened
    browser.close()


def test_the_phone_judges_every_text_as_the_server_does(page):
    policy = read_policy()
    questions = [
        question["text"]
        for file in (EVALUATION / "tuning.yaml", EVALUATION / "held_out.yaml", FRESH, FRESH_KEPT)
        for question in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]
    disguised = [disguise(text) for text in SET["disguised"] for disguise in DISGUISES.values()]
    strange = [
        "",
        " ",
        "İ ß ﬁ 🙂",
        "e\u0301",
        "constructor __proto__",
        "đ" * 3000,
        "k e o a i c m",
        "0901 234 567",
        "a. b? c!",
    ]
    texts = [
        *questions,
        *(text for _, text in HOSTILE),
        *disguised,
        *SET["planted"],
        *SET["police"],
        *SET["good"],
        *strange,
    ]
    judged = page.evaluate(
        """async ({ pack, texts }) => {
          const { Policy } = await import("/static/field/later/assist/policy.js");
          const guard = await import("/static/field/guard.js");
          await guard.load();
          const policy = new Policy(pack);
          return texts.map((text) => policy.judge(text));
        }""",
        {"pack": policy.pack(), "texts": texts},
    )
    for number, (text, found) in enumerate(zip(texts, judged, strict=True)):
        verdict = policy.judge(text)
        said = verdict and {
            "rule": verdict.rule,
            "kind": verdict.kind.value,
            "stops": verdict.stops,
            "say": {"vi": verdict.say.vi, "en": verdict.say.en},
            "go": {"vi": verdict.go.vi, "en": verdict.go.en},
        }
        # The number alone, for a question of the held-out half must not be shown.
        assert found == said, number
