"""A leader turns messages on in a real Chromium; its service worker shows what is pushed and leads to the inbox.

No real push service can be reached from a test. So the browser's answer to `subscribe` is put in its place by the test, with an
address of a service that exists and keys that are real, and what that service would hand over is handed over through
Chromium's own protocol (ServiceWorker.deliverPushMessage). Everything else is the product's: the permission, the worker, the pages.
A click on a notification is dispatched in the worker, for headless Chromium has no screen to click on; since such a click lets
no window be opened, what the worker asks for is written down instead.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, expect

from tests.browser.phone import ARGUMENTS, chromium
from tests.browser.test_roster_week import is_readable
from tests.cast import account_id
from tests.push_service import Browser
from tests.site import LiveSite

pytestmark = pytest.mark.browser
ENDPOINT = "https://fcm.googleapis.com/fcm/send/a-browser-of-the-test"
SUBSCRIBED = """(() => {
  const given = %s;
  const held = () => JSON.parse(localStorage.getItem("held") ?? "null");
  const bytes = (numbers) => Uint8Array.from(numbers).buffer;
  const as = (key) => ({
    endpoint: given.endpoint,
    options: { applicationServerKey: bytes(key) },
    toJSON: () => ({ endpoint: given.endpoint, keys: { p256dh: given.p256dh, auth: given.auth } }),
    unsubscribe: async () => (localStorage.removeItem("held"), true),
  });
  PushManager.prototype.getSubscription = async () => (held() ? as(held()) : null);
  PushManager.prototype.subscribe = async (options) => {
    if (!options.userVisibleOnly) throw new TypeError("not visible");
    const key = [...options.applicationServerKey];
    localStorage.setItem("held", JSON.stringify(key));
    return as(key);
  };
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = () => (sessionStorage.setItem("asked", "yes"), ask());
})()"""
NOTIFICATIONS = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/tasks/");
  return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
}"""
CLICK = """async () => {
  const asked = [];
  WindowClient.prototype.focus = async function () { asked.push(`focus ${new URL(this.url).pathname}`); return this; };
  Clients.prototype.openWindow = async (address) => { asked.push(`open ${address}`); return null; };
  const [notification] = await self.registration.getNotifications();
  const waits = [];
  const event = new NotificationEvent("notificationclick", { notification });
  event.waitUntil = (promise) => waits.push(promise);
  self.dispatchEvent(event);
  await Promise.all(waits);
  return { asked, left: (await self.registration.getNotifications()).length };
}"""


@pytest.fixture(scope="module")
def pushing_site() -> Iterator[LiveSite]:
    with LiveSite.open(AOXANH_PUSH_CONTACT="mailto:operator@aoxanh.example") as site:
        assert site.run("push", "status").startswith("off: run `aoxanh push keys`")
        site.run("push", "keys")
        yield site


@pytest.fixture
def opened(
    playwright: Playwright, pushing_site: LiveSite, tmp_path: Path
) -> Iterator[Callable[[int], BrowserContext]]:
    contexts: list[BrowserContext] = []

    def make(width: int, *, permitted: bool = True) -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / f"profile-{len(contexts)}"), executable_path=chromium(), args=ARGUMENTS,
            viewport={"width": width, "height": 800}, locale="vi-VN",
        )  # fmt: skip
        contexts.append(context)
        if permitted:
            context.grant_permissions(["notifications"], origin=pushing_site.url)
        context.add_init_script(SUBSCRIBED % json.dumps(Browser(ENDPOINT).form))
        return context

    yield make
    for context in contexts:
        context.close()


