"""The pages shown when something is absent, refused or broken."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError


class DatabaseAway(DomainError):
    """PostgreSQL is down, restarting, out of room or out of connections; nothing of the request is stored by halves."""

    code = "database_away"
    status = 503
    message = _("The server cannot reach its records at the moment.")
    remedy = _("Try again in a minute. What is saved on your phone stays there.")
    retry_seconds = 5


class ServerBroke(DomainError):
    """Something that nobody foresaw; a mistake of ours."""

    code = "server_error"
    status = 500
    message = _("Something broke on our side.")
    remedy = _("Try again in a minute.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that a request cannot be read. Django's own page looks for a form's token first, so it breaks on a form without a boundary."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Show the one page for absent and forbidden alike."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that nothing was half done; when only the database is away, say when to come back (503)."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    error = DatabaseAway() if away else ServerBroke()
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse({"error": error.as_dict()}, status=error.status)
    else:
        response = render(
            request,
            f"errors/{error.status}.html",
            {"error": error, "seconds": DatabaseAway.retry_seconds},
            status=error.status,
        )
    if away:
        response["Retry-After"] = str(DatabaseAway.retry_seconds)
    return response
