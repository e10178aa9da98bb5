"""The server's processes count together, and a new server starts from nothing."""

import re
import urllib.request

import pytest

from tests.site import LiveSite

pytestmark = pytest.mark.faults


def get(site: LiveSite, path: str) -> str:
    with urllib.request.urlopen(site.url + path, timeout=30) as answer:  # noqa: S310 - our own loopback address
        return answer.read().decode()


def health_checks_counted(site: LiveSite) -> float:
    counted = re.findall(
        r'aoxanh_http_requests_total\{method="GET",route="healthz",status="200"\} ([\d.]+)',
        get(site, "/metrics"),
    )
    return float(counted[0])


def test_processes_of_the_server_add_up_their_counts(live_site: LiveSite) -> None:
    for _ in range(30):
        get(live_site, "/healthz")
    # Whichever process is asked tells the same. The site's own start asked a few times too.
    counted = {health_checks_counted(live_site) for _ in range(10)}
    assert len(counted) == 1
    assert counted.pop() >= 30
    assert re.search(r"^aoxanh_web_processes [12]\.0$", get(live_site, "/metrics"), re.MULTILINE)
    before = next((live_site.database.data_dir / "metrics").iterdir())
    live_site.kill9()
    live_site.restart()
    assert not before.exists()
    assert health_checks_counted(live_site) < 30
