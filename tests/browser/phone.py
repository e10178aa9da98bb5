"""A volunteer's phone: real Chromium with a profile of its own that survives being killed."""

import contextlib
import os
import re
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserContext, Page, Playwright, expect

ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREEN = {"width": 360, "height": 740}
PATIENCE_MS = 20_000
BIRTH = "1.001193"

READ_SETTING = """async (name) => {
  const account = localStorage.getItem("aoxanh.account");
  const opening = indexedDB.open("aoxanh-" + account);
  const database = await new Promise((done, fail) => { opening.onsuccess = () => done(opening.result); opening.onerror = fail; });
  const asking = database.transaction("settings").objectStore("settings").get(name);
  const value = await new Promise((done) => { asking.onsuccess = () => done(asking.result); });
  database.close();
  return value ?? null;
}"""


COUNT_OUTBOX = """async () => {
  const opening = indexedDB.open("aoxanh-" + localStorage.getItem("aoxanh.account"));
  const database = await new Promise((done, fail) => { opening.onsuccess = () => done(opening.result); opening.onerror = fail; });
  const asking = database.transaction("outbox").objectStore("outbox").count();
  const count = await new Promise((done) => { asking.onsuccess = () => done(asking.result); });
  database.close();
  return count;
}"""


class Phone:
    """Opens the field app at an address, does what a volunteer does, and can be killed and started again."""

    def __init__(self, playwright: Playwright, profile: Path, url: str) -> None:
        self.playwright = playwright
        self.profile = profile
        self.url = url
        self.context: BrowserContext = self._launch()
        self.page: Page = self.context.pages[0]

    def _launch(self) -> BrowserContext:
        self.profile.mkdir(parents=True, exist_ok=True)
        context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=chromium(),
            args=ARGUMENTS,
            viewport=SCREEN,
            locale="vi-VN",
            has_touch=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    def open(self, screen: str = "") -> None:
        """Go to a screen of the app: "", "find", "card/1.001193", ..."""
        self.page.goto(f"{self.url}/field/#/{screen}")

    def sign_in(self, name: str, password: str) -> None:
        """Enrol the phone for one of the cast and wait until the app can live without a network."""
        self.open()
        self.page.click("#sign-in")
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        expect(self.page.locator("#help")).to_be_visible(timeout=PATIENCE_MS)
        self.wait_until_stored()

    def wait_until_stored(self) -> None:
        """Wait until the service worker holds the shell and the cards are on the phone."""
        self.wait_for(
            "navigator.serviceWorker.ready.then((registration) => registration.active.state === 'activated')"
        )
        self.wait_for(f"({READ_SETTING})('cursor')")

    def wait_until_enrolled(self) -> None:
        """Wait until the app has a device of its own again and can live without a network."""
        self.page.wait_for_url("**/field/**")
        expect(self.page.locator("#help")).to_be_visible(timeout=PATIENCE_MS)
        self.wait_for(f"({READ_SETTING})('device')")
        self.wait_until_stored()

    def wait_for(self, promise: str) -> None:
        """Wait until a JavaScript promise gives something true; asked again until then."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not self.page.evaluate(promise):
            assert time.monotonic() < deadline, f"never came true: {promise}"
            self.page.wait_for_timeout(50)

    def record(self, outcome: str = "finished", code: str = BIRTH, note: str = "") -> str:
        """Record one help from its card and return the return code that the app shows."""
        self.open(f"card/{code}")
        self.page.click("#record")
        self.choose("outcome", outcome)
        if note:
            self.page.click("summary")
            self.page.fill("#note", note)
        self.page.click("#save")
        shown = self.page.inner_text("#code")
        return re.sub(r"\s", "", shown)

    def choose(self, field: str, value: str) -> None:
        """Tap one chip."""
        self.page.locator(f"label.chip:has(input[name={field}][value={value}])").click()

    def expect_state(self, text: str) -> None:
        """Wait until the bar says so."""
        expect(self.page.locator("#state")).to_have_text(text, timeout=PATIENCE_MS)

    def expect_all_sent(self) -> None:
        """Wait until the outbox is empty and the bar says so; the bar alone may still tell of the moment before a save."""
        self.page.wait_for_function(f"({COUNT_OUTBOX})().then((count) => count === 0)")
        self.expect_state("Đã gửi hết")

    def expect_waiting(self, count: int) -> None:
        self.expect_state(f"{count} mục chưa gửi")

    def notice_network(self) -> None:
        """Let the app hear from the system that the network is back, which makes it try at once."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def go_offline(self) -> None:
        self.context.set_offline(True)

    def go_online(self) -> None:
        self.context.set_offline(False)

    def evict(self) -> None:
        """Throw away what a browser short of space throws away: databases, caches and service workers, not cookies."""
        session = self.context.new_cdp_session(self.page)
        kinds = "indexeddb,cache_storage,service_workers"
        session.send("Storage.clearDataForOrigin", {"origin": self.url, "storageTypes": kinds})
        session.detach()

    def setting(self, name: str) -> Any:
        """Read a value of the phone's own database."""
        return self.page.evaluate(READ_SETTING, name)

    def device(self) -> str:
        return str(self.setting("device"))

    def leave(self) -> None:
        """Close the app the ordinary way."""
        self.context.close()

    def kill(self) -> None:
        """Kill every process of the browser at once, as an empty battery does."""
        mine = [
            process for process in psutil.process_iter(["cmdline"]) if self._is_mine(process.info["cmdline"])
        ]
        for process in mine:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        psutil.wait_procs(mine, timeout=10)
        with contextlib.suppress(Exception):
            self.context.close()

    def start_again(self, *, offline: bool = False, profile: Path | None = None) -> None:
        """Start the browser again on the same profile, or on a copy of it."""
        self.profile = profile or self.profile
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)
        self.context = self._launch()
        self.context.set_offline(offline)
        self.page = self.context.pages[0]

    def copy_profile(self, target: Path) -> Path:
        """Copy everything the phone holds; the browser must be closed."""
        shutil.copytree(self.profile, target, ignore=shutil.ignore_patterns("Singleton*"))
        return target

    def _is_mine(self, arguments: list[str] | None) -> bool:
        return f"--user-data-dir={self.profile}" in (arguments or [])


def chromium() -> str:
    """Return the browser to use: AOXANH_CHROMIUM, or the first known name on the PATH."""
    chosen = os.environ.get("AOXANH_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if not chosen:
        raise RuntimeError(
            "No Chromium was found: install it (make test does) or set AOXANH_CHROMIUM to its path."
        )
    return chosen
