"""Whether the site is alive, whether it is ready, and what it counts."""

import hmac
import json
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from aoxanh.desk.queries import rollup_backlog
from aoxanh.kernel.jobs import queue
from aoxanh.kernel.metrics import exposed
from aoxanh.kernel.scope import whole_nation
from aoxanh.web.watch.migrations import unapplied
from aoxanh.web.watch.readings import Readings

LATE_SECONDS = 60
# What proxies add; a request that carries one of these did not start on this machine.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer "ok" once the database has answered; a lost database shows as 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Tell an operator's machine whether all that the site needs is there: 200, or 503 with what is not."""
    _operators_only(request)
    checks = {"database": False, "migrations": False, "worker": False, "rollup": False}
    try:
        with transaction.atomic(), whole_nation():
            checks["database"] = True
            checks["migrations"] = not unapplied()
            if checks["migrations"]:
                checks["worker"] = queue().has_worker
                checks["rollup"] = rollup_backlog()[1] <= LATE_SECONDS
    except Error:
        connection.close()
        checks = dict.fromkeys(checks, False)
    ready = all(checks.values())
    told = json.dumps({"ready": ready, "checks": checks})
    return HttpResponse(told, content_type="application/json", status=200 if ready else 503)


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Show Prometheus what is counted and how things stand; no label names a person, a phone or a place."""
    _operators_only(request)
    return HttpResponse(exposed([Readings()]), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _operators_only(request: HttpRequest) -> None:
    """Let in who shows the token; where none is set, who asks from this very machine without a proxy. Others find nothing here."""
    token: str = settings.METRICS_TOKEN
    if token:
        shown = request.headers.get("Authorization", "").encode("latin-1", "replace")  # as WSGI decoded it
        allowed = hmac.compare_digest(shown, f"Bearer {token}".encode())
    else:
        allowed = _is_loopback(request.META.get("REMOTE_ADDR", "")) and not any(
            name in request.headers for name in FORWARDED
        )
    if not allowed:
        raise Http404


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
