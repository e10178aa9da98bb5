"""The first visit is light, and the second needs no network."""

import gzip

import pytest
from playwright.sync_api import expect

from aoxanh.web.field import shell
from aoxanh.web.storage import without_comments

pytestmark = pytest.mark.browser

FIRST_LOAD_KB = 150
SCRIPT_KB = 50
LATER_KB = 67
REFERENCE_KB = 5000


def test_the_first_visit_stays_within_its_budget_and_breaks_no_content_policy(new_phone):
    phone = new_phone()
    network = phone.context.new_cdp_session(phone.page)
    network.send("Network.enable")
    kinds: dict[str, str] = {}
    received: dict[str, float] = {"all": 0, "script": 0}
    complaints: list[str] = []

    def weigh(event):
        received["all"] += event["encodedDataLength"]
        if kinds.get(event["requestId"]) == "Script":
            received["script"] += event["encodedDataLength"]

    network.on("Network.responseReceived", lambda event: kinds.__setitem__(event["requestId"], event["type"]))
    network.on("Network.loadingFinished", weigh)
    phone.page.on(
        "console", lambda message: complaints.append(message.text) if message.type == "error" else None
    )
    phone.open()
    expect(phone.page.locator("#sign-in")).to_be_visible()
    phone.page.wait_for_function(
        "navigator.serviceWorker.ready.then((registration) => Boolean(registration.active))"
    )
    assert received["all"] / 1000 <= FIRST_LOAD_KB
    assert received["script"] / 1000 <= SCRIPT_KB
    assert complaints == []


def test_all_scripts_that_one_person_loads_stay_within_their_budget(phone):
    sizes = phone.page.evaluate("""async () => {
      const cache = await caches.open((await caches.keys()).find((name) => name.startsWith("shell-")));
      const scripts = (await cache.keys()).filter((request) => request.url.endsWith(".js") && !request.url.includes("words.en"));
      const bodies = await Promise.all(scripts.map(async (request) => (await cache.match(request)).arrayBuffer()));
      return Promise.all(bodies.map(async (body) => (await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer()).byteLength));
    }""")
    assert len(sizes) > 20
    assert sum(sizes) / 1000 <= SCRIPT_KB


def test_the_second_visit_needs_no_network(new_phone, site):
    phone = new_phone()
    phone.sign_in("lan", site.password)
    phone.leave()
    phone.start_again(offline=True)
    phone.open("find")
    phone.page.fill("#query", "khai sinh")
    phone.page.locator("#results a").first.click()
    expect(phone.page.locator(".steps li").first).to_be_visible()
    phone.open("vneid")
    expect(phone.page.locator(".rows a").first).to_be_visible()


def test_the_reference_data_fit_a_cheap_phone(phone):
    size = phone.page.evaluate("""async () => {
      const opening = indexedDB.open("aoxanh-" + localStorage.getItem("aoxanh.account"));
      const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
      const asking = database.transaction("cards").objectStore("cards").getAll();
      const cards = await new Promise((done) => { asking.onsuccess = () => done(asking.result); });
      database.close();
      return [cards.length, JSON.stringify(cards).length];
    }""")
    assert size[0] >= 70
    assert size[1] / 1000 <= REFERENCE_KB


def test_what_follows_sign_in_stays_within_its_budget_too():
    scripts = [name for name in shell.later_scripts() if not name.endswith("words.en.js")]
    texts = [without_comments((shell.STATIC / name).read_text(encoding="utf-8")) for name in scripts]
    sizes = [len(gzip.compress(text.encode())) for text in texts]
    assert sum(sizes) / 1000 <= LATER_KB
