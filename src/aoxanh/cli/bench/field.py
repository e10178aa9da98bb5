"""bench field: what the first visit of the field app costs a phone, and whether the second needs a network."""

import http.client
import os
import shutil
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.phones import enrol
from aoxanh.cli.bench.site import BenchSite, bench_site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Page

ROUNDS = 5
SLOW_DOWN = 4
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def measure(*, seed: int, size: float) -> Report:
    """Return bytes, requests and script time of the first visit (median of rounds), and the size of the reference data."""
    report = Report(
        goals={
            "first_load_kb": ("<=", 150),
            "script_kb": ("<=", 50),
            "reference_data_kb": ("<=", 5000),
            "script_ms_4x": ("<=", 200),
            "second_visit_offline": (">=", 1),
        }
    )
    rounds = max(1, round(ROUNDS * size))
    with bench_site() as site:
        report.versions["postgresql"] = site.version
        _visit(site, report, rounds)
        _reference(site, report, seed)
    report.size["rounds"] = rounds
    return report


def _visit(site: BenchSite, report: Report, rounds: int) -> None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise click.ClickException(
            "This bench drives a real Chromium: run `make test` once, it installs what is needed."
        ) from None
    browser_path = (
        os.environ.get("AOXANH_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    if not browser_path:
        raise click.ClickException(
            "No Chromium was found: install it (make test does) or set AOXANH_CHROMIUM to its path."
        )
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        report.versions["chromium"] = browser.version
        visits = [
            _first_visit(browser.new_context(viewport={"width": 360, "height": 740}), site)
            for _ in range(rounds)
        ]
        browser.close()
    for name in visits[0]:
        values = sorted(visit[name] for visit in visits)
        report.figures[name] = values[len(values) // 2]


def _first_visit(context: "BrowserContext", site: BenchSite) -> dict[str, float]:
    """Open the app with an empty profile, then again with the network off."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    seen = _watch(network)
    network.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_DOWN})
    network.send("Performance.enable")
    page.goto(site.url + "/field/")
    page.wait_for_selector("#sign-in")
    metrics = {item["name"]: item["value"] for item in network.send("Performance.getMetrics")["metrics"]}
    page.wait_for_function(
        "navigator.serviceWorker.ready.then((registration) => Boolean(registration.active))"
    )
    figures = {
        "first_load_kb": seen["all"] / 1000,
        "script_kb": seen["Script"] / 1000,
        "requests": seen["requests"],
        "script_ms_4x": metrics["ScriptDuration"] * 1000,
        "second_visit_offline": _opens_offline(context, page, site),
    }
    context.close()
    return figures


def _watch(network: "CDPSession") -> dict[str, float]:
    """Count what comes over the wire, compressed, by kind."""
    kinds: dict[str, str] = {}
    seen: dict[str, float] = {"all": 0, "Script": 0, "requests": 0}

    def finished(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "")
        seen["all"] += event["encodedDataLength"]
        seen["requests"] += 1
        if kind == "Script":
            seen["Script"] += event["encodedDataLength"]

    network.on("Network.responseReceived", lambda event: kinds.__setitem__(event["requestId"], event["type"]))
    network.on("Network.loadingFinished", finished)
    network.send("Network.enable")
    return seen


def _opens_offline(context: "BrowserContext", page: "Page", site: BenchSite) -> float:
    context.set_offline(offline=True)
    page.goto(site.url + "/field/")
    page.wait_for_selector("#sign-in")
    return 1.0


def _reference(site: BenchSite, report: Report, seed: int) -> None:
    """Weigh what a phone of a volunteer pulls once: the whole answer, and as it travels."""
    with site.connect() as connection:
        phone = enrol(connection, Random(seed), site.url, 0)
    for name, encoding in (("reference_data_kb", "identity"), ("reference_data_gzip_kb", "gzip")):
        connection_ = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)
        connection_.request(
            "GET",
            "/api/v1/reference",
            headers={"Authorization": f"Bearer {phone.token}", "Accept-Encoding": encoding},
        )
        report.figures[name] = len(connection_.getresponse().read()) / 1000
        connection_.close()
