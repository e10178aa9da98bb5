"""The pages shown when something is absent, refused or broken."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

RETRY_SECONDS = 5


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Show the one page for absent and forbidden alike."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that nothing was half done; when only the database is away, say when to come back (503)."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    status = 503 if away else 500
    if request.path.startswith("/api/"):
        code = "database_away" if away else "server_error"
        error = {
            "code": code,
            "message": _("Something broke on our side."),
            "remedy": _("Try again in a minute."),
            "field": "",
        }
        response: HttpResponse = JsonResponse({"error": error}, status=status)
    else:
        response = render(request, "errors/500.html", status=status)
    if away:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response
