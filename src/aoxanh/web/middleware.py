"""What happens around every page: plain input only, closed by default, the acting person and the reach of the request."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import scope
from aoxanh.kernel.text import is_storable
from aoxanh.people import queries as people
from aoxanh.people.actors import ANONYMOUS, Actor
from aoxanh.people.permissions import needs_second_factor
from aoxanh.sheets.reading.container import MOST_BYTES

API = "/api/"
# Machines of the operator ask here; they must get an answer when the database is away.
OPERATORS = ("/readyz", "/metrics")
UPLOADS = "/sheets/"
MOST_UPLOAD = MOST_BYTES + 1024 * 1024
SECOND_FACTORS = ["totp", "webauthn"]
Next = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "language"


class PlainInput:
    """Refuses NUL and lone surrogates in addresses, cookies and forms before a database or a template sees them.

    The API reads its bodies itself: to look at them as a form here would use them up.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not all(
            is_storable(text) for text in (request.path, *_words(request.GET), *request.COOKIES.values())
        ):
            return HttpResponseBadRequest(_("The address holds characters that no text has."))
        most = MOST_UPLOAD if request.path.startswith(UPLOADS) else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if request.content_type == "multipart/form-data" and _length(request) > most:
            # Said before a byte of it is read; Django itself has no limit for files.
            return HttpResponse(_("The file is too large for this page."), status=413)
        is_form = request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
        if (
            request.method == "POST"
            and is_form
            and not request.path.startswith(API)
            and not all(is_storable(text) for text in _words(request.POST))
        ):
            return HttpResponseBadRequest(_("The form holds characters that no text has."))
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def _words(fields: QueryDict) -> Iterator[str]:
    for name, values in fields.lists():
        yield name
        yield from values


class ChosenLanguage:
    """Speaks Vietnamese unless the person chose English."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return self.get_response(request)


class SignedInOnly(LoginRequiredMiddleware):
    """Closes every page that does not open itself with `login_not_required`. The API has its own doorkeepers."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path.startswith(API):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class SeenNowAndThen(UserSessionsMiddleware):  # type: ignore[misc] # allauth has no types
    """Notes from where and when a session was last used, at most every five minutes unless person or address changed.

    A write with its commit for every page would cost more than all that a board reads.
    """

    EVERY_SECONDS = 300
    MOST_KNOWN = 20_000

    def __init__(self, get_response: Next) -> None:
        super().__init__(get_response)
        self._answer = get_response
        self._noted: OrderedDict[tuple[str, ...], float] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = time.monotonic()
        use = (str(request.session.session_key), str(request.user.pk), request.META.get("REMOTE_ADDR", ""))
        if now - self._noted.get(use, -self.EVERY_SECONDS) < self.EVERY_SECONDS:
            return self._answer(request)
        response: HttpResponse = super().__call__(request)
        self._noted[use] = now
        self._noted.move_to_end(use)
        if len(self._noted) > self.MOST_KNOWN:
            self._noted.popitem(last=False)
        return response


class ActingPerson:
    """Gives the request its Actor and opens the transaction whose reach PostgreSQL holds it to.

    A page that fails takes its whole transaction back. The API opens its own (its actor may be a phone), so it is passed by.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API) or request.path in OPERATORS:
            return self.get_response(request)
        actor = people.actor_of(request.user) if request.user.is_authenticated else ANONYMOUS
        request.actor = actor  # type: ignore[attr-defined]
        with scope(actor.scope):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show a refusal that no form caught; nothing of the request is kept."""
        if not isinstance(error, DomainError) or request.path.startswith(API):
            return None
        transaction.set_rollback(True)
        page = "errors/404.html" if error.status == 404 else "errors/refused.html"
        return render(request, page, {"error": error}, status=error.status)


class SecondFactorFirst:
    """Shows people with far-reaching roles nothing but the set-up of a second factor until they have one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        actor = getattr(request, "actor", ANONYMOUS)
        if (
            name.startswith("mfa_")
            or name in OPEN_WITHOUT_SECOND_FACTOR
            or not lacks_second_factor(request, actor)
        ):
            return None
        return redirect("mfa_index")


OPEN_WITHOUT_SECOND_FACTOR = (
    "account_logout",
    "account_reauthenticate",
    "language",
    "badge",
    "report_scam",
    "unit_report_check",
)


def lacks_second_factor(request: HttpRequest, actor: Actor) -> bool:
    """Tell whether the installation asks this person for a second factor that they have not set up."""
    return (
        settings.REQUIRE_MFA
        and needs_second_factor(actor)
        and not is_mfa_enabled(request.user, SECOND_FACTORS)
    )
