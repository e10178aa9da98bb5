"""People who come to the points of a training event and check in with their phones, each at a moment fixed beforehand (open loop)."""

import http.client
import json
import queue
import statistics
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from aoxanh.cli.bench.kept import CLOSED, KeptConnection
from aoxanh.kernel.ids import uuid7
from aoxanh.training import codes

PHONES = 64
PATIENCE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes, so many seconds after the start, with this phone, to this point."""

    moment: float
    token: str
    commune: str
    point: UUID


@dataclass
class Thrown:
    """How long each check-in took from its moment on, what was sent again, and what failed."""

    latencies: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)

    def ms(self, percent: int) -> float:
        return statistics.quantiles(self.latencies, n=100)[percent - 1] * 1000


def throw(url: str, secret: str, arrivals: list[Arrival]) -> Thrown:
    """Let everybody check in at their moment; a slow server does not slow the coming down."""
    done = Thrown()
    waiting: queue.SimpleQueue[tuple[float, Arrival] | None] = queue.SimpleQueue()
    threads = [threading.Thread(target=_serve, args=(url, secret, waiting, done)) for _ in range(PHONES)]
    for thread in threads:
        thread.start()
    start = time.perf_counter() + 0.2
    for one in arrivals:
        time.sleep(max(0.0, start + one.moment - time.perf_counter()))
        waiting.put((start + one.moment, one))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    return done


def _serve(
    url: str, secret: str, waiting: "queue.SimpleQueue[tuple[float, Arrival] | None]", done: Thrown
) -> None:
    connection = KeptConnection(url, timeout=PATIENCE_SECONDS)
    while (due := waiting.get()) is not None:
        moment, one = due
        if time.perf_counter() - moment > PATIENCE_SECONDS:
            done.failures.append("waited too long")
            continue
        try:
            said = _check_in(connection, secret, one, done)
        except (OSError, http.client.HTTPException) as error:
            said = repr(error)
        if said != "accepted":
            done.failures.append(said)
        done.latencies.append(time.perf_counter() - moment)
    connection.close()


def _check_in(connection: KeptConnection, secret: str, one: Arrival, done: Thrown) -> str:
    """Send what the field app sends after its camera has read the point's screen, and like it once more if no answer came.

    A server that lets go of an idle connection may do so while the next request is on its way; its id makes a check-in count once.
    """
    now = datetime.now(UTC)
    millis = int(now.timestamp() * 1000)
    told = {
        "id": str(uuid7()),
        "commune": one.commune,
        "point": str(one.point),
        "code": codes.code_at(codes.point_key(secret, one.point, "screen"), "screen", now),
        "noted_at": millis,
    }
    body = json.dumps({"sent_at": millis, "phone": one.token[:32], "attendances": [told]}).encode()
    headers = {"Authorization": f"Bearer {one.token}", "Content-Type": "application/json"}
    try:
        response, answer = connection.ask("POST", "/api/v1/attendance", body, headers)
    except CLOSED as error:
        done.again.append(repr(error))
        response, answer = connection.ask("POST", "/api/v1/attendance", body, headers)
    if response.status != http.client.OK:
        return f"status {response.status}: {answer[:200].decode(errors='replace')}"
    result = json.loads(answer)["results"][0]
    return f"{result['status']} {result['code']}".strip()
