"""What kills the web server and PostgreSQL in the middle of the traffic, at moments that a seed decides."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.faults.own_site import OwnSite

EARLIEST, LATEST = 0.01, 0.97
POLL_SECONDS = 0.02
# How long what was killed stays away: from hardly at all to long enough for every phone to notice.
AWAY_SECONDS = (0.0, 0.2, 1.0)


class Ruin(threading.Thread):
    """Kills and restarts; each kill comes when that many records have been acknowledged, so every one of them hits traffic."""

    def __init__(
        self, site: OwnSite, seed: int, *, records: int, web_kills: int, postgres_kills: int
    ) -> None:
        super().__init__(name="ruin", daemon=True)
        self.site, self.random = site, Random(seed)
        self.kills: Counter[str] = Counter()
        self.failure: Exception | None = None
        self.done = threading.Event()
        kinds = ["web"] * web_kills + ["postmaster", "whole"] * postgres_kills
        del kinds[web_kills + postgres_kills :]
        moments = sorted(self.random.uniform(EARLIEST, LATEST) * records for _ in kinds)
        self.random.shuffle(kinds)
        self.plan = list(zip(moments, kinds, strict=True))

    def watch(self, acknowledged: Callable[[], int]) -> "Ruin":
        """Start, counting progress by `acknowledged`."""
        self.acknowledged = acknowledged
        self.start()
        return self

    def run(self) -> None:
        try:
            for moment, kind in self.plan:
                while self.acknowledged() < moment:
                    if self.done.wait(POLL_SECONDS):
                        return
                self._strike(kind)
        except Exception as error:  # noqa: BLE001 - told to the thread that reckons
            self.failure = error

    def _strike(self, kind: str) -> None:
        if kind == "web":
            self.site.kill9()
            self._stay_away()
            self.site.restart()
        else:
            self.site.kill_postgres(whole=kind == "whole")
            self._stay_away()
            self.site.start_postgres()
        self.kills[kind] += 1

    def _stay_away(self) -> None:
        time.sleep(self.random.choice(AWAY_SECONDS))
