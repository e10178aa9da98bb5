"""Around every request: its id, one line in the log and its counts, with the route's name and never its address."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from aoxanh.kernel.logs import request_id
from aoxanh.kernel.metrics import METERS

HEADER = "X-Request-ID"
# Only what a proxy makes up is taken over: a caller must not write into our log.
MADE_UP = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Asked for by machines every few seconds.
QUIET = frozenset({"healthz", "readyz", "metrics", "static"})

REQUESTS = Counter(
    "aoxanh_http_requests", "Requests answered.", ["method", "route", "status"], registry=METERS
)
SECONDS = Histogram(
    "aoxanh_http_request_seconds",
    "Time from the request's first line in Python to its answer.",
    ["route"],
    registry=METERS,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
log = logging.getLogger("aoxanh.access")


class Watched:
    """Counts the request, logs it, and gives it an id that every log line on the way carries and the answer shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        id_ = given if MADE_UP.fullmatch(given) else uuid4().hex
        token = request_id.set(id_)
        start = perf_counter()
        try:
            response = self.get_response(request)
            self._tell(request, response.status_code, perf_counter() - start)
        finally:
            request_id.reset(token)
        response[HEADER] = id_
        return response

    def _tell(self, request: HttpRequest, status: int, seconds: float) -> None:
        method = request.method if request.method in METHODS else "OTHER"
        route = route_name(request)
        REQUESTS.labels(method, route, status).inc()
        SECONDS.labels(route).observe(seconds)
        account = getattr(getattr(request, "actor", None), "account_id", None)
        facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        facts |= {"account": str(account)} if account else {}
        log.log(logging.DEBUG if route in QUIET else logging.INFO, "request", extra={"facts": facts})


def route_name(request: HttpRequest) -> str:
    """Return the page's name or the API's pattern, both from closed lists; "none" when the address leads nowhere.

    An address of the API carries the name of its first operation whatever the method, which would mislead.
    """
    match = request.resolver_match
    if match is not None:
        return match.url_name if match.url_name and not match.namespaces else match.route
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"
