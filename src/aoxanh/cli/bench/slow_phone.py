"""A whole reply in a real Chromium whose processor is slowed down, as on a cheap phone: nothing but the modules and what they read."""

import importlib.util
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

import aoxanh
from aoxanh.assistant import dialogue
from aoxanh.assistant.entries import taught, vocabulary
from aoxanh.assistant.policy import read_policy
from aoxanh.procedures import seed
from aoxanh.procedures.card import plain

SLOWER = 6
WARM = 20
ROOT = Path(aoxanh.__file__).parent
_RULES = ROOT / "privacy" / "data" / "rules.json"
_ASK = """async ({ cards, short, phrases, learned, policy, vneid, asked, warm }) => {
  const { Index, entryOf } = await import("/static/field/retrieval.js");
  const { Assistant, NOTHING } = await import("/static/field/later/assist/dialogue.js");
  const { Policy } = await import("/static/field/later/assist/policy.js");
  await (await import("/static/field/guard.js")).load();
  const judging = new Policy(policy);
  const index = new Index(cards.map(entryOf), short, learned.procedures);
  const assistant = new Assistant({ cards, index, phrases, learned, vneid, judge: (text) => judging.judge(text) });
  const once = (text) => {
    const begun = performance.now();
    assistant.turn(text, NOTHING, "vi");
    return performance.now() - begun;
  };
  asked.slice(0, warm).map(once);
  return asked.map(once);
}"""


def reply_ms(asked: Sequence[str]) -> float | None:
    """Return the median milliseconds of a reply on a processor six times slower; None where no browser is at hand."""
    path = os.environ.get("AOXANH_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path or importlib.util.find_spec("playwright") is None:
        return None
    from playwright.sync_api import sync_playwright

    with _served() as url, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**/field/rules.json", lambda route: route.fulfill(path=_RULES))
        page.goto(f"{url}/static/field/manifest.webmanifest")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        took: list[float] = page.evaluate(_ASK, _needed() | {"asked": list(asked), "warm": WARM})
        browser.close()
    return median(took)


def _needed() -> dict[str, Any]:
    meant = [{"short": said, "longs": list(meanings), "beside": True} for said, meanings in vocabulary()]
    return {
        "cards": [plain(card) for card in seed.read_cards()],
        "short": [*seed.read_guides()["abbreviations"], *meant],
        "phrases": dialogue.pack(),
        "learned": taught(),
        "policy": read_policy().pack(),
        "vneid": msgspec.to_builtins(seed.vneid()),
    }


@contextmanager
def _served() -> Iterator[str]:
    """Serve the static files on a free port of this machine until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(ROOT / "web")))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""