def inbox(context: BrowserContext, site: LiveSite) -> Page:
    page = context.pages[0]
    page.goto(f"{site.url}/account/login/?next=/tasks/")
    page.fill("input[name=login]", "minh")
    page.fill("input[name=password]", site.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/tasks/")
    return page


class Worker:
    """The inbox page's service worker, as the browser's own protocol knows it."""

    def __init__(self, page: Page, site: LiveSite) -> None:
        self.page, self.origin = page, site.url
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.ids: list[str] = []
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")
        page.wait_for_function(
            "() => navigator.serviceWorker.getRegistration('/tasks/').then((found) => found?.active?.state === 'activated')"
        )

    def _note(self, event: dict[str, Any]) -> None:
        self.ids += [
            one["registrationId"] for one in event["registrations"] if one["scopeURL"].endswith("/tasks/")
        ]

    def push(self, data: str) -> None:
        self.session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.origin, "registrationId": self.ids[-1], "data": data},
        )

    def shown(self, title: str, body: str) -> None:
        """Wait until the browser shows this, and nothing beside it."""
        wanted = [{"title": title, "body": body, "tag": "my-tasks"}]
        self.page.wait_for_function(
            f"async (wanted) => JSON.stringify(await ({NOTIFICATIONS})()) === wanted", arg=json.dumps(wanted, ensure_ascii=False, separators=(",", ":"))
        )  # fmt: skip

    def click(self) -> Any:
        (worker,) = [one for one in self.page.context.service_workers if one.url.endswith("/tasks/push.js")]
        return worker.evaluate(CLICK)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_leader_is_told_in_the_browser_until_they_turn_it_off(
    opened: Callable[[int], BrowserContext], pushing_site: LiveSite, width: int
) -> None:
    page = inbox(opened(width), pushing_site)
    turn_on = page.get_by_role("button", name="Bật thông báo")
    expect(turn_on).to_be_visible()
    assert page.evaluate("() => sessionStorage.getItem('asked')") is None
    is_readable(page)
    turn_on.click()
    expect(page.get_by_text("Trình duyệt này đang nhận thông báo.")).to_be_visible()
    expect(turn_on).to_be_hidden()
    assert page.evaluate("() => sessionStorage.getItem('asked')") == "yes"
    of_minh = "SELECT endpoint FROM oversight_pushsubscription WHERE account_id = %s"
    assert pushing_site.sql(of_minh, account_id("minh")) == [(ENDPOINT,)]
    is_readable(page)

    worker = Worker(page, pushing_site)
    expect(page.locator("#push-news")).to_be_hidden()
    for body in ("Có việc đang chờ bạn.", "Có việc khác đang chờ bạn."):
        worker.push(json.dumps({"title": "Áo Xanh", "body": body, "tag": "my-tasks"}))
        worker.shown("Áo Xanh", body)
    expect(page.locator("#push-news")).to_be_visible()
    worker.push("no JSON")
    worker.shown("Áo Xanh", "Có việc đang chờ bạn. Mở “Việc cần làm” để xem.")
    assert worker.click() == {"asked": ["focus /tasks/"], "left": 0}

    page.goto(pushing_site.url)
    worker.push("null")
    worker.page.wait_for_function(f"async () => (await ({NOTIFICATIONS})()).length === 1")
    assert worker.click() == {"asked": ["open /tasks/"], "left": 0}

    page.goto(f"{pushing_site.url}/tasks/")
    page.get_by_role("button", name="Tắt").click()
    expect(page.get_by_text("Đã tắt thông báo trên trình duyệt đó.")).to_be_visible()
    expect(turn_on).to_be_visible()
    assert pushing_site.sql(of_minh, account_id("minh")) == []
    assert page.evaluate("() => localStorage.getItem('held')") is None


def test_who_forbids_it_is_told_how_to_allow_it(
    opened: Callable[..., BrowserContext], pushing_site: LiveSite
) -> None:
    context = opened(360, permitted=False)
    context.clear_permissions()
    page = inbox(context, pushing_site)
    if page.evaluate("() => Notification.permission") != "denied":
        page.get_by_role("button", name="Bật thông báo").click()
    expect(page.get_by_text("Trình duyệt đang chặn thông báo của trang này.")).to_be_visible()
    expect(page.get_by_role("button", name="Bật thông báo")).to_be_hidden()


def test_a_browser_that_cannot_is_told_so_and_signing_out_ends_it(
    opened: Callable[[int], BrowserContext], pushing_site: LiveSite
) -> None:
    page = inbox(opened(1280), pushing_site)
    page.get_by_role("button", name="Bật thông báo").click()
    expect(page.get_by_text("Trình duyệt này đang nhận thông báo.")).to_be_visible()
    page.goto(f"{pushing_site.url}/account/logout/")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "logout" not in url)
    assert pushing_site.sql("SELECT count(*) FROM oversight_pushsubscription") == [(0,)]
    page.add_init_script("delete window.PushManager")
    inbox(page.context, pushing_site)
    expect(page.get_by_text("Trình duyệt này không hiện được thông báo.")).to_be_visible()
